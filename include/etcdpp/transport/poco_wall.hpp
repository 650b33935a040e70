// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What PocoTransport asks of its sockets, so that its users need not compile them.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/transport/concept.hpp"

#include <memory>
#include <span>
#include <stop_token>

namespace etcdpp::detail {

//! The reply that is under way, as `streaming_transport` describes it.
class HttpExchange {
public:
    HttpExchange() = default;
    HttpExchange(HttpExchange const&) = delete;
    HttpExchange& operator=(HttpExchange const&) = delete;
    virtual ~HttpExchange() = default;

    virtual Result<Progress> advance() = 0;
    virtual http::Response const& response() const noexcept = 0;
};

//! The functions of `streaming_transport`, with what it says of errors and threads.
class HttpSockets {
public:
    HttpSockets() = default;
    HttpSockets(HttpSockets const&) = delete;
    HttpSockets& operator=(HttpSockets const&) = delete;
    virtual ~HttpSockets() = default;

    virtual Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits) = 0;
    virtual Result<std::unique_ptr<HttpExchange>> start(
        Endpoint const& to, http::Request const& request, Limits const& limits) = 0;

    //! @pre the exchanges were started here
    virtual Ready wait(
        std::span<HttpExchange* const> exchanges, Deadline by, std::stop_token const& stop) = 0;
};

//! A template so that it may be defined elsewhere: in poco_sockets.hpp, which poco.hpp includes,
//! or, with ETCDPP_SEPARATE_COMPILATION, in the one file that includes separate_compilation.hpp.
template <class Options>
std::unique_ptr<HttpSockets> make_sockets(Options const& options);

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
//! @file
//! A streaming transport that does not say what its `start` returns.
// expect: a streaming transport names the type of a reply under way: using Exchange = ...

#include "etcdpp/transport/concept.hpp"

#include <span>

using namespace etcdpp;

struct Radio {
    struct Stream {
        Result<Progress> advance();
        http::Response const& response() const;
    };

#ifdef GOOD
    using Exchange = Stream;
#endif

    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&);
    Result<Stream> start(Endpoint const&, http::Request const&, Limits const&);
    Ready wait(std::span<Stream* const>, Deadline, std::stop_token const&);
};

static_assert(check_streaming_transport<Radio>());

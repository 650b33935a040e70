// SPDX-License-Identifier: BSL-1.0
//! @file
//! An exchange that has no way to say that the connection was lost.
// expect: an Exchange needs: Result<Progress> advance\(\) and http::Response const& response\(\)

#include "etcdpp/transport/concept.hpp"

#include <span>

using namespace etcdpp;

struct Radio {
    struct Exchange {
#ifdef GOOD
        Result<Progress> advance();
#else
        Progress advance();
#endif
        http::Response const& response() const;
    };

    Result<http::Response> send(Endpoint const&, http::Request const&, Limits const&);
    Result<Exchange> start(Endpoint const&, http::Request const&, Limits const&);
    Ready wait(std::span<Exchange* const>, Deadline, std::stop_token const&);
};

static_assert(check_streaming_transport<Radio>());

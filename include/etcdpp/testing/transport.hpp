// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A transport for GoogleMock: the test says what each request is answered with.

#include "etcdpp/testing/handle.hpp"
#include "etcdpp/transport/concept.hpp"

#include <gmock/gmock.h>

namespace etcdpp::mocks {

struct TransportMock {
    MOCK_METHOD(Result<http::Response>, send,
        (Endpoint const& to, http::Request const& request, Limits const& limits));
};

//! `EXPECT_CALL(*transport, send(...))`; a copy shares the mock, so the test keeps one and the
//! client gets another.
class Transport : public Handle<TransportMock> {
public:
    Result<http::Response> send(
        Endpoint const& to, http::Request const& request, Limits const& limits)
    {
        return (**this).send(to, request, limits);
    }
};

static_assert(transport<Transport>);

}  // namespace etcdpp::mocks

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A codec for GoogleMock: the test says what a text means, or sees which texts came.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/testing/handle.hpp"

#include <gmock/gmock.h>

#include <concepts>
#include <string>
#include <string_view>

namespace etcdpp::mocks {

//! What nothing is said about reads as `Value{}` and writes as no text.
template <class Value>
struct CodecMock {
    MOCK_METHOD(Result<Value>, decode, (std::string_view text), (const));
    MOCK_METHOD(std::string, encode, (Value const& value), (const));
};

//! Reads and writes the types it names, and strings as every codec does:
//!
//!     auto codec = mocks::Codec<v2::Response>{};
//!     EXPECT_CALL(codec.mock<v2::Response>(), decode(HasSubstr("node"))).WillOnce(...);
//!
//! A copy shares the mocks, so the test keeps one and the client gets another.
template <class... Values>
class Codec : Handle<CodecMock<std::string>>, Handle<CodecMock<Values>>... {
public:
    template <class Value>
        requires(std::same_as<Value, std::string> || ... || std::same_as<Value, Values>)
    CodecMock<Value>& mock() const noexcept
    {
        return *static_cast<Handle<CodecMock<Value>> const&>(*this);
    }

    template <class Value>
    auto decode(std::string_view text) const -> Result<Value>
        requires requires { this->template mock<Value>(); }
    {
        return mock<Value>().decode(text);
    }

    template <class Value>
    auto encode(Value const& value) const -> std::string
        requires requires { this->template mock<Value>(); }
    {
        return mock<Value>().encode(value);
    }
};

static_assert(codec<Codec<>>);

}  // namespace etcdpp::mocks

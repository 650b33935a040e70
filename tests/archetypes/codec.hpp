// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The least that a codec can be: what more a client asks of one does not compile with this.

#include "etcdpp/codec/concept.hpp"

#include <string>
#include <string_view>

namespace etcdpp {

//! Movable, not copyable, not default-constructible; reads and writes only as const.
class CodecArchetype {
public:
    explicit CodecArchetype(int) {}
    CodecArchetype(CodecArchetype&&) = default;
    CodecArchetype& operator=(CodecArchetype&&) = default;

    template <class T>
    Result<T> decode(std::string_view) const
    {
        return T{};
    }

    template <class T>
    std::string encode(T const&) const
    {
        return {};
    }
};

static_assert(check_codec<CodecArchetype>());

}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a JSON codec asks of its parser, so that its users need not compile that.

#include "etcdpp/codec/json_shape.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::detail {

//! Reads one text after the other, for one thread at a time. After a failure, use another one.
class JsonReader {
public:
    JsonReader() = default;
    JsonReader(JsonReader const&) = delete;
    JsonReader& operator=(JsonReader const&) = delete;
    virtual ~JsonReader() = default;

    //! Fills the new object at `root`. Returns what is wrong with the text, or nothing.
    virtual std::optional<std::string> read(
        std::string_view text, Place root, std::size_t max_depth) = 0;

    //! How large a text its memory is ready for.
    virtual std::size_t capacity() const noexcept = 0;
};

}  // namespace etcdpp::detail

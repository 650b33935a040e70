// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Decodes JSON with one reader after the other, whichever parser that has, and keeps the last one.

#include "etcdpp/codec/json_reader.hpp"
#include "etcdpp/codec/json_shape.hpp"
#include "etcdpp/codec/spare.hpp"
#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::detail {

//! Copies share nothing. Several threads may use one object at once; each beyond the first makes a
//! reader of its own for that time.
class JsonDecoder {
public:
    JsonDecoder(std::unique_ptr<JsonReader> (*make_reader)(), std::size_t max_depth) noexcept
        : make_reader_{make_reader}, max_depth_{max_depth}
    {
    }

    template <json_value T>
    Result<T> decode(std::string_view text) const
    {
        auto value = Result<T>{};
        if (auto fault = read(text, {&*value, &shape_of<T>})) {
            value = unexpected(Error{Errc::malformed_reply, {.words = *std::move(fault)}});
        }
        return value;  // from here only: else GCC moves it
    }

private:
    //! A reader that has met a larger text than this does not stay in memory.
    static constexpr auto largest_kept = std::size_t{64} << 10U;

    std::optional<std::string> read(std::string_view text, Place root) const
    {
        auto reader = spare_.take();
        if (reader == nullptr) { reader = make_reader_(); }
        auto fault = reader->read(text, root, max_depth_);
        if (!fault && reader->capacity() <= largest_kept) { spare_.keep(std::move(reader)); }
        return fault;
    }

    std::unique_ptr<JsonReader> (*make_reader_)();
    std::size_t max_depth_;
    mutable Spare<JsonReader> spare_;
};

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The default codec: Poco's JSON parser fills described structs from its events, with no tree of
//! values in between.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/codec/json_reader.hpp"
#include "etcdpp/codec/json_shape.hpp"
#include "etcdpp/codec/json_writer.hpp"
#include "etcdpp/codec/spare.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp {

//! Reads what RFC 8259 allows, minus integers below -(2^53-1) or above 2^64-1 and what no `double`
//! can hold: they are refused even where nobody wants them. A member's name ends at its first NUL.
//!
//! Copies share nothing. Several threads may use one object at once; each beyond the first makes a
//! parser of its own for that time.
class PocoJson {
public:
    struct Options {
        //! How deep arrays and objects may nest. etcd spends two levels on each directory of a
        //! listing. Poco's parser recurses, with 80 to 150 bytes of stack a level in Debian's
        //! build, and so does the destructor of what was read.
        std::size_t max_depth = 2048;
    };

    PocoJson() : PocoJson{Options{}} {}
    explicit PocoJson(Options options) : options_{options} {}

    template <json_value T>
    Result<T> decode(std::string_view text) const
    {
        auto value = Result<T>{};
        if (auto fault = read(text, {&*value, &detail::shape_of<T>})) {
            value = unexpected(Error{Errc::malformed_reply, {.words = *std::move(fault)}});
        }
        return value;  // from here only: else GCC moves it
    }

    template <json_value T>
    std::string encode(T const& value) const
    {
        auto text = std::string{};
        detail::write_json(text, value);
        return text;
    }

private:
    //! A parser that has met a larger text than this does not stay in memory.
    static constexpr auto largest_kept = std::size_t{64} << 10U;

    std::optional<std::string> read(std::string_view text, detail::Place root) const
    {
        auto parser = spare_.take();
        if (parser == nullptr) { parser = detail::make_json_reader<PocoJson>(); }
        auto fault = parser->read(text, root, options_.max_depth);
        if (!fault && parser->capacity() <= largest_kept) { spare_.keep(std::move(parser)); }
        return fault;
    }

    Options options_;
    mutable detail::Spare<detail::JsonReader> spare_;
};

static_assert(codec<PocoJson>);

}  // namespace etcdpp

#ifndef ETCDPP_SEPARATE_COMPILATION
#include "etcdpp/codec/poco_json_parser.hpp"
#endif

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The default codec: Poco's JSON parser fills described structs from its events, with no tree of
//! values in between.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/codec/json_decoder.hpp"
#include "etcdpp/codec/json_reader.hpp"
#include "etcdpp/codec/json_shape.hpp"
#include "etcdpp/codec/json_writer.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace etcdpp {

namespace detail {

//! A template, for PocoJson alone, so that it may be defined elsewhere: in poco_json_parser.hpp,
//! which is included below, or, with ETCDPP_SEPARATE_COMPILATION, in the one file that includes
//! separate_compilation.hpp.
template <class Codec>
std::unique_ptr<JsonReader> make_poco_json_reader();

}  // namespace detail

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
    explicit PocoJson(Options options)
        : decoder_{&detail::make_poco_json_reader<PocoJson>, options.max_depth}
    {
    }

    template <json_value T>
    Result<T> decode(std::string_view text) const
    {
        return decoder_.decode<T>(text);
    }

    template <json_value T>
    std::string encode(T const& value) const
    {
        return detail::json_text(value);
    }

private:
    detail::JsonDecoder decoder_;
};

static_assert(codec<PocoJson>);

}  // namespace etcdpp

#ifndef ETCDPP_SEPARATE_COMPILATION
#include "etcdpp/codec/poco_json_parser.hpp"
#endif

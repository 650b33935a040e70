// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A faster codec, for those who link simdjson: its on-demand parser fills described structs, with
//! no tree of values in between. Not among what etcdpp.hpp includes.

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

class SimdJson;

namespace detail {

//! A template, for SimdJson alone, so that it may be defined elsewhere: in simd_json_parser.hpp,
//! which is included below, or, with ETCDPP_SEPARATE_COMPILATION, in the one file that includes
//! simd_json_separate_compilation.hpp.
template <class Codec>
std::unique_ptr<JsonReader> make_simd_json_reader();

}  // namespace detail

//! Reads what PocoJson reads, and the same from it, but for what Poco misreads: integers down to
//! -2^63 are exact, and a member's name may hold NUL. What RFC 8259 does not allow is refused
//! wherever it stands, also in members that nobody wants; so is an integer that 64 bits do not hold
//! and a number that is too large for a `double`.
//!
//! Memory while it reads: seven times the text, and some 100 bytes for each level of nesting. What
//! a text of up to 64 KiB took is kept for the next one.
//!
//! Copies share nothing. Several threads may use one object at once; each beyond the first makes a
//! parser of its own for that time.
class SimdJson {
public:
    struct Options {
        //! How deep arrays and objects may nest. etcd spends two levels on each directory of a
        //! listing. Reading does not recurse, but the destructor of what was read does.
        std::size_t max_depth = 2048;
    };

    SimdJson() : SimdJson{Options{}} {}
    explicit SimdJson(Options options)
        : decoder_{&detail::make_simd_json_reader<SimdJson>, options.max_depth}
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

static_assert(codec<SimdJson>);

}  // namespace etcdpp

#ifndef ETCDPP_SEPARATE_COMPILATION
#include "etcdpp/codec/simd_json_parser.hpp"
#endif

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a codec is: the one thing that knows how values look as text.

#include "etcdpp/core/result.hpp"

#include <concepts>
#include <string>
#include <string_view>

namespace etcdpp {

//! The codec can read a T. What an operation reads is asked by the `operation` concept.
template <class C, class T>
concept decodes = requires(C const& codec, std::string_view text) {
    { codec.template decode<T>(text) } -> std::same_as<Result<T>>;
};

//! The codec can write a T.
template <class C, class T>
concept encodes = requires(C const& codec, T const& value) {
    { codec.encode(value) } -> std::same_as<std::string>;
};

//! A type that turns JSON text into values and values into JSON text.
//!
//! Which types it reads is between it and the operations that a client runs. Every codec reads and
//! writes at least a `std::string`, which needs no description: that is all that can be asked of a
//! codec before an operation is at hand. To run the operations of etcdpp::v2 it also handles what
//! their replies are made of: structs described by `fields_of`, of codec/fields.hpp (which may hold
//! vectors of themselves), `bool`, integers, scoped enumerations and whole seconds as numbers,
//! strings and types with a TextForm as strings, `std::optional`, `std::vector` and
//! `std::map<std::string, T>`.
//!
//! Requires
//!   1. `decode<T>(text)` reads exactly one JSON value, with white space around it or not; anything
//!      else is refused. It declares its return type instead of deducing it. (semantic)
//!   2. A member that T does not describe is ignored, whatever it holds. (semantic)
//!   3. A member that is missing, or null, keeps the value it has in `T{}`. (semantic)
//!   4. Of a member that comes twice the last one counts, alone. (semantic)
//!   5. Integers from -(2^53-1) to 2^64-1 are exact. A number that does not fit its member, or that
//!      the codec cannot read exactly, is refused. (semantic)
//!   6. Strings are exact, with NUL and all of Unicode; invalid UTF-8 is refused. (semantic)
//!   7. 1 000 levels of nesting are read (etcd spends two on each directory of a listing). At some
//!      depth more is refused, so that no text can exhaust the stack. (semantic)
//!   8. `encode(value)` writes what `decode` reads back as an equal value; an empty optional is
//!      left out. What `value` holds can be JSON: valid UTF-8, finite numbers. (semantic)
//! Errors
//!   `Errc::malformed_reply`; the words say what was wrong and at which member, such as
//!   `node.nodes[3].modifiedIndex`. Effect and fault stay as they are by default: only the reader
//!   of the whole reply knows its status. Nothing but std::bad_alloc is thrown.
//! Threads
//!   Both may be called from several threads at once.
//! Models
//!   PocoJson, SimdJson.
template <class C>
concept codec = std::movable<C> && decodes<C, std::string> && encodes<C, std::string>;

//! `static_assert(etcdpp::check_codec<MyCodec>());` explains what is missing.
template <class C>
consteval bool check_codec()
{
    static_assert(std::movable<C>,
        "a codec must be movable: Client stores it by value; share state behind a pointer");
    static_assert(decodes<C, std::string>,
        "a codec needs: template <class T> Result<T> decode(std::string_view) const, "
        "for T = std::string at least");
    static_assert(encodes<C, std::string>,
        "a codec needs: template <class T> std::string encode(T const&) const, "
        "for T = std::string at least");
    return codec<C>;
}

}  // namespace etcdpp

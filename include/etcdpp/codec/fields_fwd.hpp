// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Enough of fields.hpp to write a description as a template, which nothing but a codec completes.

#include <cstddef>

namespace etcdpp {

//! A member's name as a template argument; a string literal becomes one by itself.
template <std::size_t size>
struct FieldName {
    char text[size]{};

    // NOLINTNEXTLINE(google-explicit-constructor): field<"key"> is what a reader expects
    consteval FieldName(char const (&name)[size])
    {
        for (auto i = std::size_t{0}; i != size; ++i) { text[i] = name[i]; }
    }
};

//! One member of a description: its name on the wire, and where it lives.
template <FieldName name, class Owner, class Member>
constexpr auto field(Member Owner::* member);

//! A whole description. List the members in the order in which the server sends them: a codec
//! looks for a name first behind the one before it.
template <class... Field>
constexpr auto fields(Field... each);

struct NoFields {};

//! Specialise it for a type to say how its members are spelled on the wire:
//!
//!     template <>
//!     inline constexpr auto etcdpp::fields_of<Change> = etcdpp::fields(
//!         etcdpp::field<"key">(&Change::key),
//!         etcdpp::field<"modifiedIndex">(&Change::modified_index));
template <class T>
inline constexpr NoFields fields_of{};

}  // namespace etcdpp

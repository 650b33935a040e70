// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How a struct's members are spelled on the wire, said beside the struct and not inside it.

#include "etcdpp/codec/fields_fwd.hpp"

#include <boost/hana/accessors.hpp>
#include <boost/hana/concept/struct.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/tuple.hpp>
#include <boost/hana/unpack.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace etcdpp {

//! Reaches one member of an Owner, whether that is const, or about to be moved from.
template <class Owner, class Member>
struct MemberAccess {
    Member Owner::* member;

    template <class Object>
    constexpr auto operator()(Object&& object) const -> decltype(auto)
    {
        return (std::forward<Object>(object).*member);
    }
};

template <FieldName name, class Owner, class Member>
constexpr auto field(Member Owner::* member)
{
    static_assert(sizeof(name.text) > 1, "a field needs a name");
    auto const key = []<std::size_t... i>(std::index_sequence<i...>) {
        return boost::hana::string_c<name.text[i]...>;
    }(std::make_index_sequence<sizeof(name.text) - 1>{});
    return boost::hana::make_pair(key, MemberAccess<Owner, Member>{member});
}

namespace detail {

//! Inline, unlike the storage behind hana::string::c_str(): with that, GCC 12 makes objects that do
//! not link under -O1 -fsanitize=address once two of them name the same field.
template <char... letters>
inline constexpr char letters_of[sizeof...(letters)]{letters...};

template <class Field>
inline constexpr auto name_of = std::string_view{};
template <char... letters, class Access>
inline constexpr auto name_of<boost::hana::pair<boost::hana::string<letters...>, Access>> =
    std::string_view{letters_of<letters...>, sizeof...(letters)};

//! Whether a field tells of a member that T, or a base of it, has.
template <class T, class Field>
inline constexpr bool belongs_to = false;
template <class T, class Name, class Owner, class Member>
inline constexpr bool belongs_to<T, boost::hana::pair<Name, MemberAccess<Owner, Member>>> =
    std::is_base_of_v<Owner, T>;

template <class... Field>
consteval bool names_differ()
{
    auto const names = std::array<std::string_view, sizeof...(Field)>{name_of<Field>...};
    for (auto const& one : names) {
        for (auto const& other : names) {
            if (&one != &other && one == other) { return false; }
        }
    }
    return true;
}

}  // namespace detail

template <class... Field>
constexpr auto fields(Field... each)
{
    static_assert(
        (... && !detail::name_of<Field>.empty()), "fields() takes what field<\"name\">() returns");
    static_assert(detail::names_differ<Field...>(), "two fields of one description share a name");
    return boost::hana::make_tuple(each...);
}

//! A described type; also a Struct for Boost.Hana, so that its algorithms apply.
template <class T>
concept has_fields = !std::same_as<decltype(fields_of<T>), NoFields const>;

namespace detail {

//! How many members T's description has: 64 at most, so that a reader can remember in one word
//! which of them it has seen.
template <class T>
inline constexpr std::size_t field_count = boost::hana::unpack(
    fields_of<T>, []<class... Field>(Field const&...) {
        static_assert(
            (... && belongs_to<T, Field>), "fields_of<T> tells of a member that T does not have");
        static_assert(sizeof...(Field) <= 64, "a description has at most 64 fields");
        return sizeof...(Field);
    });

}  // namespace detail

}  // namespace etcdpp

template <class T>
struct boost::hana::accessors_impl<T, boost::hana::when<etcdpp::has_fields<T>>> {
    static_assert(etcdpp::detail::field_count<T> <= 64);  // also checks the description

    static constexpr auto apply() { return etcdpp::fields_of<T>; }
};

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a JSON value may become: one constant table per C++ type, so that a parser's events find
//! their place without a template, and without recursion, at whatever depth they come.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/codec/json_scalar.hpp"

#include <boost/hana/at.hpp>
#include <boost/hana/second.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace etcdpp {

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = !is_optional<T>;

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = !std::same_as<T, bool>;

template <class T>
inline constexpr bool is_string_map = false;
template <class T>
inline constexpr bool is_string_map<std::map<std::string, T>> = true;

}  // namespace detail

//! A type that the JSON codecs of this library handle; what it is made of is looked at later.
template <class T>
concept json_value = std::default_initializable<T>
    && (detail::scalar_value<T> || has_fields<T> || detail::is_optional<T> || detail::is_vector<T>
        || detail::is_string_map<T>);

namespace detail {

struct Shape;

//! An object of the type that `shape` tells of; without a shape, nobody wants the value.
struct Place {
    void* object = nullptr;
    Shape const* shape = nullptr;
};

//! One described member of a struct.
struct ShapeMember {
    std::string_view name;
    Shape const* shape;
    void* (*find)(void* owner);
    void (*reset)(void* owner);  //!< to what it is in a new owner
};

//! A new entry of a map, with its key as the map keeps it.
struct ShapeEntry {
    std::string_view key;
    void* value;
};

//! How to fill an object of one type. The functions that do not fit its kind are null.
struct Shape {
    enum class Kind : std::uint8_t { scalar, object, map, array };

    Kind kind;
    std::string_view expected;  //!< for an error: "a whole number"

    //! Leads from an empty optional to a new value in it, to which all the rest applies.
    void* (*engage)(void* optional) = nullptr;

    bool (*store)(void* scalar, Scalar const& value) = nullptr;  //!< false if it does not fit
    std::span<ShapeMember const> members = {};
    void (*clear)(void* container) = nullptr;
    ShapeEntry (*insert)(void* map, std::string_view key) = nullptr;
    void* (*append)(void* array) = nullptr;
    Shape const* element = nullptr;  //!< of an array or a map
};

template <json_value T>
constexpr Shape make_shape();

template <json_value T>
inline constexpr Shape shape_of = make_shape<T>();

template <class T, std::size_t i>
struct MemberShape {
    static constexpr auto field = boost::hana::at_c<i>(fields_of<T>);
    static constexpr auto access = boost::hana::second(field);
    using Type = std::remove_cvref_t<decltype(access(std::declval<T&>()))>;

    static_assert(json_value<Type>,
        "a described member's type does not travel as JSON: describe it too, with fields_of, or "
        "give it a TextForm");

    static void* find(void* owner) { return &access(*static_cast<T*>(owner)); }
    static void reset(void* owner) { access(*static_cast<T*>(owner)) = access(T{}); }

    static constexpr ShapeMember make()
    {
        return {name_of<std::remove_const_t<decltype(field)>>, &shape_of<Type>, &find, &reset};
    }
};

template <class T, class Positions = std::make_index_sequence<field_count<T>>>
inline constexpr int member_shapes = 0;
template <class T, std::size_t... i>
inline constexpr std::array<ShapeMember, sizeof...(i)> member_shapes<T, std::index_sequence<i...>>{
    MemberShape<T, i>::make()...};

template <class T>
struct ShapeFunctions {
    static void* engage(void* optional) { return &static_cast<T*>(optional)->emplace(); }
    static void clear(void* container) { static_cast<T*>(container)->clear(); }
    static void* append(void* array) { return &static_cast<T*>(array)->emplace_back(); }

    static bool store(void* scalar, Scalar const& value)
    {
        return detail::store(*static_cast<T*>(scalar), value);
    }

    static ShapeEntry insert(void* map, std::string_view key)
    {
        auto const [entry, inserted] = static_cast<T*>(map)->insert_or_assign(
            std::string{key}, typename T::mapped_type{});
        return {entry->first, &entry->second};
    }
};

template <json_value T>
constexpr Shape make_shape()
{
    using Functions = ShapeFunctions<T>;
    using Kind = Shape::Kind;
    if constexpr (scalar_value<T>) {
        return {.kind = Kind::scalar, .expected = expectation<T>(), .store = &Functions::store};
    } else if constexpr (has_fields<T>) {
        return {.kind = Kind::object, .expected = "an object", .members = member_shapes<T>};
    } else if constexpr (is_optional<T>) {
        auto shape = make_shape<typename T::value_type>();
        shape.engage = &Functions::engage;
        return shape;
    } else if constexpr (is_vector<T>) {
        return {.kind = Kind::array,
            .expected = "an array",
            .clear = &Functions::clear,
            .append = &Functions::append,
            .element = &shape_of<typename T::value_type>};
    } else {
        return {.kind = Kind::map,
            .expected = "an object",
            .clear = &Functions::clear,
            .insert = &Functions::insert,
            .element = &shape_of<typename T::mapped_type>};
    }
}

}  // namespace detail

}  // namespace etcdpp

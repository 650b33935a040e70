// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How the members of replies are spelled on the wire.

#include "etcdpp/codec/fields_fwd.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/v2/node.hpp"

#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::v2::wire {

//! The body of a reply that says no: `{"errorCode":100,"message":"Key not found","cause":"/k"}`.
struct ErrorBody {
    int error_code = 0;
    std::string message;
    std::string cause;
    Index index = {};
};

}  // namespace etcdpp::v2::wire

//! etcd's own names for what it did; `resync` never travels.
template <>
struct etcdpp::TextForm<etcdpp::v2::Action> {
    static constexpr std::array<std::string_view, 8> names{"get", "set", "create", "update",
        "delete", "compareAndSwap", "compareAndDelete", "expire"};  //!< in the enumerators' order

    static constexpr std::optional<v2::Action> parse(std::string_view text) noexcept
    {
        for (auto position = std::size_t{0}; position != names.size(); ++position) {
            if (names[position] == text) { return static_cast<v2::Action>(position); }
        }
        return std::nullopt;
    }

    static std::string print(v2::Action action)
    {
        auto const position = static_cast<std::size_t>(action);
        return position < names.size() ? std::string{names[position]} : std::string{};
    }
};

// Templates, though of one type each: a description costs compile time only where a codec reads it.

// First what every value of a key comes with, then what some have in between.
template <std::same_as<etcdpp::v2::Node> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"key">(&T::key),
    etcdpp::field<"value">(&T::value), etcdpp::field<"modifiedIndex">(&T::modified_index),
    etcdpp::field<"createdIndex">(&T::created_index), etcdpp::field<"dir">(&T::dir),
    etcdpp::field<"expiration">(&T::expiration), etcdpp::field<"ttl">(&T::ttl),
    etcdpp::field<"nodes">(&T::nodes));

template <std::same_as<etcdpp::v2::Response> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"action">(&T::action),
    etcdpp::field<"node">(&T::node), etcdpp::field<"prevNode">(&T::prev_node));

template <std::same_as<etcdpp::v2::wire::ErrorBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"errorCode">(&T::error_code), etcdpp::field<"message">(&T::message),
    etcdpp::field<"cause">(&T::cause), etcdpp::field<"index">(&T::index));

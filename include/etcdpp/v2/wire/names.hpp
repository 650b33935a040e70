// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How the members of replies are spelled on the wire.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/v2/node.hpp"

#include <algorithm>
#include <array>
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
    static constexpr std::array<std::string_view, 8> names{"get", "set", "create", "update", "delete",
        "compareAndSwap", "compareAndDelete", "expire"};  //!< in the enumerators' order

    static constexpr std::optional<v2::Action> parse(std::string_view text) noexcept
    {
        auto const found = std::ranges::find(names, text);
        if (found == names.end()) { return std::nullopt; }
        return static_cast<v2::Action>(found - names.begin());
    }

    static std::string print(v2::Action action)
    {
        auto const position = static_cast<std::size_t>(action);
        return position < names.size() ? std::string{names[position]} : std::string{};
    }
};

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::Node> = etcdpp::fields(
    etcdpp::field<"key">(&etcdpp::v2::Node::key),
    etcdpp::field<"value">(&etcdpp::v2::Node::value),
    etcdpp::field<"dir">(&etcdpp::v2::Node::dir),
    etcdpp::field<"expiration">(&etcdpp::v2::Node::expiration),
    etcdpp::field<"ttl">(&etcdpp::v2::Node::ttl),
    etcdpp::field<"nodes">(&etcdpp::v2::Node::nodes),
    etcdpp::field<"modifiedIndex">(&etcdpp::v2::Node::modified_index),
    etcdpp::field<"createdIndex">(&etcdpp::v2::Node::created_index));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::Response> = etcdpp::fields(
    etcdpp::field<"action">(&etcdpp::v2::Response::action),
    etcdpp::field<"node">(&etcdpp::v2::Response::node),
    etcdpp::field<"prevNode">(&etcdpp::v2::Response::prev_node));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::ErrorBody> = etcdpp::fields(
    etcdpp::field<"errorCode">(&etcdpp::v2::wire::ErrorBody::error_code),
    etcdpp::field<"message">(&etcdpp::v2::wire::ErrorBody::message),
    etcdpp::field<"cause">(&etcdpp::v2::wire::ErrorBody::cause),
    etcdpp::field<"index">(&etcdpp::v2::wire::ErrorBody::index));

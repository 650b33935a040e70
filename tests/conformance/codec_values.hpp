// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Values of every kind that a codec must handle, described as replies of etcd are.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/core/index.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp {

//! A node of the v2 API: it holds nodes of its own kind.
struct SuiteNode {
    std::string key = {};
    std::string value = {};
    bool dir = false;
    std::optional<std::chrono::system_clock::time_point> expiration = {};
    std::optional<std::chrono::seconds> ttl = {};
    std::vector<SuiteNode> nodes = {};
    Index modified_index = {};
    Index created_index = {};

    friend bool operator==(SuiteNode const&, SuiteNode const&) = default;
};

enum class SuiteAction : std::uint8_t { get, set };

template <>
struct TextForm<SuiteAction> {
    static std::optional<SuiteAction> parse(std::string_view text)
    {
        if (text == "get") { return SuiteAction::get; }
        if (text == "set") { return SuiteAction::set; }
        return std::nullopt;
    }

    static std::string print(SuiteAction action)
    {
        return action == SuiteAction::get ? "get" : "set";
    }
};

struct SuiteReply {
    SuiteAction action = SuiteAction::set;
    SuiteNode node = {};
    std::optional<SuiteNode> prev_node = {};

    friend bool operator==(SuiteReply const&, SuiteReply const&) = default;
};

//! Members whose defaults differ from those of their types, and the kinds a reply does not have.
struct SuiteOddments {
    std::int8_t tiny = -7;
    std::uint64_t huge = 7;
    std::int64_t signed_huge = -7;
    double fraction = 0.5;
    bool truth = true;
    std::string text = "as before";
    std::vector<std::string> list = {"as before"};
    std::map<std::string, std::uint64_t> counts = {{"as before", 7}};
    std::optional<std::vector<int>> numbers;

    //! A new object. (GCC 12 breaks down over `SuiteOddments{}` in a template.)
    static SuiteOddments untouched() { return {}; }

    friend bool operator==(SuiteOddments const&, SuiteOddments const&) = default;
};

}  // namespace etcdpp

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::SuiteNode> = etcdpp::fields(
    etcdpp::field<"key">(&etcdpp::SuiteNode::key),
    etcdpp::field<"value">(&etcdpp::SuiteNode::value),
    etcdpp::field<"dir">(&etcdpp::SuiteNode::dir),
    etcdpp::field<"expiration">(&etcdpp::SuiteNode::expiration),
    etcdpp::field<"ttl">(&etcdpp::SuiteNode::ttl),
    etcdpp::field<"nodes">(&etcdpp::SuiteNode::nodes),
    etcdpp::field<"modifiedIndex">(&etcdpp::SuiteNode::modified_index),
    etcdpp::field<"createdIndex">(&etcdpp::SuiteNode::created_index));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::SuiteReply> = etcdpp::fields(
    etcdpp::field<"action">(&etcdpp::SuiteReply::action),
    etcdpp::field<"node">(&etcdpp::SuiteReply::node),
    etcdpp::field<"prevNode">(&etcdpp::SuiteReply::prev_node));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::SuiteOddments> = etcdpp::fields(
    etcdpp::field<"tiny">(&etcdpp::SuiteOddments::tiny),
    etcdpp::field<"huge">(&etcdpp::SuiteOddments::huge),
    etcdpp::field<"signedHuge">(&etcdpp::SuiteOddments::signed_huge),
    etcdpp::field<"fraction">(&etcdpp::SuiteOddments::fraction),
    etcdpp::field<"truth">(&etcdpp::SuiteOddments::truth),
    etcdpp::field<"text">(&etcdpp::SuiteOddments::text),
    etcdpp::field<"list">(&etcdpp::SuiteOddments::list),
    etcdpp::field<"counts">(&etcdpp::SuiteOddments::counts),
    etcdpp::field<"numbers">(&etcdpp::SuiteOddments::numbers));

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Replies without what two clusters cannot have in common: times, ids and chance.

#include "etcdpp/http/response.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! Puts `-` in place of what follows each `label` up to one of the `ends`.
inline std::string without(std::string text, std::string_view label, std::string_view ends)
{
    for (auto at = text.find(label); at != std::string::npos; at = text.find(label, at)) {
        at += label.size();
        text.replace(at, std::min(text.find_first_of(ends, at), text.size()) - at, "-");
    }
    return text;
}

//! What is between braces and brackets, sorted: equal for listings that differ in their order.
inline std::string in_any_order(std::string_view text)
{
    auto pieces = std::vector<std::string>{};
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of("{}[]"), text.size());
        auto piece = std::string{text.substr(0, end)};
        if (piece != "," && !piece.empty()) { pieces.push_back(std::move(piece)); }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    std::ranges::sort(pieces);
    auto joined = std::string{};
    for (auto const& piece : pieces) { joined += piece + '\n'; }
    return joined;
}

inline std::string normal_body(std::string body, bool is_unsorted)
{
    body = without(std::move(body), "\"expiration\":\"", "\"");
    body = without(std::move(body), "\"ttl\":", ",}");
    return is_unsorted ? in_any_order(body) : body;
}

//! Status, the headers that count, and the body. Of an id, a term and a raft index only the
//! presence is compared.
inline std::string normal_form(http::Response const& response, bool is_unsorted)
{
    auto text = std::to_string(response.status) + '\n';
    for (auto const* const name :
        {"Content-Type", "X-Etcd-Index", "Location", "Allow", "X-Content-Type-Options"}) {
        auto const value = response.headers.find(name);
        if (value) { text.append(name).append(": ").append(*value).append("\n"); }
    }
    for (auto const* const name : {"X-Etcd-Cluster-Id", "X-Raft-Index", "X-Raft-Term"}) {
        if (response.headers.find(name)) { text.append(name).append("\n"); }
    }
    return text + normal_body(response.body, is_unsorted);
}

}  // namespace etcdpp::tests

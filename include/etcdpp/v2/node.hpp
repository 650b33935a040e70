// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What replies about keys contain: plain values, without a word of how they travel.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/index.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::v2 {

//! What etcd did. `resync` is ours: a watch that lost its history reports what changed meanwhile.
enum class Action : std::uint8_t {
    get,
    set,
    create,
    update,
    remove,
    compare_and_swap,
    compare_and_remove,
    expire,
    resync,
};

constexpr std::string_view name(Action action) noexcept
{
    switch (action) {
    case Action::get: return "get";
    case Action::set: return "set";
    case Action::create: return "create";
    case Action::update: return "update";
    case Action::remove: return "remove";
    case Action::compare_and_swap: return "compare_and_swap";
    case Action::compare_and_remove: return "compare_and_remove";
    case Action::expire: return "expire";
    case Action::resync: return "resync";
    }
    return "get";
}

inline std::ostream& operator<<(std::ostream& out, Action action)
{
    return out << name(action);
}

//! A key and what stands there: a value, or, where `dir` is set, further nodes.
struct Node {
    std::string key = {};    //!< from the root, with a leading slash; "/" for the root itself
    std::string value = {};  //!< empty for a directory, and in the node of a removal
    bool dir = false;
    std::vector<Node> nodes = {};  //!< one level, or the whole tree of a recursive get

    //! When it was created: a `set` over an existing key counts as creation (WIRE 0.10).
    Index created_index = {};
    Index modified_index = {};

    //! The time left, rounded up; empty if the node does not expire or is about to, and negative
    //! where it is overdue. Ask `expiration` whether it expires at all.
    std::optional<std::chrono::seconds> ttl = {};

    //! When the node expires, by the server's clock. It goes up to about 0.5 s later.
    std::optional<std::chrono::system_clock::time_point> expiration = {};

    friend bool operator==(Node const&, Node const&) = default;
};

//! The answer to an operation on keys, or an event of a watch.
struct Response {
    Action action = Action::get;
    Node node = {};                      //!< empty after a write with `no_value_on_success`
    std::optional<Node> prev_node = {};  //!< what stood there before a write that replaced it
    Index index = {};                    //!< X-Etcd-Index: how far the member had come
    ClusterId cluster_id = {};           //!< X-Etcd-Cluster-Id

    friend bool operator==(Response const&, Response const&) = default;
};

//! `/app/mode = "blue" (created 4, modified 5, ttl 60 s)`; a directory lists the keys below it.
inline std::ostream& operator<<(std::ostream& out, Node const& node)
{
    out << node.key;
    if (node.dir) {
        out << " (directory of " << node.nodes.size();
    } else {
        out << " = \"" << node.value << "\" (created " << node.created_index;
    }
    out << ", modified " << node.modified_index;
    if (node.ttl) { out << ", ttl " << node.ttl->count() << " s"; }
    out << ')';
    for (auto const& child : node.nodes) { out << "\n  " << child.key; }
    return out;
}

inline std::ostream& operator<<(std::ostream& out, Response const& response)
{
    out << response.action << ' ' << response.node;
    if (response.prev_node) { out << ", before: " << *response.prev_node; }
    return out << " at index " << response.index;
}

}  // namespace etcdpp::v2

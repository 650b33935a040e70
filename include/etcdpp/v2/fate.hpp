// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What became of a write whose reply was lost, as far as what stands there now can prove it.

#include "etcdpp/core/index.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_listing.hpp"

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::v2 {

//! Everything but `unknown` is a promise about a write that was sent once, as these operations are
//! by every call. `carried_out` asks one thing of its caller: that nobody else writes that value to
//! that key, or into that directory. The others ask nothing.
enum class Fate : std::uint8_t {
    unknown,      //!< nothing is proven: it may have been carried out, or may be yet
    not_so_far,   //!< it had not been carried out when the store was read; it may be yet
    never,        //!< it was not carried out, and cannot be any more, however late a copy comes
    carried_out,  //!< it was carried out, once, and will not be again; others may have changed it
};

constexpr std::string_view name(Fate fate) noexcept
{
    switch (fate) {
    case Fate::unknown: return "unknown";
    case Fate::not_so_far: return "not so far";
    case Fate::never: return "never";
    case Fate::carried_out: return "carried out";
    }
    return "unknown";
}

inline std::ostream& operator<<(std::ostream& out, Fate fate)
{
    return out << name(fate);
}

//! A fate, and what it rests on.
struct Resolution {
    Fate fate = Fate::unknown;
    Index index = {};  //!< how far the store had come when it was read

    //! If it was carried out, what etcd would have answered; but of a node that was read, not found
    //! in the history, only as it stands now.
    Response reply = {};
};

//! The writes of which a read can tell more than that something stands there.
template <class Op>
concept resolvable = std::same_as<Op, Create> || std::same_as<Op, CompareAndSwap>
    || std::same_as<Op, CreateInOrder>;

namespace detail {

inline Resolution carried_out(Action action, Node node, Listing const& read)
{
    return {Fate::carried_out, read.index,
        {.action = action,
            .node = std::move(node),
            .index = read.index,
            .cluster_id = read.cluster_id}};
}

inline bool holds(Node const& node, std::string const& value) noexcept
{
    return !node.dir && node.value == value;
}

}  // namespace detail

// `before` is an X-Etcd-Index that was seen before the write was sent, or zero. A write that was
// carried out has a higher one.

//! A node that was created before the create was sent has stood in its way ever since: a set over
//! it would have given it a new created index. A later one may be ours with another's value.
inline Resolution fate_of(Create const& op, Listing const& read, Index before)
{
    auto const& node = read.node;
    if (read.index <= before || (node && node->created_index <= before)) {
        return {Fate::not_so_far, read.index};
    }
    if (node && detail::holds(*node, op.value)) {
        return detail::carried_out(Action::create, *node, read);
    }
    return {Fate::unknown, read.index};
}

//! A key in the directory that holds the value is ours. None is no proof: it may have been removed.
inline Resolution fate_of(CreateInOrder const& op, Listing const& read, Index before)
{
    if (read.index <= before) { return {Fate::not_so_far, read.index}; }
    auto const nodes = read.node.value_or(Node{}).nodes;
    auto const ours = std::ranges::find_if(nodes, [&](Node const& each) {
        return each.created_index > before && detail::holds(each, op.value);
    });
    if (ours != nodes.end()) { return detail::carried_out(Action::create, *ours, read); }
    return {Fate::unknown, read.index};
}

//! Whether the first event behind the index compared with tells all: only that can be the swap,
//! whatever the node looks like now.
inline bool an_event_decides(CompareAndSwap const& op, Listing const& read) noexcept
{
    auto const compared = op.compare.prev_index.value_or(read.index);
    return read.index > compared && (!read.node || read.node->modified_index > compared);
}

//! Without that event, which etcd forgets 1000 changes later. What is compared by value
//! alone, can hold again later.
inline Resolution fate_of(CompareAndSwap const& op, Listing const& read, Index before)
{
    auto const& node = read.node;
    auto const untouched = node
        && node->modified_index <= std::max(before, op.compare.prev_index.value_or(Index{}));
    if (read.index <= before || untouched) { return {Fate::not_so_far, read.index}; }
    if (node && detail::holds(*node, op.value) && op.value != op.compare.prev_value) {
        return detail::carried_out(Action::compare_and_swap, *node, read);
    }
    return {Fate::unknown, read.index};
}

//! By the first event behind the index compared with. @pre an_event_decides(op, ...)
inline Resolution fate_by(CompareAndSwap const& op, Response event, Index index)
{
    auto const ours = event.action == Action::compare_and_swap
        && event.node.key == canonical_key(op.key) && detail::holds(event.node, op.value);
    if (!ours) { return {Fate::never, index}; }
    return {Fate::carried_out, index, std::move(event)};
}

}  // namespace etcdpp::v2

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! etcd's key store as far as a client can tell: indices, a history that forgets, and its quirks.

#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/options.hpp"
#include "etcdpp/v2/removal.hpp"
#include "etcdpp/v2/watch_listing.hpp"
#include "etcdpp/v2/watch_scope.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::tests {

//! Written after the sources of etcd 3.4.23 and not after the library. A copy is a backup.
class ModelStore {
public:
    explicit ModelStore(std::size_t history = 1000) : kept_{history} {}

    ClusterId cluster_id = "cdf818194e3a8c32";

    Index index() const { return Index{index_}; }

    //! Each change tells whether it was carried out.
    bool set(std::string const& key, std::string const& value)
    {
        auto const there = nodes_.find(key);
        if ((there != nodes_.end() && there->second.dir) || !make_parents(key)) { return false; }
        auto node = v2::Node{.key = key,
            .value = value,
            .created_index = Index{index_ + 1},
            .modified_index = Index{index_ + 1}};
        nodes_[key] = node;
        remember({.action = v2::Action::set, .node = std::move(node)});
        return true;
    }

    bool create(std::string const& key, std::string const& value)
    {
        if (nodes_.contains(key) || !set(key, value)) { return false; }
        history_.back().action = v2::Action::create;
        return true;
    }

    bool update(std::string const& key, std::string const& value)
    {
        return rewrite(key, value, v2::Action::update, [](v2::Node const&) { return true; });
    }

    bool compare_and_swap(
        std::string const& key, std::string const& value, v2::Compare const& compare)
    {
        return rewrite(key, value, v2::Action::compare_and_swap, [&](v2::Node const& there) {
            return there.value == compare.prev_value.value_or(there.value)
                && there.modified_index == compare.prev_index.value_or(there.modified_index);
        });
    }

    //! @returns the new key
    std::string create_in_order(std::string const& dir, std::string const& value)
    {
        auto const number = std::to_string(index_ + 1);
        auto const key = dir + '/' + std::string(20 - number.size(), '0') + number;
        create(key, value);
        return key;
    }

    bool make_dir(std::string const& key)
    {
        auto const there = nodes_.find(key);
        if ((there != nodes_.end() && there->second.dir) || !make_parents(key)) { return false; }
        auto node = v2::Node{.key = key,
            .dir = true,
            .created_index = Index{index_ + 1},
            .modified_index = Index{index_ + 1}};
        nodes_[key] = node;
        remember({.action = v2::Action::set, .node = std::move(node)});
        return true;
    }

    bool remove(std::string const& key, v2::Action action = v2::Action::remove)
    {
        auto const there = nodes_.find(key);
        if (there == nodes_.end()) { return false; }
        auto const was = there->second;
        std::erase_if(nodes_,
            [&](auto const& each) { return each.first == key || v2::is_below(each.first, key); });
        remember({.action = action,
            .node = {.key = key,
                .dir = was.dir,
                .created_index = was.created_index,
                .modified_index = Index{index_ + 1}},
            .prev_node = was});
        return true;
    }

    //! Takes an index, and nobody is told.
    bool refresh(std::string const& key)
    {
        auto const there = nodes_.find(key);
        if (there == nodes_.end()) { return false; }
        there->second.modified_index = Index{index_ + 1};
        remember({.action = v2::Action::get});
        return true;
    }

    v2::Listing list(v2::WatchScope const& scope) const
    {
        return {listed(scope.key, scope.recursive), index(), cluster_id};
    }

    bool has_forgotten(Index wait_index) const
    {
        return static_cast<std::uint64_t>(wait_index) + history_.size() <= index_;
    }

    //! What a poll is answered with at once; nothing if it has to wait. @pre !has_forgotten(from)
    std::optional<v2::Response> event(v2::WatchScope const& scope, Index from) const
    {
        for (auto const& each : history_) {
            auto const at = each.node.modified_index;
            if (at < from || each.action == v2::Action::get) { continue; }
            // Neither hides hidden keys, nor minds where the name of a removed directory ends.
            auto const removed_above = v2::is_removal(each) && each.prev_node->dir
                && scope.key.starts_with(each.node.key);
            if (each.node.key == scope.key || removed_above
                || (scope.recursive && v2::is_below(each.node.key, scope.key))) {
                return each;
            }
        }
        return std::nullopt;
    }

    //! The files below `dir` that a listing shows, with their values.
    std::map<std::string, std::string> files(v2::WatchScope const& scope) const
    {
        auto files = std::map<std::string, std::string>{};
        for (auto const& [key, node] : nodes_) {
            auto const inside = key == scope.key
                || (scope.recursive && v2::is_below(key, scope.key)
                    && !v2::is_hidden_below(key, scope.key));
            if (inside && !node.dir) { files.emplace(key, node.value); }
        }
        return files;
    }

private:
    //! Keeps the created index of a file that `fits`.
    template <class Fits>
    bool rewrite(std::string const& key, std::string const& value, v2::Action action, Fits fits)
    {
        auto const there = nodes_.find(key);
        if (there == nodes_.end() || there->second.dir || !fits(there->second)) { return false; }
        auto const was = there->second;
        there->second.value = value;
        there->second.modified_index = Index{index_ + 1};
        remember({.action = action, .node = there->second, .prev_node = was});
        return true;
    }

    bool make_parents(std::string const& key)
    {
        for (auto at = key.find('/', 1); at != std::string::npos; at = key.find('/', at + 1)) {
            auto const dir = key.substr(0, at);
            auto const there = nodes_.find(dir);
            if (there != nodes_.end() && !there->second.dir) { return false; }
        }
        for (auto at = key.find('/', 1); at != std::string::npos; at = key.find('/', at + 1)) {
            auto const dir = key.substr(0, at);
            nodes_.try_emplace(dir,
                v2::Node{.key = dir,
                    .dir = true,
                    .created_index = Index{index_ + 1},
                    .modified_index = Index{index_ + 1}});
        }
        return true;
    }

    void remember(v2::Response event)
    {
        ++index_;
        event.node.modified_index = Index{index_};
        history_.push_back(std::move(event));
        if (history_.size() > kept_) { history_.pop_front(); }
    }

    std::optional<v2::Node> listed(std::string const& key, bool recursive) const
    {
        auto const there = nodes_.find(key);
        if (key != "/" && there == nodes_.end()) { return std::nullopt; }
        auto node = key == "/" ? v2::Node{.key = "/", .dir = true} : there->second;
        for (auto const& [below, each] : nodes_) {
            auto const slash = below.rfind('/');
            auto const parent = slash == 0 ? std::string{"/"} : below.substr(0, slash);
            if (parent != key || v2::is_hidden_below(below, key)) { continue; }
            node.nodes.insert(node.nodes.begin(), recursive ? *listed(below, true) : each);
        }
        return node;
    }

    std::size_t kept_;
    std::uint64_t index_ = 3;  //!< as a young cluster's: its members were written before
    std::map<std::string, v2::Node> nodes_;
    std::deque<v2::Response> history_;
};

//! A consumer of a watch who does nothing but what the events say.
class ModelConsumer {
public:
    void apply(v2::Response const& event)
    {
        auto const& key = event.node.key;
        if (v2::is_removal(event)) {
            std::erase_if(held_, [&](auto const& each) {
                return each.first == key || v2::is_below(each.first, key);
            });
        } else if (event.node.dir) {
            held_.erase(key);
        } else {
            held_.insert_or_assign(key, event.node.value);
        }
    }

    void hold(std::map<std::string, std::string> files) { held_ = std::move(files); }

    std::map<std::string, std::string> const& held() const { return held_; }

private:
    std::map<std::string, std::string> held_;
};

}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What comes of a command: an event that is told and remembered, or a refusal with etcd's words.

#include "etcdpp/core/index.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! The answer to a command and, if something changed, what watches are told. Its keys are paths of
//! the whole tree. The node of a removal has no value.
struct StoreEvent {
    v2::Action action = v2::Action::get;
    v2::Node node = {};
    std::optional<v2::Node> prev_node = {};
    Index index = {};         //!< the store's, right behind it
    bool is_refresh = false;  //!< takes a place in the history, and nobody is told

    //! Whether a node came to be where none was: HTTP says 201 then.
    bool has_created() const noexcept
    {
        return action == v2::Action::create || (action == v2::Action::set && !prev_node);
    }

    bool is_removal() const noexcept
    {
        return action == v2::Action::remove || action == v2::Action::expire
            || action == v2::Action::compare_and_remove;
    }
};

//! A definitive no.
struct Refusal {
    v2::Errc code = v2::Errc::key_not_found;
    std::string cause = {};
    Index index = {};  //!< the store's; zero where the store was not asked

    friend bool operator==(Refusal const&, Refusal const&) = default;
};

//! An event, shared by the reply, the history and the watches; and the paths it removed, deepest
//! first.
struct Change {
    std::shared_ptr<StoreEvent const> event = {};
    std::vector<std::string> removed = {};
};

using Verdict = std::variant<Change, Refusal>;

//! What etcd 3.4.23 says beside the codes it sends.
constexpr std::string_view message_of(v2::Errc code) noexcept
{
    switch (code) {  // NOLINT(clang-diagnostic-switch-enum): etcd never sends the others
    case v2::Errc::key_not_found: return "Key not found";
    case v2::Errc::test_failed: return "Compare failed";
    case v2::Errc::not_file: return "Not a file";
    case v2::Errc::not_dir: return "Not a directory";
    case v2::Errc::node_exist: return "Key already exists";
    case v2::Errc::root_read_only: return "Root is read only";
    case v2::Errc::dir_not_empty: return "Directory not empty";
    case v2::Errc::unauthorized: return "The request requires user authentication";
    case v2::Errc::prev_value_required: return "PrevValue is Required in POST form";
    case v2::Errc::ttl_nan: return "The given TTL in POST form is not a number";
    case v2::Errc::index_nan: return "The given index in POST form is not a number";
    case v2::Errc::invalid_field: return "Invalid field";
    case v2::Errc::invalid_form: return "Invalid POST form";
    case v2::Errc::refresh_value: return "Value provided on refresh";
    case v2::Errc::refresh_ttl_required: return "A TTL must be provided on refresh";
    case v2::Errc::raft_internal: return "Raft Internal Error";
    case v2::Errc::event_index_cleared:
        return "The event in requested index is outdated and cleared";
    default: return "";
    }
}

}  // namespace etcdpp::sim

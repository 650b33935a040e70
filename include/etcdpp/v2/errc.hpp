// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The error codes of etcd's v2 API, with Go's names in snake case.

#include "etcdpp/core/condition.hpp"

#include <string>
#include <string_view>
#include <system_error>

namespace etcdpp::v2 {

//! The `errorCode` of a reply. etcd 3.x never sends those marked *not sent*; older servers did.
enum class Errc {
    key_not_found = 100,
    test_failed = 101,   //!< a compare failed
    not_file = 102,      //!< a directory stands where a file is needed
    no_more_peer = 103,  //!< not sent
    not_dir = 104,       //!< a file stands where a directory is needed
    node_exist = 105,
    key_is_preserved = 106,  //!< not sent
    root_read_only = 107,
    dir_not_empty = 108,
    existing_peer_address = 109,  //!< not sent
    unauthorized = 110,           //!< no, bad or insufficient credentials: etcd does not say which
    value_required = 200,         //!< not sent
    prev_value_required = 201,
    ttl_nan = 202,
    index_nan = 203,
    value_or_ttl_required = 204,    //!< not sent
    timeout_nan = 205,              //!< not sent
    name_required = 206,            //!< not sent
    index_or_value_required = 207,  //!< not sent
    index_value_mutex = 208,        //!< not sent
    invalid_field = 209,
    invalid_form = 210,
    refresh_value = 211,
    refresh_ttl_required = 212,
    raft_internal = 300,         //!< may still commit, whatever its cause says (WIRE section 7)
    leader_elect = 301,          //!< not sent
    watcher_cleared = 400,       //!< not sent
    event_index_cleared = 401,   //!< the history asked for is gone
    standby_internal = 402,      //!< not sent
    invalid_active_size = 403,   //!< not sent
    invalid_remove_delay = 404,  //!< not sent
    client_internal = 500,       //!< not sent
};

constexpr std::string_view describe(Errc code) noexcept
{
    switch (code) {
    case Errc::key_not_found: return "key not found";
    case Errc::test_failed: return "compare failed";
    case Errc::not_file: return "not a file";
    case Errc::no_more_peer: return "reached the max number of peers in the cluster";
    case Errc::not_dir: return "not a directory";
    case Errc::node_exist: return "key already exists";
    case Errc::key_is_preserved: return "the prefix of the key is reserved";
    case Errc::root_read_only: return "root is read only";
    case Errc::dir_not_empty: return "directory not empty";
    case Errc::existing_peer_address: return "the peer address exists already";
    case Errc::unauthorized: return "the request requires user authentication";
    case Errc::value_required: return "a value is required";
    case Errc::prev_value_required: return "prevValue is required";
    case Errc::ttl_nan: return "the TTL is not a number";
    case Errc::index_nan: return "the index is not a number";
    case Errc::value_or_ttl_required: return "a value or TTL is required";
    case Errc::timeout_nan: return "the timeout is not a number";
    case Errc::name_required: return "a name is required";
    case Errc::index_or_value_required: return "an index or value is required";
    case Errc::index_value_mutex: return "index and value cannot both be given";
    case Errc::invalid_field: return "invalid field";
    case Errc::invalid_form: return "invalid form";
    case Errc::refresh_value: return "a refresh takes no value";
    case Errc::refresh_ttl_required: return "a refresh needs a TTL";
    case Errc::raft_internal: return "raft internal error";
    case Errc::leader_elect: return "during leader election";
    case Errc::watcher_cleared: return "the watcher was cleared for recovery";
    case Errc::event_index_cleared: return "the events asked for are outdated and cleared";
    case Errc::standby_internal: return "standby internal error";
    case Errc::invalid_active_size: return "invalid active size";
    case Errc::invalid_remove_delay: return "invalid remove delay";
    case Errc::client_internal: return "client internal error";
    }
    return {};
}

inline std::error_category const& category() noexcept
{
    class Category final : public std::error_category {
        char const* name() const noexcept override { return "etcdpp.v2"; }

        std::string message(int value) const override
        {
            auto const words = describe(static_cast<Errc>(value));
            return words.empty() ? "etcd error " + std::to_string(value) : std::string{words};
        }

        std::error_condition default_error_condition(int value) const noexcept override
        {
            switch (static_cast<Errc>(
                value)) {  // NOLINT(clang-diagnostic-switch-enum): most map to none
            case Errc::key_not_found: return Condition::not_found;
            case Errc::node_exist: return Condition::already_exists;
            case Errc::test_failed: return Condition::compare_failed;
            case Errc::unauthorized: return Condition::unauthorized;
            case Errc::raft_internal:
            case Errc::leader_elect: return Condition::unavailable;
            case Errc::event_index_cleared: return Condition::stale;
            default: return {value, *this};
            }
        }
    };
    static Category const instance;
    return instance;
}

inline std::error_code make_error_code(Errc code) noexcept
{
    return {static_cast<int>(code), category()};
}

}  // namespace etcdpp::v2

template <>
struct std::is_error_code_enum<etcdpp::v2::Errc> : std::true_type {};

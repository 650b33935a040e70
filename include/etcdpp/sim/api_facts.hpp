// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a simulated member knows when a request comes, beside what it holds; and what it then has
//! to do.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/api_reply.hpp"
#include "etcdpp/sim/proposal.hpp"
#include "etcdpp/sim/store_history.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

namespace etcdpp::sim {

struct Facts {
    std::uint64_t cluster = 0;
    std::uint64_t self = 0;
    std::optional<std::uint64_t> leader = {};  //!< as far as this member knows
    std::uint64_t term = 0;
    std::uint64_t raft_index = 0;
    WallTime now = {};
    WallTime started = {};
    WallTime leader_since = {};
    std::size_t connected = 1;  //!< members this one has reached without a break, itself included
    std::uint64_t salt = 0;     //!< by which unsorted listings are put out of order
};

inline void name_cluster(http::Response& reply, Facts const& facts)
{
    reply.headers.add("X-Etcd-Cluster-Id", hexadecimal(facts.cluster));
}

//! What the members are to agree on before this request can be answered.
struct Submission {
    Proposal proposal = {};

    //! etcd gives up after 5 s and two election timeouts.
    Clock::duration patience = std::chrono::seconds{7};

    //! Makes the reply; of nothing, if patience ended before.
    std::function<http::Response(Outcome const*, Facts const&)> reply = {};
};

//! A watch: the head of its reply goes out at once, its events as they come.
struct Watch {
    WatchedPath watched = {};
    Index from = {};
    bool streams = false;
    http::Response head = {};
};

using Task = std::variant<http::Response, Submission, Watch>;

//! What is answered at once, with the name of the cluster; submissions add it themselves.
inline Task in_cluster(Task task, Facts const& facts)
{
    if (auto* const reply = std::get_if<http::Response>(&task)) { name_cluster(*reply, facts); }
    if (auto* const watch = std::get_if<Watch>(&task)) { name_cluster(watch->head, facts); }
    return task;
}

}  // namespace etcdpp::sim

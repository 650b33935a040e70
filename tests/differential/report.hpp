// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! docs/fidelity.md, written from a run.

#include "tests/differential/duel.hpp"

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <utility>

namespace etcdpp::tests {

inline constexpr auto what_is_compared = R"(## What is compared

Status, body to the byte, and the headers `Content-Type`, `X-Etcd-Index`, `Location`, `Allow` and
`X-Content-Type-Options`; of `X-Etcd-Cluster-Id`, `X-Raft-Index` and `X-Raft-Term`, that they are
there. Watches are opened at both and compared event by event, polls and streams.

## What is put aside before

- Times: the text of `expiration`, the number of `ttl`. When a key expires is compared by waiting.
- Order: an unsorted listing is compared as a set. etcd's order is that of a Go map; the simulator's
  is another one, and repeatable.
- Ids, terms and raft indices, which a cluster does not share with another.

## What differs, and why

- `Date`, `Content-Length` and the CORS headers are not simulated: a transport needs none of them.
- A stream that is read too slowly is dropped by etcd after 100 events; here, every reader is fast.
- Errors about malformed JSON in `/v2/members` are worded in one way, whatever is wrong.
- The v3 API and `/metrics` are not simulated: they answer 404.
- etcd takes 60 ms to check a password, the simulator none.
- Keys that expire at the same nanosecond do so in the order of their names; etcd's is a heap's.
)";

struct Report {
    std::uint64_t operations = 0;
    std::uint64_t seed = 0;
    Tallies tallies = {};
};

inline std::ostream& operator<<(std::ostream& out, Report const& report)
{
    out << "# How true the simulator is\n\n"
           "Written by `tests/differential` from a run of "
        << report.operations << " operations against etcd 3.4.23,\nwith seed " << report.seed
        << ". Each was sent to a real member and to a simulated one:\n\n"
           "```sh\nETCDPP_OPERATIONS="
        << report.operations << " ETCDPP_SEED=" << report.seed
        << " ETCDPP_REPORT=docs/fidelity.md build/tests/differential/differential\n```\n\n"
           "CI runs 4000 operations with a fresh seed, which it prints. A difference fails the "
           "test, and stays as a\nunit test once it is understood. This run found none.\n\n"
           "| operations | how many |\n|---|---|\n";
    for (auto i = std::size_t{0}; i != asks_names.size(); ++i) {
        out << "| " << asks_names[i] << " | " << report.tallies.requests[i] << " |\n";
    }
    out << "| events of watches told by both | " << report.tallies.events << " |\n\n"
        << "Statuses:";
    auto separator = " ";
    for (auto const& [status, count] : report.tallies.statuses) {
        out << std::exchange(separator, ", ") << status << " (" << count << ')';
    }
    return out << ".\n\n" << what_is_compared;
}

}  // namespace etcdpp::tests

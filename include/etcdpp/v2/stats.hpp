// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The statistics of etcd's v2 API.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/v2/stats_operations.hpp"

namespace etcdpp::v2 {

//! Words for the operation values in stats_operations.hpp, whose comments say what each promises. A
//! Stats points to its client, is copied freely, and may be used from many threads at once.
//!
//! Each member counts for itself, and it is the one in use that tells: the client's selector
//! chooses it. For a certain member's figures make a client that knows that one alone.
template <class Client>
class Stats {
public:
    explicit Stats(Client& client) noexcept : client_{&client} {}

    Result<SelfStats> self(CallOptions const& call = {}) const
    {
        return client_->run(GetSelfStats{}, call);
    }

    Result<StoreStats> store(CallOptions const& call = {}) const
    {
        return client_->run(GetStoreStats{}, call);
    }

    Result<LeaderStats> leader(CallOptions const& call = {}) const
    {
        return client_->run(GetLeaderStats{}, call);
    }

private:
    Client* client_;
};

}  // namespace etcdpp::v2

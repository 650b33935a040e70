// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The members of the cluster under their usual verbs.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/v2/member_operations.hpp"

#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {

//! Words for the operation values in member_operations.hpp, whose comments say what each promises.
//! A Members points to its client, is copied freely, and may be used from many threads at once.
//!
//! It changes the cluster and not the client: which members that knows is another matter. A call
//! fails with a v2::AdminErrc where etcd said no, and otherwise as docs/errors.md tells. A change
//! is never repeated after its reply was lost; list() then tells what became of it.
template <class Client>
class Members {
public:
    explicit Members(Client& client) noexcept : client_{&client} {}

    Result<std::vector<Member>> list(CallOptions const& call = {}) const
    {
        return client_->run(ListMembers{}, call);
    }

    Result<Member> leader(CallOptions const& call = {}) const
    {
        return client_->run(GetLeader{}, call);
    }

    Result<Member> add(std::vector<std::string> peer_urls, CallOptions const& call = {}) const
    {
        return client_->run(AddMember{std::move(peer_urls)}, call);
    }

    Result<void> update(
        std::string id, std::vector<std::string> peer_urls, CallOptions const& call = {}) const
    {
        return client_->run(UpdateMember{std::move(id), std::move(peer_urls)}, call);
    }

    Result<void> remove(std::string id, CallOptions const& call = {}) const
    {
        return client_->run(RemoveMember{std::move(id)}, call);
    }

private:
    Client* client_;
};

}  // namespace etcdpp::v2

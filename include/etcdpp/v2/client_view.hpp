// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a client is to those who are handed one, passed on by what runs its calls differently.

#include "etcdpp/core/call_options.hpp"

#include <utility>

namespace etcdpp::v2 {

//! All of a client but `run`, which whoever derives from it adds. Immovable, for facades point to
//! it; the client must outlive it.
template <class Client>
class ClientView {
public:
    ClientView(ClientView const&) = delete;
    ClientView& operator=(ClientView const&) = delete;

    auto endpoints() const { return client_->endpoints(); }
    void set_endpoints(auto endpoints) { client_->set_endpoints(std::move(endpoints)); }

    auto prepare(auto& op) const { return client_->prepare(op); }
    auto terms(auto const& op, CallOptions const& call) { return client_->terms(op, call); }
    auto policies() noexcept { return client_->policies(); }
    auto& vigil() noexcept { return client_->vigil(); }

protected:
    explicit ClientView(Client& client) noexcept : client_{&client} {}
    ~ClientView() = default;

    Client& client() noexcept { return *client_; }

private:
    Client* client_;
};

}  // namespace etcdpp::v2

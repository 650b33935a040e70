// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Which etcd answers, and which version its cluster has agreed on.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/server/wire/names.hpp"
#include "etcdpp/server/wire/reply.hpp"

#include <optional>
#include <ostream>
#include <string>
#include <utility>

namespace etcdpp {

struct Version {
    std::string server = {};  //!< of the member that answered, as in "3.4.23"

    //! What all members can do, as in "3.4.0". Empty until they have agreed, soon after the
    //! cluster's first start.
    std::optional<std::string> cluster = {};

    friend bool operator==(Version const&, Version const&) = default;
};

//! `3.4.23, cluster 3.4.0`.
inline std::ostream& operator<<(std::ostream& out, Version const& version)
{
    return out << version.server << ", cluster " << version.cluster.value_or("not decided");
}

//! Asks the member in use, which answers by itself. Every etcd does, whether or not it serves the
//! v2 API, and wants no credentials.
struct GetVersion {
    using Reply = Version;

    static Result<http::Request> encode() { return http::Request{.target = "/version"}; }

    static Result<Version> read(auto const& codec, http::Response const& response)
    {
        if (response.status != 200) { return detail::no_answer(response); }
        auto body = codec.template decode<detail::VersionBody>(response.body);
        if (!body || body->etcdserver.empty()) { return detail::no_answer(response); }
        auto version = Version{.server = std::move(body->etcdserver)};
        if (!body->etcdcluster.empty() && body->etcdcluster != "not_decided") {
            version.cluster = std::move(body->etcdcluster);
        }
        return version;
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    static constexpr bool commits() noexcept { return false; }
};

//! `version(client)`: the same in one word.
template <class Client>
Result<Version> version(Client& client, CallOptions const& call = {})
{
    return client.run(GetVersion{}, call);
}

}  // namespace etcdpp

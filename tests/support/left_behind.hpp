// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A real member of a cluster that has stopped hearing of it, and answers from its past for ever.

#include "tests/support/child_process.hpp"
#include "tests/support/etcd_cluster.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/witness.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace etcdpp::tests {

//! Made from a cluster of one: the member is ended, its data are copied, and both go on, of which
//! the copy hears nothing more. It has the same cluster id, and the indices of the same history.
//! (A member of three cannot be held back for sure: what a frozen one was sent waits in its
//! sockets, and a restarted one serves nobody before it has found the others.)
class LeftBehind {
public:
    //! Ends the cluster's only member for a moment. @throws std::runtime_error if it cannot be done
    explicit LeftBehind(EtcdCluster& cluster)
    {
        auto const data = cluster.folder() / "left-behind";
        cluster.terminate(0);
        std::filesystem::copy(
            cluster.folder() / "member-0", data, std::filesystem::copy_options::recursive);
        cluster.restart(0);
        cluster.wait_healthy();
        process_.emplace(launcher_,
            Command{{"/usr/bin/env", "etcd", "--name=member-0", "--data-dir=" + data.string(),
                        "--listen-client-urls=" + url(), "--advertise-client-urls=" + url(),
                        "--listen-peer-urls=" + url_of(peer_), "--enable-v2=true"},
                environment(), cluster.folder() / "left-behind.log"});
        auto const answers = [&] { return witness().get("/health").status == 200; };
        if (!becomes_true(answers, std::chrono::seconds{30})) {
            throw std::runtime_error{"the copy of a member does not come up"};
        }
    }

    std::string url() const { return url_of(client_); }
    Witness witness() const { return Witness{client_.number()}; }

private:
    static std::string url_of(FreePort const& port)
    {
        return "http://127.0.0.1:" + std::to_string(port.number());
    }

    //! What etcd and env(1) need of ours: see EtcdCluster.
    static std::vector<std::string> environment()
    {
        auto result = std::vector<std::string>{};
        for (auto const* const name : {"PATH", "ETCD_UNSUPPORTED_ARCH"}) {
            if (auto const* const value = std::getenv(name); value != nullptr) {
                result.push_back(std::string{name} + '=' + value);
            }
        }
        return result;
    }

    FreePort client_;
    FreePort peer_;
    Launcher launcher_;
    std::optional<ChildProcess> process_;
};

}  // namespace etcdpp::tests

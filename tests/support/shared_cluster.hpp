// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One cluster for many tests: real members are started once a program.

#include "tests/support/etcd_cluster.hpp"

#include <cstddef>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace etcdpp::tests {

//! One cluster for all tests of a program, started by the first that asks, ended with the program.
//!
//! For one thread at a time. A fixture's line: `EtcdCluster& cluster = SharedCluster<>::fresh();`
template <std::size_t members = 3>
class SharedCluster {
public:
    //! As the last user left it.
    static EtcdCluster& get()
    {
        auto& cluster = instance();
        if (!cluster) { cluster = std::make_unique<EtcdCluster>(members); }
        return *cluster;
    }

    //! Healed and without keys (but see EtcdCluster::wipe); a new one if that is not possible,
    //! for example because a member was removed or v2 authentication was left on.
    static EtcdCluster& fresh(std::vector<std::string> const& hidden = {})
    {
        auto& cluster = get();
        try {
            cluster.heal();
            cluster.wipe(hidden);
            cluster.wait_healthy();  // A member may lag behind the one that was asked to wipe.
            return cluster;
        } catch (std::exception const& problem) {
            std::cerr << "starting a new shared cluster: " << problem.what() << '\n';
        }
        instance().reset();
        return get();
    }

private:
    static std::unique_ptr<EtcdCluster>& instance()
    {
        static auto cluster = std::unique_ptr<EtcdCluster>{};
        return cluster;
    }
};

}  // namespace etcdpp::tests

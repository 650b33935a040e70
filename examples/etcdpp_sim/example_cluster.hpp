// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Where an example finds its members: at the URLs it is given, or else in its own process.

#include "self_signed.hpp"
#include "served_cluster.hpp"
#include <etcdpp/core/endpoints.hpp>

#include <memory>
#include <optional>
#include <string>

namespace etcdpp::examples {

//! `ExampleCluster{argc, argv}`: the first argument is a list of URLs. Without one, three simulated
//! members are served for as long as the object lives.
class ExampleCluster {
public:
    //! Ends the program, and says why, if the URLs are none.
    ExampleCluster(int argc, char** argv) : ExampleCluster{argc, argv, Scheme::http} {}

    //! With a certificate made on the spot, and `ca_file()` to trust it.
    static ExampleCluster over_tls(int argc, char** argv) { return {argc, argv, Scheme::https}; }

    Endpoints const& endpoints() const noexcept { return endpoints_; }

    //! Whom to trust; empty if the members are not ours.
    std::string ca_file() const { return certificate_ ? certificate_->certificate_file() : ""; }

    //! Kills a member. False if it is not ours: somebody else has to.
    bool kill(Endpoint const& member) const;

private:
    ExampleCluster(int argc, char** argv, Scheme scheme);

    std::optional<SelfSigned> certificate_;
    std::unique_ptr<ServedCluster> served_;
    Endpoints endpoints_;
};

}  // namespace etcdpp::examples

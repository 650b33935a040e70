// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a cluster's keys really hold, found out without a line of the library under test.

#include "tests/support/etcd_cluster.hpp"
#include "tests/support/etcd_text.hpp"
#include "tests/support/witness.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {

//! Judges by quorum reads through the first member that runs: what it says is the cluster's present
//! state, not one member's past.
//!
//! Keys are given as they are, not escaped; 1300 letters are the most that a Witness can ask for.
class KeyWitness {
public:
    explicit KeyWitness(EtcdCluster& cluster) noexcept : cluster_{cluster} {}

    //! The value at `key`, or nothing if there is no such key or it is a directory.
    //! @throws std::runtime_error if the cluster does not say.
    std::optional<std::string> value(std::string_view key) const
    {
        auto const reply = ask(key, "?quorum=true");
        return reply.status == 404 ? std::nullopt : value_in(reply.body);
    }

    //! Whether something stands at `key`, a file or a directory.
    bool exists(std::string_view key) const { return ask(key, "?quorum=true").status == 200; }

    //! Every file below `directory`, also of its directories, with its value. A missing directory
    //! has none.
    std::map<std::string, std::string> files(std::string_view directory) const
    {
        constexpr auto label = std::string_view{"\"key\":\""};
        auto const reply = ask(directory, "?recursive=true&quorum=true");
        auto const text = std::string_view{reply.body};
        auto result = std::map<std::string, std::string>{};
        for (auto at = text.find(label); at != std::string_view::npos && reply.status == 200;) {
            auto const next = text.find(label, at + label.size());
            auto const node = text.substr(at + label.size(), next - at - label.size());
            if (auto const value = value_in(node)) { result.emplace(json_string(node), *value); }
            at = next;
        }
        return result;
    }

    //! The values below `directory` without their keys, sorted.
    std::vector<std::string> values(std::string_view directory) const
    {
        auto result = std::vector<std::string>{};
        for (auto const& [key, value] : files(directory)) { result.push_back(value); }
        std::sort(result.begin(), result.end());
        return result;
    }

private:
    Testimony ask(std::string_view key, std::string_view query) const
    {
        for (auto i = std::size_t{0}; i < cluster_.size(); ++i) {
            if (!cluster_.running(i)) { continue; }
            auto reply = cluster_.witness(i).get("/v2/keys" + escaped(key) + std::string{query});
            if (reply.status != 200 && reply.status != 404) {
                throw std::runtime_error{"the witness cannot judge: " + reply.describe()};
            }
            return reply;
        }
        throw std::runtime_error{"the witness cannot judge: no member is running"};
    }

    //! Inside a JSON string quotes are escaped, so `"value":"` can only be the real thing.
    static std::optional<std::string> value_in(std::string_view json)
    {
        constexpr auto label = std::string_view{"\"value\":\""};
        auto const at = json.find(label);
        return at == std::string_view::npos
            ? std::nullopt
            : std::optional{json_string(json.substr(at + label.size()))};
    }

    EtcdCluster& cluster_;
};

}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Files and directories as etcd would tell of them.

#include "etcdpp/v2/node.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

//! Written at that index, and not changed since.
inline v2::Node file(std::string key, std::uint64_t index, std::string value = "blue")
{
    return {.key = std::move(key),
        .value = std::move(value),
        .created_index = Index{index},
        .modified_index = Index{index}};
}

inline v2::Node dir(std::string key, std::uint64_t index, std::vector<v2::Node> nodes = {})
{
    return {.key = std::move(key),
        .dir = true,
        .nodes = std::move(nodes),
        .created_index = Index{index},
        .modified_index = Index{index}};
}

}  // namespace etcdpp::tests

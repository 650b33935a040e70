// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Whether a request waits unread at a frozen server: a fact to wait for, where a test would sleep.

#include <cstdint>
#include <fstream>
#include <iomanip>
#include <ios>
#include <sstream>
#include <string>

namespace etcdpp::tests {

//! True if the system holds bytes for whoever listens on this loopback port, who has not read them
//! yet, on a connection that its sender has not closed. Linux tells it in /proc/net/tcp (proc(5)):
//! local_address, rem_address, st, tx_queue:rx_queue.
inline bool has_unread_bytes(std::uint16_t port)
{
    auto wanted = std::ostringstream{};
    wanted << ':' << std::hex << std::uppercase << std::setw(4) << std::setfill('0') << port;
    auto table = std::ifstream{"/proc/net/tcp"};
    for (auto line = std::string{}; std::getline(table, line);) {
        auto words = std::istringstream{line};
        auto slot = std::string{};
        auto local = std::string{};
        auto remote = std::string{};
        auto state = std::string{};
        auto queues = std::string{};
        words >> slot >> local >> remote >> state >> queues;
        auto const established = state == "01";
        if (local.ends_with(wanted.view()) && established && !queues.ends_with(":00000000")) {
            return true;
        }
    }
    return false;
}

}  // namespace etcdpp::tests

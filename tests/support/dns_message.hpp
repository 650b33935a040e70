// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! DNS messages byte by byte: right ones, and whatever else a test wants to send.

#include "etcdpp/discovery/srv_record.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {

inline std::string dns_number(unsigned number)
{
    return {static_cast<char>(number >> 8U & 0xffU), static_cast<char>(number & 0xffU)};
}

//! "_etcd-client._tcp" as it stands in a message, uncompressed; "" is the root.
inline std::string dns_name(std::string_view name)
{
    auto bytes = std::string{};
    while (!name.empty()) {
        auto const label = name.substr(0, name.find('.'));
        bytes.append(1, static_cast<char>(label.size())).append(label);
        name.remove_prefix(std::min(label.size() + 1, name.size()));
    }
    return bytes += '\0';
}

//! "Goes on at that byte of the message."
inline std::string dns_pointer(std::size_t to)
{
    return dns_number(0xc000U | static_cast<unsigned>(to));
}

inline std::string dns_header(unsigned flags, unsigned questions, unsigned answers)
{
    return dns_number(0x1234) + dns_number(flags) + dns_number(questions) + dns_number(answers)
        + std::string(4, '\0');
}

inline constexpr auto dns_question_at = std::size_t{12};
inline constexpr auto dns_is_reply = 0x8180U;
inline constexpr auto dns_is_cut = 0x0200U;

//! A question for SRV records.
inline std::string dns_question(std::string_view name)
{
    return dns_name(name) + dns_number(33) + dns_number(1);
}

//! An answer about the name in the question.
inline std::string dns_answer(unsigned type, std::string const& data)
{
    return dns_pointer(dns_question_at) + dns_number(type) + dns_number(1) + std::string(4, '\0')
        + dns_number(static_cast<unsigned>(data.size())) + data;
}

inline std::string dns_srv_data(SrvRecord const& record)
{
    return dns_number(record.priority) + dns_number(record.weight) + dns_number(record.port)
        + dns_name(record.target);
}

//! The whole reply to a question.
inline std::string dns_reply(std::string_view name, std::vector<SrvRecord> const& records)
{
    auto reply = dns_header(dns_is_reply, 1, static_cast<unsigned>(records.size()))
        + dns_question(name);
    for (auto const& each : records) { reply += dns_answer(33, dns_srv_data(each)); }
    return reply;
}

}  // namespace etcdpp::tests

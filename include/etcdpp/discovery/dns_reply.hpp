// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From the bytes of a DNS reply to the SRV records in it, whoever sent them.

#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/dns_reader.hpp"
#include "etcdpp/discovery/srv_record.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace etcdpp::detail {

//! What a nameserver answers, or that it does not, is of no use. No etcd was asked yet.
inline Unexpected no_use(std::error_code code, std::string words)
{
    return unexpected(
        Error{code, {.effect = Effect::none, .fault = Fault::member, .words = std::move(words)}});
}

struct DnsHeader {
    bool is_whole_reply = false;
    unsigned verdict = 0;  //!< RCODE
    std::uint16_t questions = 0;
    std::uint16_t answers = 0;
};

inline DnsHeader read_header(DnsReader& reader)
{
    reader.skip(2);  // the id, which the resolver has compared
    auto const flags = unsigned{reader.number()};
    auto const is_reply = (flags & 0x8000U) != 0;
    auto const is_cut_short = (flags & 0x0200U) != 0;
    auto header = DnsHeader{.is_whole_reply = is_reply && !is_cut_short, .verdict = flags & 0xfU};
    header.questions = reader.number();
    header.answers = reader.number();
    reader.skip(4);
    return header;
}

//! The answer that stands next, if it is an SRV record.
inline void read_answer(DnsReader& reader, std::vector<SrvRecord>& records)
{
    constexpr auto srv = 33;
    constexpr auto internet = 1;
    reader.name();
    auto const type = reader.number();
    auto const network = reader.number();
    reader.skip(4);  // how long it may be kept
    auto const size = std::size_t{reader.number()};
    auto const end = reader.position() + size;
    if (type != srv || network != internet) { return reader.skip(size); }
    auto record = SrvRecord{};
    record.priority = reader.number();
    record.weight = reader.number();
    record.port = reader.number();
    record.target = reader.name();
    if (reader.position() != end) { return reader.fail(); }
    records.push_back(std::move(record));
}

//! The SRV records among the answers, in their order; none if the name does not exist. Those of a
//! name for which the one that was asked for is an alias count, too. Errc::malformed_reply for what
//! is no whole reply, Errc::unreachable if the nameserver says that it cannot answer.
inline Result<std::vector<SrvRecord>> read_srv_reply(std::string_view message)
{
    constexpr auto no_such_name = 3U;
    auto reader = DnsReader{message};
    auto const header = read_header(reader);
    if (reader.has_failed() || !header.is_whole_reply) {
        return no_use(Errc::malformed_reply, "what the nameserver sent is no whole DNS reply");
    }
    auto records = std::vector<SrvRecord>{};
    if (header.verdict == no_such_name) { return records; }
    if (header.verdict != 0) {
        return no_use(Errc::unreachable,
            "the nameserver cannot answer: DNS error " + std::to_string(header.verdict));
    }
    for (auto i = 0; i != header.questions && !reader.has_failed(); ++i) {
        reader.name();
        reader.skip(4);
    }
    for (auto i = 0; i != header.answers && !reader.has_failed(); ++i) {
        read_answer(reader, records);
    }
    if (reader.has_failed()) {
        return no_use(Errc::malformed_reply,
            "the nameserver's reply ends too early, or holds what is no host name");
    }
    return records;
}

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Asks the DNS for SRV records, through the system's resolver.

#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/dns_reply.hpp"
#include "etcdpp/discovery/srv_options.hpp"
#include "etcdpp/discovery/srv_record.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

namespace etcdpp::detail {

//! The resolver of one thread: it shares nothing with others, and reads /etc/resolv.conf anew. It
//! blocks for up to `patience`, a minute at most, and a bit more, and cannot be interrupted.
//!
//! Needs glibc, as of 2.34 nothing more to link (before: -lresolv). A nameserver of one's own that
//! has an IPv6 address goes where glibc keeps those of resolv.conf.
class DnsQuery {
public:
    explicit DnsQuery(std::chrono::seconds patience)
        : is_ready_{res_ninit(&state_) == 0}, system_ipv6_{state_._u._ext.nsaddrs[0]}
    {
        state_.retrans = 1;  // seconds until a question is sent again
        state_.retry = static_cast<int>(std::min<std::intmax_t>(patience.count(), 60)) + 1;
    }

    ~DnsQuery()
    {
        auto*& first = state_._u._ext.nsaddrs[0];
        if (first == &ipv6_) { first = system_ipv6_; }  // the rest is the resolver's to free
        if (is_ready_) { res_nclose(&state_); }
    }

    DnsQuery(DnsQuery const&) = delete;
    DnsQuery& operator=(DnsQuery const&) = delete;

    //! Asks this nameserver alone. @returns whether that is an address
    bool ask_only(Nameserver const& nameserver)
    {
        auto const* const text = nameserver.address.c_str();
        auto ipv4 = sockaddr_in{};
        state_.nscount = 1;
        if (::inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
            ipv4.sin_family = AF_INET;
            ipv4.sin_port = htons(nameserver.port);
            state_.nsaddr_list[0] = ipv4;
            return true;
        }
        ipv6_.sin6_family = AF_INET6;
        ipv6_.sin6_port = htons(nameserver.port);
        state_.nsaddr_list[0] = {};
        state_._u._ext.nsaddrs[0] = &ipv6_;
        return ::inet_pton(AF_INET6, text, &ipv6_.sin6_addr) == 1;
    }

    //! The SRV records of a whole name, as they stand in the reply; none where there are none.
    //! Errc::unreachable if no nameserver gives an answer.
    Result<std::vector<SrvRecord>> query(std::string const& name)
    {
        auto reply = std::string(largest_reply, '\0');
        auto* const bytes = reinterpret_cast<unsigned char*>(reply.data());
        auto const size = is_ready_
            ? res_nquery(&state_, name.c_str(), ns_c_in, ns_t_srv, bytes, largest_reply)
            : -1;
        if (size >= 0) {
            reply.resize(static_cast<std::size_t>(size));
            return read_srv_reply(reply);
        }
        auto const why = is_ready_ ? state_.res_h_errno : NETDB_INTERNAL;
        if (why == HOST_NOT_FOUND || why == NO_DATA) { return std::vector<SrvRecord>{}; }
        return no_use(Errc::unreachable, std::string{"no nameserver answers: "} + ::hstrerror(why));
    }

private:
    static constexpr auto largest_reply = 65535;

    struct ::__res_state state_ = {};
    bool is_ready_;
    sockaddr_in6 ipv6_{};
    sockaddr_in6* system_ipv6_;
};

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Finds a cluster's endpoints in the DNS: for a client that is told a domain and no more.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/endpoint_url.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/discovery/dns_query.hpp"
#include "etcdpp/discovery/errc.hpp"
#include "etcdpp/discovery/left_behind.hpp"
#include "etcdpp/discovery/srv_options.hpp"
#include "etcdpp/discovery/srv_record.hpp"
#include "etcdpp/environment/system.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp {

namespace detail {

//! A name in the DNS under which a cluster has the endpoints of one scheme.
struct SrvName {
    Scheme scheme = Scheme::https;
    std::string name = {};
};

struct FoundRecords {
    Scheme scheme = Scheme::https;
    std::vector<SrvRecord> records = {};
};

//! RFC 1035 section 2.3.4, but with the characters that hosts have.
inline bool is_domain_name(std::string_view name)
{
    auto label = std::size_t{0};
    for (auto const c : name) {
        if (c == '.' && label == 0) { return false; }
        label = c == '.' ? 0 : label + 1;
        if (label > 63 || c == ':' || !is_host_character(c)) { return false; }
    }
    return label != 0 && name.size() <= 253;
}

//! Where to look, in this order. Errc::invalid_argument if no such name can be.
inline Result<std::vector<SrvName>> srv_names(std::string_view domain, SrvOptions const& options)
{
    if (domain.ends_with('.')) { domain.remove_suffix(1); }
    if (!is_domain_name(domain)) {
        return unexpected(invalid_argument("\"" + std::string{domain} + "\" is no domain name"));
    }
    auto names = std::vector<SrvName>{};
    for (auto const scheme : {Scheme::https, Scheme::http}) {
        if (options.only && *options.only != scheme) { continue; }
        auto name = std::string{scheme == Scheme::https ? "_etcd-client-ssl" : "_etcd-client"};
        if (!options.service.empty()) { name.append("-").append(options.service); }
        name.append("._tcp.").append(domain);
        if (!is_domain_name(name) || options.service.find('.') != std::string::npos) {
            return unexpected(invalid_argument("\"" + name + "\" is no name the DNS could have"));
        }
        names.push_back({scheme, std::move(name)});
    }
    return names;
}

//! The records of the first of these names that has any. A name that cannot be asked for ends the
//! search: else who suppresses a reply could turn TLS off.
inline Result<FoundRecords> first_records(std::vector<SrvName> const& names, DnsQuery& dns)
{
    for (auto const& each : names) {
        auto records = dns.query(each.name);
        if (!records) {
            auto const& error = records.error();
            return no_use(error.code(), "looking for " + each.name + ": " + error.words());
        }
        std::erase_if(*records, [](SrvRecord const& record) { return record.target.empty(); });
        if (!records->empty()) { return FoundRecords{each.scheme, *std::move(records)}; }
    }
    auto words = "there is no SRV record " + names.front().name;
    for (auto i = std::size_t{1}; i != names.size(); ++i) { words += " or " + names[i].name; }
    return unexpected(Error{DiscoveryErrc::no_service,
        {.effect = Effect::none, .fault = Fault::request, .words = std::move(words)}});
}

//! In their order. Errc::malformed_reply for what no endpoint can be.
inline Result<Endpoints> to_endpoints(FoundRecords const& found)
{
    auto list = std::vector<Endpoint>{};
    for (auto const& each : found.records) {
        auto const url = std::string{name(found.scheme)} + "://" + each.target + ':'
            + std::to_string(each.port);
        auto endpoint = Endpoint::parse(url);
        if (!endpoint) {
            return no_use(Errc::malformed_reply, "an SRV record: " + endpoint.error().words());
        }
        list.push_back(*std::move(endpoint));
    }
    auto endpoints = Endpoints::of(std::move(list));
    if (!endpoints) { return no_use(Errc::malformed_reply, endpoints.error().words()); }
    return endpoints;
}

}  // namespace detail

//! Looks for the SRV records `_etcd-client-ssl._tcp` of the domain, and if it has none, for
//! `_etcd-client._tcp`; gives the endpoints in the order of RFC 2782. A dot at the domain's end is
//! allowed. May be called from several threads at once.
//!
//! TLS goes before all else. Go's client takes the endpoints of both names; here, who has TLS is
//! not asked in the clear, unless `options.only` says so, and where it is not certain whether there
//! are endpoints with TLS, the search fails.
//!
//! DiscoveryErrc::no_service if there is no record, Errc::unreachable if no nameserver answers,
//! Errc::malformed_reply for an answer that is of no use, Errc::timed_out, Errc::cancelled, and
//! Errc::invalid_argument for what is no domain name, or a nameserver that is no address.
inline Result<Endpoints> discover(std::string_view domain, SrvOptions const& options = {})
{
    auto names = detail::srv_names(domain, options);
    if (!names) { return unexpected(std::move(names).error()); }
    if (options.timeout <= Clock::duration::zero()) {
        return unexpected(Error{
            Errc::timed_out, {.effect = Effect::none, .fault = Fault::caller, .words = "no time"}});
    }
    auto world = SystemEnvironment{};
    auto const by = Deadline::after(world.now(), options.timeout);
    auto const patience = std::chrono::floor<std::chrono::seconds>(options.timeout);
    auto const search = [names = *std::move(names), nameserver = options.nameserver,
                            patience]() -> Result<detail::FoundRecords> {
        auto dns = detail::DnsQuery{patience};
        if (nameserver && !dns.ask_only(*nameserver)) {
            return unexpected(invalid_argument(
                "the nameserver \"" + nameserver->address + "\" is no IPv4 or IPv6 address"));
        }
        return detail::first_records(names, dns);
    };
    return detail::wait_or_leave_behind(search, by, options.stop)
        .and_then([&](detail::FoundRecords&& found) {
            found.records = in_order_of_use(
                std::move(found.records), [&world] { return world.entropy(); });
            return detail::to_endpoints(found);
        });
}

}  // namespace etcdpp

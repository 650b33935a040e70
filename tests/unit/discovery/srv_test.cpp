// SPDX-License-Identifier: BSL-1.0

//! @file
//! Endpoints of a domain, as a nameserver on loopback tells them.

#include "etcdpp/discovery/srv.hpp"

#include "tests/support/dns_server.hpp"
#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

//! A domain whose names are the test's to set.
class Discover : public testing::Test {
protected:
    void list(std::string const& name, std::vector<SrvRecord> records)
    {
        auto const lock = std::lock_guard{mutex_};
        zone_[name] = std::move(records);
    }

    SrvOptions here() const { return {.nameserver = server.nameserver()}; }

private:
    std::string reply(std::string const& name)
    {
        auto const lock = std::lock_guard{mutex_};
        auto const found = zone_.find(name);
        return found == zone_.end() ? dns_header(dns_is_reply | 3U, 1, 0) + dns_question(name)
                                    : dns_reply(name, found->second);
    }

    std::mutex mutex_;
    std::map<std::string, std::vector<SrvRecord>> zone_;

protected:
    DnsServer server{[this](std::string const& name, bool) { return reply(name); }};
};

Endpoints endpoints(std::string const& urls)
{
    return Endpoints::parse(urls).value();
}

TEST_F(Discover, finds_the_endpoints_that_speak_tls)
{
    list("_etcd-client-ssl._tcp.example.com",
        {{1, 0, 2379, "etcd-1.example.com"}, {2, 0, 12379, "etcd-2.example.com"}});

    EXPECT_THAT(discover("example.com", here()),
        IsOkAnd(endpoints("https://etcd-1.example.com:2379,https://etcd-2.example.com:12379")));
}

TEST_F(Discover, finds_the_others_where_there_are_none)
{
    list("_etcd-client._tcp.example.com", {{1, 0, 2379, "etcd-1.example.com"}});

    EXPECT_THAT(
        discover("example.com", here()), IsOkAnd(endpoints("http://etcd-1.example.com:2379")));
    EXPECT_THAT(server.asked(),
        ElementsAre("_etcd-client-ssl._tcp.example.com", "_etcd-client._tcp.example.com"));
}

TEST_F(Discover, asks_nobody_in_the_clear_where_tls_is_to_be_had)
{
    list("_etcd-client-ssl._tcp.example.com", {{1, 0, 2379, "etcd-1.example.com"}});
    list("_etcd-client._tcp.example.com", {{1, 0, 2379, "etcd-1.example.com"}});

    EXPECT_THAT(
        discover("example.com", here()), IsOkAnd(endpoints("https://etcd-1.example.com:2379")));
}

TEST_F(Discover, takes_the_scheme_it_is_told_to)
{
    list("_etcd-client-ssl._tcp.example.com", {{1, 0, 2379, "etcd-1.example.com"}});
    list("_etcd-client._tcp.example.com", {{1, 0, 2380, "etcd-2.example.com"}});
    auto options = here();

    options.only = Scheme::http;
    EXPECT_THAT(
        discover("example.com", options), IsOkAnd(endpoints("http://etcd-2.example.com:2380")));

    list("_etcd-client-ssl._tcp.example.com", {});
    options.only = Scheme::https;
    EXPECT_THAT(discover("example.com", options), IsError(DiscoveryErrc::no_service));
}

TEST_F(Discover, finds_one_of_several_clusters_by_its_service)
{
    list("_etcd-client-ssl-blue._tcp.example.com", {{1, 0, 2379, "blue.example.com"}});
    list("_etcd-client-green._tcp.example.com", {{1, 0, 2379, "green.example.com"}});
    auto options = here();

    options.service = "blue";
    EXPECT_THAT(
        discover("example.com", options), IsOkAnd(endpoints("https://blue.example.com:2379")));
    options.service = "green";
    EXPECT_THAT(
        discover("example.com", options), IsOkAnd(endpoints("http://green.example.com:2379")));
}

TEST_F(Discover, takes_a_domain_with_a_dot_at_its_end)
{
    list("_etcd-client._tcp.example.com", {{1, 0, 2379, "etcd-1.example.com"}});

    auto const found = discover("example.com.", here());

    EXPECT_THAT(found, IsOkAnd(endpoints("http://etcd-1.example.com:2379")));
    EXPECT_EQ((*found)[0].host, "etcd-1.example.com") << "without one, for certificates have none";
}

TEST_F(Discover, gives_them_by_priority)
{
    list("_etcd-client._tcp.example.com",
        {{30, 9, 3, "c"}, {10, 0, 1, "a"}, {20, 500, 2, "b"}, {40, 0, 4, "d"}});

    EXPECT_THAT(discover("example.com", here()),
        IsOkAnd(endpoints("http://a:1,http://b:2,http://c:3,http://d:4")));
}

TEST_F(Discover, finds_no_service_in_a_domain_without_records)
{
    auto const none = discover("example.com", here());

    EXPECT_THAT(none, IsError(DiscoveryErrc::no_service));
    EXPECT_THAT(none, IsError(Condition::not_found));
    EXPECT_THAT(none, HasEffect(Effect::none));
    EXPECT_THAT(none,
        HasWords("there is no SRV record _etcd-client-ssl._tcp.example.com or "
                 "_etcd-client._tcp.example.com"));
}

TEST_F(Discover, finds_no_service_where_the_only_target_is_the_root)
{
    list("_etcd-client._tcp.example.com", {{0, 0, 0, ""}});

    EXPECT_THAT(discover("example.com", here()), IsError(DiscoveryErrc::no_service));
}

TEST_F(Discover, refuses_a_record_that_no_endpoint_can_be)
{
    list("_etcd-client._tcp.example.com", {{1, 0, 2379, "etcd-1"}, {1, 0, 0, "etcd-2"}});
    auto const no_port = discover("example.com", here());
    EXPECT_THAT(no_port, IsError(Errc::malformed_reply));
    EXPECT_THAT(no_port, HasWords(HasSubstr("\"http://etcd-2:0\": the port must be")));

    for (auto const* const target : {"etcd/1", "user@etcd-1", "etcd:1", "[etcd]"}) {
        list("_etcd-client._tcp.example.com", {{1, 0, 2379, target}});
        EXPECT_THAT(discover("example.com", here()), IsError(Errc::malformed_reply)) << target;
    }
}

TEST_F(Discover, refuses_more_endpoints_than_a_client_can_have)
{
    auto many = std::vector<SrvRecord>{};
    for (auto i = 0; i != 65; ++i) { many.push_back({1, 0, 2379, "h" + std::to_string(i)}); }
    list("_etcd-client._tcp.example.com", many);

    auto const refused = discover("example.com", here());

    EXPECT_THAT(refused, IsError(Errc::malformed_reply));
    EXPECT_THAT(refused, HasWords(HasSubstr("more than 64")));
}

TEST_F(Discover, asks_nobody_for_what_is_no_domain)
{
    auto const too_long = std::string(60, 'a') + '.' + std::string(60, 'a') + '.'
        + std::string(60, 'a') + '.' + std::string(60, 'a');
    for (auto const& domain : {std::string{}, std::string{"."}, std::string{"a..b"},
             std::string{".a"}, std::string{"a b"}, std::string{"ex\xc3\xa4mple.com"},
             std::string{"http://example.com"}, std::string{"example.com:53"},
             std::string(64, 'a') + ".com", too_long}) {
        EXPECT_THAT(discover(domain, here()), IsError(Errc::invalid_argument)) << domain;
    }
    EXPECT_THAT(server.asked(), IsEmpty());
}

TEST_F(Discover, asks_nobody_for_what_is_no_service)
{
    for (auto const& service : {std::string{"a.b"}, std::string{"a b"}, std::string(47, 'a')}) {
        auto options = here();
        options.service = service;
        EXPECT_THAT(discover("example.com", options), IsError(Errc::invalid_argument)) << service;
    }
    EXPECT_THAT(server.asked(), IsEmpty());
}

TEST_F(Discover, refuses_a_nameserver_that_is_no_address)
{
    auto const refused = discover("example.com", {.nameserver = Nameserver{"ns.example.com"}});

    EXPECT_THAT(refused, IsError(Errc::invalid_argument));
    EXPECT_THAT(refused, HasWords(HasSubstr("\"ns.example.com\"")));
}

//! Whoever keeps a reply from arriving must not thereby turn TLS off.
TEST(DiscoverInTrouble, never_falls_back_from_tls_for_want_of_an_answer)
{
    auto const server = DnsServer{[](std::string const& asked, bool) {
        return asked.starts_with("_etcd-client-ssl.")
            ? dns_header(dns_is_reply | 2U, 1, 0) + dns_question(asked)
            : dns_reply(asked, {{1, 0, 2379, "etcd-1"}});
    }};

    auto const failed = discover(
        "example.com", {.nameserver = server.nameserver(), .timeout = 30s});

    EXPECT_THAT(failed, IsError(Errc::unreachable));
    EXPECT_THAT(failed, HasWords(HasSubstr("_etcd-client-ssl._tcp.example.com")));
}

TEST(DiscoverInTrouble, ends_at_its_deadline_though_the_nameserver_is_silent)
{
    auto const server = DnsServer{[](std::string const&, bool) { return std::string{}; }};

    auto const late = discover("example.com", {.nameserver = server.nameserver(), .timeout = 50ms});

    EXPECT_THAT(late, IsError(Errc::timed_out));
    EXPECT_THAT(late, HasFault(Fault::caller));
}

TEST(DiscoverInTrouble, asks_nobody_where_no_time_is_given)
{
    auto const server = DnsServer{[](std::string const&, bool) { return std::string{}; }};
    for (auto const timeout : {Clock::duration{0}, Clock::duration{-1s}, Clock::duration::min()}) {
        auto const late = discover(
            "example.com", {.nameserver = server.nameserver(), .timeout = timeout});
        EXPECT_THAT(late, IsError(Errc::timed_out));
        EXPECT_THAT(late, HasFault(Fault::caller));
    }
    EXPECT_THAT(server.asked(), IsEmpty());
}

TEST(DiscoverInTrouble, ends_when_it_is_stopped)
{
    auto stop = std::stop_source{};
    auto const server = DnsServer{[&](std::string const&, bool) {
        stop.request_stop();
        return std::string{};
    }};

    auto const stopped = discover("example.com",
        {.nameserver = server.nameserver(), .timeout = 1h, .stop = stop.get_token()});

    EXPECT_THAT(stopped, IsError(Errc::cancelled));
}

}  // namespace
}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0

//! @file
//! Which of the URLs that a cluster lists a client takes, and as what.

#include "etcdpp/discovery/listed_endpoints.hpp"

#include "tests/support/member_world.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace etcdpp::detail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::at;
using tests::these;

v2::Member member(std::string name, std::vector<std::string> client_urls)
{
    return {.id = "a1", .name = std::move(name), .client_urls = std::move(client_urls)};
}

ListedEndpoints listed(std::vector<v2::Member> const& members, SyncOptions const& options = {},
    std::string const& known = "http://etcd-1:2379")
{
    return listed_endpoints(members, options, these(known));
}

TEST(ListedEndpoints, are_all_client_urls_of_all_members)
{
    auto const list = listed({member("one", {"http://etcd-1:2379", "https://etcd-1:2380"}),
        member("two", {"http://etcd-2:2379"})});

    EXPECT_THAT(list.usable,
        ElementsAre(at("http://etcd-1:2379"), at("https://etcd-1:2380"), at("http://etcd-2:2379")));
    EXPECT_THAT(list.unusable, IsEmpty());
}

TEST(ListedEndpoints, have_none_of_a_member_that_has_not_started)
{
    auto const list = listed({member("", {})});

    EXPECT_THAT(list.usable, IsEmpty());
    EXPECT_THAT(list.unusable, IsEmpty());
}

TEST(ListedEndpoints, leave_out_what_is_no_endpoint_and_say_why)
{
    auto const list = listed(
        {member("one", {"unix://localhost:2379", "http://etcd-1:2379", "http://etcd-1/v2"})});

    EXPECT_THAT(list.usable, ElementsAre(at("http://etcd-1:2379")));
    EXPECT_THAT(list.unusable,
        ElementsAre("endpoint \"unix://localhost:2379\": the scheme must be http or https",
            HasSubstr("without path or query")));
}

TEST(ListedEndpoints, are_rewritten_by_who_knows_the_way)
{
    auto const through_the_proxy = [](v2::Member const& of, Endpoint endpoint) {
        endpoint.host = of.name + ".proxy.example.com";
        return std::optional{endpoint};
    };

    auto const list = listed(
        {member("one", {"http://10.0.0.1:2379"}), member("two", {"http://10.0.0.2:2379"})},
        {.rewrite = through_the_proxy});

    EXPECT_THAT(list.usable,
        ElementsAre(
            at("http://one.proxy.example.com:2379"), at("http://two.proxy.example.com:2379")));
}

TEST(ListedEndpoints, lack_without_a_word_what_was_left_out_on_purpose)
{
    auto const near_ones = [](v2::Member const&, Endpoint const& endpoint) {
        return endpoint.host == "10.0.0.1" ? std::optional{endpoint} : std::nullopt;
    };

    auto const list = listed(
        {member("one", {"http://10.0.0.1:2379"}), member("two", {"http://192.168.0.2:2379"})},
        {.rewrite = near_ones});

    EXPECT_THAT(list.usable, ElementsAre(at("http://10.0.0.1:2379")));
    EXPECT_THAT(list.unusable, IsEmpty());
}

TEST(ListedEndpoints, never_lead_a_client_of_https_to_http)
{
    auto const list = listed({member("one", {"http://etcd-1:2379", "https://etcd-1:2379"})}, {},
        "https://etcd-1:2379,https://etcd-2:2379");

    EXPECT_THAT(list.usable, ElementsAre(at("https://etcd-1:2379")));
    EXPECT_THAT(list.unusable,
        ElementsAre("endpoint \"http://etcd-1:2379\": this client knows https alone"));
}

TEST(ListedEndpoints, never_do_so_through_a_rewrite_either)
{
    auto const in_the_clear = [](v2::Member const&, Endpoint endpoint) {
        endpoint.scheme = Scheme::http;
        return std::optional{endpoint};
    };

    auto const list = listed(
        {member("one", {"https://etcd-1:2379"})}, {.rewrite = in_the_clear}, "https://etcd-1:2379");

    EXPECT_THAT(list.usable, IsEmpty());
}

TEST(ListedEndpoints, may_be_of_either_scheme_for_a_client_that_knows_both)
{
    auto const list = listed({member("one", {"http://etcd-1:2379", "https://etcd-1:2379"})}, {},
        "https://etcd-1:2379,http://etcd-2:2379");

    EXPECT_THAT(list.usable, ElementsAre(at("http://etcd-1:2379"), at("https://etcd-1:2379")));
}

}  // namespace
}  // namespace etcdpp::detail

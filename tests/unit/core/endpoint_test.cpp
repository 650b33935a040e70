// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/endpoint.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string_view>

namespace etcdpp {
namespace {

TEST(Endpoint, is_where_an_etcd_listens_by_default)
{
    EXPECT_EQ(to_string(Endpoint{}), "http://127.0.0.1:2379");
}

TEST(Endpoint, prints_as_its_url)
{
    struct Case {
        Endpoint endpoint;
        std::string_view url;
    };
    for (auto const& [endpoint, url] : {
             Case{{.host = "etcd-1", .port = 2379}, "http://etcd-1:2379"},
             Case{{Scheme::https, "etcd.example.com", 443}, "https://etcd.example.com:443"},
             Case{{.host = "::1", .port = 22379}, "http://[::1]:22379"},
             Case{{.host = "fe80::1%eth0"}, "http://[fe80::1%eth0]:2379"},
         }) {
        EXPECT_EQ((std::ostringstream{} << endpoint).str(), url);
        EXPECT_EQ(to_string(endpoint), url);
    }
}

TEST(Endpoint, has_an_authority_without_the_scheme)
{
    EXPECT_EQ(authority({Scheme::https, "etcd-1", 443}), "etcd-1:443");
    EXPECT_EQ(authority({Scheme::http, "::1", 2379}), "[::1]:2379");
}

TEST(Endpoint, differs_in_scheme_host_or_port)
{
    auto const endpoint = Endpoint{Scheme::http, "etcd-1", 2379};

    EXPECT_EQ(endpoint, (Endpoint{Scheme::http, "etcd-1", 2379}));
    EXPECT_NE(endpoint, (Endpoint{Scheme::https, "etcd-1", 2379}));
    EXPECT_NE(endpoint, (Endpoint{Scheme::http, "etcd-2", 2379}));
    EXPECT_NE(endpoint, (Endpoint{Scheme::http, "etcd-1", 22379}));
}

TEST(Endpoint, is_ordered_so_that_it_can_be_a_key)
{
    EXPECT_LT((Endpoint{Scheme::http, "etcd-1", 2379}), (Endpoint{Scheme::http, "etcd-2", 2379}));
    EXPECT_LT((Endpoint{Scheme::http, "etcd-1", 2379}), (Endpoint{Scheme::http, "etcd-1", 2380}));
}

}  // namespace
}  // namespace etcdpp

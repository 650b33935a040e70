// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/v2/wire/member_names.hpp"

#include "etcdpp/codec/poco_json.hpp"

#include <gtest/gtest.h>

namespace etcdpp::v2::wire {
namespace {

TEST(MemberNames, are_etcds)
{
    auto const text =
        R"({"id":"628170c800dbcee","name":"wire","peerURLs":["http://10.0.0.1:2380"],)"
        R"("clientURLs":["http://10.0.0.1:2379"]})";
    auto const member = Member{
        "628170c800dbcee", "wire", {"http://10.0.0.1:2380"}, {"http://10.0.0.1:2379"}};

    EXPECT_EQ(PocoJson{}.decode<Member>(text).value(), member);
    EXPECT_EQ(PocoJson{}.encode(member), text);
}

TEST(MemberNames, read_null_as_an_empty_list)
{
    auto const member = PocoJson{}.decode<Member>(R"({"id":"a1","clientURLs":null})").value();

    EXPECT_EQ(member, Member{.id = "a1"});
}

TEST(MemberNames, list_peer_urls_in_a_request)
{
    EXPECT_EQ(PocoJson{}.encode(PeerUrls{{"http://10.0.0.9:2380"}}),
        R"({"peerURLs":["http://10.0.0.9:2380"]})");
}

}  // namespace
}  // namespace etcdpp::v2::wire

// SPDX-License-Identifier: BSL-1.0

//! @file
//! What real members answer, read by SimdJson.

#include "etcdpp/codec/simd_json.hpp"

#include "tests/integration/on_cluster.hpp"

#include <chrono>

namespace etcdpp::tests {
namespace {

class OnClusterBySimdJson : public OnCluster {
protected:
    Client<PocoTransport, Sticky, Backoff, SimdJson> fast_client{
        Config{.endpoints = endpoints_of(cluster), .codec = SimdJson{}}};
    v2::Keys<decltype(fast_client)> fast_keys{fast_client};
};

TEST_F(OnClusterBySimdJson, a_write_and_a_listing_read_as_by_poco_json)
{
    auto const set = fast_keys.set("/app/mode", "bl\"ue\n\xc3\xa9");
    ASSERT_THAT(set, IsOk());
    EXPECT_EQ(witness.value("/app/mode"), "bl\"ue\n\xc3\xa9");
    fast_keys.set("/app/deep/er", "1").value();
    fast_keys.make_dir("/empty").value();

    auto const fast = fast_keys.get("/", {.recursive = true, .sorted = true, .quorum = true});
    auto const poco = keys.get("/", {.recursive = true, .sorted = true, .quorum = true});

    ASSERT_THAT(fast, IsOk());
    EXPECT_EQ(fast->node, poco.value().node);
}

TEST_F(OnClusterBySimdJson, a_refusal_reads_as_by_poco_json)
{
    auto const fast = fast_keys.get("/nowhere");
    auto const poco = keys.get("/nowhere");

    ASSERT_THAT(fast, IsError(v2::Errc::key_not_found));
    EXPECT_EQ(fast.error().words(), poco.error().words());
}

TEST_F(OnClusterBySimdJson, an_event_reads_as_the_write_it_tells_of)
{
    auto const before = fast_keys.set("/app/mode", "blue").value();
    auto const after = fast_keys.set("/app/mode", "green").value();

    auto watch = fast_keys.watch("/app/mode", {.after_index = before.index});
    auto const event = watch.next({.timeout = std::chrono::seconds{10}});

    ASSERT_THAT(event, IsOk());
    EXPECT_EQ(event->node, after.node);
    EXPECT_EQ(event->prev_node, before.node);
}

}  // namespace
}  // namespace etcdpp::tests

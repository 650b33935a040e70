// SPDX-License-Identifier: BSL-1.0

//! @file
//! Keys that live for a while, on real members.

#include "tests/integration/on_cluster.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Optional;
using testing::StartsWith;

using KeyExpiry = OnCluster;

TEST_F(KeyExpiry, is_told_in_whole_seconds_and_as_a_time_of_the_clock)
{
    auto const before = std::chrono::system_clock::now();

    auto const set = keys.set("/app/lease", "mine", {.ttl = 100s});

    auto const after = std::chrono::system_clock::now();
    ASSERT_THAT(set, IsOk());
    EXPECT_THAT(set->node.ttl, Optional(100s));
    ASSERT_TRUE(set->node.expiration);
    EXPECT_GE(*set->node.expiration, before + 100s);
    EXPECT_LE(*set->node.expiration, after + 100s);
    EXPECT_EQ(keys.get("/app/lease").value().node.expiration, set->node.expiration);
}

TEST_F(KeyExpiry, is_rounded_up_to_whole_seconds)
{
    EXPECT_THAT(keys.set("/app/lease", "mine", {.ttl = 1ms}).value().node.ttl, Optional(1s));
    EXPECT_THAT(keys.set("/app/lease", "mine", {.ttl = 1000ms}).value().node.ttl, Optional(1s));
    EXPECT_THAT(keys.set("/app/lease", "mine", {.ttl = 1001ms}).value().node.ttl, Optional(2s));
    EXPECT_THAT(keys.set("/app/lease", "mine", {.ttl = 1500ms}).value().node.ttl, Optional(2s));
}

TEST_F(KeyExpiry, takes_a_key_away_after_its_time_and_not_before)
{
    auto const began = Clock::now();
    keys.set("/app/lease", "mine", {.ttl = 1ms}).value();
    keys.make_dir("/app/session", {.ttl = 1s}).value();
    auto last_seen = began;
    auto const gone = [&](std::string const& key) {
        auto const asked = Clock::now();
        auto const get = keys.get(key);
        last_seen = get ? asked : last_seen;
        return !get && get.error() == v2::Errc::key_not_found;
    };

    EXPECT_TRUE(becomes_true([&] { return gone("/app/lease"); }, 20s));
    EXPECT_TRUE(becomes_true([&] { return gone("/app/session"); }, 20s));

    EXPECT_GE(last_seen - began, 900ms) << "etcd counts from its own clock";
    EXPECT_FALSE(witness.exists("/app/lease"));
    EXPECT_FALSE(witness.exists("/app/session"));
}

TEST_F(KeyExpiry, of_many_years_is_kept)
{
    auto const set = keys.set("/app/lease", "mine", {.ttl = 3'000'000'000s});

    ASSERT_THAT(set, IsOk());
    EXPECT_THAT(set->node.ttl, Optional(3'000'000'000s));
    EXPECT_TRUE(set->node.expiration);
}

TEST_F(KeyExpiry, goes_with_each_write_that_does_not_repeat_it)
{
    keys.create("/app/lease", "mine", {.ttl = 100s}).value();

    auto const update = keys.update("/app/lease", "yours").value();

    EXPECT_FALSE(update.node.ttl);
    EXPECT_FALSE(update.node.expiration);
    EXPECT_TRUE(update.prev_node.value().expiration);
}

TEST_F(KeyExpiry, can_be_given_with_every_write)
{
    auto const hundred = v2::SetOptions{.ttl = 100s};

    EXPECT_TRUE(keys.create("/app/lease", "a", hundred).value().node.expiration);
    EXPECT_TRUE(keys.update("/app/lease", "b", hundred).value().node.expiration);
    EXPECT_TRUE(keys.set("/app/lease", "c", hundred).value().node.expiration);
    EXPECT_TRUE(keys.compare_and_swap("/app/lease", "d", {.prev_value = "c"}, hundred)
            .value()
            .node.expiration);
    EXPECT_TRUE(keys.create_in_order("/jobs", "e", hundred).value().node.expiration);
    EXPECT_TRUE(keys.make_dir("/sessions", hundred).value().node.expiration);
}

TEST_F(KeyExpiry, is_put_off_by_a_refresh_that_keeps_the_value)
{
    auto const set = keys.set("/app/lease", "mine", {.ttl = 100s}).value();

    auto const refresh = keys.refresh("/app/lease", 1500s);

    ASSERT_THAT(refresh, IsOk());
    EXPECT_EQ(refresh->action, v2::Action::update);
    EXPECT_THAT(refresh->node.ttl, Optional(1500s));
    EXPECT_EQ(refresh->node.value, "mine");
    EXPECT_EQ(refresh->node.created_index, set.node.created_index);
    EXPECT_EQ(witness.value("/app/lease"), "mine");
}

TEST_F(KeyExpiry, is_put_off_by_a_refresh_that_no_watcher_hears_of)
{
    auto const set = keys.set("/app/lease", "mine", {.ttl = 100s}).value();
    auto const wait = "/v2/keys/app/lease?wait=true&waitIndex="
        + std::to_string(static_cast<std::uint64_t>(next(set.node.modified_index)));

    keys.refresh("/app/lease", 1500s).value();
    auto const update = keys.update("/app/lease", "yours").value();

    auto const heard = cluster.witness(0).get(wait);
    EXPECT_THAT(
        heard.body, StartsWith(R"({"action":"update","node":{"key":"/app/lease","value":"yours")"));
    EXPECT_EQ(update.node.modified_index, next(next(set.node.modified_index)));
}

TEST_F(KeyExpiry, of_a_directory_is_put_off_by_a_refresh_that_keeps_what_is_in_it)
{
    keys.make_dir("/app/session", {.ttl = 100s}).value();
    keys.set("/app/session/user", "ada").value();

    auto const refresh = keys.refresh("/app/session", 1500s);

    ASSERT_THAT(refresh, IsOk());
    EXPECT_TRUE(refresh->node.dir);
    EXPECT_THAT(refresh->node.ttl, Optional(1500s));
    EXPECT_EQ(witness.value("/app/session/user"), "ada");
}

TEST_F(KeyExpiry, cannot_be_put_off_once_the_key_is_gone)
{
    EXPECT_THAT(keys.refresh("/app/lease", 100s), IsError(v2::Errc::key_not_found));
    EXPECT_FALSE(witness.exists("/app/lease"));
}

}  // namespace
}  // namespace etcdpp::tests

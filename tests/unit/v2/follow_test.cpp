// SPDX-License-Identifier: BSL-1.0

//! @file
//! A map kept current: over a scripted cluster, in virtual time.

#include "etcdpp/v2/follow.hpp"

#include "tests/support/watch_world.hpp"

#include <string>
#include <vector>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::Answer;
using tests::event_text;
using tests::listing_text;

class AFollow : public tests::WatchWorld {
protected:
    std::vector<std::string> followed() const
    {
        auto names = std::vector<std::string>{};
        for (auto const& [key, node] : follow.map()) { names.push_back(key); }
        return names;
    }

    Follow<TestClient> follow = keys.follow("/app");
};

TEST_F(AFollow, is_empty_and_silent_at_first)
{
    EXPECT_THAT(follow.map(), IsEmpty());
    EXPECT_EQ(follow.dir(), "/app");
    EXPECT_THAT(transport.sent(), IsEmpty());
}

TEST_F(AFollow, lists_first)
{
    transport.then(Answer::ok(10, listing_text({{"/app/mode", 4}, {"/app/size", 5}})));

    auto const got = follow.next(hour).value();

    EXPECT_EQ(got.action, Action::get);
    EXPECT_EQ(got.node.key, "/app");
    EXPECT_EQ(got.index, Index{10});
    EXPECT_THAT(followed(), ElementsAre("/app/mode", "/app/size"));
    EXPECT_EQ(follow.map().at("/app/mode").value, "blue");
}

TEST_F(AFollow, lists_a_directory_that_is_not_there)
{
    transport.then(Answer::reply({.status = 404,
        .headers = Answer::headers(10),
        .body = R"({"errorCode":100,"message":"Key not found","cause":"/app","index":10})"}));

    EXPECT_EQ(follow.next(hour).value().action, Action::get);

    EXPECT_THAT(follow.map(), IsEmpty());
}

TEST_F(AFollow, watches_behind_its_listing_without_a_gap)
{
    transport.then(listing(10)).then(Answer::head(10).body(event_text(11, "/app/zone"), 1s));
    follow.next(hour).value();

    EXPECT_EQ(follow.next(hour).value().node.key, "/app/zone");

    EXPECT_THAT(followed(), ElementsAre("/app/mode", "/app/zone"));
    EXPECT_EQ(transport.targets().back(), "/v2/keys/app/?wait=true&recursive=true&waitIndex=11");
}

TEST_F(AFollow, drops_what_is_removed_with_all_below_it)
{
    transport.then(Answer::ok(10, listing_text({{"/app/a-b", 4}, {"/app/a/x", 4}, {"/app/b", 4}})))
        .then(Answer::head(10).body(event_text(11, "/app/a", "delete")))
        .then(Answer::head(11).body(event_text(12, "/app", "expire")));
    follow.next(hour).value();

    follow.next(hour).value();
    EXPECT_THAT(followed(), ElementsAre("/app/a-b", "/app/b"));

    follow.next(hour).value();
    EXPECT_THAT(follow.map(), IsEmpty());
}

TEST_F(AFollow, never_shows_half_a_resync)
{
    transport.then(Answer::ok(10, listing_text({{"/app/a", 4}, {"/app/b", 5}})))
        .then(cleared(2000))
        .then(Answer::ok(2000, listing_text({{"/app/b", 700}, {"/app/c", 800}})));
    follow.next(hour).value();

    EXPECT_EQ(follow.next(hour).value().node.key, "/app/a");
    EXPECT_THAT(followed(), ElementsAre("/app/b", "/app/c"));
    EXPECT_EQ(follow.map().at("/app/b").modified_index, Index{700});

    EXPECT_EQ(follow.next(hour).value().node.key, "/app/b");
    EXPECT_EQ(follow.next(hour).value().node.key, "/app/c");
}

TEST_F(AFollow, keeps_its_map_while_its_time_is_up)
{
    transport.then(listing(10)).then(Answer::head(10));
    follow.next(hour).value();

    EXPECT_EQ(follow.next({.timeout = 1s}).error(), Condition::timed_out);

    EXPECT_THAT(followed(), ElementsAre("/app/mode"));
}

}  // namespace
}  // namespace etcdpp::v2

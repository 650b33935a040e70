// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/v2/seen.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>
#include <vector>

namespace etcdpp::v2 {
namespace {

TEST(Seen, is_nothing_to_begin_with)
{
    EXPECT_EQ(Seen{}.index(), Index{0});
}

TEST(Seen, accepts_what_is_as_new_or_newer)
{
    auto seen = Seen{};

    EXPECT_TRUE(seen.accepts(Index{7}, "a1"));
    EXPECT_TRUE(seen.accepts(Index{7}, "a1"));
    EXPECT_TRUE(seen.accepts(Index{9}, "a1"));
    EXPECT_EQ(seen.index(), Index{9});
}

TEST(Seen, refuses_what_is_older_and_forgets_nothing_over_it)
{
    auto seen = Seen{};
    seen.accepts(Index{9}, "a1");

    EXPECT_FALSE(seen.accepts(Index{8}, "a1"));
    EXPECT_FALSE(seen.accepts(Index{0}, "a1"));
    EXPECT_EQ(seen.index(), Index{9});
}

TEST(Seen, grows_with_what_was_learnt_otherwise)
{
    auto seen = Seen{};
    seen.reached(Index{9});
    seen.reached(Index{3});

    EXPECT_EQ(seen.index(), Index{9});
    EXPECT_FALSE(seen.accepts(Index{8}, "a1"));
}

TEST(Seen, starts_over_in_another_cluster)
{
    auto seen = Seen{};
    seen.accepts(Index{9}, "a1");

    EXPECT_TRUE(seen.accepts(Index{2}, "b2"));
    EXPECT_EQ(seen.index(), Index{2});
    EXPECT_FALSE(seen.accepts(Index{1}, "b2"));
}

TEST(Seen, takes_a_reply_that_names_no_cluster_for_one_of_the_same)
{
    auto seen = Seen{};
    seen.accepts(Index{9}, "a1");

    EXPECT_FALSE(seen.accepts(Index{8}, ""));
    EXPECT_TRUE(seen.accepts(Index{10}, ""));
    EXPECT_FALSE(seen.accepts(Index{9}, "a1"));
}

TEST(Seen, grows_with_the_present)
{
    auto seen = Seen{};
    seen.accepts(Index{5}, "a1");
    seen.accepts_the_present(Index{9}, "a1", Index{5});

    EXPECT_EQ(seen.index(), Index{9});
}

TEST(Seen, is_not_put_back_by_a_present_that_others_have_overtaken)
{
    auto seen = Seen{};
    seen.accepts(Index{5}, "a1");
    auto const before = seen.index();
    seen.accepts(Index{20}, "a1");

    seen.accepts_the_present(Index{9}, "a1", before);

    EXPECT_EQ(seen.index(), Index{20});
}

TEST(Seen, starts_over_where_the_present_is_older_than_what_was_seen_before_it_was_asked_for)
{
    auto seen = Seen{};
    seen.accepts(Index{500}, "a1");

    seen.accepts_the_present(Index{40}, "a1", seen.index());

    EXPECT_EQ(seen.index(), Index{40});
    EXPECT_TRUE(seen.accepts(Index{41}, "a1"));
}

TEST(Seen, starts_over_with_the_present_of_another_cluster)
{
    auto seen = Seen{};
    seen.accepts(Index{5}, "a1");

    seen.accepts_the_present(Index{9}, "b2", Index{5});

    EXPECT_EQ(seen.index(), Index{9});
    EXPECT_TRUE(seen.accepts(Index{9}, "b2"));
    EXPECT_TRUE(seen.accepts(Index{1}, "a1")) << "which is another again";
}

TEST(Seen, never_goes_back_however_many_threads_use_it)
{
    auto seen = Seen{};
    auto const use = [&seen](std::uint64_t first) {
        for (auto index = first; index < 4000; index += 4) {
            auto const before = seen.index();
            seen.accepts(Index{index}, "a1");
            EXPECT_GE(seen.index(), before);
            EXPECT_GE(seen.index(), Index{index});
        }
    };
    {
        auto threads = std::vector<std::jthread>{};
        for (auto first = std::uint64_t{0}; first != 4; ++first) {
            threads.emplace_back(use, first);
        }
    }

    EXPECT_EQ(seen.index(), Index{3999});
}

}  // namespace
}  // namespace etcdpp::v2

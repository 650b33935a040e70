// SPDX-License-Identifier: BSL-1.0

//! @file
//! Why a write whose reply was lost is not sent again: its first copy may still be carried out.

#include "tests/integration/on_cluster.hpp"
#include "tests/support/unread_bytes.hpp"

#include <future>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::SizeIs;

class LateCopy : public AtAFrozenMember {
protected:
    v2::Keys<Client<>> keys{client};
};

TEST_F(LateCopy, of_a_set_is_reported_as_an_unknown_effect)
{
    auto const set = keys.set("/app/mode", "blue", {}, impatient);

    EXPECT_THAT(set, IsError(Errc::exhausted));
    EXPECT_THAT(set, HasEffect(Effect::unknown));
    ASSERT_THAT(set.error().attempts(), SizeIs(1)) << "no copy was sent elsewhere";
    EXPECT_EQ(to_string(set.error().attempts().front().endpoint), cluster.url(frozen));
    EXPECT_EQ(witness.value("/app/mode"), "white");
}

TEST_F(LateCopy, of_a_set_is_not_withdrawn_by_giving_up)
{
    EXPECT_FALSE(keys.set("/app/mode", "blue", {}, impatient));

    cluster.cont(frozen);

    EXPECT_TRUE(becomes_true([&] { return witness.value("/app/mode") == "blue"; }, 20s));
}

TEST_F(LateCopy, of_a_create_is_carried_out_behind_the_back_of_its_caller)
{
    auto const create = keys.create("/app/owner", "one", {}, impatient);
    auto const before = witness.exists("/app/owner");
    cluster.cont(frozen);

    EXPECT_THAT(create, HasEffect(Effect::unknown));
    EXPECT_FALSE(before);
    EXPECT_TRUE(becomes_true([&] { return witness.exists("/app/owner"); }, 20s));
}

TEST_F(LateCopy, does_not_keep_a_set_from_succeeding_that_may_be_repeated)
{
    auto options = impatient;
    options.repeat_overwrites = true;

    auto const set = keys.set("/app/mode", "blue", {}, options);

    EXPECT_THAT(set, IsOk());
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

//! The price of repeat_overwrites: both sets were acknowledged, and the older one stands.
TEST_F(LateCopy, of_a_repeated_set_undoes_a_newer_acknowledged_one)
{
    auto options = impatient;
    options.repeat_overwrites = true;
    keys.set("/app/mode", "blue", {}, options).value();
    keys.set("/app/mode", "green").value();
    ASSERT_EQ(witness.value("/app/mode"), "green");

    cluster.cont(frozen);

    EXPECT_TRUE(becomes_true([&] { return witness.value("/app/mode") == "blue"; }, 20s));
}

//! No copy is late for a caller who waits: the member goes on within his patience.
TEST_F(LateCopy, is_awaited_by_a_call_that_outlasts_the_freeze)
{
    auto set = std::async(std::launch::async, [&] { return keys.set("/app/mode", "blue"); });
    auto const port = Endpoint::parse(cluster.url(frozen)).value().port;
    ASSERT_TRUE(becomes_true([&] { return has_unread_bytes(port); }, 20s));

    cluster.cont(frozen);

    EXPECT_THAT(set.get(), IsOk());
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

}  // namespace
}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0

//! @file
//! A cluster of which one member answers from the past.

#include "tests/integration/on_cluster.hpp"
#include "tests/support/left_behind.hpp"

#include <optional>

namespace etcdpp::tests {
namespace {

using testing::Contains;
using testing::Field;

//! One member is up to date, the other has `/app/mode` as it was before.
class MemberLeftBehind : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        ASSERT_EQ(cluster().witness(0).put("/v2/keys/app/mode", "value=white").status, 201);
        left_behind().emplace(cluster());
        ASSERT_EQ(cluster().witness(0).put("/v2/keys/app/mode", "value=blue").status, 200);
        ASSERT_EQ(cluster().witness(0).put("/v2/keys/app/owner", "value=one").status, 201);
    }

    static void TearDownTestSuite()
    {
        left_behind().reset();
        SharedCluster<1>::fresh();
    }

    static EtcdCluster& cluster() { return SharedCluster<1>::get(); }

    static std::optional<LeftBehind>& left_behind()
    {
        static auto member = std::optional<LeftBehind>{};
        return member;
    }

    //! Reads at both members, in whatever order: the newer one has answered then.
    void see_the_present()
    {
        keys.get("/app/mode").value();
        keys.get("/app/mode").value();
    }

    Client<PocoTransport, RoundRobin, OnePass> client{
        Config{.endpoints = Endpoints::parse(cluster().url(0) + ',' + left_behind()->url()).value(),
            .selector = RoundRobin{},
            .retry = OnePass{}}};
    v2::MonotonicReads<decltype(client)> monotonic{client};
    v2::Keys<decltype(monotonic)> keys{monotonic};
};

TEST_F(MemberLeftBehind, shows_plain_reads_the_past_again)
{
    auto const plain = v2::Keys{client};
    auto values = std::vector<std::string>{};
    for (auto i = 0; i != 4; ++i) { values.push_back(plain.get("/app/mode").value().node.value); }

    EXPECT_THAT(values, Contains("blue"));
    EXPECT_THAT(values, Contains("white"));
}

TEST_F(MemberLeftBehind, is_passed_over_by_monotonic_reads_once_they_saw_the_present)
{
    see_the_present();

    for (auto i = 0; i != 20; ++i) {
        auto const get = keys.get("/app/mode");
        ASSERT_THAT(get, IsOk());
        EXPECT_EQ(get->node.value, "blue");
    }
}

TEST_F(MemberLeftBehind, never_takes_monotonic_reads_back)
{
    auto last = Index{};
    for (auto i = 0; i != 20; ++i) {
        auto const get = keys.get("/app/mode").value();
        EXPECT_GE(get.index, last);
        last = get.index;
    }
}

TEST_F(MemberLeftBehind, is_not_believed_when_it_says_that_a_key_is_missing)
{
    see_the_present();

    for (auto i = 0; i != 20; ++i) { EXPECT_THAT(keys.get("/app/owner"), IsOk()); }
}

TEST_F(MemberLeftBehind, is_named_stale_when_nobody_else_can_be_reached)
{
    see_the_present();
    auto const past = Endpoint::parse(left_behind()->url()).value();
    monotonic.set_endpoints(Endpoints::parse(left_behind()->url()).value());

    auto const get = keys.get("/app/mode");

    EXPECT_THAT(get, IsError(Errc::exhausted));
    EXPECT_THAT(get.error().attempts(), Contains(Field(&FailedAttempt::endpoint, past)));
    EXPECT_THAT(get.error().attempts(),
        Contains(Field(&FailedAttempt::code, make_error_code(Errc::stale))));
}

}  // namespace
}  // namespace etcdpp::tests

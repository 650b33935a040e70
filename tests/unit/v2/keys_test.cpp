// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each verb hands the value that belongs to it, and the call's options, to the client.

#include "etcdpp/v2/keys.hpp"

#include <gtest/gtest.h>

#include <any>
#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace etcdpp::v2 {
namespace {

using namespace std::chrono_literals;

//! Keeps what it is asked to run, and answers with the index 42.
struct Spy {
    template <class Op>
    Result<Response> run(Op op, CallOptions const& options)
    {
        asked = std::move(op);
        timeout = options.timeout;
        return Response{.index = Index{42}};
    }

    std::any asked;
    std::optional<Clock::duration> timeout;
};

struct KeysTest : testing::Test {
    Spy spy;
    Keys<Spy> const keys{spy};
    CallOptions const hasty{.timeout = 30ms};
    SetOptions const leased{.ttl = 60s, .no_value_on_success = true};

    //! What was asked for. Fails, and invents one, if it is not an Op.
    template <class Op>
    Op asked()
    {
        auto const* const op = std::any_cast<Op>(&spy.asked);
        EXPECT_NE(op, nullptr) << "another operation was run";
        EXPECT_EQ(spy.timeout, 30ms);
        return op != nullptr ? *op : Op{};
    }

    template <class Op>
    void expect_leased(Op const& op)
    {
        EXPECT_EQ(op.options.ttl, 60s);
        EXPECT_TRUE(op.options.no_value_on_success);
    }
};

TEST_F(KeysTest, get_runs_a_get)
{
    EXPECT_EQ(
        keys.get("/app", {.recursive = true, .sorted = true, .quorum = true}, hasty).value().index,
        Index{42});

    auto const op = asked<Get>();
    EXPECT_EQ(op.key, "/app");
    EXPECT_TRUE(op.options.recursive && op.options.sorted && op.options.quorum.value());
}

TEST_F(KeysTest, set_runs_a_set)
{
    EXPECT_EQ(keys.set("/app/mode", "blue", leased, hasty).value().index, Index{42});

    auto const op = asked<Set>();
    EXPECT_EQ(op.key, "/app/mode");
    EXPECT_EQ(op.value, "blue");
    expect_leased(op);
}

TEST_F(KeysTest, create_runs_a_create)
{
    EXPECT_EQ(keys.create("/app/mode", "blue", leased, hasty).value().index, Index{42});

    auto const op = asked<Create>();
    EXPECT_EQ(op.key, "/app/mode");
    EXPECT_EQ(op.value, "blue");
    expect_leased(op);
}

TEST_F(KeysTest, update_runs_an_update)
{
    EXPECT_EQ(keys.update("/app/mode", "blue", leased, hasty).value().index, Index{42});

    auto const op = asked<Update>();
    EXPECT_EQ(op.key, "/app/mode");
    EXPECT_EQ(op.value, "blue");
    expect_leased(op);
}

TEST_F(KeysTest, refresh_runs_a_refresh)
{
    EXPECT_EQ(keys.refresh("/app/lease", 1500ms, hasty).value().index, Index{42});

    auto const op = asked<Refresh>();
    EXPECT_EQ(op.key, "/app/lease");
    EXPECT_EQ(op.ttl, 1500ms);
}

TEST_F(KeysTest, create_in_order_runs_a_create_in_order)
{
    EXPECT_EQ(keys.create_in_order("/app/jobs", "build", leased, hasty).value().index, Index{42});

    auto const op = asked<CreateInOrder>();
    EXPECT_EQ(op.dir, "/app/jobs");
    EXPECT_EQ(op.value, "build");
    expect_leased(op);
}

TEST_F(KeysTest, make_dir_runs_a_make_dir)
{
    EXPECT_EQ(keys.make_dir("/app", leased, hasty).value().index, Index{42});

    auto const op = asked<MakeDir>();
    EXPECT_EQ(op.dir, "/app");
    expect_leased(op);
}

TEST_F(KeysTest, remove_runs_a_remove)
{
    EXPECT_EQ(
        keys.remove("/app", {.dir = true, .recursive = true}, hasty).value().index, Index{42});

    auto const op = asked<Remove>();
    EXPECT_EQ(op.key, "/app");
    EXPECT_TRUE(op.options.dir && op.options.recursive);
}

TEST_F(KeysTest, compare_and_swap_runs_a_compare_and_swap)
{
    auto const compare = Compare{.prev_value = "green", .prev_index = Index{7}};

    EXPECT_EQ(keys.compare_and_swap("/app/mode", "blue", compare, leased, hasty).value().index,
        Index{42});

    auto const op = asked<CompareAndSwap>();
    EXPECT_EQ(op.key, "/app/mode");
    EXPECT_EQ(op.value, "blue");
    EXPECT_EQ(op.compare.prev_value, "green");
    EXPECT_EQ(op.compare.prev_index, Index{7});
    expect_leased(op);
}

TEST_F(KeysTest, compare_and_remove_runs_a_compare_and_remove)
{
    auto const compare = Compare{.prev_value = "green", .prev_index = Index{7}};

    EXPECT_EQ(keys.compare_and_remove("/app/mode", compare, hasty).value().index, Index{42});

    auto const op = asked<CompareAndRemove>();
    EXPECT_EQ(op.key, "/app/mode");
    EXPECT_EQ(op.compare.prev_value, "green");
    EXPECT_EQ(op.compare.prev_index, Index{7});
}

TEST_F(KeysTest, are_copied_freely)
{
    static_assert(std::is_trivially_copyable_v<Keys<Spy>>);
    auto const copy = keys;

    EXPECT_TRUE(copy.get("/app/mode", {}, hasty));
    EXPECT_EQ(asked<Get>().key, "/app/mode");
}

}  // namespace
}  // namespace etcdpp::v2

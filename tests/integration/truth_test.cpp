// SPDX-License-Identifier: BSL-1.0

//! @file
//! Whatever the library says about a write is true, while members die under it.

#include "tests/integration/on_cluster.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <iostream>
#include <set>
#include <thread>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto rounds = 5;
constexpr auto writes_a_round = 40;
constexpr auto writes = rounds * writes_a_round;

//! One user, who writes everything once and remembers what he was told of each write.
class Writer {
public:
    using Write = std::function<Result<v2::Response>(int)>;

    explicit Writer(Write write) : write_{std::move(write)} {}

    //! Writes until the round is done, from a thread of its own.
    void begin_round(int round)
    {
        thread_ = std::jthread{[this, round] {
            for (auto i = round * writes_a_round; i < (round + 1) * writes_a_round; ++i) {
                told_.push_back(write_(i));
                ++done_;
            }
        }};
    }

    void end_round() { thread_.join(); }

    int done() const { return done_; }
    std::vector<Result<v2::Response>> const& told() const { return told_; }

private:
    Write write_;
    std::vector<Result<v2::Response>> told_;
    std::atomic<int> done_ = 0;
    std::jthread thread_;
};

std::string text(int i)
{
    return "value " + std::to_string(i);
}

std::string key(std::string const& directory, int i)
{
    return directory + "/key-" + std::to_string(i);
}

//! 200 writes of each kind while members are killed and restarted five times; then all are healthy.
class Truth : public testing::Test {
protected:
    using Keys = v2::Keys<Client<>>;

    static void SetUpTestSuite()
    {
        auto& cluster = SharedCluster<3>::fresh();
        auto client = Client{Config{.endpoints = endpoints_of(cluster)}};
        auto const keys = Keys{client};
        for (auto i = 0; i < writes; ++i) {
            keys.set(key("/swapped", i), "before", {.no_value_on_success = true}).value();
        }
        set.emplace([keys](int i) { return keys.set(key("/set", i), text(i)); });
        created.emplace([keys](int i) { return keys.create(key("/created", i), text(i)); });
        queued.emplace([keys](int i) { return keys.create_in_order("/queued", text(i)); });
        swapped.emplace([keys](int i) {
            return keys.compare_and_swap(key("/swapped", i), text(i), {.prev_value = "before"});
        });
        for (auto round = 0; round < rounds; ++round) { write_while_a_member_dies(cluster, round); }
        cluster.heal();
    }

    static void TearDownTestSuite()
    {
        for (auto* const writer : all()) { writer->reset(); }
    }

    static std::array<std::optional<Writer>*, 4> all()
    {
        return {&set, &created, &queued, &swapped};
    }

    //! The leader dies in every other round, else another; each death meets all writers at work.
    static void write_while_a_member_dies(EtcdCluster& cluster, int round)
    {
        auto const victim = (cluster.wait_for_leader() + static_cast<std::size_t>(round % 2)) % 3;
        auto const at_work = [&](std::optional<Writer> const* writer) {
            return (*writer)->done() > round * writes_a_round + 5;
        };
        for (auto* const writer : all()) { (*writer)->begin_round(round); }
        EXPECT_TRUE(becomes_true([&] { return std::ranges::all_of(all(), at_work); }, 60s, 0ms));
        cluster.kill(victim);
        for (auto* const writer : all()) { (*writer)->end_round(); }
        cluster.restart(victim);
        cluster.wait_healthy();
    }

    static void tell(char const* kind, Writer const& writer)
    {
        auto counts = std::map<std::string, int>{};
        for (auto const& each : writer.told()) {
            ++counts[each ? "done"
                          : each.error().code().message() + ", "
                        + std::string{name(each.error().effect())}];
        }
        std::cout << "    " << kind << ':';
        for (auto const& [what, count] : counts) { std::cout << "  " << count << " x " << what; }
        std::cout << '\n';
    }

    //! What was said to be done is there, and what was said not to be done is not.
    static void expect_the_truth(Writer const& writer, std::function<bool(int)> const& is_there)
    {
        ASSERT_EQ(writer.told().size(), static_cast<std::size_t>(writes));
        for (auto i = 0; i < writes; ++i) {
            auto const& told = writer.told()[static_cast<std::size_t>(i)];
            if (told) {
                EXPECT_TRUE(is_there(i)) << "reported as done, but is not there: " << text(i);
            } else if (told.error().effect() == Effect::none) {
                EXPECT_FALSE(is_there(i))
                    << text(i) << " is there, but was said to be without effect: " << told.error();
            }
        }
    }

    //! Nobody else writes these keys: only the writer's own lost copy can have been there first.
    static void expect_no_verdict_without_doubt(Writer const& writer)
    {
        for (auto const& told : writer.told()) {
            EXPECT_TRUE(told || told.error().effect() == Effect::unknown) << told.error();
        }
    }

    static inline std::optional<Writer> set;
    static inline std::optional<Writer> created;
    static inline std::optional<Writer> queued;
    static inline std::optional<Writer> swapped;
    KeyWitness witness{SharedCluster<3>::get()};
};

TEST_F(Truth, is_told_about_every_set)
{
    tell("sets", *set);
    auto const there = witness.files("/set");

    expect_the_truth(*set, [&](int i) { return there.contains(key("/set", i)); });
    for (auto const& [name, value] : there) {
        EXPECT_EQ(name, key("/set", std::stoi(value.substr(6))));
    }
}

TEST_F(Truth, is_told_about_every_create)
{
    tell("creates", *created);
    auto const there = witness.files("/created");

    expect_the_truth(*created, [&](int i) { return there.contains(key("/created", i)); });
    expect_no_verdict_without_doubt(*created);
}

TEST_F(Truth, is_told_about_every_key_in_order_and_none_is_there_twice)
{
    tell("keys in order", *queued);
    auto const there = witness.values("/queued");

    EXPECT_EQ(std::ranges::adjacent_find(there), there.end());
    expect_the_truth(*queued, [&](int i) { return std::ranges::binary_search(there, text(i)); });
    expect_no_verdict_without_doubt(*queued);
}

TEST_F(Truth, is_told_about_the_key_that_each_value_in_order_got)
{
    auto const there = witness.files("/queued");

    for (auto i = 0; i < writes; ++i) {
        if (auto const& told = queued->told()[static_cast<std::size_t>(i)]) {
            EXPECT_EQ(there.at(told->node.key), text(i));
        }
    }
}

TEST_F(Truth, is_told_about_every_compare_and_swap)
{
    tell("swaps", *swapped);
    auto const there = witness.files("/swapped");

    expect_the_truth(*swapped, [&](int i) { return there.at(key("/swapped", i)) == text(i); });
    expect_no_verdict_without_doubt(*swapped);
}

}  // namespace
}  // namespace etcdpp::tests

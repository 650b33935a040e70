// SPDX-License-Identifier: BSL-1.0

//! @file
//! Tens of thousands of changes, watched while members are killed, frozen and restarted at random.
//! ETCDPP_CHAOS_CHANGES and ETCDPP_CHAOS_FAULTS make it longer, ETCDPP_CHAOS_SEED makes it another.

#include "etcdpp/environment/observed.hpp"
#include "etcdpp/v2/follow.hpp"
#include "tests/integration/on_cluster.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using v2::Action;

constexpr auto liveness = Clock::duration{500ms};
constexpr auto writers = 4U;
constexpr auto keys_of_a_writer = 25U;

unsigned setting(char const* name, unsigned otherwise)
{
    auto const* const text = std::getenv(name);
    return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

std::uint64_t number(Index index)
{
    return static_cast<std::uint64_t>(index);
}

//! Change after change below /chaos, each writer on keys of its own. Remembers what was
//! acknowledged.
class Writers {
public:
    struct Change {
        std::string key;
        std::string value;  //!< empty for a removal

        bool operator==(Change const&) const = default;
    };

    Writers(Endpoints const& endpoints, unsigned changes, unsigned seed)
        : client_{Config{.endpoints = endpoints, .selector = RoundRobin{}}},
          changes_{changes / writers * writers}
    {
        for (auto i = 0U; i != writers; ++i) {
            threads_.emplace_back([=, this] { write(i, changes / writers, seed + i); });
        }
    }

    unsigned done() const { return done_; }

    //! As a consumer does who is busy elsewhere.
    void wait_for_more_than_etcd_remembers() const
    {
        auto const enough = std::min(done() + 1200, changes_);
        becomes_true([&] { return done() >= enough; }, 60s);
    }

    void finish()
    {
        for (auto& each : threads_) { each.join(); }
    }

    //! What each acknowledged change was, by the index it took.
    std::map<std::uint64_t, Change> const& acknowledged() const { return acknowledged_; }

    unsigned unsure() const { return unsure_; }

private:
    void write(unsigned writer, unsigned changes, unsigned seed)
    {
        auto random = std::mt19937{seed};
        auto const keys = v2::Keys{client_};
        auto const dir = "/chaos/w" + std::to_string(writer);
        for (auto i = 0U; i != changes; ++i) {
            auto const key = dir + "/k" + std::to_string(random() % keys_of_a_writer);
            auto const removes = random() % 8 == 0;
            auto const value = removes ? std::string{} : std::to_string(i);
            auto const reply = removes ? keys.remove(key) : keys.set(key, value);
            if (reply) {
                auto const lock = std::lock_guard{mutex_};
                acknowledged_.emplace(number(reply->node.modified_index), Change{key, value});
            } else if (reply.error().effect() != Effect::none) {
                ++unsure_;
            }
            ++done_;
        }
    }

    Client<PocoTransport, RoundRobin> client_;
    unsigned changes_;
    std::mutex mutex_;
    std::map<std::uint64_t, Change> acknowledged_;
    std::atomic<unsigned> done_ = 0;
    std::atomic<unsigned> unsure_ = 0;
    std::vector<std::thread> threads_;
};

//! One member at a time is killed, frozen or restarted, and is back before the next one's turn.
class Faults {
public:
    Faults(EtcdCluster& cluster, unsigned seed) : cluster_{cluster}, random_{seed} {}

    void strike()
    {
        auto const member = random_() % cluster_.size();
        auto const pause = std::chrono::milliseconds{100 + random_() % 1900};
        switch (random_() % 3) {
        case 0: cluster_.kill(member); break;
        case 1: cluster_.stop(member); break;
        default: cluster_.restart(member); break;
        }
        std::this_thread::sleep_for(pause);  // how long the member is missing
        cluster_.heal(60s);
    }

private:
    EtcdCluster& cluster_;
    std::mt19937 random_;
};

//! Hears up to where resyncs cover what was missed.
class ResyncListener {
public:
    void on(Event const& event)
    {
        auto const* const change = std::get_if<WatchChanged>(&event);
        if (change == nullptr) { return; }
        ++(*counts_)[static_cast<std::size_t>(change->state)];
        if (change->state == WatchState::resynced) { *covered_ = number(change->index); }
    }

    //! Since it was asked last; zero for none.
    std::uint64_t covered() { return std::exchange(*covered_, 0); }

    unsigned count(WatchState state) const { return (*counts_)[static_cast<std::size_t>(state)]; }

private:
    std::shared_ptr<std::uint64_t> covered_ = std::make_shared<std::uint64_t>(0);
    std::shared_ptr<std::array<unsigned, 4>> counts_ = std::make_shared<std::array<unsigned, 4>>();
};

//! Applies the events of a watch to a map, and keeps account of each.
class Account {
public:
    Account(Endpoints const& endpoints, Index after)
        : client_{Config{.endpoints = endpoints, .environment = Observed{listener_}}},
          watch_{v2::Keys{client_}.watch(
              "/chaos", {.after_index = after, .recursive = true, .liveness = liveness})},
          reached_{number(after)}
    {
    }

    //! @returns whether an event came
    bool take(CallOptions const& call)
    {
        auto const event = watch_.next(call);
        if (auto const covered = listener_.covered()) {
            gaps_.emplace_back(reached_, covered);
            reached_ = covered;
        }
        if (!event) {
            EXPECT_TRUE(event.error().fault() == Fault::caller) << event.error();
            return false;
        }
        apply(*event);
        if (event->action == Action::resync) { return true; }
        auto const index = number(event->node.modified_index);
        EXPECT_GT(index, reached_) << "repeated or out of order: " << *event;
        reached_ = index;
        delivered_.emplace(index, Writers::Change{event->node.key, event->node.value});
        return true;
    }

    std::map<std::string, std::string> const& held() const { return held_; }

    //! Acknowledged changes that were neither delivered as they were nor covered by a resync.
    std::vector<std::uint64_t> missing(
        std::map<std::uint64_t, Writers::Change> const& changes) const
    {
        auto missing = std::vector<std::uint64_t>{};
        for (auto const& [index, change] : changes) {
            auto const found = delivered_.find(index);
            auto const covered = std::ranges::any_of(gaps_,
                [&, at = index](auto const& gap) { return at > gap.first && at <= gap.second; });
            if (!covered && (found == delivered_.end() || found->second != change)) {
                missing.push_back(index);
            }
        }
        return missing;
    }

    void print() const
    {
        std::cout << "    " << delivered_.size() << " events delivered, " << gaps_.size()
                  << " resyncs; stalled " << listener_.count(WatchState::stalled) << ", moved "
                  << listener_.count(WatchState::moved) << " times\n";
    }

private:
    void apply(v2::Response const& event)
    {
        if (is_removal(event)) {
            std::erase_if(held_, [&](auto const& each) {
                return each.first == event.node.key || v2::is_below(each.first, event.node.key);
            });
        } else if (!event.node.dir) {
            held_.insert_or_assign(event.node.key, event.node.value);
        }
    }

    ResyncListener listener_;
    Client<PocoTransport, Sticky, Backoff, PocoJson, Observed<ResyncListener>> client_;
    v2::Watch<decltype(client_)> watch_;
    std::uint64_t reached_;
    std::map<std::uint64_t, Writers::Change> delivered_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> gaps_;
    std::map<std::string, std::string> held_;
};

TEST(AWatchInChaos, delivers_each_event_or_covers_it_by_a_resync_and_ends_with_the_true_state)
{
    auto const changes = setting("ETCDPP_CHAOS_CHANGES", 10'000);
    auto const faults = setting("ETCDPP_CHAOS_FAULTS", 8);
    auto const seed = setting("ETCDPP_CHAOS_SEED", 4711);
    std::cout << changes << " changes, " << faults << " faults, seed " << seed << '\n';
    auto& cluster = SharedCluster<3>::fresh();
    auto const endpoints = endpoints_of(cluster);
    auto client = Client{Config{.endpoints = endpoints}};
    auto const start = v2::Keys{client}.set("/start", "now").value().index;
    auto account = Account{endpoints, start};
    auto follow = v2::Keys{client}.follow("/chaos", liveness);
    auto const began = Clock::now();

    auto writing = Writers{endpoints, changes, seed};
    auto watcher = std::jthread{[&](std::stop_token const& stop) {
        for (auto event = 1U; !stop.stop_requested(); ++event) {
            account.take({.stop = stop});
            if (event % 2500 == 0) { writing.wait_for_more_than_etcd_remembers(); }
        }
    }};
    auto follower = std::jthread{[&](std::stop_token const& stop) {
        while (!stop.stop_requested()) { follow.next({.stop = stop}).value_or(v2::Response{}); }
    }};
    auto striking = Faults{cluster, seed};
    for (auto fault = 1U; fault <= faults; ++fault) {
        EXPECT_TRUE(becomes_true(
            [&] { return writing.done() >= changes / (faults + 1) * fault; }, 600s, 10ms));
        striking.strike();
    }
    writing.finish();
    watcher.request_stop();
    follower.request_stop();
    watcher.join();
    follower.join();
    cluster.heal(60s);

    // Writes whose reply was lost may still be carried out, so the truth is asked for anew each
    // time.
    auto const files = [&] { return KeyWitness{cluster}.files("/chaos"); };
    auto const followed = [&] {
        auto held = std::map<std::string, std::string>{};
        for (auto const& [key, node] : follow.map()) { held.emplace(key, node.value); }
        return held;
    };
    EXPECT_TRUE(becomes_true(
        [&] {
            while (account.take({.timeout = 300ms})) {}
            return account.held() == files();
        },
        60s));
    EXPECT_TRUE(becomes_true(
        [&] {
            while (follow.next({.timeout = 300ms})) {}
            return followed() == files();
        },
        60s));
    EXPECT_EQ(account.held(), files());
    EXPECT_EQ(followed(), files());
    EXPECT_THAT(account.missing(writing.acknowledged()), testing::IsEmpty());

    std::cout << "    " << milliseconds(Clock::now() - began) << " ms; "
              << writing.acknowledged().size() << " changes acknowledged, " << writing.unsure()
              << " of unknown effect\n";
    account.print();
}

}  // namespace
}  // namespace etcdpp::tests

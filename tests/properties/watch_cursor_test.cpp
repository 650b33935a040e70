// SPDX-License-Identifier: BSL-1.0

//! @file
//! What a consumer who applies the events of a watch holds in the end, whatever happened meanwhile.

#include "etcdpp/v2/watch_cursor.hpp"

#include "tests/support/model_store.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::v2 {
namespace {

using tests::ModelConsumer;
using tests::ModelStore;
using Ask = WatchCursor::Ask;

//! Random changes of a store that forgets, is replaced and is restored, seen through a cursor that
//! polls now and then.
class RandomHistory {
public:
    RandomHistory(unsigned seed, WatchScope scope) : random_{seed}, scope_{std::move(scope)} {}

    void run()
    {
        change(draw(40));
        consumer_.hold(store_.files(scope_));
        auto const after = draw(2) == 0 ? Index{} : store_.index();
        if (after != Index{}) { change(draw(30)); }
        auto cursor = WatchCursor{scope_, after};
        if (after == Index{}) { take_listing(cursor); }  // from then on
        consumer_.hold(after == Index{} ? store_.files(scope_) : consumer_.held());
        for (auto step = 0; step != 150; ++step) {
            change(draw(4) == 0 ? draw(25) : draw(3));
            if (draw(40) == 0) { restore(cursor); }
            for (auto polls = draw(4); polls != 0; --polls) { ask(cursor); }
            if (draw(5) == 0) { expect_truth(cursor); }
        }
        expect_truth(cursor);
    }

private:
    std::size_t draw(std::size_t below) { return random_() % below; }

    std::string key()
    {
        static auto const names = std::vector<std::string>{"/app", "/app/a", "/app/a/x", "/app/a/y",
            "/app/b", "/app/b/_z", "/app/_h/x", "/apple", "/app/a-b", "/q/r"};
        return names[draw(names.size())];
    }

    void change(std::size_t times)
    {
        for (; times != 0; --times) {
            switch (draw(8)) {
            case 0: store_.remove(key()); break;
            case 1: store_.remove(key(), Action::expire); break;
            case 2: store_.make_dir(key()); break;
            case 3: store_.refresh(key()); break;
            default: store_.set(key(), std::to_string(random_() % 100)); break;
            }
        }
        if (draw(10) == 0) { backup_ = store_; }
    }

    //! Another history: of an own name, or of the same. That is told by its length alone, and so it
    //! is met before it has grown.
    void restore(WatchCursor& cursor)
    {
        auto const older = backup_.index() < store_.index();
        store_ = backup_;
        if (draw(2) == 0 || !older) { store_.cluster_id = ClusterId{std::to_string(random_())}; }
        if (cursor.asks() == Ask::events) { cursor.head(store_.cluster_id, store_.index()); }
        if (cursor.asks() == Ask::listing) { take_listing(cursor); }
    }

    void take_listing(WatchCursor& cursor)
    {
        cursor.listing(store_.list(scope_));
        apply(cursor);
    }

    void apply(WatchCursor& cursor)
    {
        while (cursor.has_event()) { consumer_.apply(cursor.take()); }
    }

    //! @returns whether something came of it
    bool ask(WatchCursor& cursor)
    {
        if (cursor.asks() == Ask::listing) {
            take_listing(cursor);
            return true;
        }
        if (store_.has_forgotten(cursor.wait_index())) {
            cursor.cleared();
            return true;
        }
        cursor.head(store_.cluster_id, store_.index());
        if (cursor.asks() == Ask::listing) { return true; }
        if (draw(4) == 0) { return true; }  // the connection is lost behind the head
        auto event = store_.event(scope_, cursor.wait_index());
        if (!event) { return false; }
        auto const again = *event;
        cursor.event(*std::move(event));
        if (draw(4) == 0) { cursor.event(again); }  // a probe brings it as well
        apply(cursor);
        return true;
    }

    void expect_truth(WatchCursor& cursor)
    {
        while (ask(cursor)) {}
        ASSERT_EQ(consumer_.held(), store_.files(scope_));
    }

    std::mt19937 random_;
    WatchScope scope_;
    ModelStore store_{15};
    ModelStore backup_ = store_;
    ModelConsumer consumer_;
};

TEST(AnyHistory, leads_a_consumer_who_applies_the_events_to_the_true_state)
{
    auto const scopes = std::vector<WatchScope>{
        {"/app", true}, {"/", true}, {"/app/a/x", false}, {"/app/b", true}, {"/app", false}};
    for (auto seed = 0U; seed != 3000; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        RandomHistory{seed, scopes[seed % scopes.size()]}.run();
        if (testing::Test::HasFatalFailure()) { return; }
    }
}

}  // namespace
}  // namespace etcdpp::v2

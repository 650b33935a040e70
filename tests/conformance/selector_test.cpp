// SPDX-License-Identifier: BSL-1.0
//! @file
//! The selectors pass the suite of every selector.

#include "etcdpp/testing/conformance/selector.hpp"

#include "etcdpp/selector/leader_first.hpp"
#include "etcdpp/selector/random.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/testing/selector.hpp"

namespace etcdpp {
namespace {

template <std::size_t position>
struct StickyFrom {
    static Sticky make() { return Sticky::starting_at(position); }
};

//! One that was told who leads.
struct LedByTheThird {
    static LeaderFirst make()
    {
        auto selector = LeaderFirst{};
        auto const leader = Endpoint{.host = "10.0.0.3"};
        selector.leader(&leader);
        return selector;
    }
};

using Selectors = testing::Types<ByDefault<Sticky>, StickyFrom<0>, StickyFrom<2>, StickyFrom<100>,
    ByDefault<RoundRobin>, ByDefault<Random>, ByDefault<LeaderFirst>, LedByTheThird,
    ByDefault<mocks::Selector>>;

INSTANTIATE_TYPED_TEST_SUITE_P(Models, SelectorSuite, Selectors);

}  // namespace
}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is a selector, and what misses it by one thing.

#include "etcdpp/testing/selector.hpp"

#include "etcdpp/selector/leader_first.hpp"
#include "etcdpp/selector/random.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "tests/archetypes/selector.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace etcdpp::selectors {
namespace {

static_assert(selector<SelectorArchetype>);
static_assert(selector<Sticky>);
static_assert(selector<RoundRobin>);
static_assert(selector<Random>);
static_assert(selector<LeaderFirst>);
static_assert(selector<mocks::Selector>);

// Freedom that the concept leaves.

struct TakesCopies {
    std::size_t pick(Pick) const noexcept;
    void report(Report) const noexcept;
};
static_assert(selector<TakesCopies>);

struct IsGeneric {
    std::size_t pick(auto const&);
    void report(auto const&) noexcept;
};
static_assert(selector<IsGeneric>);

// Near misses: each differs from the archetype in one thing.

struct Same : SelectorArchetype {};
static_assert(selector<Same>, "to derive changes nothing by itself");

struct MayThrow : SelectorArchetype {
    void report(Report const&);
};
static_assert(!selector<MayThrow>, "a report must not fail the call it tells of");

struct Answers : SelectorArchetype {
    bool report(Report const&) noexcept;
};
static_assert(!selector<Answers>);

struct HearsNothing : Bare {
    using Bare::Bare;
    std::size_t pick(Pick const&);
};
static_assert(!selector<HearsNothing>);

struct HearsOutcomesOnly : SelectorArchetype {
    void report(Outcome) noexcept;
};
static_assert(!selector<HearsOutcomesOnly>);

struct WantsToChangeTheReport : SelectorArchetype {
    void report(Report&) noexcept;
};
static_assert(!selector<WantsToChangeTheReport>);

struct PicksAnInt : SelectorArchetype {
    int pick(Pick const&);
};
static_assert(!selector<PicksAnInt>, "what converts to a position is not one");

struct PicksFromAFew : SelectorArchetype {
    std::uint32_t pick(Pick const&);
};
static_assert(!selector<PicksFromAFew>);

struct PicksOrNot : SelectorArchetype {
    std::optional<std::size_t> pick(Pick const&);
};
static_assert(!selector<PicksOrNot>, "whether to go on is the retry policy's");

struct PicksAnEndpoint : SelectorArchetype {
    Endpoint const& pick(Pick const&);
};
static_assert(!selector<PicksAnEndpoint>);

struct ShowsItsPosition : SelectorArchetype {
    std::size_t const& pick(Pick const&);
};
static_assert(!selector<ShowsItsPosition>, "threads would read what others write");

struct SeesTheListOnly : SelectorArchetype {
    std::size_t pick(Endpoints const&);
};
static_assert(!selector<SeesTheListOnly>);

struct PicksByCount : SelectorArchetype {
    std::size_t pick(std::size_t);
};
static_assert(!selector<PicksByCount>);

struct WantsToChangeThePick : SelectorArchetype {
    std::size_t pick(Pick&);
};
static_assert(!selector<WantsToChangeThePick>);

struct HoldsAMutex : SelectorArchetype {
    HoldsAMutex(HoldsAMutex&&) = delete;
};
static_assert(!selector<HoldsAMutex>);

static_assert(!selector<SelectorArchetype const>);
static_assert(!selector<SelectorArchetype&>);

// What a selector may add.

static_assert(!follows_members<SelectorArchetype>);

struct Follows : SelectorArchetype {
    void members(Endpoints const&);
};
static_assert(selector<Follows> && follows_members<Follows> && check_selector<Follows>());

struct FollowsCopies : SelectorArchetype {
    void members(Endpoints);
};
static_assert(follows_members<FollowsCopies> && check_selector<FollowsCopies>());

struct FollowsBadly : SelectorArchetype {
    void members(Endpoints&);
};
static_assert(!follows_members<FollowsBadly>);

static_assert(!follows_leader<SelectorArchetype> && !follows_leader<Sticky>);

struct Led : SelectorArchetype {
    void leader(Endpoint const*);
};
static_assert(selector<Led> && follows_leader<Led> && check_selector<Led>());

struct NeverLeaderless : SelectorArchetype {
    void leader(Endpoint const&);
};
static_assert(!follows_leader<NeverLeaderless>, "there are times without a leader");

}  // namespace
}  // namespace etcdpp::selectors

// SPDX-License-Identifier: BSL-1.0
//! @file
//! The environments pass the suite of every environment.

#include "etcdpp/testing/conformance/environment.hpp"

#include "etcdpp/environment/counting_observer.hpp"
#include "etcdpp/environment/log_observer.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/testing/environment.hpp"

#include <sstream>
#include <stdexcept>

namespace etcdpp {
namespace {

struct Logged {
    auto make() { return Observed{LogObserver{log}}; }

    std::ostringstream log;
};

struct ObservedTwice {
    auto make() { return Observed{CountingObserver{}, Observed{LogObserver{log}}}; }

    std::ostringstream log;
};

//! An observer may throw; the environment must not.
struct Sulking {
    void on(Event const&) { throw std::runtime_error{"I have heard enough"}; }
};

struct ObservedBySulking {
    static auto make() { return Observed{Sulking{}}; }
};

using Environments = testing::Types<ByDefault<SystemEnvironment>, Logged, ObservedTwice,
    ObservedBySulking, ByDefault<mocks::Environment>>;

INSTANTIATE_TYPED_TEST_SUITE_P(Models, EnvironmentSuite, Environments);

}  // namespace
}  // namespace etcdpp

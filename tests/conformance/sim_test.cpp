// SPDX-License-Identifier: BSL-1.0
//! @file
//! The simulated cluster's policies pass the suites of every transport and environment.

#include "etcdpp/sim/cluster.hpp"
#include "etcdpp/testing/conformance/environment.hpp"
#include "etcdpp/testing/conformance/streaming_transport.hpp"
#include "etcdpp/testing/conformance/transport.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

//! A member whose answers are prepared, and who keeps what it was asked.
struct Simulated {
    Simulated()
    {
        cluster.on(sim::every_request()).does([this](http::Request const& request) {
            requests.push_back(request);
        });
    }

    sim::Transport make() const { return cluster.transport(); }
    Endpoint member() const { return cluster.endpoint(1); }
    std::vector<http::Request> heard() const { return requests; }

    void will_answer(http::Response response)
    {
        auto trigger = sim::nth_request(++prepared - requests.size());
        cluster.on(std::move(trigger)).is_answered(std::move(response));
    }

    sim::Cluster cluster{3};
    std::vector<http::Request> requests = {};
    std::uint64_t prepared = 0;
};

struct SimulatedTime {
    sim::Environment make() const { return cluster.environment(); }

    sim::Cluster cluster{3};
};

INSTANTIATE_TYPED_TEST_SUITE_P(Simulated, TransportSuite, Simulated);
INSTANTIATE_TYPED_TEST_SUITE_P(Simulated, StreamingTransportSuite, Simulated);
INSTANTIATE_TYPED_TEST_SUITE_P(Simulated, EnvironmentSuite, SimulatedTime);

}  // namespace
}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
// How fast the simulated cluster is: failovers a second of one actor on one core, and the real time
// that a simulated day of a lock-holding service takes.
//
//     simulation [FAILOVERS]

#include <etcdpp/client.hpp>
#include <etcdpp/codec/poco_json.hpp>
#include <etcdpp/retry/backoff.hpp>
#include <etcdpp/selector/sticky.hpp>
#include <etcdpp/sim/cluster.hpp>
#include <etcdpp/v2/keys.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

namespace e = etcdpp;
using namespace std::chrono_literals;

namespace {

auto client_of(e::sim::Cluster& cluster)
{
    return e::Config{.endpoints = cluster.endpoints(), .transport = cluster.transport()};
}

template <class Run>
double seconds_for(Run run)
{
    auto const began = std::chrono::steady_clock::now();
    run();
    return std::chrono::duration<double>{std::chrono::steady_clock::now() - began}.count();
}

//! Each read finds the member in use dead, and is answered by another.
void fail_over(int times)
{
    auto cluster = e::sim::Cluster{3};
    auto client = e::Client{client_of(cluster)};
    auto keys = e::v2::Keys{client};
    keys.set("/app/mode", "blue").value();
    for (auto i = 0; i != times; ++i) {
        cluster.on(e::sim::nth_read(1)).is_refused();
        keys.get("/app/mode").value();
    }
}

//! Each write meets a leader that dies before it acts, and waits for the election of another.
void lose_leaders(int times)
{
    auto cluster = e::sim::Cluster{3};
    auto client = e::Client{client_of(cluster)};
    auto keys = e::v2::Keys{client};
    for (auto i = 0; i != times; ++i) {
        cluster.on(e::sim::nth_write(1)).leader_dies_before_apply();
        static_cast<void>(keys.set("/app/mode", "blue", {}, {.repeat_overwrites = true}).value());
        cluster.heal();
    }
}

//! Holds a lock of 10 s for a day by refreshing it every 3 s, and reads its settings every second.
void hold_a_lock_for_a_day()
{
    auto cluster = e::sim::Cluster{3};
    auto client = e::Client{client_of(cluster)};
    auto keys = e::v2::Keys{client};
    keys.set("/service/lock", "me", {.ttl = 10s}).value();
    auto const end = cluster.now() + 24h;
    for (auto second = 0; cluster.now() < end; ++second) {
        if (second % 3 == 0) { keys.refresh("/service/lock", 10s).value(); }
        static_cast<void>(keys.get("/service/lock").value());
        cluster.sleep_for(1s);
    }
}

}  // namespace

int main(int argc, char** argv)
{
    auto const times = argc > 1 ? std::atoi(argv[1]) : 100'000;
    std::cout << "failovers a second: " << times / seconds_for([=] { fail_over(times); }) << '\n'
              << "leaders lost a second: "
              << times / 10 / seconds_for([=] { lose_leaders(times / 10); }) << '\n'
              << "a day of a lock-holding service: " << seconds_for(hold_a_lock_for_a_day)
              << " s\n";
}

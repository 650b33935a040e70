// SPDX-License-Identifier: BSL-1.0
// The kinds of errors told apart, and what each allows to do next.
// Usage: 03_errors [http://host:port,...]; without it, a simulated cluster is served

#include "etcdpp_sim/example_cluster.hpp"
#include <etcdpp/etcdpp.hpp>

#include <iostream>
#include <stop_token>
#include <string_view>

namespace e = etcdpp;
using namespace std::chrono_literals;

//! Says what to do about an error, as a program would.
std::string_view advice(e::Error const& error)
{
    // The context's error: the caller's own bound passed, or he stopped the call.
    if (error == e::Condition::cancelled) { return "another thread asked to stop"; }
    if (error == e::Condition::timed_out) { return "the deadline passed: allow more time"; }
    // What etcd itself said.
    if (error == e::Condition::not_found) { return "there is no such key"; }
    if (error == e::Condition::compare_failed) { return "somebody else was first: read again"; }
    // The cluster's error: each member was tried, and says why it failed.
    if (error == e::Errc::exhausted) { return "no member answers: see each attempt"; }
    // The response's error: something answers, but not as an etcd does.
    if (error == e::Errc::malformed_reply || error == e::Errc::not_etcd) {
        return "check the URLs";
    }
    return "a mistake in the program or in the configuration";
}

void tell(std::string_view title, e::Result<e::v2::Response> const& result)
{
    if (result) { return void(std::cout << title << ": " << *result << '\n'); }
    std::cout << title << ": " << advice(result.error()) << "\n    " << result.error() << '\n';
    if (result.error().effect() == e::Effect::unknown) {
        std::cout << "    the write may have been carried out: read before you repeat it\n";
    }
}

int main(int argc, char** argv)
{
    auto const cluster = e::examples::ExampleCluster{argc, argv};
    auto client = e::Client{e::Config{.endpoints = cluster.endpoints(), .retry = e::OnePass{}}};
    auto keys = e::v2::Keys{client};

    tell("a missing key", keys.get("/nowhere"));
    tell("a failed compare", keys.compare_and_swap("/nowhere", "x", {.prev_value = "y"}));
    tell("a compare with nothing", keys.compare_and_swap("/nowhere", "x", {}));
    tell("no time at all", keys.get("/foo", {}, {.timeout = 0ms}));
    auto stop = std::stop_source{};
    stop.request_stop();
    tell("stopped", keys.get("/foo", {}, {.stop = stop.get_token()}));

    client.set_endpoints(e::Endpoints::parse("http://127.0.0.1:1").value());  // nobody is there
    tell("no member", keys.set("/foo", "bar"));
}

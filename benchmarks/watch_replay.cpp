// SPDX-License-Identifier: BSL-1.0

//! @file
//! What an event of a watch costs in CPU time: a history of 900 events is watched again and again.
//!
//! Usage: watch_replay http://host:port [ROUNDS [poco|simdjson]]; sets /bench/watched there

#include <etcdpp/codec/simd_json.hpp>
#include <etcdpp/etcdpp.hpp>

#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace {

constexpr auto events = 900;  // of the 1000 that etcd remembers

double microseconds_of_cpu()
{
    return 1e6 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

template <class Codec>
void measure(Codec codec, std::string const& urls, int rounds)
{
    auto client = etcdpp::Client{etcdpp::Config{
        .endpoints = etcdpp::Endpoints::parse(urls).value(), .codec = std::move(codec)}};
    auto const keys = etcdpp::v2::Keys{client};

    auto const before = keys.set("/bench/watched", "begin").value().node.modified_index;
    for (auto i = 0; i != events; ++i) { keys.set("/bench/watched", std::to_string(i)).value(); }

    auto const began = microseconds_of_cpu();
    for (auto round = 0; round != rounds; ++round) {
        auto watch = keys.watch("/bench/watched", {.after_index = before});
        for (auto i = 0; i != events; ++i) { watch.next().value(); }
    }
    auto const spent = microseconds_of_cpu() - began;
    std::cout << spent / (rounds * events) << " us of CPU per event\n";
}

}  // namespace

int main(int argc, char** argv)
try {
    if (argc < 2) {
        std::cerr << "usage: watch_replay http://host:port [ROUNDS [poco|simdjson]]\n";
        return EXIT_FAILURE;
    }
    auto const rounds = argc > 2 ? std::stoi(argv[2]) : 20;
    if (argc > 3 && std::string_view{argv[3]} == "simdjson") {
        measure(etcdpp::SimdJson{}, argv[1], rounds);
    } else {
        measure(etcdpp::PocoJson{}, argv[1], rounds);
    }
} catch (std::exception const& fault) {
    std::cerr << fault.what() << '\n';
    return EXIT_FAILURE;
}

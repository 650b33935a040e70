// SPDX-License-Identifier: BSL-1.0

//! @file
//! What an event of a watch costs in CPU time: a history of 900 events is watched again and again.
//!
//! Usage: watch_replay http://host:port [ROUNDS [poco|simdjson|bare]]; sets /bench/watched there
//!
//! `bare` is no watch, but the least that long polls can cost: the same requests over a blocking
//! socket, and of each reply nothing but the index is read.

#include <etcdpp/codec/simd_json.hpp>
#include <etcdpp/etcdpp.hpp>

#include <Poco/Net/StreamSocket.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <stdexcept>
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
void watch(etcdpp::Endpoints const& endpoints, etcdpp::Index before, Codec codec, int rounds)
{
    auto client = etcdpp::Client{etcdpp::Config{.endpoints = endpoints, .codec = std::move(codec)}};
    for (auto round = 0; round != rounds; ++round) {
        auto watch = etcdpp::v2::Keys{client}.watch("/bench/watched", {.after_index = before});
        for (auto i = 0; i != events; ++i) { watch.next().value(); }
    }
}

std::uint64_t poll(Poco::Net::StreamSocket& socket, std::uint64_t index)
{
    auto const request = "GET /v2/keys/bench/watched?wait=true&waitIndex=" + std::to_string(index)
        + " HTTP/1.1\r\nHost: etcd\r\n\r\n";
    socket.sendBytes(request.data(), static_cast<int>(request.size()));
    auto reply = std::string{};
    auto room = std::array<char, 4096>{};
    while (!reply.ends_with("}\n") && !reply.ends_with("0\r\n\r\n")) {
        auto const count = socket.receiveBytes(room.data(), static_cast<int>(room.size()));
        if (count == 0) { throw std::runtime_error{"the member closed the connection"}; }
        reply.append(room.data(), static_cast<std::size_t>(count));
    }
    constexpr auto name = std::string_view{R"("modifiedIndex":)"};
    return std::stoull(reply.substr(reply.find(name) + name.size()));
}

void poll_bare(etcdpp::Endpoint const& member, etcdpp::Index before, int rounds)
{
    auto socket = Poco::Net::StreamSocket{Poco::Net::SocketAddress{member.host, member.port}};
    socket.setNoDelay(true);
    for (auto round = 0; round != rounds; ++round) {
        auto index = static_cast<std::uint64_t>(before);
        for (auto i = 0; i != events; ++i) { index = poll(socket, index + 1); }
    }
}

}  // namespace

int main(int argc, char** argv)
try {
    if (argc < 2) {
        std::cerr << "usage: watch_replay http://host:port [ROUNDS [poco|simdjson|bare]]\n";
        return EXIT_FAILURE;
    }
    auto const endpoints = etcdpp::Endpoints::parse(argv[1]).value();
    auto const rounds = argc > 2 ? std::stoi(argv[2]) : 20;
    auto const way = std::string_view{argc > 3 ? argv[3] : "poco"};

    auto client = etcdpp::Client{etcdpp::Config{.endpoints = endpoints}};
    auto const keys = etcdpp::v2::Keys{client};
    auto const before = keys.set("/bench/watched", "begin").value().node.modified_index;
    for (auto i = 0; i != events; ++i) { keys.set("/bench/watched", std::to_string(i)).value(); }

    auto const began = microseconds_of_cpu();
    if (way == "bare") {
        poll_bare(endpoints[0], before, rounds);
    } else if (way == "simdjson") {
        watch(endpoints, before, etcdpp::SimdJson{}, rounds);
    } else {
        watch(endpoints, before, etcdpp::PocoJson{}, rounds);
    }
    auto const spent = microseconds_of_cpu() - began;
    std::cout << spent / (rounds * events) << " us of CPU per event\n";
} catch (std::exception const& fault) {
    std::cerr << fault.what() << '\n';
    return EXIT_FAILURE;
}

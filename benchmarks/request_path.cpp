// SPDX-License-Identifier: BSL-1.0
// What one call costs the client: time and allocations here, instructions under callgrind.
// Usage: request_path get|set CALLS [poco|simdjson]
// benchmarks/instructions runs it twice under callgrind and prints the instructions a call.

#include "benchmarks/canned_server.hpp"
#include <etcdpp/codec/simd_json.hpp>
#include <etcdpp/etcdpp.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

// Counts what Poco's C parser takes as well, which never calls operator new. glibc only.
extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* __libc_realloc(void* block, std::size_t size);

extern "C" void* malloc(std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_malloc(size);
}

extern "C" void* realloc(void* block, std::size_t size)
{
    allocations.fetch_add(1, std::memory_order_relaxed);
    return __libc_realloc(block, size);
}

namespace {

//! What etcd 3.4.23 answers: headers and all.
std::string etcd_reply(std::string_view body)
{
    return "HTTP/1.1 200 OK\r\n"
           "Access-Control-Allow-Headers: accept, content-type, authorization\r\n"
           "Access-Control-Allow-Methods: POST, GET, OPTIONS, PUT, DELETE\r\n"
           "Access-Control-Allow-Origin: *\r\n"
           "Content-Type: application/json\r\n"
           "X-Etcd-Cluster-Id: dc50b8daae93b3e0\r\n"
           "X-Etcd-Index: 12\r\n"
           "X-Raft-Index: 17\r\n"
           "X-Raft-Term: 2\r\n"
           "Date: Sat, 21 Nov 2026 01:56:35 GMT\r\n"
           "Content-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + std::string{body};
}

constexpr auto get_body = std::string_view{
    R"({"action":"get","node":{"key":"/foo","value":"bar","modifiedIndex":12,"createdIndex":12}})"
    "\n"};
constexpr auto set_body = std::string_view{
    R"({"action":"set","node":{"key":"/foo","value":"bar","modifiedIndex":12,"createdIndex":12},)"
    R"("prevNode":{"key":"/foo","value":"bar","modifiedIndex":11,"createdIndex":11}})"
    "\n"};

namespace e = etcdpp;

template <class Codec>
void measure(Codec codec, bool is_set, int calls)
{
    auto const server = e::benchmarks::CannedServer{etcd_reply(is_set ? set_body : get_body)};
    auto client = e::Client{e::Config{
        .endpoints = e::Endpoints::of({{.host = "127.0.0.1", .port = server.port()}}).value(),
        .codec = std::move(codec)}};
    auto keys = e::v2::Keys{client};
    auto const call = [&] {
        if (!(is_set ? keys.set("/foo", "bar") : keys.get("/foo"))) { std::abort(); }
    };

    for (auto warm_up = 0; warm_up != 10; ++warm_up) { call(); }
    auto const allocations_before = allocations.load();
    auto const began = std::chrono::steady_clock::now();
    for (auto n = 0; n != calls; ++n) { call(); }
    auto const took = std::chrono::steady_clock::now() - began;

    std::cout << "calls " << calls << '\n'
              << "allocations_per_call "
              << static_cast<double>(allocations.load() - allocations_before) / calls << '\n'
              << "microseconds_per_call "
              << std::chrono::duration<double, std::micro>{took}.count() / calls << '\n';
}

}  // namespace

int main(int argc, char** argv)
{
    auto const is_set = argc > 1 && std::string_view{argv[1]} == "set";
    auto const calls = argc > 2 ? std::atoi(argv[2]) : 10'000;
    if (argc > 3 && std::string_view{argv[3]} == "simdjson") {
        measure(e::SimdJson{}, is_set, calls);
    } else {
        measure(e::PocoJson{}, is_set, calls);
    }
}

// SPDX-License-Identifier: BSL-1.0
//! @file
//! The operations on keys pass the suite of every operation.

#include "etcdpp/testing/conformance/operation.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "etcdpp/v2/monotonic_reads.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

std::string const not_utf8 = "/app/\xff";

struct KeysSample {
    static PocoJson codec() { return PocoJson{}; }

    static http::Response reply()
    {
        return {.status = 200,
            .headers = {{"X-Etcd-Cluster-Id", "cdf818194e3a8c32"}, {"X-Etcd-Index", "7"}},
            .body = R"({"action":"set","node":{"key":"/app/mode","value":"blue","modifiedIndex":7,)"
                    R"("createdIndex":7},"prevNode":{"key":"/app/mode","value":"red",)"
                    R"("modifiedIndex":6,"createdIndex":6}})"};
    }
};

struct Get : KeysSample {
    static v2::Get make() { return {.key = "/app/mode"}; }
    static std::vector<v2::Get> refused() { return {{.key = not_utf8}}; }
};

struct QuorumListing : KeysSample {
    static v2::Get make()
    {
        return {
            .key = "/a b/%/?#;+/ä", .options = {.recursive = true, .sorted = true, .quorum = true}};
    }
    static std::vector<v2::Get> refused() { return {}; }
};

struct Set : KeysSample {
    static v2::Set make() { return {.key = "/app/mode", .value = "light blue"}; }
    static std::vector<v2::Set> refused()
    {
        return {{.key = not_utf8, .value = "blue"}, {.key = "/app/mode", .value = "\xff"},
            {.key = "/app/mode", .value = "blue", .options = {.ttl = 0ms}}};
    }
};

struct SetWithOptions : KeysSample {
    static v2::Set make()
    {
        return {.key = "/app/mode",
            .value = "",
            .options = {.ttl = 1500ms, .no_value_on_success = true}};
    }
    static std::vector<v2::Set> refused()
    {
        return {{.key = "/app/mode", .value = "", .options = {.ttl = -1s}},
            {.key = "/app/mode", .value = "", .options = {.ttl = 3'000'000'001s}}};
    }
    static http::Response reply()
    {
        auto bare = KeysSample::reply();
        bare.body = R"({"action":"set"})";
        return bare;
    }
};

struct Create : KeysSample {
    static v2::Create make() { return {.key = "/app/mode", .value = "blue"}; }
    static std::vector<v2::Create> refused() { return {{.key = not_utf8, .value = "blue"}}; }
};

struct Update : KeysSample {
    static v2::Update make() { return {.key = "/app/mode", .value = "blue"}; }
    static std::vector<v2::Update> refused() { return {{.key = not_utf8, .value = "blue"}}; }
};

struct Refresh : KeysSample {
    static v2::Refresh make() { return {.key = "/app/lock", .ttl = 5s}; }
    static std::vector<v2::Refresh> refused()
    {
        return {{.key = not_utf8, .ttl = 5s}, {.key = "/app/lock", .ttl = 0ms}};
    }
};

struct CreateInOrder : KeysSample {
    static v2::CreateInOrder make() { return {.dir = "/app/queue", .value = "paint it"}; }
    static std::vector<v2::CreateInOrder> refused() { return {{.dir = not_utf8, .value = "blue"}}; }
};

struct MakeDir : KeysSample {
    static v2::MakeDir make() { return {.dir = "/app/queue", .options = {.ttl = 60s}}; }
    static std::vector<v2::MakeDir> refused() { return {{.dir = not_utf8}}; }
};

struct CompareAndSwap : KeysSample {
    static v2::CompareAndSwap make()
    {
        return {.key = "/app/mode", .value = "blue", .compare = {.prev_value = "red"}};
    }
    static std::vector<v2::CompareAndSwap> refused()
    {
        return {{.key = "/app/mode", .value = "blue"},
            {.key = "/app/mode", .value = "blue", .compare = {.prev_value = ""}},
            {.key = "/app/mode", .value = "blue", .compare = {.prev_index = Index{0}}}};
    }
};

struct Remove : KeysSample {
    static v2::Remove make() { return {.key = "/app", .options = {.recursive = true}}; }
    static std::vector<v2::Remove> refused() { return {{.key = not_utf8}}; }
};

struct CompareAndRemove : KeysSample {
    static v2::CompareAndRemove make()
    {
        return {.key = "/app/mode", .compare = {.prev_value = "a&b=c", .prev_index = Index{6}}};
    }
    static std::vector<v2::CompareAndRemove> refused() { return {{.key = "/app/mode"}}; }
};

struct MonotonicGet : KeysSample {
    v2::Monotonic<v2::Get> make() { return {{.key = "/app/mode"}, seen}; }
    std::vector<v2::Monotonic<v2::Get>> refused() { return {{{.key = not_utf8}, seen}}; }

    v2::Seen seen;
};

struct MonotonicCreate : KeysSample {
    v2::Monotonic<v2::Create> make() { return {{.key = "/app/mode", .value = "blue"}, seen}; }
    std::vector<v2::Monotonic<v2::Create>> refused()
    {
        return {{{.key = not_utf8, .value = "blue"}, seen}};
    }

    v2::Seen seen;
};

using Operations =
    testing::Types<Get, QuorumListing, Set, SetWithOptions, Create, Update, Refresh, CreateInOrder,
        MakeDir, CompareAndSwap, Remove, CompareAndRemove, MonotonicGet, MonotonicCreate>;

INSTANTIATE_TYPED_TEST_SUITE_P(Keys, OperationSuite, Operations);

}  // namespace
}  // namespace etcdpp

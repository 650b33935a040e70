// SPDX-License-Identifier: BSL-1.0

//! @file
//! How fast each codec reads an event, and a recursive listing of 1291 nodes, in CPU time.
//!
//! Usage: decode [ROUNDS]; the figures are medians of so many

#include <etcdpp/codec/poco_json.hpp>
#include <etcdpp/codec/simd_json.hpp>
#include <etcdpp/v2/wire/names.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr auto directories = 10;
constexpr auto keys_each = 128;

std::string indices(int index)
{
    return R"(,"modifiedIndex":)" + std::to_string(index) + R"(,"createdIndex":)"
        + std::to_string(index) + '}';
}

//! As etcd writes it: the root, and in it directories with keys.
std::string listing()
{
    auto index = 1000;
    auto text = std::string{R"({"action":"get","node":{"dir":true,"nodes":[)"};
    for (auto i = 0; i != directories; ++i) {
        auto const directory = "/service-" + std::to_string(i);
        text += (i == 0 ? "" : ",") + (R"({"key":")" + directory) + R"(","dir":true,"nodes":[)";
        for (auto j = 0; j != keys_each; ++j) {
            text += (j == 0 ? "" : ",") + (R"({"key":")" + directory) + "/instance-"
                + std::to_string(j) + R"(","value":"http://10.0.0.)" + std::to_string(j)
                + R"(:8080/")" + indices(++index);
        }
        text += ']' + indices(++index);
    }
    return text + "]}}\n";
}

constexpr auto event = std::string_view{
    R"({"action":"set","node":{"key":"/foo","value":"bar","modifiedIndex":12,"createdIndex":12},)"
    R"("prevNode":{"key":"/foo","value":"bar","modifiedIndex":11,"createdIndex":11}})"
    "\n"};

template <class Codec>
double megabytes_a_second(Codec const& codec, std::string_view text)
{
    auto const times = 3'000'000 / text.size();
    auto const began = std::clock();
    for (auto i = std::size_t{0}; i != times; ++i) {
        codec.template decode<etcdpp::v2::Response>(text).value();
    }
    auto const seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    return 1e-6 * static_cast<double>(times * text.size()) / seconds;
}

double median(std::vector<double> figures)
{
    std::ranges::sort(figures);
    return figures[figures.size() / 2];
}

void compare(std::string_view what, std::string_view text, int rounds)
{
    auto poco = std::vector<double>{};
    auto simdjson = std::vector<double>{};
    auto ratio = std::vector<double>{};
    auto const by_poco = etcdpp::PocoJson{};
    auto const by_simdjson = etcdpp::SimdJson{};
    for (auto i = 0; i != rounds; ++i) {
        poco.push_back(megabytes_a_second(by_poco, text));
        simdjson.push_back(megabytes_a_second(by_simdjson, text));
        ratio.push_back(simdjson.back() / poco.back());
    }
    std::cout << what << ", " << text.size() << " bytes: PocoJson " << median(poco)
              << " MB/s, SimdJson " << median(simdjson) << " MB/s, " << median(ratio)
              << " times as fast\n";
}

}  // namespace

int main(int argc, char** argv)
{
    auto const rounds = argc > 1 ? std::atoi(argv[1]) : 15;
    compare("event", event, rounds);
    compare("listing", listing(), rounds);
}

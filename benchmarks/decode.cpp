// SPDX-License-Identifier: BSL-1.0

//! @file
//! How fast each codec reads a recursive listing of 1291 nodes, in CPU time.
//!
//! Usage: decode [ROUNDS]

#include <etcdpp/codec/poco_json.hpp>
#include <etcdpp/codec/simd_json.hpp>
#include <etcdpp/v2/wire/names.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
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

template <class Codec>
double megabytes_a_second(Codec const& codec, std::string const& text)
{
    constexpr auto times = 20;
    auto const began = std::clock();
    for (auto i = 0; i != times; ++i) { codec.template decode<etcdpp::v2::Response>(text).value(); }
    auto const seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    return 1e-6 * static_cast<double>(times * text.size()) / seconds;
}

double median(std::vector<double> figures)
{
    std::ranges::sort(figures);
    return figures[figures.size() / 2];
}

}  // namespace

int main(int argc, char** argv)
{
    auto const rounds = argc > 1 ? std::atoi(argv[1]) : 15;
    auto const text = listing();
    auto poco = std::vector<double>{};
    auto simdjson = std::vector<double>{};
    auto ratio = std::vector<double>{};
    for (auto i = 0; i != rounds; ++i) {
        poco.push_back(megabytes_a_second(etcdpp::PocoJson{}, text));
        simdjson.push_back(megabytes_a_second(etcdpp::SimdJson{}, text));
        ratio.push_back(simdjson.back() / poco.back());
    }
    std::cout << text.size() << " bytes; MB/s, median of " << rounds << ": PocoJson "
              << median(poco) << ", SimdJson " << median(simdjson) << "; ratio " << median(ratio)
              << '\n';
}

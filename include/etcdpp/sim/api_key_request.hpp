// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A request about keys: what it asks, and in which order etcd finds fault with it.

#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/api_form.hpp"
#include "etcdpp/sim/store_command.hpp"
#include "etcdpp/sim/store_event.hpp"
#include "etcdpp/sim/store_path.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace etcdpp::sim {

struct KeyRequest {
    Command command = {};
    bool waits = false;  //!< a watch; `wait_index` and `streams` belong to it
    bool streams = false;
    bool quorum = false;
    bool no_value_on_success = false;
    Index wait_index = {};
};

namespace detail {

//! `ttl` seconds from now in nanoseconds since 1970, which overflow without a word, as in Go.
inline WallTime expiration_of(std::uint64_t ttl, WallTime now)
{
    constexpr auto nanoseconds = std::uint64_t{1'000'000'000};
    auto const since_1970 = std::chrono::nanoseconds{now.time_since_epoch()}.count();
    auto const sum = ttl * nanoseconds + static_cast<std::uint64_t>(since_1970);
    return WallTime{std::chrono::nanoseconds{static_cast<std::int64_t>(sum)}};
}

constexpr Command::Kind kind_of(http::Method method) noexcept
{
    switch (method) {
    case http::Method::put: return Command::Kind::put;
    case http::Method::post: return Command::Kind::post;
    case http::Method::del: return Command::Kind::remove;
    case http::Method::get:
    case http::Method::head: break;
    }
    return Command::Kind::read;
}

}  // namespace detail

//! `key` is what follows `/v2/keys` in the clean path.
inline std::variant<KeyRequest, Refusal> read_key_request(
    http::Request const& http, std::string_view key, WallTime now)
{
    auto const form = ApiForm::of(http);
    auto const invalid = [](std::string cause) {
        return Refusal{v2::Errc::invalid_field, std::move(cause)};
    };
    if (!form.fault().empty()) { return Refusal{v2::Errc::invalid_form, form.fault()}; }

    auto request = KeyRequest{};
    auto& command = request.command;
    command.kind = detail::kind_of(http.method);
    command.path = clean_path(std::string{"/1/"}.append(key));
    for (auto const& [name, index] : {std::pair{"prevIndex", &command.prev_index},
             std::pair{"waitIndex", &request.wait_index}}) {
        auto const number = form.number(name);
        if (!number) {
            return Refusal{v2::Errc::index_nan, "invalid value for \"" + std::string{name} + '"'};
        }
        *index = Index{*number};
    }
    for (auto const& [name, flag] :
        {std::pair{"recursive", &command.recursive}, std::pair{"sorted", &command.sorted},
            std::pair{"wait", &request.waits}, std::pair{"dir", &command.dir},
            std::pair{"quorum", &request.quorum}, std::pair{"stream", &request.streams}}) {
        auto const truth = form.truth(name);
        if (!truth) { return invalid("invalid value for \"" + std::string{name} + '"'); }
        *flag = *truth;
    }
    if (request.waits && http.method != http::Method::get) {
        return invalid("\"wait\" can only be used with GET requests");
    }
    command.prev_value = form.text("prevValue");
    if (command.prev_value.empty() && form.find("prevValue") != nullptr) {
        return Refusal{v2::Errc::prev_value_required, "\"prevValue\" cannot be empty"};
    }
    auto const no_value = form.truth("noValueOnSuccess");
    if (!no_value) { return invalid("invalid value for \"noValueOnSuccess\""); }
    request.no_value_on_success = *no_value;
    if (!form.text("ttl").empty()) {
        auto const ttl = form.number("ttl");
        if (!ttl) { return Refusal{v2::Errc::ttl_nan, "invalid value for \"ttl\""}; }
        command.expiration = detail::expiration_of(*ttl, now);
    }
    if (form.find("prevExist") != nullptr) {
        command.prev_exist = form.truth("prevExist");
        if (!command.prev_exist) { return invalid("invalid value for prevExist"); }
    }
    command.value = form.text("value");
    auto const refresh = form.truth("refresh");
    if (!refresh) { return invalid("invalid value for refresh"); }
    command.refresh = *refresh;
    if (command.refresh && !command.value.empty()) {
        return Refusal{v2::Errc::refresh_value, "A value was provided on a refresh"};
    }
    if (command.refresh && !command.expiration) {
        return Refusal{v2::Errc::refresh_ttl_required, "No TTL value set"};
    }
    return request;
}

}  // namespace etcdpp::sim

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What of a Config is data, as JSON and back.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/codec/duration_text.hpp"
#include "etcdpp/codec/fields_fwd.hpp"
#include "etcdpp/config.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/result.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp {

//! Whether a saved configuration holds the user and password. Whoever can read it then has them.
enum class Secrets : std::uint8_t { left_out, included };

namespace detail {

struct SavedCredentials {
    std::string user;
    std::string password;
};

//! What is empty was not said.
struct SavedConfig {
    std::optional<std::vector<std::string>> endpoints;
    std::optional<SavedCredentials> credentials;
    std::optional<Clock::duration> connect_timeout;
    std::optional<Clock::duration> attempt_timeout;
    std::optional<Clock::duration> commit_timeout;
    std::optional<Clock::duration> call_timeout;
    std::optional<bool> quorum;
    std::optional<bool> repeat_overwrites;
};

inline Unexpected unusable_config(std::string words)
{
    return unexpected(invalid_argument("the configuration cannot be used: " + std::move(words)));
}

template <class C>
Result<void> apply_endpoints(C& config, std::vector<std::string> const& urls)
{
    auto list = std::vector<Endpoint>{};
    for (auto const& url : urls) {
        auto endpoint = Endpoint::parse(url);
        if (!endpoint) { return unusable_config("endpoints: " + endpoint.error().words()); }
        list.push_back(*std::move(endpoint));
    }
    auto endpoints = Endpoints::of(std::move(list));
    if (!endpoints) { return unusable_config("endpoints: " + endpoints.error().words()); }
    config.endpoints = *std::move(endpoints);
    return {};
}

}  // namespace detail

//! Writes the endpoints, the timeouts, `quorum` and `repeat_overwrites`, and, if they are asked
//! for, the credentials; by the config's own codec, on one line. Policies are types, and not
//! written, nor what they hold: a transport's TLS files are told to the transport.
//!
//!     {"endpoints":["http://10.0.0.1:2379"],"connect_timeout":"1s",...,"quorum":false,...}
template <class... Policies>
std::string save_config(Config<Policies...> const& config, Secrets secrets = Secrets::left_out)
{
    auto saved = detail::SavedConfig{.endpoints = std::vector<std::string>{},
        .credentials = {},
        .connect_timeout = config.connect_timeout,
        .attempt_timeout = config.attempt_timeout,
        .commit_timeout = config.commit_timeout,
        .call_timeout = config.call_timeout,
        .quorum = config.quorum,
        .repeat_overwrites = config.repeat_overwrites};
    for (auto const& each : config.endpoints) { saved.endpoints->push_back(to_string(each)); }
    if (secrets == Secrets::included && config.credentials) {
        saved.credentials = detail::SavedCredentials{
            config.credentials->user, std::string{config.credentials->password.reveal()}};
    }
    return config.codec.encode(saved);
}

//! `base` with what the text says; what it does not mention stays, as do the policies. A member
//! that is no setting is ignored. Fails with Errc::invalid_argument, which names the fault.
template <class C = Config<>>
Result<C> load_config(std::string_view text, C base = {})
{
    auto saved = base.codec.template decode<detail::SavedConfig>(text);
    if (!saved) { return detail::unusable_config(saved.error().words()); }
    if (saved->endpoints) {
        auto const applied = detail::apply_endpoints(base, *saved->endpoints);
        if (!applied) { return unexpected(applied.error()); }
    }
    if (saved->credentials) {
        base.credentials = Credentials{
            saved->credentials->user, Secret{saved->credentials->password}};
    }
    struct Timeout {
        std::string_view name;
        std::optional<Clock::duration> said;
        Clock::duration& into;
    };
    for (auto const& [name, said, into] :
        {Timeout{"connect_timeout", saved->connect_timeout, base.connect_timeout},
            Timeout{"attempt_timeout", saved->attempt_timeout, base.attempt_timeout},
            Timeout{"commit_timeout", saved->commit_timeout, base.commit_timeout},
            Timeout{"call_timeout", saved->call_timeout, base.call_timeout}}) {
        if (said && *said <= Clock::duration::zero()) {
            return detail::unusable_config(std::string{name} + " is not above zero");
        }
        into = said.value_or(into);
    }
    base.quorum = saved->quorum.value_or(base.quorum);
    base.repeat_overwrites = saved->repeat_overwrites.value_or(base.repeat_overwrites);
    return base;
}

}  // namespace etcdpp

template <std::same_as<etcdpp::detail::SavedCredentials> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"user">(&T::user), etcdpp::field<"password">(&T::password));

template <std::same_as<etcdpp::detail::SavedConfig> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"endpoints">(&T::endpoints), etcdpp::field<"credentials">(&T::credentials),
    etcdpp::field<"connect_timeout">(&T::connect_timeout),
    etcdpp::field<"attempt_timeout">(&T::attempt_timeout),
    etcdpp::field<"commit_timeout">(&T::commit_timeout),
    etcdpp::field<"call_timeout">(&T::call_timeout), etcdpp::field<"quorum">(&T::quorum),
    etcdpp::field<"repeat_overwrites">(&T::repeat_overwrites));

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From a reply about members, users, roles or statistics to a value or an error.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/v2/admin_errc.hpp"
#include "etcdpp/v2/wire/names.hpp"
#include "etcdpp/v2/wire/reply.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace etcdpp::v2::wire {

//! What an operation knows about a status that means one thing to it and another to others.
struct Meanings {
    AdminErrc forbidden = AdminErrc::forbidden;   //!< 403
    AdminErrc conflict = AdminErrc::conflict;     //!< 409
    AdminErrc unavailable = AdminErrc::internal;  //!< 503

    //! Whether etcd names its cluster in the reply, as it does unless it says "401", or statistics.
    bool names_cluster = true;
};

//! To a request that makes or grants something.
inline constexpr auto to_create = Meanings{.conflict = AdminErrc::already_exists};

constexpr AdminErrc meaning(int status, Meanings const& meanings) noexcept
{
    switch (status) {
    case 400: return AdminErrc::bad_request;
    case 401: return AdminErrc::unauthorized;
    case 403: return meanings.forbidden;
    case 404: return AdminErrc::not_found;
    case 409: return meanings.conflict;
    case 410: return AdminErrc::removed;
    case 500: return AdminErrc::internal;
    case 503: return meanings.unavailable;
    default: return AdminErrc::other;
    }
}

//! An error that etcd stated in a sentence. Without a leader it does nothing; but of a 500 it does
//! not say whether it refused at once, for the cluster is not healthy, or gave up waiting after 7 s
//! (auth: 14 s), when the change may still be carried out. Only time would tell them apart.
inline Error stated_refusal(std::string message, int status, Meanings const& meanings)
{
    auto const code = meaning(status, meanings);
    auto const by_member = status >= 500;
    if (code == AdminErrc::internal) {
        message +=
            ", without a reason: a change was refused at once if the cluster is not healthy, "
            "or was given up after seconds and may still be carried out";
    }
    return Error{code,
        {.effect = by_member && code != AdminErrc::no_leader ? Effect::unknown : Effect::none,
            .fault = by_member ? Fault::member : Fault::request,
            .status = status,
            .words = std::move(message)}};
}

//! What any status but a 2xx means. A proxy in between says 408 and 429, etcd never.
template <class Codec>
Error read_refusal(Codec const& codec, http::Response const& response, Meanings const& meanings)
{
    auto const status = response.status;
    auto const from_etcd = is_from_etcd(response) || status == 401 || !meanings.names_cluster;
    if (response.body.starts_with('{') && status >= 400 && status != 408 && status != 429) {
        auto body = codec.template decode<ErrorBody>(response.body);
        if (body && body->error_code != 0) { return stated_error(*std::move(body), status); }
        if (body && !body->message.empty() && from_etcd) {
            return stated_refusal(std::move(body->message), status, meanings);
        }
    }
    return unstated_error(response);
}

//! Reads a T, which `is_whole` finds fit to have come from etcd: any JSON object decodes.
template <class T, class Codec, class Check>
Result<T> read_value(Codec const& codec, http::Response const& response, Check const& is_whole,
    Meanings const& meanings = {})
{
    if (response.status / 100 != 2) { return unexpected(read_refusal(codec, response, meanings)); }
    if (meanings.names_cluster && !is_from_etcd(response)) {
        return unexpected(unreadable("the reply names no etcd cluster", response));
    }
    auto value = codec.template decode<T>(response.body);
    if (!value) { return unexpected(unreadable(value.error().words(), response)); }
    if (!is_whole(*value)) {
        return unexpected(unreadable("the reply lacks what every etcd tells", response));
    }
    return value;
}

//! Reads the reply to what etcd does without a word: 200 or 204, with an empty body.
template <class Codec>
Result<void> read_done(
    Codec const& codec, http::Response const& response, Meanings const& meanings = {})
{
    if (response.status / 100 != 2) { return unexpected(read_refusal(codec, response, meanings)); }
    if (!is_from_etcd(response)) {
        return unexpected(unreadable("the reply names no etcd cluster", response));
    }
    return {};
}

}  // namespace etcdpp::v2::wire

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From status, headers and body to a value or an error: the only place that reads etcd's errors.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/core/cluster_id.hpp"
#include "etcdpp/core/decimal.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/wire/names.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::v2::wire {

//! etcd names its cluster in every reply of the v2 API; a proxy or a stranger does not.
inline bool is_from_etcd(http::Response const& response) noexcept
{
    return response.headers.find("X-Etcd-Cluster-Id").has_value();
}

//! An error that etcd itself stated. Codes from 300 are raft's and come with a 500: such a write
//! may have been proposed, and commit once the cluster heals. All else was turned down before it
//! acted.
inline Error stated_error(ErrorBody body, int status)
{
    auto const may_commit = body.error_code / 100 == 3 || status >= 500;
    auto words = std::move(body.message);
    if (!body.cause.empty()) { words.append(": ").append(body.cause); }
    return Error{make_error_code(static_cast<Errc>(body.error_code)),
        {.effect = may_commit ? Effect::unknown : Effect::none,
            .fault = may_commit ? Fault::member : Fault::request,
            .status = status,
            .words = std::move(words)}};
}

//! What a reply without an etcd error in it means: WIRE section 7, "Transport".
inline Error unstated_error(http::Response const& response)
{
    auto const status = response.status;
    auto const is_json = response.body.starts_with('{');
    auto const error = [&](std::error_code code, Effect effect, Fault fault, std::string words) {
        return Error{code, {effect, fault, status, std::move(words)}};
    };
    auto const said = [&] {
        auto const beginning = std::string_view{response.body}.substr(0, 200);
        auto const line = std::string{beginning.substr(0, beginning.find('\n'))};
        return "HTTP " + std::to_string(status) + (line.empty() ? "" : " \"" + line + '"');
    };
    if (status >= 500 || status == 408 || status == 429) {
        return error(etcdpp::Errc::unreachable, Effect::unknown, Fault::member,
            said() + " from a server or proxy in between");
    }
    if (is_from_etcd(response)) {
        return error(etcdpp::Errc::malformed_reply, status >= 400 ? Effect::none : Effect::unknown,
            Fault::member, said() + " from etcd, which is none of its errors");
    }
    if (status == 404 && !is_json) {
        return error(etcdpp::Errc::v2_disabled, Effect::none, Fault::request,
            said()
                + ": the v2 API is not enabled on this server; start etcd with --enable-v2 "
                  "(3.4 and 3.5 have it, 3.6 removed it)");
    }
    if (status == 401 || status == 403 || status == 404 || status == 407 || status == 421) {
        return error(etcdpp::Errc::not_etcd, Effect::none, Fault::member,
            said() + ", which is no reply of the v2 API");
    }
    if (status >= 400) {
        return error(etcdpp::Errc::not_etcd, Effect::none, Fault::request,
            said() + ": the request was turned down before the v2 API saw it");
    }
    return error(etcdpp::Errc::not_etcd, Effect::unknown, Fault::member,
        said() + ", which is no reply of the v2 API");
}

template <class Codec>
Error read_error(Codec const& codec, http::Response const& response)
{
    if (response.body.starts_with('{')) {
        auto body = codec.template decode<ErrorBody>(response.body);
        if (body && body->error_code != 0) {
            return stated_error(*std::move(body), response.status);
        }
    }
    return unstated_error(response);
}

//! A success that cannot be read: etcd acted, if it was etcd.
inline Error unreadable(std::string words, http::Response const& response)
{
    auto const etcd = is_from_etcd(response);
    return Error{etcd ? etcdpp::Errc::malformed_reply : etcdpp::Errc::not_etcd,
        {.effect = etcd ? Effect::applied : Effect::unknown,
            .fault = Fault::member,
            .status = response.status,
            .words = std::move(words)}};
}

//! The number in X-Etcd-Index; zero where it is missing, as in replies that etcd did not make.
inline Index read_index(std::optional<std::string_view> header) noexcept
{
    return Index{etcdpp::detail::read_decimal(header.value_or("")).value_or(0)};
}

inline Index index_header(http::Response const& response) noexcept
{
    return read_index(response.headers.find("X-Etcd-Index"));
}

inline ClusterId cluster_id(http::Response const& response) noexcept
{
    return ClusterId{response.headers.find("X-Etcd-Cluster-Id").value_or("")};
}

//! Any JSON object decodes, `{}` of a stranger too; but etcd always names its action, and a get
//! brings a node, be it the nameless root. Else a write would seem done that nobody heard of.
inline bool says_nothing(Response const& reply) noexcept
{
    auto const& node = reply.node;
    return reply.action == Action::get && node.key.empty() && node.value.empty() && !node.dir;
}

//! Reads what etcd did, or found. Has one `return`, for GCC moves a result that has two.
template <class Codec>
Result<Response> read_success(Codec const& codec, http::Response const& response)
{
    auto reply = codec.template decode<Response>(response.body);
    if (!reply) {
        reply = unexpected(unreadable(reply.error().words(), response));
    } else if (says_nothing(*reply)) {
        reply = unexpected(unreadable("the reply has neither action nor node", response));
    } else {
        if (reply->node.key.empty() && reply->node.dir) { reply->node.key = "/"; }
        auto const [cluster, index] = response.headers.find("X-Etcd-Cluster-Id", "X-Etcd-Index");
        reply->cluster_id = ClusterId{cluster.value_or("")};
        reply->index = read_index(index);
    }
    return reply;
}

//! Reads the reply to an operation on keys.
template <class Codec>
Result<Response> read_keys(Codec const& codec, http::Response const& response)
{
    if (response.status / 100 != 2) { return unexpected(read_error(codec, response)); }
    return read_success(codec, response);
}

//! The same for a write. What tells of a read answers something else, for instance the GET that a
//! proxy has made of it; whether anybody wrote is open then.
template <class Codec>
Result<Response> read_written(Codec const& codec, http::Response const& response)
{
    auto reply = read_keys(codec, response);
    if (reply && reply->action == Action::get) {
        reply = unexpected(Error{etcdpp::Errc::malformed_reply,
            {.effect = Effect::unknown,
                .fault = Fault::member,
                .status = response.status,
                .words = "the reply to a write tells of a read: is there a proxy in between?"}});
    }
    return reply;
}

}  // namespace etcdpp::v2::wire

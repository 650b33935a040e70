// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The way back from a simulated member to its client, with all that can happen on it.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/conversation.hpp"
#include "etcdpp/sim/timeline.hpp"
#include "etcdpp/sim/topology.hpp"
#include "etcdpp/sim/trace.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp::sim {

//! Each function is called at the moment at which the member acts; what it sends arrives one hop
//! later, in order.
class Network {
public:
    Network(Timeline& timeline, Topology const& topology, Trace& trace, Clock::duration hop)
        : timeline_{&timeline}, topology_{&topology}, trace_{&trace}, hop_{hop}
    {
    }

    Clock::duration hop() const noexcept { return hop_; }

    //! A whole reply.
    void answer(Talk const& talk, http::Response response)
    {
        talk->is_settled = true;
        trace_->note(timeline_->now(), "answered by", talk->member, talk->number,
            std::string_view{std::to_string(response.status)});
        if (talk->request.method == http::Method::head) { response.body.clear(); }
        auto body = std::exchange(response.body, {});
        if (body.empty()) {
            send(talk, {{Progress::head, std::move(response)}, {Progress::end}});
        } else {
            send(talk,
                {{Progress::head, std::move(response)},
                    {Progress::bytes, {.body = std::move(body)}}, {Progress::end}});
        }
    }

    //! The head of a reply whose body comes later, by `tell`.
    void begin(Talk const& talk, http::Response head)
    {
        send(talk, {{Progress::head, std::move(head)}});
    }

    void tell(Talk const& talk, std::string body, bool ends)
    {
        talk->is_settled = talk->is_settled || ends;
        auto pieces = std::vector<Piece>{{Progress::bytes, {.body = std::move(body)}}};
        if (ends) { pieces.push_back({Progress::end}); }
        send(talk, std::move(pieces));
    }

    //! The connection ends.
    void lose(Talk const& talk, std::string words)
    {
        talk->is_settled = true;
        auto const loss = Error{Errc::unreachable, {.words = std::move(words)}};
        deliver(talk, {{.loss = loss}}, hop_);
    }

private:
    void send(Talk const& talk, std::vector<Piece> pieces);
    void deliver(Talk const& talk, std::vector<Piece> pieces, Clock::duration delay);

    static void halve(std::vector<Piece>& pieces)
    {
        std::erase_if(pieces, [](Piece const& each) { return each.progress == Progress::end; });
        for (auto& each : pieces) {
            if (each.progress == Progress::bytes) {
                each.part.body.resize(each.part.body.size() / 2);
            }
        }
    }

    static Error loss(Errc code, std::string_view words)
    {
        return Error{code, {.words = std::string{words}}};
    }

    Timeline* timeline_;
    Topology const* topology_;
    Trace* trace_;
    Clock::duration hop_;
};

//! What a member sends, as the mishaps of the conversation leave it.
inline void Network::send(Talk const& talk, std::vector<Piece> pieces)
{
    auto delay = hop_;
    for (auto const& mishap : talk->mishaps) {
        switch (mishap.harm) {  // NOLINT(clang-diagnostic-switch-enum): the others are not of here
        case Harm::lose_reply: return;
        case Harm::delay_reply: delay += mishap.time; break;
        case Harm::reset_reply:
            pieces = {{.loss = loss(Errc::unreachable, "the connection was reset")}};
            break;
        case Harm::stall_in_head: pieces = {{Progress::more}}; break;
        case Harm::stall_in_body: halve(pieces); break;
        case Harm::truncate:
            halve(pieces);
            pieces.push_back({.loss = loss(Errc::unreachable,
                                  "the connection was closed in the middle of the reply")});
            break;
        case Harm::corrupt_head:
            pieces = {{.loss = loss(Errc::not_etcd, "the reply does not begin with HTTP/1")}};
            break;
        case Harm::corrupt_body:
            for (auto& each : pieces) {
                for (auto at = each.part.body.size() / 3; at < each.part.body.size(); at += 3) {
                    each.part.body[at] = '\x15';
                }
            }
            break;
        default: break;
        }
    }
    deliver(talk, std::move(pieces), delay);
}

inline void Network::deliver(Talk const& talk, std::vector<Piece> pieces, Clock::duration delay)
{
    timeline_->after(delay, [this, talk, pieces = std::move(pieces)]() mutable {
        if (talk->is_dropped || !topology_->is_reachable(talk->member)) { return; }
        talk->heard = timeline_->now();
        for (auto& each : pieces) { talk->arrived.push_back(std::move(each)); }
    });
}

}  // namespace etcdpp::sim

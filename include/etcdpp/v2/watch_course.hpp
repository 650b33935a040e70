// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Where a watch stands: what it asks next, and what each answer of a member does to it.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/environment/event.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/watch_cursor.hpp"
#include "etcdpp/v2/watch_error.hpp"
#include "etcdpp/v2/watch_member.hpp"
#include "etcdpp/v2/watch_options.hpp"
#include "etcdpp/v2/watch_questions.hpp"
#include "etcdpp/v2/wire/reply.hpp"

#include <optional>
#include <string>
#include <utility>

namespace etcdpp::v2 {

//! Joins the cursor, which knows what an answer means, to the member, who hears how he did. An
//! answer is taken in or, if it is none, comes back as an error: the member's, who is to be left.
template <class Client>
class WatchCourse {
public:
    WatchCourse(Client& client, WatchScope scope, WatchOptions const& options, bool tells_all)
        : client_{&client}, member_{client, scope.key}, questions_{client, scope},
          cursor_{std::move(scope), options.after_index, tells_all}
    {
    }

    //! Who is asked.
    WatchMember<Client>& member() noexcept { return member_; }
    WatchMember<Client> const& member() const noexcept { return member_; }

    WatchScope const& scope() const noexcept { return cursor_.scope(); }

    bool has_event() const noexcept { return cursor_.has_event(); }

    //! What is there to be returned, if anything is: an event, or an error that is nobody's fault
    //! but the request's, such as Errc::unauthorized.
    std::optional<Result<Response>> settled()
    {
        if (cursor_.has_event()) { return cursor_.take(); }
        if (verdict_) {
            auto verdict = *std::exchange(verdict_, std::nullopt);
            return unexpected(std::move(verdict));
        }
        return std::nullopt;
    }

    //! Fails if there is nothing to ask: etcd could not name the key.
    Result<void> usable() const { return questions_.usable(); }

    //! Whether a listing is to be asked for, and not the next event.
    bool lists() const noexcept { return cursor_.asks() == WatchCursor::Ask::listing; }

    //! @pre usable()
    http::Request const& question()
    {
        return lists() ? questions_.listing() : questions_.events_from(cursor_.wait_index());
    }

    //! The head of the reply to a poll, `latency` after it was asked. Afterwards `lists()` if what
    //! may follow is not to be trusted.
    Result<void> head(
        http::Response const& response, Clock::duration latency, Clock::time_point now)
    {
        if (response.status != 200) { return {}; }  // its body says why
        auto const [cluster, index] = response.headers.find("X-Etcd-Cluster-Id", "X-Etcd-Index");
        if (!cluster) {
            return unexpected(watch_error(
                etcdpp::Errc::not_etcd, Fault::member, "the reply to a watch is none of etcd's"));
        }
        member_.answered(latency, now);
        cursor_.head(ClusterId{*cluster}, wire::read_index(index));
        if (lists()) { member_.in_vain(now); }
        return {};
    }

    //! The whole reply to a poll. An empty body is how etcd ends one without news.
    Result<void> event(http::Response const& response, Clock::time_point now)
    {
        auto const is_empty = response.body.find_first_not_of(" \r\n") == std::string::npos;
        if (response.status == 200 && is_empty) {
            member_.in_vain(now);
            return {};
        }
        auto event = questions_.read_event(client_->policies().codec, response);
        if (!event && event.error() == make_error_code(Errc::event_index_cleared)) {
            cursor_.cleared();
            member_.in_vain(now);
            return {};
        }
        if (!event) { return turned_down(event.error(), now); }
        if (cursor_.event(*std::move(event))) {
            member_.reached(cursor_.position());
            member_.progressed();
        } else {
            member_.in_vain(now);
        }
        return {};
    }

    //! The whole reply to a listing.
    Result<void> listing(
        http::Response const& response, Clock::duration latency, Clock::time_point now)
    {
        auto listing = questions_.read_listing(client_->policies().codec, response);
        if (!listing) { return turned_down(listing.error(), now); }
        member_.answered(latency, now);
        auto const outcome = cursor_.listing(*std::move(listing));
        member_.reached(cursor_.position());
        if (outcome == WatchCursor::Outcome::resynced) { member_.tell(WatchState::resynced); }
        return {};
    }

private:
    Result<void> turned_down(Error const& error, Clock::time_point now)
    {
        if (error.fault() == Fault::member) { return unexpected(error); }
        verdict_ = error;
        member_.rest(now);
        return {};
    }

    Client* client_;
    WatchMember<Client> member_;
    WatchQuestions questions_;
    WatchCursor cursor_;
    std::optional<Error> verdict_;
};

}  // namespace etcdpp::v2

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Clusters for tests of discovery: what each endpoint says of its cluster is the test's to set.

#include "etcdpp/core/endpoint_url.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/transport/concept.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

inline Endpoint at(std::string const& url)
{
    return Endpoint::parse(url).value();
}

inline Endpoints these(std::string const& urls)
{
    return Endpoints::parse(urls).value();
}

//! A transport that plays whoever listens at an endpoint; nobody does where nothing was set. Copies
//! share one world: the client gets one, the test keeps another. Knows two questions: who are the
//! members, and who leads.
class MemberWorld {
public:
    //! A member as it is listed.
    struct Member {
        std::string id;
        std::vector<std::string> client_urls;
    };

    //! What is said at one endpoint.
    struct Voice {
        std::string cluster_id = "3cb9";
        std::vector<Member> members = {};
        std::optional<Member> leader = {};
        std::optional<Error> error = {};  //!< the attempt's, instead of a reply
    };

    Voice& operator[](Endpoint const& endpoint) { return state_->voices[endpoint]; }
    Voice& operator[](std::string const& url) { return state_->voices[at(url)]; }

    void silence(std::string const& url) { state_->voices.erase(at(url)); }

    //! A cluster whose members are listed with these URLs, and all of whom say so; the first leads.
    void make_cluster(std::string const& cluster_id, Endpoints const& endpoints)
    {
        auto members = std::vector<Member>{};
        for (auto const& each : endpoints) {
            members.push_back(
                {.id = "a" + std::to_string(members.size() + 1), .client_urls = {to_string(each)}});
        }
        for (auto const& each : endpoints) {
            (*this)[each] = {.cluster_id = cluster_id, .members = members, .leader = members[0]};
        }
    }

    //! Lets all who say anything name another leader; none if it is empty.
    void elect(std::optional<Member> const& leader)
    {
        for (auto& [endpoint, voice] : state_->voices) { voice.leader = leader; }
    }

    //! Is called before each request, to change the world in the midst of something.
    void before_each(std::function<void(Endpoint const&, std::string const& target)> act)
    {
        state_->before_each = std::move(act);
    }

    Result<http::Response> send(Endpoint const& to, http::Request const& request, Limits const&)
    {
        auto const lock = std::lock_guard{state_->mutex};
        if (state_->before_each) { state_->before_each(to, request.target); }
        state_->asked.push_back({to, request});
        auto const voice = state_->voices.find(to);
        if (voice == state_->voices.end()) {
            return unexpected(
                Error{Errc::unreachable, {.effect = Effect::none, .words = "connection refused"}});
        }
        if (voice->second.error) { return unexpected(*voice->second.error); }
        return request.target == "/v2/members/leader" ? leader(voice->second)
                                                      : members(voice->second);
    }

    //! Everything that was asked since the last time.
    std::vector<std::pair<Endpoint, http::Request>> asked()
    {
        return std::exchange(state_->asked, {});
    }

    //! How often an endpoint was asked.
    std::size_t count(std::string const& url) const
    {
        auto times = std::size_t{0};
        for (auto const& [endpoint, request] : state_->asked) { times += endpoint == at(url); }
        return times;
    }

private:
    struct State {
        std::mutex mutex;  //!< for the threads that send; a test sets the world while none does
        std::map<Endpoint, Voice> voices;
        std::function<void(Endpoint const&, std::string const&)> before_each;
        std::vector<std::pair<Endpoint, http::Request>> asked;
    };

    static std::string json(Member const& member)
    {
        auto urls = std::string{};
        for (auto const& each : member.client_urls) {
            urls.append(urls.empty() ? "\"" : ",\"").append(each).append("\"");
        }
        return R"({"id":")" + member.id + R"(","name":"member-)" + member.id
            + R"(","peerURLs":[],"clientURLs":[)" + urls + "]}";
    }

    static http::Response reply(int status, Voice const& voice, std::string body)
    {
        return {.status = status,
            .headers = {{"Content-Type", "application/json"},
                {"X-Etcd-Cluster-Id", voice.cluster_id}},
            .body = std::move(body)};
    }

    static http::Response leader(Voice const& voice)
    {
        return voice.leader ? reply(200, voice, json(*voice.leader))
                            : reply(503, voice, R"({"message":"During election"})");
    }

    static http::Response members(Voice const& voice)
    {
        auto list = std::string{};
        for (auto const& each : voice.members) { list += (list.empty() ? "" : ",") + json(each); }
        return reply(200, voice, R"({"members":[)" + list + "]}");
    }

    std::shared_ptr<State> state_ = std::make_shared<State>();
};

static_assert(transport<MemberWorld>);

}  // namespace etcdpp::tests

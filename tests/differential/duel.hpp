// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The same requests to a real member and to a simulated one, and what they answer differently.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/sim/cluster.hpp"
#include "etcdpp/transport/poco.hpp"
#include "tests/differential/normal_form.hpp"
#include "tests/differential/request_source.hpp"
#include "tests/support/etcd_cluster.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <list>
#include <map>
#include <optional>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {

struct Difference {
    std::string request = {};
    std::string real = {};
    std::string simulated = {};
};

struct Tallies {
    std::array<std::uint64_t, asks_names.size()> requests = {};
    std::map<int, std::uint64_t> statuses = {};
    std::uint64_t events = 0;  //!< of watches
};

//! Both begin as young clusters of one member, and count the same indices from then on.
class Duel {
public:
    explicit Duel(std::uint64_t seed) : source_{seed}, simulated_{1, seed} {}

    Tallies const& tallies() const noexcept { return tallies_; }

    //! One request to both; what differs, if something does.
    std::optional<Difference> turn()
    {
        auto const drawn = source_.next(index_);
        ++tallies_.requests[static_cast<std::size_t>(drawn.kind)];
        if (drawn.kind == Asks::past || drawn.kind == Asks::watch || drawn.kind == Asks::stream) {
            return open_watch(drawn.request);
        }
        auto difference = compare(drawn.request);
        if (!difference && drawn.kind == Asks::expire && status_ < 300) {
            difference = expire(drawn.request);
        }
        return difference ? difference : compare_watches();
    }

    //! The same without what the real member does more often than it is asked to: it is asked again
    //! until a key has expired, and asks itself where users and roles change.
    std::optional<Difference> plain_turn()
    {
        auto drawn = source_.next(index_);
        while (
            drawn.kind == Asks::expire || drawn.kind == Asks::auth || drawn.kind == Asks::other) {
            drawn = source_.next(index_);
        }
        auto const waits = drawn.kind == Asks::past || drawn.kind == Asks::watch
            || drawn.kind == Asks::stream;
        return waits ? open_watch(drawn.request) : compare(drawn.request);
    }

    //! How often what was asked of both stores since their statistics were asked for last.
    std::optional<Difference> compare_statistics()
    {
        auto const request = http::Request{.target = "/v2/stats/store"};
        auto const real = counters_in(real_.send(at_, request, patient).value().body);
        auto const simulated = counters_in(
            simulated_.transport().send(simulated_.endpoint(0), request, patient).value().body);
        auto growth = Difference{.request = "growth of " + request.target};
        for (auto const& [name, count] : real) {
            growth.real += name + ' ' + std::to_string(count - real_counters_[name]) + '\n';
        }
        for (auto const& [name, count] : simulated) {
            growth.simulated += name + ' ' + std::to_string(count - simulated_counters_[name])
                + '\n';
        }
        real_counters_ = real;
        simulated_counters_ = simulated;
        return growth.real == growth.simulated ? std::nullopt : std::optional{growth};
    }

    //! What watches have been told, and what they have not.
    std::optional<Difference> finish()
    {
        auto difference = compare_watches();
        for (auto& each : watches_) {
            auto const before = each.real.response().body.size();
            auto const ended = has_ended(each.real);
            if (!difference && (ended || each.real.response().body.size() != before)) {
                difference = {each.request, each.real.response().body, "nothing, or less"};
            }
        }
        return difference;
    }

private:
    using Real = PocoTransport::Exchange;
    using Simulated = sim::Exchange;

    struct WatchPair {
        std::string request;
        Real real;
        Simulated simulated;
        bool has_ended = false;
    };

    using Counters = std::map<std::string, long>;

    //! `"name":number`, but for the watchers of just now.
    static Counters counters_in(std::string const& text)
    {
        auto counters = Counters{};
        for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at)) {
            auto const end = text.find('"', at + 1);
            auto const name = text.substr(at + 1, end - at - 1);
            if (name != "watchers") { counters[name] = std::strtol(&text[end + 2], nullptr, 10); }
            at = end + 1;
        }
        return counters;
    }

    static bool is_unsorted(http::Request const& request)
    {
        return request.method == http::Method::get
            && request.target.find("sorted=true") == std::string::npos;
    }

    static std::string printed(http::Request const& request)
    {
        return (std::ostringstream{} << request).str();
    }

    //! Both may refuse to speak.
    static std::string form(Result<http::Response> const& reply, bool unsorted)
    {
        return reply ? normal_form(*reply, unsorted) : "no reply";
    }

    std::optional<Difference> compare(http::Request const& request)
    {
        auto const real = real_.send(at_, request, patient);
        auto const simulated = simulated_.transport().send(
            simulated_.endpoint(0), request, patient);
        simulated_.sleep_for(std::chrono::microseconds{500});
        if (simulated) {
            status_ = simulated->status;
            ++tallies_.statuses[status_];
            remember_index(*simulated);
        }
        auto const unsorted = is_unsorted(request);
        auto difference = Difference{
            printed(request), form(real, unsorted), form(simulated, unsorted)};
        if (difference.real == difference.simulated) { return std::nullopt; }
        return difference;
    }

    void remember_index(http::Response const& response)
    {
        auto const text = response.headers.find("X-Etcd-Index").value_or("0");
        auto index = std::uint64_t{0};
        std::from_chars(text.data(), text.data() + text.size(), index);
        index_ = std::max(index_, index);
    }

    //! Waits until the key is gone at both, if it was written.
    std::optional<Difference> expire(http::Request const& request)
    {
        auto const look = http::Request{.target = request.target};
        auto const gone = [](Result<http::Response> const& reply) {
            return reply && (reply->status == 404 || reply->body.find("ttl") == std::string::npos)
                && reply->body.find("expiration") == std::string::npos;
        };
        for (auto tries = 0; tries != 500 && !gone(real_.send(at_, look, patient)); ++tries) {
            pause();
        }
        simulated_.sleep_for(std::chrono::seconds{3});
        return compare(look);
    }

    std::optional<Difference> open_watch(http::Request const& request)
    {
        auto real = real_.start(at_, request, patient);
        auto simulated = simulated_.transport().start(simulated_.endpoint(0), request, patient);
        if (!real || !simulated) { return Difference{printed(request), "not begun", "not begun"}; }
        watches_.push_back({printed(request), *std::move(real), *std::move(simulated)});
        auto& pair = watches_.back();
        simulated_.sleep_for(std::chrono::milliseconds{1});
        await(pair.real, [](http::Response const& response) { return response.status != 0; });
        drain(pair);
        auto const head = normal_form(
            http::Response{pair.real.response().status, pair.real.response().headers, {}}, false);
        auto const other = normal_form(
            http::Response{pair.simulated.response().status, pair.simulated.response().headers, {}},
            false);
        if (watches_.size() > 40) { watches_.pop_front(); }
        if (head != other) { return Difference{printed(request), head, other}; }
        return compare_watches();
    }

    //! What the simulated member has told by now, the real one tells soon.
    std::optional<Difference> compare_watches()
    {
        for (auto each = watches_.begin(); each != watches_.end();) {
            drain(*each);
            auto const expected = normal_body(each->simulated.response().body, false);
            await(each->real, [&](http::Response const& response) {
                return normal_body(response.body, false).size() >= expected.size();
            });
            auto const heard = normal_body(each->real.response().body, false);
            if (expected != heard) { return Difference{each->request, heard, expected}; }
            if (each->has_ended) {
                ++tallies_.events;
                each = watches_.erase(each);
            } else {
                ++each;
            }
        }
        return std::nullopt;
    }

    static void drain(WatchPair& pair)
    {
        while (!pair.has_ended) {
            auto const progress = pair.simulated.advance();
            if (progress && *progress == Progress::more) { return; }
            pair.has_ended = !progress || *progress == Progress::end;
        }
    }

    template <class Enough>
    void await(Real& exchange, Enough enough)
    {
        auto const by = Deadline::after(Clock::now(), std::chrono::seconds{5});
        while (!has_ended(exchange) && !enough(exchange.response())) {
            auto* const only = &exchange;
            if (real_.wait(std::span{&only, 1}, by, {}).kind != Ready::Kind::exchange) { return; }
        }
    }

    //! Takes what is there.
    static bool has_ended(Real& exchange)
    {
        for (;;) {
            auto const progress = exchange.advance();
            if (!progress || *progress == Progress::end) { return true; }
            if (*progress == Progress::more) { return false; }
        }
    }

    //! Lets the real member's clock go on.
    void pause()
    {
        real_.wait({}, Deadline::after(Clock::now(), std::chrono::milliseconds{20}), {});
    }

    static inline auto const patient = Limits{
        .connect = std::chrono::seconds{10}, .silence = std::chrono::seconds{10}};

    RequestSource source_;
    EtcdCluster etcd_{1};
    Endpoint at_ = Endpoint::parse(etcd_.url(0)).value();
    PocoTransport real_;
    sim::Cluster simulated_;
    std::list<WatchPair> watches_;
    Tallies tallies_;
    Counters real_counters_;
    Counters simulated_counters_;
    std::uint64_t index_ = 3;
    int status_ = 0;  //!< of the last reply
};

}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Real etcd clusters for tests: started in a second, killed, frozen and brought back at will.

#include "tests/support/child_process.hpp"
#include "tests/support/etcd_text.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/witness.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include <unistd.h>

namespace etcdpp::tests {

//! PEM files for the members' client side. The certificate must name the address 127.0.0.1.
struct TlsFiles {
    std::filesystem::path ca = {};  //!< Given to the members only if client_cert_auth.
    std::filesystem::path cert;
    std::filesystem::path key;
    bool client_cert_auth = false;  //!< Members then ask for a certificate signed by `ca`.
};

struct EtcdOptions {
    std::size_t members = 3;
    bool enable_v2 = true;
    std::optional<TlsFiles> tls = std::nullopt;
    std::vector<std::string> extra_arguments = {};  //!< For every member, after all others.
    std::chrono::milliseconds heartbeat_interval{100};
    std::chrono::milliseconds election_timeout{1000};
    std::chrono::milliseconds start_limit{30'000};
    std::string program = "etcd";  //!< Searched in PATH unless it contains a slash.
};

//! A cluster of real etcd members on loopback, gone when the object is.
//!
//! Members are numbered from 0. Everything ends with the owner: the destructor kills and reaps the
//! members and removes their data; should the owner die without it, the system kills the members
//! (see Launcher) and the next cluster removes the data (see TemporaryFolder).
//!
//! All member functions may be called from several threads at once. None can be cancelled; each
//! that waits has a limit. Failures are exceptions with the members' last words in them, because
//! a test that overlooks one would prove nothing. Facts about etcd: 3.4.23.
class EtcdCluster {
public:
    using Time = std::chrono::milliseconds;

    //! @throws std::runtime_error if etcd is not installed or the cluster does not come up.
    explicit EtcdCluster(std::size_t members) : EtcdCluster{EtcdOptions{.members = members}} {}

    explicit EtcdCluster(EtcdOptions options)
        : options_{std::move(options)}, program_{find_program(options_.program)}
    {
        if (options_.members == 0) {
            throw std::invalid_argument{"a cluster has at least one member"};
        }
        start();
    }

    ~EtcdCluster() = default;

    EtcdCluster(EtcdCluster const&) = delete;
    EtcdCluster& operator=(EtcdCluster const&) = delete;

    std::size_t size() const noexcept { return members_.size(); }

    //! Where member `i` serves its clients, as in "http://127.0.0.1:40123". Never changes.
    std::string url(std::size_t i) const { return url_of(members_.at(i).client.number()); }

    //! Of all members, also of those that ended.
    std::vector<std::string> urls() const
    {
        auto result = std::vector<std::string>{};
        for (auto const& member : members_) { result.push_back(url_of(member.client.number())); }
        return result;
    }

    //! The same, separated by commas.
    std::string url_list() const
    {
        auto result = std::string{};
        for (auto const& url : urls()) { result += (result.empty() ? "" : ",") + url; }
        return result;
    }

    //! An independent way to ask member `i`. Also with TLS: members then have one plain port more,
    //! for the witness alone, which they do not advertise.
    Witness witness(std::size_t i) const { return Witness{members_.at(i).witness_port()}; }

    //! SIGKILL. Returns when the process is gone and its port refuses connections.
    void kill(std::size_t i)
    {
        act(i, [](ChildProcess& process) { process.kill(); });
    }

    //! SIGSTOP: the member still accepts connections (the system does it) but says nothing.
    void stop(std::size_t i)
    {
        act(i, [](ChildProcess& process) { process.stop(); });
    }

    //! SIGCONT. Requests that waited in the member's sockets are carried out now.
    void cont(std::size_t i)
    {
        act(i, [](ChildProcess& process) { process.cont(); });
    }

    //! SIGTERM, also for a frozen member: it hands its leadership over and ends.
    void terminate(std::size_t i, Time within = Time{15'000})
    {
        act(i, [](ChildProcess& process) { process.ask_to_end(); });
        wait_until_ended(i, within);
    }

    //! Starts member `i` again with the same ports and data, terminating it first if it is alive.
    //! Returns when it listens. It may still lack a leader: see wait_healthy().
    void restart(std::size_t i)
    {
        require_membership(i);
        terminate(i);
        launch(i);
        wait_until_listening(i, options_.start_limit);
    }

    //! Removes member `i` from the cluster through the v2 API of another one. The removed process
    //! ends by itself soon afterwards: see wait_until_ended(). It cannot come back.
    //!
    //! etcd refuses while its members have not been connected for 5 s; this waits for it.
    void remove(std::size_t i, Time within = Time{20'000})
    {
        require_v2("remove");
        auto last = Testimony{};
        auto const removed = becomes_true(
            [&] {
                auto const via = another_than(i);
                auto const members = via.get("/v2/members", Time{2000});
                auto const id = id_of(name(i), members.body);
                last = members;
                if (id) { last = via.remove("/v2/members/" + *id); }
                return last.status == 204 || last.status == 410;  // 410: an earlier try did it.
            },
            within, Time{50});
        if (!removed) {
            fail("cannot remove " + name(i)
                + " from the cluster; the last answer: " + last.describe());
        }
        auto const lock = std::lock_guard{members_.at(i).mutex};
        members_.at(i).removed = true;
    }

    //! Adds a member through the v2 API of another one, and starts it. Returns its number, the
    //! highest, once it listens. No other thread may use the cluster meanwhile.
    //!
    //! etcd refuses while its members have not been connected for 5 s; this waits for it.
    std::size_t add(Time within = Time{20'000})
    {
        require_v2("add");
        auto const added = size();
        auto const via = another_than(added);
        auto& member = members_.emplace_back();
        if (options_.tls) { member.plain.emplace(); }
        auto const peer = "http" + loopback(member.peer.number());
        auto last = Testimony{};
        auto const known = becomes_true(
            [&] {
                last = via.post("/v2/members", R"({"peerURLs":[")" + peer + R"("]})");
                return last.status == 201 || last.status == 409;  // 409: an earlier try did it.
            },
            within, Time{50});
        if (!known) { fail("cannot add " + name(added) + "; the last answer: " + last.describe()); }
        launch(added);
        wait_until_listening(added, options_.start_limit);
        return added;
    }

    //! Alive and not frozen.
    bool running(std::size_t i)
    {
        return act(i, [](ChildProcess& process) { return process.running(); });
    }

    //! Killed, terminated, or ended by itself. A frozen member has not ended.
    bool ended(std::size_t i)
    {
        return act(i, [](ChildProcess& process) { return process.ended(); });
    }

    //! Removed from the cluster by remove(), whether or not its process has ended already.
    bool removed(std::size_t i)
    {
        auto const lock = std::lock_guard{members_.at(i).mutex};
        return members_.at(i).removed;
    }

    pid_t pid(std::size_t i)
    {
        return act(i, [](ChildProcess& process) { return process.pid(); });
    }

    void wait_until_ended(std::size_t i, Time within = Time{15'000})
    {
        if (!becomes_true([&] { return ended(i); }, within)) { fail(name(i) + " is still alive"); }
    }

    //! The leader that all running members name, itself among them, if they are a majority; nothing
    //! during an election, without quorum, or while members still name one that was just killed.
    //! Asks /v2/members/leader: /v2/stats/self can call a follower the leader.
    std::optional<std::size_t> leader()
    {
        require_v2("leader");
        auto votes = std::vector<std::size_t>(size());
        auto voters = std::size_t{0};
        auto electorate = std::size_t{0};
        for (auto i = std::size_t{0}; i < size(); ++i) {
            electorate += removed(i) ? 0U : 1U;
            if (running(i) && !removed(i)) {
                ++voters;
                if (auto const named = leader_according_to(i)) { ++votes[*named]; }
            }
        }
        auto const most = std::max_element(votes.begin(), votes.end());
        auto const elected = static_cast<std::size_t>(most - votes.begin());
        auto const unanimous = *most == voters && 2 * voters > electorate;
        return unanimous && running(elected) ? std::optional{elected} : std::nullopt;
    }

    //! The same, as soon as there is one.
    std::size_t wait_for_leader(Time within = Time{20'000})
    {
        auto found = std::optional<std::size_t>{};
        if (!becomes_true([&] { return (found = leader()).has_value(); }, within)) {
            fail("no leader that all running members agree on");
        }
        return *found;
    }

    //! Returns when every running member has carried a write through the cluster, twice: the
    //! first time proves that all have a leader, the second that each has caught up with the first.
    //!
    //! The write deletes a v3 key that does not exist. It goes through raft like any other and
    //! leaves no trace: no index, no revision and no event. It needs v3 auth to be off.
    void wait_healthy(Time within = Time{20'000})
    {
        auto last = std::string{};
        auto rounds = 0;
        auto const healthy = becomes_true(
            [&] {
                last = first_trouble();
                rounds = last.empty() ? rounds + 1 : 0;
                return rounds == 2;
            },
            within);
        if (!healthy) { fail("the cluster is not healthy: " + last); }
    }

    //! Continues frozen members, restarts ended ones and waits until the cluster is healthy.
    //! @throws std::logic_error if a member was removed: nothing heals that.
    void heal(Time within = Time{20'000})
    {
        for (auto i = std::size_t{0}; i < size(); ++i) {
            require_membership(i);
            cont(i);
            if (ended(i)) { restart(i); }
        }
        wait_healthy(within);
    }

    //! Removes every v2 key that can be listed, and the hidden top-level ones that are named, as in
    //! {"/_config"}: etcd never lists a key with a component that starts with '_', so nobody else
    //! can know them. Indices go on from where they were, and the v3 store is left alone.
    void wipe(std::vector<std::string> const& hidden = {})
    {
        require_v2("wipe");
        auto const via = another_than(size());
        auto keys = top_level_keys(via);
        keys.insert(keys.end(), hidden.begin(), hidden.end());
        for (auto const& key : keys) {
            auto const reply = via.remove("/v2/keys" + escaped(key) + "?recursive=true");
            if (reply.status != 200 && reply.status != 404) {
                fail("cannot remove " + key + ": " + reply.describe());
            }
        }
        if (auto const left = top_level_keys(via); !left.empty()) {
            fail("cannot remove " + left.front() + ": its name is not UTF-8, or somebody writes");
        }
    }

    //! Everything member `i` has written to its log since the cluster was started.
    std::string log(std::size_t i) const
    {
        auto text = std::ostringstream{};
        text << std::ifstream{log_file(i)}.rdbuf();
        return text.str();
    }

    //! The folder that holds the members' data and logs.
    std::filesystem::path const& folder() const { return folder_->path(); }

private:
    struct Member {
        FreePort client;
        FreePort peer;
        std::optional<FreePort> plain;  //!< With TLS only.
        std::mutex mutex;               //!< Guards what follows.
        std::optional<ChildProcess> process;
        bool removed = false;

        std::uint16_t witness_port() const { return plain ? plain->number() : client.number(); }
    };

    //! A member could not listen. Hardly possible while FreePort holds the numbers, but cheap.
    struct PortTaken : std::runtime_error {
        using std::runtime_error::runtime_error;
    };

    // etcd 3.4 allocates two files of 64 MB per member in advance.
    static constexpr auto bytes_per_member = std::uintmax_t{160} << 20U;

    static std::string name(std::size_t i) { return "member-" + std::to_string(i); }

    static std::string loopback(std::uint16_t port)
    {
        return "://127.0.0.1:" + std::to_string(port);
    }

    std::string url_of(std::uint16_t port) const
    {
        return (options_.tls ? "https" : "http") + loopback(port);
    }

    std::filesystem::path log_file(std::size_t i) const { return folder() / (name(i) + ".log"); }

    static std::string find_program(std::string const& program)
    {
        auto candidates = std::vector<std::filesystem::path>{};
        if (program.find('/') != std::string::npos) {
            candidates.emplace_back(program);
        } else if (auto const* const path = std::getenv("PATH"); path != nullptr) {
            auto folders = std::istringstream{path};
            for (auto folder = std::string{}; std::getline(folders, folder, ':');) {
                candidates.push_back(std::filesystem::path{folder} / program);
            }
        }
        for (auto const& candidate : candidates) {
            auto problem = std::error_code{};
            if (std::filesystem::is_regular_file(candidate, problem)
                && ::access(candidate.c_str(), X_OK) == 0) {
                return candidate.string();
            }
        }
        throw std::runtime_error{program
            + " is not installed: apt-get install etcd-server, "
              "or run scripts/test"};
    }

    void start()
    {
        constexpr auto attempts = 3;
        for (auto attempt = 1;; ++attempt) {
            try {
                start_once();
                return;
            } catch (PortTaken const& taken) {
                if (attempt == attempts) { throw; }
                std::cerr << "trying again with other ports: " << taken.what() << '\n';
            }
        }
    }

    void start_once()
    {
        members_.clear();
        folder_.emplace(bytes_per_member * options_.members);
        for (auto i = std::size_t{0}; i < options_.members; ++i) {
            auto& member = members_.emplace_back();
            if (options_.tls) { member.plain.emplace(); }
        }
        for (auto i = std::size_t{0}; i < size(); ++i) { launch(i); }
        for (auto i = std::size_t{0}; i < size(); ++i) {
            wait_until_listening(i, options_.start_limit);
        }
        wait_healthy(options_.start_limit);
        for (auto i = std::size_t{0}; i < size(); ++i) {
            if (!running(i)) { fail(name(i) + " ended soon after its start"); }
        }
    }

    void launch(std::size_t i)
    {
        auto const command = Command{arguments(i), environment(), log_file(i)};
        auto& member = members_.at(i);
        auto const lock = std::lock_guard{member.mutex};
        member.process.emplace(launcher_, command);
    }

    std::vector<std::string> arguments(std::size_t i)
    {
        auto const& member = members_.at(i);
        auto const client = url_of(member.client.number());
        auto const peer = "http" + loopback(member.peer.number());
        auto all_peers = std::string{};
        for (auto other = std::size_t{0}; other < size(); ++other) {
            if (removed(other)) { continue; }
            all_peers += (all_peers.empty() ? "" : ",") + name(other) + "=http"
                + loopback(members_.at(other).peer.number());
        }
        auto const state = i < options_.members ? "new" : "existing";
        auto const witness = member.plain ? ",http" + loopback(member.plain->number()) : "";
        auto result = std::vector<std::string>{
            program_,
            "--name=" + name(i),
            "--data-dir=" + (folder() / name(i)).string(),
            "--listen-client-urls=" + client + witness,
            "--advertise-client-urls=" + client,
            "--listen-peer-urls=" + peer,
            "--initial-advertise-peer-urls=" + peer,
            "--initial-cluster=" + all_peers,
            std::string{"--initial-cluster-state="} + state,
            "--initial-cluster-token=" + folder().filename().string(),
            "--heartbeat-interval=" + std::to_string(options_.heartbeat_interval.count()),
            "--election-timeout=" + std::to_string(options_.election_timeout.count()),
            "--logger=zap",
            "--log-outputs=stderr",
            std::string{"--enable-v2="} + (options_.enable_v2 ? "true" : "false"),
        };
        for (auto const& more : {tls_arguments(), options_.extra_arguments}) {
            result.insert(result.end(), more.begin(), more.end());
        }
        return result;
    }

    std::vector<std::string> tls_arguments() const
    {
        if (!options_.tls) { return {}; }
        auto result = std::vector<std::string>{
            "--cert-file=" + options_.tls->cert.string(),
            "--key-file=" + options_.tls->key.string(),
        };
        if (options_.tls->client_cert_auth) {  // A trusted CA alone asks for one as well.
            result.emplace_back("--client-cert-auth");
            result.push_back("--trusted-ca-file=" + options_.tls->ca.string());
        }
        return result;
    }

    //! Ours without ETCD_…: etcd refuses to start if a variable contradicts an argument. The one
    //! exception has no argument, and etcd 3.4 does not run on ARM without it.
    static std::vector<std::string> environment()
    {
        auto result = std::vector<std::string>{};
        for (auto const* const* variable = ::environ; *variable != nullptr; ++variable) {
            auto const text = std::string_view{*variable};
            if (!text.starts_with("ETCD_") || text.starts_with("ETCD_UNSUPPORTED_ARCH=")) {
                result.emplace_back(text);
            }
        }
        return result;
    }

    void wait_until_listening(std::size_t i, Time within)
    {
        auto const listening = becomes_true(
            [&] {
                if (ended(i)) {
                    auto const text = last_words(i);
                    if (text.find("address already in use") != std::string::npos) {
                        throw PortTaken{name(i) + " ended: " + text};
                    }
                    fail(name(i) + " ended at its start");
                }
                return witness(i).accepts();
            },
            within);
        if (!listening) { fail(name(i) + " does not listen"); }
    }

    //! What keeps the cluster from being healthy; empty if nothing does.
    std::string first_trouble()
    {
        auto any = false;
        for (auto i = std::size_t{0}; i < size(); ++i) {
            if (!running(i)) { continue; }
            any = true;
            constexpr auto nobody_has_this_key = R"({"key":"AGV0Y2RwcC10ZXN0cw=="})";
            auto const reply = witness(i).post(
                "/v3/kv/deleterange", nobody_has_this_key, Time{1000});
            if (reply.status != 200) { return name(i) + ": " + reply.describe(); }
        }
        return any ? "" : "no member is running";
    }

    std::optional<std::size_t> leader_according_to(std::size_t i) const
    {
        auto const reply = witness(i).get("/v2/members/leader", Time{1000});
        for (auto named = std::size_t{0}; reply.status == 200 && named < size(); ++named) {
            if (reply.body.find("\"name\":\"" + name(named) + "\"") != std::string::npos) {
                return named;
            }
        }
        return std::nullopt;
    }

    //! A running member other than `i`.
    Witness another_than(std::size_t i)
    {
        for (auto other = std::size_t{0}; other < size(); ++other) {
            if (other != i && running(other)) { return witness(other); }
        }
        fail("no other member is running");
    }

    //! In {"members":[{"id":"8211f1d0f64f3269","name":"member-0",…},…]}.
    static std::optional<std::string> id_of(std::string const& name, std::string const& members)
    {
        constexpr auto label = std::string_view{"\"id\":\""};
        auto const at = members.find("\"name\":\"" + name + "\"");
        auto const id = at == std::string::npos ? at : members.rfind(label, at);
        if (id == std::string::npos) { return std::nullopt; }
        auto const begin = id + label.size();
        return members.substr(begin, members.find('"', begin) - begin);
    }

    //! Inside a JSON string quotes are escaped, so `"key":"` can only be the real thing.
    std::vector<std::string> top_level_keys(Witness const& via) const
    {
        constexpr auto label = std::string_view{"\"key\":\""};
        auto const reply = via.get("/v2/keys/?quorum=true");
        if (reply.status != 200) { fail("cannot list the keys: " + reply.describe()); }
        auto keys = std::vector<std::string>{};
        for (auto at = reply.body.find(label); at != std::string::npos;
            at = reply.body.find(label, at)) {
            at += label.size();
            keys.push_back(json_string(std::string_view{reply.body}.substr(at)));
        }
        return keys;
    }

    template <class Action>
    std::invoke_result_t<Action, ChildProcess&> act(std::size_t i, Action action)
    {
        auto& member = members_.at(i);
        auto const lock = std::lock_guard{member.mutex};
        return action(member.process.value());
    }

    void require_membership(std::size_t i)
    {
        if (removed(i)) {
            throw std::logic_error{name(i) + " was removed: etcd does not take it back"};
        }
    }

    void require_v2(std::string const& what) const
    {
        if (!options_.enable_v2) {
            throw std::logic_error{"EtcdCluster::" + what + " needs EtcdOptions::enable_v2"};
        }
    }

    std::string last_words(std::size_t i) const
    {
        constexpr auto enough = std::size_t{2000};
        auto const text = log(i);
        return text.size() <= enough ? text : "…" + text.substr(text.size() - enough);
    }

    [[noreturn]] void fail(std::string message) const
    {
        for (auto i = std::size_t{0}; i < size(); ++i) {
            message += "\n--- the last words of " + name(i) + ":\n" + last_words(i);
        }
        throw std::runtime_error{message};
    }

    EtcdOptions options_;
    std::string program_;
    Launcher launcher_;
    std::optional<TemporaryFolder> folder_;
    std::deque<Member> members_;  //!< Last, so that they end before their data and their parent.
};

}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0

//! @file
//! The clusters that tests rely on do what tests believe of them.

#include "tests/support/shared_cluster.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using Outcome = Testimony::Outcome;

//! A process number is free again once the process has been reaped.
bool exists(pid_t process)
{
    return ::kill(process, 0) == 0;
}

std::vector<pid_t> pids(EtcdCluster& cluster)
{
    auto result = std::vector<pid_t>{};
    for (auto i = std::size_t{0}; i < cluster.size(); ++i) { result.push_back(cluster.pid(i)); }
    return result;
}

//! What the header of this name says, as in "X-Etcd-Index: 12".
std::string header(Testimony const& reply, std::string const& name)
{
    auto const at = reply.head.find(name + ": ");
    return at == std::string::npos ? "" : reply.head.substr(at, reply.head.find("\r\n", at) - at);
}

TEST(EtcdCluster, of_three_elects_one_leader)
{
    auto& cluster = SharedCluster<3>::fresh();

    auto const leader = cluster.wait_for_leader();

    ASSERT_LT(leader, 3U);
    for (auto i = std::size_t{0}; i < cluster.size(); ++i) {
        auto const named = cluster.witness(i).get("/v2/members/leader");
        EXPECT_NE(named.body.find(cluster.url(leader)), std::string::npos) << named.describe();
    }
}

TEST(EtcdCluster, gives_each_member_an_address_of_its_own)
{
    auto& cluster = SharedCluster<3>::fresh();

    auto const urls = cluster.urls();

    EXPECT_EQ((std::set<std::string>{urls.begin(), urls.end()}.size()), 3U);
    EXPECT_EQ(cluster.url_list(), urls[0] + "," + urls[1] + "," + urls[2]);
    EXPECT_TRUE(urls[0].starts_with("http://127.0.0.1:"));
}

TEST(EtcdCluster, shows_a_write_to_one_member_through_another)
{
    auto& cluster = SharedCluster<3>::fresh();

    auto const written = cluster.witness(0).put("/v2/keys/app/mode", "value=blue");
    auto const read = cluster.witness(2).get("/v2/keys/app/mode?quorum=true");

    EXPECT_EQ(written.status, 201) << written.describe();
    EXPECT_EQ(read.status, 200) << read.describe();
    EXPECT_NE(read.body.find(R"("value":"blue")"), std::string::npos) << read.body;
}

TEST(EtcdCluster, refuses_on_a_killed_member_until_it_is_restarted_with_its_data)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto const killed = cluster.wait_for_leader();
    cluster.witness(killed).put("/v2/keys/app/mode", "value=blue");

    cluster.kill(killed);

    EXPECT_TRUE(cluster.ended(killed));
    EXPECT_EQ(cluster.witness(killed).get("/version").outcome, Outcome::refused);
    EXPECT_NE(cluster.wait_for_leader(), killed);
    cluster.restart(killed);
    cluster.wait_healthy();
    EXPECT_TRUE(cluster.running(killed));
    EXPECT_EQ(cluster.witness(killed).get("/v2/keys/app/mode").status, 200);
}

TEST(EtcdCluster, survives_the_death_of_the_thread_that_restarted_a_member)
{
    auto& cluster = SharedCluster<3>::fresh();

    std::thread{[&] { cluster.restart(1); }}.join();
    cluster.wait_healthy();

    EXPECT_TRUE(cluster.running(1));
}

TEST(EtcdCluster, freezes_a_member_that_accepts_and_says_nothing_until_it_continues)
{
    auto& cluster = SharedCluster<3>::fresh();

    cluster.stop(1);

    EXPECT_FALSE(cluster.running(1));
    EXPECT_FALSE(cluster.ended(1));
    EXPECT_TRUE(cluster.witness(1).accepts());
    EXPECT_EQ(cluster.witness(1).get("/version", 200ms).outcome, Outcome::silent);
    cluster.cont(1);
    EXPECT_TRUE(cluster.running(1));
    EXPECT_EQ(cluster.witness(1).get("/version").status, 200);
}

TEST(EtcdCluster, ends_a_frozen_member_that_is_terminated)
{
    auto& cluster = SharedCluster<3>::fresh();
    cluster.stop(2);

    cluster.terminate(2);

    EXPECT_TRUE(cluster.ended(2));
    EXPECT_NE(cluster.log(2).find("terminated"), std::string::npos);
}

TEST(EtcdCluster, sees_the_process_of_a_removed_member_end)
{
    // Without the check etcd removes at once; the shared cluster's remove() below waits for it.
    auto cluster = EtcdCluster{EtcdOptions{.extra_arguments = {"--strict-reconfig-check=false"}}};

    cluster.remove(0);
    cluster.wait_until_ended(0);

    EXPECT_TRUE(cluster.removed(0));
    EXPECT_EQ(cluster.witness(0).get("/version").outcome, Outcome::refused);
    EXPECT_EQ(cluster.witness(1).get("/v2/members").body.find("member-0"), std::string::npos);
    EXPECT_NE(cluster.wait_for_leader(), 0U);
    cluster.wait_healthy();
    EXPECT_THROW(cluster.restart(0), std::logic_error);
}

TEST(EtcdCluster, grows_by_a_member_that_sees_what_was_there)
{
    auto cluster = EtcdCluster{
        EtcdOptions{.members = 1, .extra_arguments = {"--strict-reconfig-check=false"}}};
    ASSERT_EQ(cluster.witness(0).put("/v2/keys/app/mode", "value=blue").status, 201);

    auto const added = cluster.add();
    cluster.wait_healthy();

    EXPECT_EQ(added, 1U);
    EXPECT_EQ(cluster.size(), 2U);
    EXPECT_EQ(cluster.witness(1).get("/v2/keys/app/mode").status, 200);
    cluster.restart(1);
    cluster.wait_healthy();
}

TEST(EtcdCluster, names_no_leader_without_quorum)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto const leader = cluster.wait_for_leader();

    cluster.kill((leader + 1) % 3);
    EXPECT_EQ(cluster.leader(), leader);
    cluster.kill((leader + 2) % 3);

    EXPECT_EQ(cluster.leader(), std::nullopt);
    EXPECT_THROW(cluster.wait_healthy(1500ms), std::runtime_error);
}

TEST(EtcdCluster, heals_after_all_members_died)
{
    auto& cluster = SharedCluster<3>::fresh();
    for (auto i = std::size_t{0}; i < cluster.size(); ++i) { cluster.kill(i); }

    cluster.heal();

    EXPECT_LT(cluster.wait_for_leader(), 3U);
}

TEST(EtcdCluster, wipes_every_listed_key_and_the_hidden_ones_it_is_told_of)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto const member = cluster.witness(0);
    // A space, a quote, a less-than sign, a new line, é, 漢, 😀, a question mark, a percent sign.
    auto const strange = "/v2/keys/a%20b%22%3C%0A%C3%A9%E6%BC%A2%F0%9F%98%80%3F%25/deep";
    ASSERT_EQ(member.put(strange, "value=x%22key%22:%22y").status, 201);
    ASSERT_EQ(member.put("/v2/keys/app/mode", "value=blue").status, 201);
    ASSERT_EQ(member.put("/v2/keys/_config/mode", "value=blue").status, 201);

    cluster.wipe({"/_config"});

    EXPECT_EQ(member.get(strange).status, 404);
    EXPECT_EQ(member.get("/v2/keys/app/mode").status, 404);
    EXPECT_EQ(member.get("/v2/keys/_config/mode").status, 404);
    EXPECT_EQ(member.get("/v2/keys/").body.find("nodes"), std::string::npos);
}

TEST(EtcdCluster, leaves_no_trace_when_it_checks_its_health)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto const before = cluster.witness(0).get("/v2/keys/");
    auto const range = R"({"key":"AA==","range_end":"AA==","count_only":true})";
    auto const revision = [&] {
        auto const body = cluster.witness(0).post("/v3/kv/range", range).body;
        auto const at = body.find("\"revision\":");
        return body.substr(at, body.find(',', at) - at);
    };
    auto const revision_before = revision();

    cluster.wait_healthy();

    auto const after = cluster.witness(0).get("/v2/keys/");
    EXPECT_EQ(header(after, "X-Etcd-Index"), header(before, "X-Etcd-Index"));
    EXPECT_NE(header(after, "X-Raft-Index"), header(before, "X-Raft-Index"));
    EXPECT_TRUE(revision_before.starts_with("\"revision\":\""));
    EXPECT_EQ(revision(), revision_before);
}

TEST(EtcdCluster, reports_a_large_reply_whole)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto const large = std::string(1 << 20, 'x');
    ASSERT_EQ(cluster.witness(0).put("/v2/keys/app/picture", "value=" + large).status, 201);

    auto const read = cluster.witness(0).get("/v2/keys/app/picture");

    EXPECT_EQ(read.outcome, Outcome::answered);
    EXPECT_NE(read.body.find(large), std::string::npos);
    EXPECT_TRUE(read.body.ends_with("}\n"));
}

TEST(EtcdCluster, can_be_used_from_many_threads_while_members_die)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto writers = std::vector<std::thread>{};
    auto done = std::atomic<bool>{false};
    auto acknowledged = std::atomic<int>{0};
    for (auto i = std::size_t{0}; i < 4; ++i) {
        writers.emplace_back([&, i] {
            while (!done) {
                auto const key = "/v2/keys/writer/" + std::to_string(i);
                auto const reply = cluster.witness(i % 3).put(key, "value=on", 500ms);
                acknowledged += reply.status == 200 || reply.status == 201 ? 1 : 0;
                cluster.running(i % 3);
            }
        });
    }

    for (auto const i : {0U, 1U, 2U}) {
        cluster.kill(i);
        cluster.restart(i);
        cluster.wait_healthy();
    }
    done = true;
    std::for_each(writers.begin(), writers.end(), [](std::thread& writer) { writer.join(); });

    EXPECT_GT(acknowledged, 0);
}

TEST(EtcdCluster, is_replaced_when_shared_and_a_member_was_removed)
{
    auto& cluster = SharedCluster<3>::fresh();
    cluster.remove(0);

    auto& replaced = SharedCluster<3>::fresh();

    EXPECT_TRUE(replaced.running(0));
    EXPECT_FALSE(replaced.removed(0));
}

TEST(EtcdCluster, leaves_nothing_behind)
{
    auto members = std::vector<pid_t>{};
    auto folder = std::filesystem::path{};
    {
        auto cluster = EtcdCluster{3};
        members = pids(cluster);
        folder = cluster.folder();
        cluster.stop(1);
        EXPECT_TRUE(std::filesystem::exists(folder / "member-1.log"));
    }

    EXPECT_FALSE(std::any_of(members.begin(), members.end(), exists));
    EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST(EtcdCluster, leaves_nothing_behind_when_a_test_throws)
{
    auto members = std::vector<pid_t>{};
    auto folder = std::filesystem::path{};
    try {
        auto cluster = EtcdCluster{1};
        members = pids(cluster);
        folder = cluster.folder();
        throw std::runtime_error{"a broken test"};
    } catch (std::runtime_error const&) {
        EXPECT_FALSE(std::any_of(members.begin(), members.end(), exists));
        EXPECT_FALSE(std::filesystem::exists(folder));
    }
}

//! The program that the next test kills: a cluster whose owner tells its facts and then waits.
TEST(EtcdClusterOwner, DISABLED_waits_to_be_killed)
{
    auto cluster = EtcdCluster{3};
    cluster.stop(1);
    std::cout << "folder " << cluster.folder().string() << '\n';
    for (auto const member : pids(cluster)) { std::cout << "member " << member << '\n'; }
    std::cout << "ready" << std::endl;
    while (true) { ::pause(); }
}

TEST(EtcdCluster, dies_with_an_owner_that_is_killed)
{
    // Members whose owner is gone become our children, so that their end can be waited for.
    ASSERT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    auto launcher = Launcher{};
    auto const notes = TemporaryFolder{};
    auto const output = notes.path() / "output";
    auto owner = ChildProcess{launcher,
        Command{
            .arguments = {std::filesystem::read_symlink("/proc/self/exe").string(),
                "--gtest_filter=*.DISABLED_waits_to_be_killed", "--gtest_also_run_disabled_tests"},
            .environment = {std::string{"PATH="} + std::getenv("PATH"),
                "TMPDIR=" + notes.path().parent_path().string()},
            .output = output}};
    auto members = std::vector<pid_t>{};
    auto folder = std::filesystem::path{};
    ASSERT_TRUE(becomes_true(
        [&] {
            members.clear();
            auto text = std::ifstream{output};
            auto word = std::string{};
            while (text >> word && word != "ready") {
                if (word == "member") {
                    text >> members.emplace_back();
                } else if (word == "folder") {
                    text >> word;
                    folder = word;
                }
            }
            return word == "ready";
        },
        60s));
    ASSERT_EQ(members.size(), 3U);
    ASSERT_TRUE(std::all_of(members.begin(), members.end(), exists));

    owner.kill();

    for (auto const member : members) {
        auto status = 0;
        if (!becomes_true([&] { return ::waitpid(member, &status, WNOHANG) == member; }, 10s)) {
            ADD_FAILURE() << "a member outlives its owner";
            ::kill(member, SIGKILL);
            ::waitpid(member, &status, 0);
        }
        EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    }
    EXPECT_TRUE(std::filesystem::exists(folder));
    auto const next = TemporaryFolder{};
    EXPECT_FALSE(std::filesystem::exists(folder)) << "the next folder removes what was abandoned";
    EXPECT_EQ(::prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

TEST(EtcdCluster, says_what_to_do_when_etcd_is_not_installed)
{
    try {
        auto const cluster = EtcdCluster{EtcdOptions{.program = "/no/such/etcd"}};
        FAIL() << "started without etcd";
    } catch (std::runtime_error const& problem) {
        EXPECT_STREQ(problem.what(),
            "/no/such/etcd is not installed: apt-get install etcd-server, "
            "or run scripts/test");
    }
}

TEST(EtcdCluster, shows_what_etcd_said_when_it_does_not_start)
{
    try {
        auto const cluster = EtcdCluster{EtcdOptions{.members = 1, .extra_arguments = {"--wrong"}}};
        FAIL() << "started with a wrong argument";
    } catch (std::runtime_error const& problem) {
        EXPECT_NE(std::string{problem.what()}.find("-wrong"), std::string::npos) << problem.what();
    }
}

TEST(EtcdCluster, tries_other_ports_a_few_times_and_says_so)
{
    auto const taken = SharedCluster<3>::get().url(0);
    testing::internal::CaptureStderr();

    EXPECT_THROW((EtcdCluster{EtcdOptions{
                     .members = 1, .extra_arguments = {"--listen-client-urls=" + taken}}}),
        std::runtime_error);

    auto const said = testing::internal::GetCapturedStderr();
    auto const first = said.find("trying again with other ports");
    EXPECT_NE(first, std::string::npos) << said;
    EXPECT_NE(said.find("trying again with other ports", first + 1), std::string::npos) << said;
    EXPECT_NE(said.find("address already in use"), std::string::npos) << said;
}

TEST(EtcdCluster, runs_without_the_v2_api)
{
    auto cluster = EtcdCluster{EtcdOptions{.members = 1, .enable_v2 = false}};

    EXPECT_EQ(cluster.witness(0).get("/v2/keys/").body, "404 page not found\n");
    EXPECT_THROW(cluster.leader(), std::logic_error);
}

TEST(FreePort, refuses_connections)
{
    auto const port = FreePort{};

    EXPECT_EQ(Witness{port.number()}.get("/").outcome, Outcome::refused);
}

TEST(FreePort, is_kept_from_others)
{
    auto const port = FreePort{};
    auto const other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = sockaddr_in{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
    address.sin_port = ::htons(port.number());

    auto const bound = ::bind(other, reinterpret_cast<sockaddr*>(&address), sizeof address);

    EXPECT_EQ(bound, -1);
    EXPECT_EQ(errno, EADDRINUSE);
    ::close(other);
}

TEST(TemporaryFolder, stays_while_another_is_made)
{
    auto const first = TemporaryFolder{};
    auto const second = TemporaryFolder{};

    EXPECT_NE(first.path(), second.path());
    EXPECT_TRUE(std::filesystem::is_directory(first.path()));
}

TEST(TemporaryFolder, is_made_elsewhere_when_memory_is_scarce)
{
    auto const folder = TemporaryFolder{std::uintmax_t{1} << 62U};

    EXPECT_EQ(folder.path().parent_path(), std::filesystem::temp_directory_path());
}

}  // namespace
}  // namespace etcdpp::tests

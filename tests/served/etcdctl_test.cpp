// SPDX-License-Identifier: BSL-1.0

//! @file
//! Somebody else's client on a served cluster: etcdctl 3.4 for API 2, which is Go's etcd/client.

#include "etcdpp_sim/served_cluster.hpp"
#include "tests/support/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {
namespace {

using testing::AllOf;
using testing::Field;
using testing::HasSubstr;
using testing::StartsWith;

//! What a command has returned and printed.
struct Done {
    std::optional<int> code;
    std::string said;

    friend bool operator==(Done const&, Done const&) = default;
    friend std::ostream& operator<<(std::ostream& out, Done const& done)
    {
        return out << "status " << done.code.value_or(-1) << ", \"" << done.said << '"';
    }
};

Done done(std::string said)
{
    return {0, std::move(said)};
}

class Etcdctl : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        auto version = Program{{"/usr/bin/env", "etcdctl", "--version"}, {"ETCDCTL_API=2"}};
        ASSERT_EQ(version.exit_code(), 0)
            << version.said()
            << "Is it installed? apt-get install etcd-client, or run scripts/test";
        ASSERT_THAT(version.said(), HasSubstr("API version: 2")) << "etcdctl up to 3.5 is needed";
    }

    std::vector<std::string> command(std::vector<std::string> arguments) const
    {
        auto list = std::string{};
        for (auto const& each : cluster.endpoints()) {
            list.append(list.empty() ? "" : ",").append(to_string(each));
        }
        arguments.insert(
            arguments.begin(), {"/usr/bin/env", "etcdctl", "--endpoints", std::move(list)});
        return arguments;
    }

    Done run(std::vector<std::string> arguments) const
    {
        auto program = Program{command(std::move(arguments)), {"ETCDCTL_API=2"}};
        auto const code = program.exit_code();
        return {code, program.said()};
    }

    static auto fails_with(std::string const& words)
    {
        return AllOf(Field(&Done::code, testing::Ne(0)), Field(&Done::said, HasSubstr(words)));
    }

    examples::ServedCluster cluster;
};

TEST_F(Etcdctl, sets_gets_and_updates)
{
    EXPECT_EQ(run({"set", "/foo", "bar"}), done("bar\n"));
    EXPECT_EQ(run({"get", "/foo"}), done("bar\n"));
    EXPECT_EQ(run({"get", "--quorum", "/foo"}), done("bar\n"));
    EXPECT_EQ(run({"update", "/foo", "green"}), done("green\n"));
    EXPECT_EQ(run({"set", "--swap-with-value", "green", "/foo", "blue"}), done("blue\n"));
    EXPECT_THAT(run({"set", "--swap-with-value", "green", "/foo", "red"}),
        fails_with("101: Compare failed ([green != blue])"));
    EXPECT_THAT(run({"get", "/nowhere"}), fails_with("100: Key not found (/nowhere)"));
}

TEST_F(Etcdctl, makes_and_removes_keys)
{
    EXPECT_EQ(run({"mk", "/foo", "bar"}), done("bar\n"));
    EXPECT_THAT(run({"mk", "/foo", "bar"}), fails_with("105: Key already exists (/foo)"));
    EXPECT_EQ(run({"mk", "--in-order", "/queue", "job"}), done("job\n"));
    EXPECT_EQ(run({"rm", "/foo"}), done("PrevNode.Value: bar\n"));
    EXPECT_THAT(run({"rmdir", "/queue"}), fails_with("108: Directory not empty (/queue)"));
    EXPECT_EQ(run({"rm", "--recursive", "/queue"}), done(""));
}

TEST_F(Etcdctl, lists_directories)
{
    EXPECT_EQ(run({"mkdir", "/app"}), done(""));
    EXPECT_EQ(run({"set", "/app/mode", "blue"}), done("blue\n"));
    EXPECT_EQ(run({"ls", "-p"}), done("/app/\n"));
    EXPECT_EQ(run({"ls", "--recursive", "--sort"}), done("/app\n/app/mode\n"));
}

TEST_F(Etcdctl, watches)
{
    run({"set", "/foo", "old"});  // index 8: seven tell of the members, as in etcd
    auto watch = Program{command({"watch", "--after-index", "8", "/foo"}), {"ETCDCTL_API=2"}};

    run({"set", "/foo", "new"});

    EXPECT_EQ(watch.exit_code(), 0);
    EXPECT_EQ(watch.said(), "new\n");
}

TEST_F(Etcdctl, runs_a_program_for_each_event_of_a_watch)
{
    auto watch = Program{command({"exec-watch", "--recursive", "/jobs", "--", "sh", "-c",
                             "echo \"$ETCD_WATCH_ACTION $ETCD_WATCH_KEY $ETCD_WATCH_VALUE\""}),
        {"ETCDCTL_API=2"}};

    // Until its watch stands, it hears of nothing.
    EXPECT_TRUE(becomes_true(
        [&] {
            run({"set", "/jobs/1", "a"});
            return watch.said().find("set /jobs/1 a\n") != std::string::npos;
        },
        Program::patience));
    run({"rm", "/jobs/1"});
    EXPECT_TRUE(watch.says("delete /jobs/1")) << watch.said();
}

TEST_F(Etcdctl, knows_the_members_and_their_health)
{
    auto const members = run({"member", "list"});
    for (auto const& each : cluster.endpoints()) {
        EXPECT_THAT(members.said, HasSubstr("clientURLs=" + to_string(each) + " isLeader="));
    }
    EXPECT_THAT(members.said, HasSubstr("isLeader=true"));

    auto const health = run({"cluster-health"});
    EXPECT_EQ(health.code, 0);
    EXPECT_THAT(health.said, HasSubstr("cluster is healthy\n"));

    auto const leader = cluster.leader();
    ASSERT_TRUE(leader);
    cluster.kill((*leader + 1) % cluster.size());
    auto const harmed = run({"cluster-health"});
    EXPECT_NE(harmed.code, 0);
    EXPECT_THAT(harmed.said, HasSubstr("cluster is degraded\n"));
}

TEST_F(Etcdctl, fails_over_when_a_member_dies)
{
    run({"set", "/foo", "bar"});
    for (auto member : {0U, 1U, 2U}) {
        cluster.kill(member);
        EXPECT_TRUE(becomes_true(
            [&] { return run({"get", "--quorum", "/foo"}) == done("bar\n"); }, Program::patience));
        cluster.restart(member);
    }
}

TEST_F(Etcdctl, lets_in_users_by_their_roles)
{
    EXPECT_EQ(run({"user", "add", "root:secret"}), done("User root created\n"));
    EXPECT_EQ(run({"user", "add", "ann:word"}), done("User ann created\n"));
    EXPECT_EQ(run({"role", "add", "reader"}), done("Role reader created\n"));
    EXPECT_EQ(run({"role", "grant", "reader", "--path", "/app/*", "--read"}),
        done("Role reader updated\n"));
    EXPECT_EQ(run({"user", "grant", "ann", "--roles", "reader"}), done("User ann updated\n"));
    EXPECT_EQ(run({"auth", "enable"}), done("Authentication Enabled\n"));

    EXPECT_EQ(run({"-u", "root:secret", "role", "remove", "guest"}), done("Role guest removed\n"));
    EXPECT_EQ(run({"-u", "root:secret", "user", "list"}), done("ann\nroot\n"));
    EXPECT_EQ(run({"-u", "root:secret", "set", "/app/mode", "blue"}), done("blue\n"));
    EXPECT_EQ(run({"-u", "ann:word", "get", "/app/mode"}), done("blue\n"));
    auto const refused = fails_with("110: The request requires user authentication");
    EXPECT_THAT(run({"-u", "ann:word", "set", "/app/mode", "red"}), refused);
    EXPECT_THAT(run({"-u", "ann:wrong", "get", "/app/mode"}), refused);
    EXPECT_THAT(run({"get", "/app/mode"}), refused);

    EXPECT_EQ(run({"-u", "root:secret", "auth", "disable"}), done("Authentication Disabled\n"));
    EXPECT_EQ(run({"get", "/app/mode"}), done("blue\n"));
}

}  // namespace
}  // namespace etcdpp::tests

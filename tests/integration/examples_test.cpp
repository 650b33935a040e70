// SPDX-License-Identifier: BSL-1.0

//! @file
//! The examples do on real members what they say.

#include "tests/support/certificates.hpp"
#include "tests/support/key_witness.hpp"
#include "tests/support/program.hpp"
#include "tests/support/shared_cluster.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace etcdpp::tests {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

//! An example at work. The build says in EXAMPLES where the programs are.
class Example : public Program {
public:
    Example(std::string const& name, std::vector<std::string> const& arguments)
        : Program{command(name, arguments)}
    {
    }

    Example(std::string const& name, std::string const& urls)
        : Example{name, std::vector<std::string>{urls}}
    {
    }

private:
    static std::vector<std::string> command(
        std::string const& name, std::vector<std::string> arguments)
    {
        auto const* const examples = std::getenv("EXAMPLES");
        if (examples == nullptr) {
            throw std::runtime_error{"EXAMPLES must name the folder of the built examples"};
        }
        arguments.insert(arguments.begin(), std::string{examples} + "/" + name);
        return arguments;
    }
};

class Examples : public testing::Test {
protected:
    EtcdCluster& cluster = SharedCluster<3>::fresh();
    KeyWitness witness{cluster};
};

TEST_F(Examples, of_a_first_program_set_and_get)
{
    auto example = Example{"01_set_and_get", cluster.url_list()};

    EXPECT_EQ(example.exit_code(), 0) << example.said();
    EXPECT_THAT(
        example.said(), HasSubstr("Set is done. Metadata is: set /foo = \"bar\" (created "));
    EXPECT_THAT(
        example.said(), HasSubstr("Get is done. Metadata is: get /foo = \"bar\" (created "));
    EXPECT_THAT(example.said(), HasSubstr("/foo has the value \"bar\"\n"));
    EXPECT_EQ(witness.value("/foo"), "bar");
}

TEST_F(Examples, of_a_first_program_say_what_is_wrong_with_a_url)
{
    auto example = Example{"01_set_and_get", "127.0.0.1:2379"};

    EXPECT_EQ(example.exit_code(), 1);
    EXPECT_THAT(example.said(), HasSubstr("invalid argument"));
}

TEST_F(Examples, of_a_first_program_say_why_no_member_answers)
{
    auto const url = cluster.url(1);
    cluster.kill(1);

    auto example = Example{"01_set_and_get", url};

    EXPECT_EQ(example.exit_code(), 1);
    EXPECT_THAT(example.said(),
        HasSubstr("tried " + url + ": the member could not be reached (connection refused)"));
}

TEST_F(Examples, of_a_tailored_client_read_from_each_member_and_log_the_one_that_fails)
{
    auto const dead = (cluster.wait_for_leader() + 1) % 3;
    cluster.kill(dead);

    auto example = Example{"02_tailored_client", cluster.url_list()};

    EXPECT_EQ(example.exit_code(), 0) << example.said();
    EXPECT_THAT(example.said(), HasSubstr("/app/mode is blue, expires: true\n"));
    EXPECT_THAT(example.said(), HasSubstr(cluster.url(dead) + " failed attempt 1 after "));
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

TEST_F(Examples, of_errors_tell_their_kinds_apart)
{
    auto example = Example{"03_errors", cluster.url_list()};

    EXPECT_EQ(example.exit_code(), 0) << example.said();
    EXPECT_THAT(example.said(), HasSubstr("a missing key: there is no such key\n"));
    EXPECT_THAT(example.said(), HasSubstr("a compare with nothing: a mistake in the program"));
    EXPECT_THAT(example.said(), HasSubstr("no time at all: the deadline passed"));
    EXPECT_THAT(example.said(), HasSubstr("stopped: another thread asked to stop"));
    EXPECT_THAT(example.said(), HasSubstr("no member: no member answers: see each attempt\n"));
    EXPECT_THAT(example.said(), Not(HasSubstr("may have been carried out")));
}

TEST_F(Examples, of_a_watch_print_three_changes_and_what_a_map_has_kept)
{
    auto example = Example{"06_watch", cluster.url_list()};

    EXPECT_EQ(example.exit_code(), 0) << example.said();
    EXPECT_EQ(example.said(),
        "set /demo/mode: green\n"
        "set /demo/size: 4\n"
        "remove /demo/mode: gone\n"
        "/demo/size is 4\n");
    EXPECT_EQ(witness.value("/demo/size"), "4");
}

TEST_F(Examples, of_a_watch_go_on_while_a_member_is_dead)
{
    cluster.kill((cluster.wait_for_leader() + 1) % 3);

    auto example = Example{"06_watch", cluster.url_list()};

    EXPECT_EQ(example.exit_code(), 0) << example.said();
    EXPECT_THAT(example.said(), HasSubstr("/demo/size is 4\n"));
}

//! Told one member, it knows all; the leader killed, it goes to the next.
TEST_F(Examples, of_sync_follow_the_members_and_their_leader)
{
    ASSERT_EQ(cluster.witness(0).put("/v2/keys/app/mode", "value=blue").status, 201);
    cluster.wait_healthy();
    auto const leader = cluster.wait_for_leader();
    auto example = Example{"07_members_and_sync", cluster.url((leader + 1) % 3)};
    ASSERT_TRUE(example.says("led by " + cluster.url(leader))) << example.said();
    for (auto const& url : cluster.urls()) {
        EXPECT_THAT(example.said(), HasSubstr("clients at " + url));
    }

    cluster.kill(leader);
    example.press_enter();

    EXPECT_TRUE(example.says("/app/mode is blue")) << example.said();
    auto const next = cluster.url(cluster.wait_for_leader());
    EXPECT_TRUE(example.says("led by " + next)) << example.said();
    example.type("end");
    EXPECT_EQ(example.exit_code(), 0) << example.said();
}

//! What scripts/demo shows, with the member in use killed by hand.
TEST_F(Examples, of_failover_survive_the_death_of_the_member_in_use)
{
    auto example = Example{"demo_failover", cluster.url_list()};
    ASSERT_TRUE(example.says("using http://127.0.0.1:")) << example.said();
    auto member = std::size_t{0};
    while (example.said().find("using " + cluster.url(member) + '\n') == std::string::npos) {
        ASSERT_LT(++member, cluster.size()) << example.said();
    }
    cluster.wait_healthy();  // a plain read from a member that lags would not find the key

    cluster.kill(member);
    example.press_enter();

    EXPECT_EQ(example.exit_code(), 0) << example.said();
    EXPECT_THAT(
        example.said(), ContainsRegex("get: /app/mode = \"blue\".*answered by http://127.0.0.1:"));
    EXPECT_THAT(example.said(), HasSubstr("set: /app/mode = \"green\""));
    EXPECT_THAT(example.said(), Not(HasSubstr("answered by " + cluster.url(member))));
    EXPECT_EQ(witness.value("/app/mode"), "green");
}

//! On a member of its own, which lets in only who shows a certificate.
TEST(TlsExample, sets_a_key_where_both_sides_trust_each_other_and_says_why_not_else)
{
    auto ours = Authority{"ours"};
    auto theirs = Authority{"theirs"};
    auto const server = ours.for_server("member", "IP:127.0.0.1");
    auto const user = ours.for_client("user");
    auto cluster = EtcdCluster{EtcdOptions{.members = 1,
        .tls = TlsFiles{.ca = ours.file(),
            .cert = server.certificate,
            .key = server.key,
            .client_cert_auth = true}}};

    auto trusted = Example{"09_tls",
        {cluster.url_list(), ours.file().string(), user.certificate.string(), user.key.string()}};
    EXPECT_EQ(trusted.exit_code(), 0) << trusted.said();
    EXPECT_EQ(trusted.said(), "set over TLS: /demo/secret = well kept\n");

    auto stranger = Example{"09_tls", {cluster.url_list(), theirs.file().string()}};
    EXPECT_EQ(stranger.exit_code(), 1);
    EXPECT_THAT(stranger.said(), HasSubstr("certificate is not accepted"));
    EXPECT_THAT(stranger.said(), HasSubstr("[effect: none]"));
}

}  // namespace
}  // namespace etcdpp::tests

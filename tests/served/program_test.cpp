// SPDX-License-Identifier: BSL-1.0

//! @file
//! The program etcdpp-sim: what it prints, how it ends, and what it says to a mistake.

#include "tests/support/program.hpp"

#include "tests/support/free_port.hpp"
#include "tests/support/witness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <regex>
#include <string>
#include <vector>

namespace etcdpp::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

//! The build says in ETCDPP_SIM where it is.
class Sim : public Program {
public:
    explicit Sim(std::vector<std::string> arguments) : Program{command(std::move(arguments))} {}

    //! The port behind that word, once it has been printed; nothing if it is not.
    std::optional<std::uint16_t> port(std::string const& word)
    {
        if (!says("control: http://127.0.0.1:")) { return std::nullopt; }
        auto found = std::smatch{};
        auto const text = said();
        auto const line = std::regex{word + ": http://127\\.0\\.0\\.1:([0-9]+)"};
        if (!std::regex_search(text, found, line)) { return std::nullopt; }
        return static_cast<std::uint16_t>(std::stoi(found[1]));
    }

private:
    static std::vector<std::string> command(std::vector<std::string> arguments)
    {
        arguments.insert(arguments.begin(), std::getenv("ETCDPP_SIM"));
        return arguments;
    }
};

TEST(EtcdppSim, prints_where_it_serves_and_ends_when_it_is_asked_to)
{
    auto sim = Sim{{}};
    auto const member = sim.port("endpoints");
    ASSERT_TRUE(member) << sim.said();
    auto const url = std::string{"http://127\\.0\\.0\\.1:[0-9]+"};
    EXPECT_THAT(sim.said(),
        MatchesRegex("endpoints: " + url + "," + url + "," + url + "\ncontrol: " + url + "\n"));
    EXPECT_EQ(Witness{*member}.get("/version").status, 200);

    sim.ask_to_end();

    EXPECT_EQ(sim.exit_code(), 0);
    EXPECT_EQ(Witness{*member}.get("/version").outcome, Testimony::Outcome::refused);
}

TEST(EtcdppSim, takes_faults_over_its_control_path)
{
    auto sim = Sim{{"--members", "1", "--seed", "7"}};
    auto const member = sim.port("endpoints");
    auto const control = sim.port("control");
    ASSERT_TRUE(member && control) << sim.said();

    EXPECT_EQ(Witness{*control}.post("/members/0/kill", "").body, "done\n");

    EXPECT_EQ(Witness{*member}.get("/version").outcome, Testimony::Outcome::refused);
    EXPECT_THAT(Witness{*control}.get("/trace").body, StartsWith("seed 7\n"));
}

TEST(EtcdppSim, ends_with_its_input_where_that_is_wished)
{
    auto sim = Sim{{"--members", "1", "--until-eof"}};
    ASSERT_TRUE(sim.port("control")) << sim.said();

    sim.end_input();

    EXPECT_EQ(sim.exit_code(), 0);
}

TEST(EtcdppSim, says_that_a_port_is_taken_and_what_to_do_about_it)
{
    auto first = Sim{{"--members", "1"}};
    auto const taken = first.port("endpoints");
    ASSERT_TRUE(taken) << first.said();

    auto second = Sim{{"--members", "1", "--port", std::to_string(*taken)}};

    EXPECT_EQ(second.exit_code(), 1);
    EXPECT_THAT(second.said(),
        AllOf(HasSubstr("127.0.0.1:" + std::to_string(*taken)), HasSubstr("Without --port")));
}

TEST(EtcdppSim, explains_itself)
{
    auto sim = Sim{{"--help"}};

    EXPECT_EQ(sim.exit_code(), 0);
    EXPECT_THAT(sim.said(), AllOf(StartsWith("usage: etcdpp-sim"), HasSubstr("--members N")));
}

TEST(EtcdppSim, says_what_is_wrong_with_its_arguments)
{
    auto unknown = Sim{{"--leader", "1"}};
    EXPECT_EQ(unknown.exit_code(), 2);
    EXPECT_THAT(unknown.said(), HasSubstr("no option --leader; see --help"));

    auto many = Sim{{"--members", "10"}};
    EXPECT_EQ(many.exit_code(), 2);
    EXPECT_THAT(many.said(), HasSubstr("--members needs a number from 1 to 9"));

    auto missing = Sim{{"--seed"}};
    EXPECT_EQ(missing.exit_code(), 2);
    EXPECT_THAT(missing.said(), HasSubstr("--seed needs a number"));
}

}  // namespace
}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0

//! @file
//! Each verb hands the value that belongs to it to the client; and no secret leaves by a side door.

#include "etcdpp/v2/auth.hpp"

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/transport/recording.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "tests/support/admin_replies.hpp"
#include "tests/support/scripted_world.hpp"
#include "tests/support/spy_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <sstream>
#include <string>
#include <type_traits>

namespace etcdpp::v2 {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using tests::ScriptedWorld;
using tests::SpyClient;

struct AuthTest : testing::Test {
    SpyClient spy;
    Auth<SpyClient> const auth{spy};
    CallOptions const hasty = SpyClient::hasty;
};

TEST_F(AuthTest, enabled_runs_a_get_auth_enabled)
{
    EXPECT_EQ(auth.enabled(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<GetAuthEnabled>();
}

TEST_F(AuthTest, enable_runs_an_enable_auth)
{
    EXPECT_EQ(auth.enable(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<EnableAuth>();
}

TEST_F(AuthTest, disable_runs_a_disable_auth)
{
    EXPECT_EQ(auth.disable(hasty).error(), etcdpp::Errc::cancelled);
    spy.asked<DisableAuth>();
}

TEST_F(AuthTest, users_and_roles_ask_the_same_client)
{
    EXPECT_FALSE(auth.users().get("alice", hasty));
    EXPECT_EQ(spy.asked<GetUser>().name, "alice");

    EXPECT_FALSE(auth.roles().get("reader", hasty));
    EXPECT_EQ(spy.asked<GetRole>().name, "reader");
}

TEST_F(AuthTest, is_copied_freely)
{
    static_assert(std::is_trivially_copyable_v<Auth<SpyClient>>);
}

//! A client that failed in every way: what it said of it must not tell a password.
struct SecretsTest : testing::Test {
    ScriptedTransport transport;
    ScriptedWorld world;
    Secret const sesame{"open-sesame"};

    auto config(std::optional<Credentials> credentials = {})
    {
        return Config{.endpoints = Endpoints::parse("http://etcd-a:2379").value(),
            .transport = transport,
            .selector = RoundRobin{},
            .retry = OnePass{},
            .environment = world,
            .credentials = std::move(credentials)};
    }

    static http::Response redirect_to(std::string location)
    {
        return {.status = 307, .headers = {{"Location", location}}};
    }

    template <class T>
    static std::string printed(T const& value)
    {
        return (std::ostringstream{} << value).str();
    }
};

TEST_F(SecretsTest, are_not_in_the_error_or_the_events_of_a_call)
{
    auto client = Client{config(Credentials{"root", Secret{"root-password"}})};
    transport.reply(tests::from_etcd(500, R"({"message":"Internal Server Error"})"));

    auto const failed = Auth{client}.users().put("alice", sesame);

    EXPECT_THAT(printed(failed.error()), Not(HasSubstr("sesame")));
    EXPECT_THAT(world.lines(), SizeIs(1));
    EXPECT_THAT(world.lines(), Each(Not(HasSubstr("sesame"))));
    EXPECT_THAT(world.lines(), Each(Not(HasSubstr("password"))));
}

TEST_F(SecretsTest, are_not_in_the_words_about_a_script_that_has_ended)
{
    auto client = Client{config()};

    auto const failed = Auth{client}.users().put("alice", sesame);

    EXPECT_THAT(printed(failed.error()), HasSubstr("PUT /v2/auth/users/alice ***"));
    EXPECT_THAT(printed(failed.error()), Not(HasSubstr("sesame")));
}

TEST_F(SecretsTest, are_sent_without_being_asked_for)
{
    auto client = Client{config(Credentials{"root", Secret{"pw"}})};
    transport.reply(tests::from_etcd(200));

    ASSERT_TRUE(Auth{client}.enable());

    EXPECT_EQ(transport.sent()[0].request.headers.find("Authorization"), "Basic cm9vdDpwdw==");
}

TEST_F(SecretsTest, do_not_follow_a_redirect_to_another_host)
{
    auto client = Client{config(Credentials{"root", Secret{"pw"}})};
    transport.reply(redirect_to("http://elsewhere:2379/v2/auth/enable"));

    auto const failed = Auth{client}.enable();

    EXPECT_EQ(failed.error(), etcdpp::Errc::not_etcd);
    EXPECT_EQ(failed.error().effect(), Effect::none);
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

//! Before auth is on, a client that sets root's password has no credentials to look out for.
TEST_F(SecretsTest, do_not_follow_a_redirect_to_another_host_in_a_body_either)
{
    auto client = Client{config()};
    transport.reply(redirect_to("http://elsewhere:2379/v2/auth/users/root"));

    auto const failed = Auth{client}.users().put("root", sesame);

    EXPECT_EQ(failed.error(), etcdpp::Errc::not_etcd);
    EXPECT_THAT(transport.sent(), SizeIs(1));
}

TEST_F(SecretsTest, follow_a_redirect_on_the_same_host)
{
    auto client = Client{config(Credentials{"root", Secret{"pw"}})};
    transport.reply(redirect_to("/v2/auth/users/alice"));
    transport.reply(tests::from_etcd(201, R"({"user":"alice","roles":null})"));

    ASSERT_TRUE(Auth{client}.users().put("alice", sesame));

    ASSERT_THAT(transport.sent(), SizeIs(2));
    EXPECT_EQ(transport.sent()[1].request.headers.find("Authorization"), "Basic cm9vdDpwdw==");
    EXPECT_TRUE(transport.sent()[1].request.is_confidential);
}

TEST_F(SecretsTest, do_not_print_in_a_transcript)
{
    auto recording = Recording{transport};
    transport.reply(tests::from_etcd(201, R"({"user":"alice","roles":null})"));
    auto client = Client{Config{.endpoints = Endpoints::parse("http://etcd-a:2379").value(),
        .transport = recording,
        .selector = RoundRobin{},
        .retry = OnePass{},
        .environment = world,
        .credentials = Credentials{"root", Secret{"root-password"}}}};

    ASSERT_TRUE(Auth{client}.users().put("alice", sesame));

    EXPECT_EQ(printed(recording.transcript().at(0).request), "PUT /v2/auth/users/alice ***");
}

}  // namespace
}  // namespace etcdpp::v2

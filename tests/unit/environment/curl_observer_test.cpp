// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/environment/curl_observer.hpp"

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/environment/log_observer.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "tests/unit/environment/subjects.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using tests::etcd_1;
using tests::etcd_2;
using tests::get;
using tests::key;
using tests::refused;

AttemptBegan began(http::Request const& request)
{
    return {etcd_1, 1, RequestToPrint{request}};
}

TEST(CurlObserver, writes_a_request_as_one_line)
{
    auto log = std::ostringstream{};
    CurlObserver{log}.on(began(get));

    EXPECT_EQ(log.str(), "curl 'http://etcd-1:2379/v2/keys/app/mode'\n");
}

TEST(CurlObserver, writes_where_a_request_is_redirected_to)
{
    auto log = std::ostringstream{};
    CurlObserver{log}.on(Redirected{etcd_1, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(log.str(), "curl 'http://etcd-2:2379/v2/keys/app/mode'\n");
}

TEST(CurlObserver, writes_what_a_watch_asks)
{
    auto log = std::ostringstream{};
    CurlObserver{log}.on(WatchAsked{key, etcd_2, RequestToPrint{get}});

    EXPECT_EQ(log.str(), "curl 'http://etcd-2:2379/v2/keys/app/mode'\n");
}

TEST(CurlObserver, is_silent_about_all_else)
{
    auto log = std::ostringstream{};
    CurlObserver{log}.on(AttemptAnswered{etcd_1, 1, {}});

    EXPECT_EQ(log.str(), "");
}

//! Every attempt of a call, with what the client adds to the request, and none of its secrets.
TEST(CurlObserver, hears_of_each_attempt_of_a_client_and_of_no_password)
{
    auto log = std::ostringstream{};
    auto client = Client{
        Config{.endpoints = Endpoints::parse("http://etcd-1,http://etcd-2").value(),
            .transport = ScriptedTransport{}.fail(refused).fail(refused),
            .selector = Sticky::starting_at(0),
            .retry = OnePass{},
            .codec = PocoJson{},
            .environment = Observed{CurlObserver{log}, Observed{LogObserver{log}}},
            .credentials = Credentials{"alice", Secret{"rabbit"}},
            .quorum = true}};

    std::ignore = client.run(v2::Get{"/app/mode"});

    auto const text = log.str();
    EXPECT_EQ(text.find("YWxpY2U6cmFiYml0"), std::string::npos) << "the password in base64";
    for (auto const* const line :
        {"curl 'http://etcd-1:2379/v2/keys/app/mode?quorum=true' -H 'Authorization: ***'\n",
            "curl 'http://etcd-2:2379/v2/keys/app/mode?quorum=true' -H 'Authorization: ***'\n",
            "etcdpp: http://etcd-1:2379 failed attempt 1"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << "is not in\n" << text;
    }
}

TEST(CurlObserver, keeps_the_lines_of_several_threads_whole)
{
    auto log = std::ostringstream{};
    auto observer = CurlObserver{log};
    {
        auto threads = std::vector<std::jthread>{};
        for (auto i = 0; i != 4; ++i) {
            threads.emplace_back([&observer] {
                for (auto n = 0; n != 100; ++n) { observer.on(began(get)); }
            });
        }
    }
    auto lines = std::istringstream{log.str()};
    auto count = 0;
    for (auto line = std::string{}; std::getline(lines, line); ++count) {
        EXPECT_EQ(line, "curl 'http://etcd-1:2379/v2/keys/app/mode'");
    }
    EXPECT_EQ(count, 400);
}

}  // namespace
}  // namespace etcdpp

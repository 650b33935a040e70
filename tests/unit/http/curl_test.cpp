// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/http/curl.hpp"

#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace etcdpp::http {
namespace {

auto const etcd = Endpoint{.host = "etcd-1"};

//! What bash makes of words: each as it arrives, with a bar behind it.
std::string as_bash_reads(std::string const& words)
{
    auto const folder = tests::TemporaryFolder{};
    auto const script = folder.path() / "script";
    std::ofstream{script} << "curl() { printf '%s|' \"$@\"; }\n" << words << '\n';
    auto const command = "bash " + script.string();
    auto const pipe = std::unique_ptr<std::FILE, int (*)(std::FILE*)>{
        ::popen(command.c_str(), "r"), ::pclose};
    auto text = std::string{};
    char room[4096];
    for (auto count = std::size_t{1}; count != 0;) {
        count = std::fread(room, 1, sizeof room, pipe.get());
        text.append(room, count);
    }
    return text;
}

TEST(ShellWord, is_quoted_as_every_shell_has_it)
{
    EXPECT_EQ(shell_word(""), "''");
    EXPECT_EQ(shell_word("a b"), "'a b'");
    EXPECT_EQ(shell_word("$HOME `id` \\ \" !"), "'$HOME `id` \\ \" !'");
    EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(shell_word("ä"), "'ä'");
}

TEST(ShellWord, stays_on_one_line)
{
    EXPECT_EQ(shell_word("a\nb"), "$'a\\012b'");
    EXPECT_EQ(shell_word("it's \\ \x1b[0m\x7f"), "$'it\\'s \\\\ \\033[0m\\177'");
}

TEST(ShellWord, is_read_by_bash_as_it_was)
{
    auto all = std::string{};
    for (auto code = 1; code != 256; ++code) { all += static_cast<char>(code); }
    auto chance = std::mt19937{4711};
    auto words = std::string{"curl " + shell_word(all)};
    auto expected = all + '|';
    for (auto word = 0; word != 200; ++word) {
        auto text = std::string{};
        while (chance() % 8 != 0) { text += "'\\\"$ \n\t!*a"[chance() % 10]; }
        words += ' ' + shell_word(text);
        expected += text + '|';
    }

    EXPECT_EQ(as_bash_reads(words), expected);
}

TEST(CurlLine, of_a_read_is_an_address)
{
    EXPECT_EQ(curl_line(etcd, {.target = "/v2/keys/app/mode?quorum=true"}),
        "curl 'http://etcd-1:2379/v2/keys/app/mode?quorum=true'");
}

TEST(CurlLine, of_a_write_has_its_method_its_headers_and_its_body)
{
    auto const request = Request{.method = Method::put,
        .target = "/v2/keys/app/mode?prevExist=false",
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
        .body = "value=it's"};

    EXPECT_EQ(curl_line(etcd, request),
        "curl -X PUT 'http://etcd-1:2379/v2/keys/app/mode?prevExist=false' -H 'Content-Type: "
        "application/x-www-form-urlencoded' --data-raw 'value=it'\\''s'");
}

TEST(CurlLine, is_a_command_that_bash_understands)
{
    auto const request = Request{.method = Method::post,
        .target = "/v2/keys/queue",
        .headers = {{"Content-Type", "application/json"}},
        .body = "{\"a\": \"it's\nhere\"}"};

    EXPECT_EQ(as_bash_reads(curl_line(etcd, request)),
        "-X|POST|http://etcd-1:2379/v2/keys/queue|-H|Content-Type: application/json|--data-raw|"
        "{\"a\": \"it's\nhere\"}|");
}

TEST(CurlLine, hides_credentials_under_whatever_spelling)
{
    for (auto const* const name :
        {"Authorization", "authorization", "Proxy-Authorization", "Cookie"}) {
        EXPECT_EQ(curl_line(etcd, {.headers = {{name, "Basic YWxpY2U6cmFiYml0"}}}),
            "curl 'http://etcd-1:2379/' -H '" + std::string{name} + ": ***'");
    }
}

TEST(CurlLine, hides_a_confidential_body)
{
    auto const request = Request{.method = Method::put,
        .target = "/v2/auth/users/alice",
        .body = R"({"user":"alice","password":"rabbit"})",
        .is_confidential = true};

    EXPECT_EQ(curl_line(etcd, request),
        "curl -X PUT 'http://etcd-1:2379/v2/auth/users/alice' --data-raw '***'");
}

TEST(CurlLine, hides_a_body_that_no_argument_can_hold)
{
    EXPECT_EQ(curl_line(etcd, {.method = Method::put, .body = std::string{"a\0b", 3}}),
        "curl -X PUT 'http://etcd-1:2379/' --data-raw '***'");
}

TEST(CurlLine, asks_for_a_head_in_curls_own_way)
{
    EXPECT_EQ(curl_line(etcd, {.method = Method::head}), "curl -I 'http://etcd-1:2379/'");
}

TEST(CurlLine, keeps_curl_from_taking_an_address_for_a_pattern)
{
    EXPECT_EQ(curl_line({.host = "::1"}, {}), "curl -g 'http://[::1]:2379/'");
}

TEST(CurlLine, keeps_curl_from_leaving_an_empty_header_out)
{
    EXPECT_EQ(
        curl_line(etcd, {.headers = {{"Accept", ""}}}), "curl 'http://etcd-1:2379/' -H 'Accept;'");
}

}  // namespace
}  // namespace etcdpp::http

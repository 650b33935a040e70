// SPDX-License-Identifier: BSL-1.0
//! @file
//! What http::ResponseParser accepts and refuses, and that it does not matter how the bytes arrive.

#include "etcdpp/http/response_parser.hpp"

#include "tests/support/reply_reader.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {
namespace {

using http::Method;
using http::ParserLimits;
using http::Refusal;

constexpr auto small_get = std::string_view{"HTTP/1.1 200 OK\r\n"
                                            "Content-Type: application/json\r\n"
                                            "X-Etcd-Index: 7\r\n"
                                            "Content-Length: 13\r\n"
                                            "\r\n"
                                            "{\"action\":1}\n"};

constexpr auto listing = std::string_view{"HTTP/1.1 200 OK\r\n"
                                          "Transfer-Encoding: chunked\r\n"
                                          "\r\n"
                                          "5\r\nfirst\r\n"
                                          "B;name=value\r\n and second\r\n"
                                          "0\r\n\r\n"};

constexpr auto gateway_error = std::string_view{
    "HTTP/1.1 400 Bad Request\r\n"
    "Trailer: Grpc-Trailer-Content-Type\r\n"
    "Transfer-Encoding: chunked\r\n"
    "\r\n"
    "4\r\nfour\r\n0\r\nGrpc-Trailer-Content-Type: application/grpc\r\n\r\n"};

constexpr auto old_server = std::string_view{"HTTP/1.0 200 OK\r\n\r\nup to the end"};

std::string with_headers(std::string_view lines)
{
    return "HTTP/1.1 200 OK\r\n" + std::string{lines} + "\r\n";
}

Refusal refusal_of(std::string_view text)
{
    return read_reply(text).refusal;
}

// What a reply is made of.

TEST(ResponseParser, reads_a_body_of_the_announced_length)
{
    auto const reply = read_reply(small_get);

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.header_lines,
        "Content-Type: application/json\r\nX-Etcd-Index: 7\r\nContent-Length: 13\r\n");
    EXPECT_EQ(reply.body, "{\"action\":1}\n");
    EXPECT_TRUE(reply.keeps_alive);
}

TEST(ResponseParser, puts_chunks_together_and_ignores_their_extensions)
{
    auto const reply = read_reply(listing);

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.body, "first and second");
    EXPECT_TRUE(reply.keeps_alive);
}

TEST(ResponseParser, reads_trailers_to_their_end_so_that_the_connection_stays_usable)
{
    auto const reply = read_reply(gateway_error);

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.body, "four");
    EXPECT_TRUE(reply.keeps_alive);
    EXPECT_EQ(reply.left, "");
}

TEST(ResponseParser, leaves_what_follows_the_reply)
{
    auto const reply = read_reply(std::string{small_get} + "HTTP/1.1 404");

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.left, "HTTP/1.1 404");
}

TEST(ResponseParser, lets_the_end_of_the_connection_end_a_body_of_unknown_length)
{
    auto const reply = read_reply(old_server);

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.body, "up to the end");
    EXPECT_FALSE(reply.keeps_alive);
}

TEST(ResponseParser, expects_no_body_after_head_204_and_304)
{
    auto const ten = with_headers("Content-Length: 10\r\n");

    EXPECT_TRUE(read_reply(ten, Method::head).whole);
    EXPECT_TRUE(read_reply("HTTP/1.1 204 No Content\r\n\r\n").whole);
    EXPECT_TRUE(read_reply("HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n").whole);
    EXPECT_EQ(read_reply(ten, Method::get).refusal, Refusal::truncated);
}

TEST(ResponseParser, does_not_hold_a_missing_body_against_its_limit)
{
    auto const tiny = ParserLimits{.max_body = 5};

    EXPECT_TRUE(read_reply(with_headers("Content-Length: 10\r\n"), Method::head, tiny).whole);
}

TEST(ResponseParser, ends_at_once_after_an_empty_body)
{
    auto const reply = read_reply(with_headers("Content-Length: 0\r\n") + "left");

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.body, "");
    EXPECT_EQ(reply.left, "left");
}

TEST(ResponseParser, skips_interim_replies)
{
    auto const reply = read_reply("HTTP/1.1 100 Continue\r\nContent-Length: 99\r\n\r\n"
                                  "HTTP/1.1 103 Early Hints\r\nLink: </style>\r\n\r\n"
        + std::string{small_get});

    EXPECT_TRUE(reply.whole);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "{\"action\":1}\n");
}

TEST(ResponseParser, takes_any_status_of_three_digits_with_or_without_words)
{
    EXPECT_EQ(read_reply("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n").status, 200);
    EXPECT_EQ(read_reply("HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n").status, 599);
    EXPECT_EQ(read_reply("HTTP/1.1 404 Not \"found\"\r\nContent-Length: 0\r\n\r\n").status, 404);
}

TEST(ResponseParser, compares_names_and_tokens_without_regard_to_case)
{
    auto const sized = read_reply(
        with_headers("CONTENT-length:3\r\nconnection: CLOSE\r\n") + "abc");
    auto const chunked = read_reply(
        with_headers("transfer-ENCODING: \tChunked \r\n") + "3\r\nabc\r\n0\r\n\r\n");

    EXPECT_EQ(sized.body, "abc");
    EXPECT_FALSE(sized.keeps_alive);
    EXPECT_EQ(chunked.body, "abc");
}

// What is kept alive.

TEST(ResponseParser, closes_where_a_token_of_connection_says_so)
{
    auto const keeps_alive = [](std::string_view line) {
        return read_reply(with_headers("Content-Length: 0\r\n" + std::string{line})).keeps_alive;
    };

    EXPECT_TRUE(keeps_alive(""));
    EXPECT_TRUE(keeps_alive("Connection: keep-alive\r\n"));
    EXPECT_TRUE(keeps_alive("Connection: closely\r\n"));
    EXPECT_FALSE(keeps_alive("Connection: close\r\n"));
    EXPECT_FALSE(keeps_alive("Connection: upgrade , close\r\n"));
    EXPECT_FALSE(keeps_alive("Connection: keep-alive\r\nConnection: close\r\n"));
}

TEST(ResponseParser, keeps_http_1_0_alive_only_where_it_is_said)
{
    EXPECT_FALSE(read_reply("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n").keeps_alive);
    EXPECT_TRUE(read_reply("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: Keep-Alive\r\n\r\n")
            .keeps_alive);
}

// What is refused.

TEST(ResponseParser, recognises_what_is_not_http_by_its_first_different_byte)
{
    auto parser = http::ResponseParser{Method::get};
    auto const step = parser.next("SSH");

    EXPECT_EQ(step.kind, http::ResponseParser::Step::Kind::failed);
    EXPECT_EQ(parser.refusal(), Refusal::not_http);
    EXPECT_EQ(parser.words(), "the reply does not begin with HTTP/1");
    EXPECT_EQ(refusal_of("HTTP/2 200\r\n\r\n"), Refusal::not_http);
    EXPECT_EQ(refusal_of("\x15\x03\x01\x00\x02\x02\x16"), Refusal::not_http);
    EXPECT_EQ(refusal_of("\r\nHTTP/1.1 200 OK\r\n\r\n"), Refusal::not_http);
}

TEST(ResponseParser, refuses_a_status_line_of_another_form)
{
    for (auto const* const line :
        {"HTTP/1.1 20 OK", "HTTP/1.1 2000 OK", "HTTP/1.1 OK", "HTTP/1.x 200", "HTTP/1.1  200",
            "HTTP/1.1 000 Zero", "HTTP/1.10 200 OK", "HTTP/1.1 20x", "HTTP/1.1\t200"}) {
        EXPECT_EQ(refusal_of(std::string{line} + "\r\n\r\n"), Refusal::malformed) << line;
    }
}

TEST(ResponseParser, refuses_a_length_that_is_not_one_plain_number)
{
    for (auto const* const value : {"", "-1", "+1", "1 2", "0x10", "1,1", "1.0",
             "18446744073709551616", "99999999999999999999999"}) {
        auto const text = with_headers("Content-Length: " + std::string{value} + "\r\n");
        EXPECT_EQ(refusal_of(text), Refusal::malformed) << value;
    }
}

TEST(ResponseParser, refuses_a_second_length_even_if_it_is_the_same)
{
    EXPECT_EQ(refusal_of(with_headers("Content-Length: 1\r\nContent-Length: 1\r\n") + "a"),
        Refusal::malformed);
}

TEST(ResponseParser, refuses_a_length_beside_chunks)
{
    auto const chunks = std::string{"1\r\na\r\n0\r\n\r\n"};

    EXPECT_EQ(
        refusal_of(with_headers("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n") + chunks),
        Refusal::malformed);
    EXPECT_EQ(
        refusal_of(with_headers("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n") + chunks),
        Refusal::malformed);
}

TEST(ResponseParser, refuses_every_encoding_but_one_chunked)
{
    EXPECT_EQ(refusal_of(with_headers("Transfer-Encoding: gzip, chunked\r\n")), Refusal::malformed);
    EXPECT_EQ(refusal_of(with_headers("Transfer-Encoding: identity\r\n")), Refusal::malformed);
    EXPECT_EQ(
        refusal_of(with_headers("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")),
        Refusal::malformed);
    EXPECT_EQ(refusal_of("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Refusal::malformed);
}

TEST(ResponseParser, refuses_header_lines_that_two_readers_could_read_differently)
{
    for (auto const* const lines : {
             "Content-Length : 1\r\n",  // a blank before the colon
             "Content-Length\x01: 1\r\n",
             "X: folded\r\n onto two lines\r\n",
             " X: at the beginning\r\n",
             "no colon\r\n",
             ": no name\r\n",
             "X: bare CR\rContent-Length: 1\r\n",
             "X: bare LF\nContent-Length: 1\r\n",
             "X: ended with LF alone\n",
         }) {
        EXPECT_EQ(refusal_of(with_headers(lines)), Refusal::malformed) << lines;
    }
    EXPECT_EQ(
        refusal_of(std::string_view{"HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", 25}), Refusal::malformed);
}

TEST(ResponseParser, refuses_a_change_of_protocol)
{
    EXPECT_EQ(refusal_of("HTTP/1.1 101 Switching Protocols\r\n\r\n"), Refusal::malformed);
}

TEST(ResponseParser, refuses_broken_chunks)
{
    for (auto const* const chunks : {
             "x\r\n", "\r\n", "-1\r\na\r\n", "0x1\r\na\r\n", "1 2\r\na\r\n", "1\na\r\n", ";x=y\r\n",
             "1\r\nab\r\n0\r\n\r\n",        // longer than announced
             "2\r\na\r\n0\r\n\r\n",         // shorter than announced
             "10000000000000000\r\na\r\n",  // 2 to the 64th
         }) {
        EXPECT_EQ(
            refusal_of(with_headers("Transfer-Encoding: chunked\r\n") + chunks), Refusal::malformed)
            << chunks;
    }
}

TEST(ResponseParser, tells_a_reply_cut_short_from_one_that_never_began)
{
    EXPECT_EQ(read_reply("").words, "the connection was closed before the reply began");
    for (auto const* const text : {"H", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n"}) {
        EXPECT_EQ(refusal_of(text), Refusal::truncated);
        EXPECT_EQ(read_reply(text).words, "the connection was closed in the middle of the reply");
    }
}

TEST(ResponseParser, takes_no_prefix_of_a_framed_reply_for_the_whole)
{
    for (auto const reply : {small_get, listing, gateway_error}) {
        for (std::size_t size = 0; size != reply.size(); ++size) {
            EXPECT_EQ(refusal_of(reply.substr(0, size)), Refusal::truncated)
                << reply.substr(0, size);
        }
    }
}

// What is too much.

TEST(ResponseParser, counts_the_head_to_the_byte)
{
    auto const head = small_get.substr(0, small_get.find("{"));
    auto const refusal_within = [](std::size_t limit) {
        return read_reply(small_get, Method::get, {.max_head = limit}).refusal;
    };

    EXPECT_EQ(refusal_within(head.size()), Refusal::none);
    EXPECT_EQ(refusal_within(head.size() - 1), Refusal::too_large);
}

TEST(ResponseParser, refuses_an_endless_header_line_before_its_end)
{
    auto reader = ReplyReader{Method::get, {.max_head = 1000}};
    reader.receive("HTTP/1.1 200 OK\r\nX: ");
    reader.receive(std::string(2000, 'a'));

    EXPECT_EQ(reader.close().refusal, Refusal::too_large);
}

TEST(ResponseParser, counts_interim_replies_and_trailers_with_the_head)
{
    auto interim = std::string{};
    for (auto i = 0; i != 50; ++i) { interim += "HTTP/1.1 100 Continue\r\n\r\n"; }
    auto trailers = std::string{listing.substr(0, listing.size() - 2)};
    for (auto i = 0; i != 50; ++i) { trailers += "X-Trailer: of some length\r\n"; }
    auto const limits = ParserLimits{.max_head = 1000};

    EXPECT_EQ(read_reply(interim + std::string{small_get}, Method::get, limits).refusal,
        Refusal::too_large);
    EXPECT_EQ(read_reply(trailers + "\r\n", Method::get, limits).refusal, Refusal::too_large);
}

TEST(ResponseParser, refuses_too_large_a_body_as_soon_as_it_is_announced)
{
    auto const limits = ParserLimits{.max_body = 10};
    auto const refusal_of_length = [&](std::string_view length) {
        auto const text = with_headers("Content-Length: " + std::string{length} + "\r\n");
        return read_reply(text, Method::get, limits).refusal;
    };

    EXPECT_EQ(refusal_of_length("10"), Refusal::truncated);
    EXPECT_EQ(refusal_of_length("11"), Refusal::too_large);
    EXPECT_EQ(refusal_of_length("18446744073709551615"), Refusal::too_large);
}

TEST(ResponseParser, counts_the_body_over_all_chunks_and_until_the_connection_ends)
{
    auto const limits = ParserLimits{.max_body = 10};
    auto const chunked = with_headers("Transfer-Encoding: chunked\r\n");

    EXPECT_TRUE(
        read_reply(chunked + "5\r\n12345\r\n5\r\n12345\r\n0\r\n\r\n", Method::get, limits).whole);
    EXPECT_EQ(read_reply(chunked + "5\r\n12345\r\n6\r\n", Method::get, limits).refusal,
        Refusal::too_large);
    EXPECT_EQ(
        read_reply(chunked + "5\r\n12345\r\nFFFFFFFFFFFFFFFF\r\n", Method::get, limits).refusal,
        Refusal::too_large);
    EXPECT_EQ(read_reply(with_headers("") + "01234567890", Method::get, limits).refusal,
        Refusal::too_large);
}

TEST(ResponseParser, refuses_a_chunk_extension_without_end)
{
    auto const endless = with_headers("Transfer-Encoding: chunked\r\n") + "1;"
        + std::string(2000, 'x');

    EXPECT_EQ(refusal_of(endless), Refusal::too_large);
}

// How it arrives.

TEST(ResponseParser, reads_the_same_wherever_the_bytes_are_cut_in_two)
{
    auto const broken = with_headers("Content-Length: 1\r\nContent-Length: 2\r\n") + "ab";
    auto const replies = std::array<std::string_view, 8>{small_get, listing, gateway_error,
        old_server, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nleft", broken,
        "no HTTP at all", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"};

    for (auto const reply : replies) {
        auto const whole = read_reply(reply);
        for (std::size_t cut = 0; cut <= reply.size(); ++cut) {
            auto const pieces = std::array{cut};
            EXPECT_EQ(read_reply(reply, Method::get, {}, pieces), whole) << "cut at " << cut;
        }
    }
}

TEST(ResponseParser, reads_the_same_byte_by_byte)
{
    for (auto const reply : {small_get, listing, gateway_error, old_server}) {
        auto const single = std::vector<std::size_t>(reply.size(), 1);

        EXPECT_EQ(read_reply(reply, Method::get, {}, single), read_reply(reply));
    }
}

TEST(ResponseParser, gives_views_into_its_input)
{
    auto parser = http::ResponseParser{Method::get};
    auto const head = parser.next(small_get);
    auto const body = parser.next(small_get.substr(head.consumed));

    EXPECT_EQ(head.bytes.data(), small_get.data() + small_get.find("Content-Type"));
    EXPECT_EQ(body.bytes.data(), small_get.data() + small_get.find('{'));
    EXPECT_EQ(parser.announced_size(), 13U);
}

TEST(ResponseParser, stays_where_it_ended)
{
    using Kind = http::ResponseParser::Step::Kind;
    auto whole = http::ResponseParser{Method::get};
    whole.next("HTTP/1.1 204 No Content\r\n\r\n");
    auto refused = http::ResponseParser{Method::get};
    refused.next("nonsense");

    EXPECT_EQ(whole.next("more").kind, Kind::end);
    EXPECT_EQ(whole.next("more").consumed, 0U);
    EXPECT_EQ(whole.finish().kind, Kind::end);
    EXPECT_EQ(refused.next(small_get).kind, Kind::failed);
    EXPECT_EQ(refused.finish().kind, Kind::failed);
    EXPECT_EQ(refused.refusal(), Refusal::not_http);
}

}  // namespace
}  // namespace etcdpp::tests

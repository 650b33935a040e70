// SPDX-License-Identifier: BSL-1.0
//! @file
//! http::ResponseParser on thousands of damaged replies: it never reads too far, does not care how
//! the bytes arrive, and where Poco's own HTTP client takes the reply as well, both read the same.

#include "tests/support/reply_reader.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <istream>
#include <iterator>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sys/socket.h>

namespace etcdpp::tests {
namespace {

constexpr auto seeds = std::array<std::string_view, 7>{
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Etcd-Index: 7\r\nContent-Length: 13\r\n"
    "\r\n{\"action\":1}\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n"
    "5\r\nfirst\r\nB;name=value\r\n and second\r\n0\r\n\r\n",
    "HTTP/1.1 400 Bad Request\r\nTrailer: Grpc-Status\r\nTransfer-Encoding: chunked\r\n\r\n"
    "4\r\nfour\r\n0\r\nGrpc-Status: 3\r\n\r\n",
    "HTTP/1.0 404 Not Found\r\nContent-Type: text/plain\r\n\r\n404 page not found\n",
    "HTTP/1.1 204 No Content\r\nX-Raft-Term: 2\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nblue",
    "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
};

//! What damages framing most: its own words, in the wrong place.
constexpr auto words = std::array<std::string_view, 16>{"\r\n", "\n", "\r", ":", " ", "\t", ";",
    "0", "1", "ffffffffffffffff", "Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n",
    "chunked", "HTTP/1.1 ", "\r\n\r\n", "-"};

class Damage {
public:
    explicit Damage(unsigned seed) : random_{seed} {}

    std::string reply()
    {
        auto text = std::string{seeds[below(seeds.size())]};
        for (auto left = below(4); left != 0; --left) { damage(text); }
        return text;
    }

    std::vector<std::size_t> pieces()
    {
        auto sizes = std::vector<std::size_t>(below(8));
        for (auto& size : sizes) { size = below(40); }
        return sizes;
    }

private:
    std::size_t below(std::size_t bound) { return random_() % bound; }

    //! Any but 255, which Poco takes for the end of the stream.
    char byte() { return static_cast<char>(below(255)); }

    void damage(std::string& text)
    {
        auto const at = below(text.size() + 1);
        switch (below(5)) {
        case 0: text.insert(at, words[below(words.size())]); break;
        case 1: text.insert(at, 1, byte()); break;
        case 2: text.erase(at, below(6)); break;
        case 3: text.insert(at, text.substr(below(text.size() + 1), below(40))); break;
        default:
            if (at < text.size()) { text[at] = byte(); }
        }
    }

    std::mt19937 random_;
};

struct PocoReply {
    int status;
    std::string body;
};

//! What Poco's client makes of the text, or nothing if it refuses it.
std::optional<PocoReply> read_by_poco(std::string_view text)
try {
    auto ends = std::array<int, 2>{};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) {
        throw std::runtime_error{"no socket pair"};
    }
    auto session = Poco::Net::HTTPClientSession{
        Poco::Net::StreamSocket{new Poco::Net::StreamSocketImpl{ends[0]}}};
    auto peer = Poco::Net::StreamSocket{new Poco::Net::StreamSocketImpl{ends[1]}};
    peer.sendBytes(text.data(), static_cast<int>(text.size()));
    peer.shutdownSend();

    auto request = Poco::Net::HTTPRequest{"GET", "/v2/keys/app/mode", "HTTP/1.1"};
    auto response = Poco::Net::HTTPResponse{};
    session.sendRequest(request);
    auto& stream = session.receiveResponse(response);
    auto body = std::string{std::istreambuf_iterator<char>{stream}, {}};
    return PocoReply{response.getStatus(), std::move(body)};
} catch (Poco::Exception const&) {
    return std::nullopt;
}

TEST(ResponseParser, reads_damaged_replies_the_same_however_they_arrive)
{
    auto damage = Damage{20'250'811};

    for (auto i = 0; i != 20'000; ++i) {
        auto const text = damage.reply();
        auto const pieces = damage.pieces();

        auto const whole = read_reply(text);
        auto const pieced = read_reply(text, http::Method::get, {}, pieces);

        ASSERT_EQ(pieced, whole) << testing::PrintToString(text);
    }
}

TEST(ResponseParser, reads_what_poco_reads_where_both_accept)
{
    auto damage = Damage{20'250'812};
    auto both = 0;

    for (auto i = 0; i != 5'000; ++i) {
        auto const text = damage.reply();
        auto const ours = read_reply(text);
        if (!ours.whole || ours.status > 511) { continue; }  // Poco's enumeration ends there
        auto const theirs = read_by_poco(text);
        if (!theirs || theirs->status < 200) { continue; }  // Poco takes 101 to 199 for final
        ++both;
        EXPECT_EQ(ours.status, theirs->status) << testing::PrintToString(text);
        EXPECT_EQ(ours.body, theirs->body) << testing::PrintToString(text);
    }
    EXPECT_GT(both, 1'000);
}

}  // namespace
}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0
//! @file
//! The parts of a connection: its socket, its buffer, and the pool it rests in.

#include "etcdpp/transport/poco_connection.hpp"

#include "etcdpp/transport/poco_buffer.hpp"
#include "etcdpp/transport/poco_pool.hpp"
#include "tests/support/loopback_server.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using etcdpp::detail::Connection;
using etcdpp::detail::ConnectionPool;
using etcdpp::detail::ReceiveBuffer;

std::unique_ptr<Connection> connect(
    LoopbackServer const& server, std::chrono::seconds keep_alive_period = 1s)
{
    auto const to = server.endpoint();
    auto connection = std::make_unique<Connection>(to);
    connection->socket().connect({to.host, to.port}, keep_alive_period);
    auto watched = pollfd{connection->descriptor(), POLLOUT, 0};
    EXPECT_EQ(::poll(&watched, 1, -1), 1);
    return connection;
}

int option(Connection const& connection, int level, int name)
{
    auto value = -1;
    auto size = socklen_t{sizeof value};
    ::getsockopt(connection.descriptor(), level, name, &value, &size);
    return value;
}

//! Which socket that is: the number of one that was closed may be another's at once.
ino_t identity(int descriptor)
{
    struct stat about{};
    return ::fstat(descriptor, &about) == 0 ? about.st_ino : 0;
}

void append(ReceiveBuffer& buffer, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const room = buffer.room();
        auto const count = std::min(room.size(), bytes.size());
        std::ranges::copy(bytes.substr(0, count), room.begin());
        buffer.received(count);
        bytes.remove_prefix(count);
    }
}

TEST(PocoConnection, asks_an_idle_peer_for_a_sign_of_life_each_second)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto const connection = connect(server, 1s);

    EXPECT_EQ(option(*connection, SOL_SOCKET, SO_KEEPALIVE), 1);
    EXPECT_EQ(option(*connection, IPPROTO_TCP, TCP_KEEPIDLE), 1);
    EXPECT_EQ(option(*connection, IPPROTO_TCP, TCP_KEEPINTVL), 1);
    EXPECT_EQ(option(*connection, IPPROTO_TCP, TCP_KEEPCNT), 3);
}

TEST(PocoConnection, asks_nothing_if_the_period_is_zero)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto const connection = connect(server, 0s);

    EXPECT_EQ(option(*connection, SOL_SOCKET, SO_KEEPALIVE), 0);
}

TEST(PocoConnection, sends_at_once_and_is_not_inherited_by_child_processes)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto const connection = connect(server);

    EXPECT_EQ(option(*connection, IPPROTO_TCP, TCP_NODELAY), 1);
    EXPECT_EQ(::fcntl(connection->descriptor(), F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

TEST(PocoConnection, is_not_usable_once_the_peer_has_spoken_or_left)
{
    auto server = LoopbackServer{[](Peer& peer) {
        if (peer.number() == 1) { peer.say("unasked"); }
        if (peer.number() != 0) { peer.hang_up(); }
        peer.keep_silent();
    }};
    auto const idle = connect(server);
    auto const spoken_to = connect(server);
    auto const left_alone = connect(server);
    for (auto const* const each : {spoken_to.get(), left_alone.get()}) {
        auto watched = pollfd{each->descriptor(), POLLIN, 0};
        ASSERT_EQ(::poll(&watched, 1, -1), 1);
    }

    EXPECT_TRUE(idle->is_usable());
    EXPECT_FALSE(spoken_to->is_usable());
    EXPECT_FALSE(left_alone->is_usable());
}

TEST(ConnectionPool, gives_the_connection_used_last)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto pool = ConnectionPool{2};
    auto first = connect(server);
    auto second = connect(server);
    auto const* const last = second.get();

    pool.put(std::move(first));
    pool.put(std::move(second));

    EXPECT_EQ(pool.take(server.endpoint()).get(), last);
    EXPECT_TRUE(pool.take(server.endpoint()));
    EXPECT_FALSE(pool.take(server.endpoint()));
}

TEST(ConnectionPool, gives_no_connection_to_another_endpoint)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto pool = ConnectionPool{2};
    pool.put(connect(server));
    auto other = server.endpoint();

    other.scheme = Scheme::https;
    EXPECT_FALSE(pool.take(other));
    other = server.endpoint();
    other.host = "localhost";
    EXPECT_FALSE(pool.take(other));
}

TEST(ConnectionPool, closes_what_is_beyond_its_limit)
{
    auto server = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto pool = ConnectionPool{1};
    auto second = connect(server);
    auto const descriptor = second->descriptor();
    auto const socket = identity(descriptor);

    pool.put(connect(server));
    pool.put(std::move(second));

    EXPECT_NE(identity(descriptor), socket);
}

TEST(ConnectionPool, has_room_for_each_endpoint_whatever_the_others_take)
{
    auto one = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto other = LoopbackServer{[](Peer& peer) { peer.keep_silent(); }};
    auto pool = ConnectionPool{1};

    pool.put(connect(one));
    pool.put(connect(other));

    EXPECT_TRUE(pool.take(one.endpoint()));
    EXPECT_FALSE(pool.take(one.endpoint()));
    EXPECT_TRUE(pool.take(other.endpoint()));
}

TEST(ConnectionPool, is_swept_clean_of_what_members_have_closed)
{
    auto server = LoopbackServer{[](Peer& peer) {
        if (peer.number() == 0) { peer.hang_up(); }
        peer.keep_silent();
    }};
    auto pool = ConnectionPool{2};
    auto closed = connect(server);
    auto open = connect(server);
    auto watched = pollfd{closed->descriptor(), POLLIN, 0};
    ASSERT_EQ(::poll(&watched, 1, -1), 1);
    auto const descriptor_of_closed = closed->descriptor();
    auto const descriptor_of_open = open->descriptor();
    auto const closed_socket = identity(descriptor_of_closed);
    auto const open_socket = identity(descriptor_of_open);
    pool.put(std::move(closed));
    pool.put(std::move(open));

    pool.sweep();

    EXPECT_NE(identity(descriptor_of_closed), closed_socket);
    EXPECT_EQ(identity(descriptor_of_open), open_socket);
    EXPECT_TRUE(pool.take(server.endpoint()));
}

TEST(ReceiveBuffer, keeps_what_is_unread_while_it_makes_room)
{
    auto buffer = ReceiveBuffer{};
    auto expected = std::string{};
    for (auto i = 0; i != 2'000; ++i) {
        auto const bytes = std::to_string(i) + std::string(static_cast<std::size_t>(i % 97), '.');
        append(buffer, bytes);
        expected += bytes;
        auto const read = i % 3 == 0 ? expected.size() / 2 : expected.size() / 200;
        ASSERT_EQ(buffer.unread(), expected);
        buffer.consume(read);
        expected.erase(0, read);
    }
}

TEST(ReceiveBuffer, grows_only_for_what_does_not_fit)
{
    auto buffer = ReceiveBuffer{};
    auto const capacity = buffer.room().size();

    for (auto i = 0; i != 100; ++i) {
        append(buffer, std::string(capacity - 1, 'x'));
        buffer.consume(capacity - 1);
    }
    EXPECT_EQ(buffer.room().size(), capacity);

    append(buffer, std::string(3 * capacity, 'x'));
    EXPECT_EQ(buffer.unread().size(), 3 * capacity);
}

}  // namespace
}  // namespace etcdpp::tests

// SPDX-License-Identifier: BSL-1.0

#include "reception.hpp"

#include "foreign_method.hpp"
#include "reply_writer.hpp"
#include <etcdpp/http/request.hpp>

#include <Poco/Exception.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/StreamCopier.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <poll.h>

namespace etcdpp::examples {

namespace {

//! As a member reads it; nothing if the client went away in the middle of the body.
std::optional<http::Request> read(Poco::Net::HTTPServerRequest& from)
{
    auto request = http::Request{.target = from.getURI()};
    for (auto const& [name, value] : from) { request.headers.add(name, value); }
    auto const method = method_called(from.getMethod());
    request.method = method.value_or(http::Method::head);
    if (!method) {
        request.target.erase(std::min(request.target.find('?'), request.target.size()));
    }
    // Without either, Poco would read to the end of the connection.
    if (from.hasContentLength() || from.getChunkedTransferEncoding()) {
        Poco::StreamCopier::copyToString(from.stream(), request.body);
    }
    auto const is_short = from.hasContentLength()
        && request.body.size() != static_cast<std::size_t>(from.getContentLength64());
    return is_short ? std::nullopt : std::optional{std::move(request)};
}

//! Waits until something has come of the reply; false if nobody is there to read it.
bool await(int reply, int client, bool has_begun)
{
    constexpr auto grace = 10'000;  // ms
    auto watched = std::array{pollfd{reply, POLLIN, 0}, pollfd{client, POLLRDHUP, 0}};
    ::poll(watched.data(), watched.size(), -1);
    if ((watched[0].revents & POLLIN) != 0) { return true; }
    if (watched[1].revents != POLLRDHUP) { return watched[1].revents == 0; }
    // It sends no more. Who has asked for an event is gone; any other may wait for its reply.
    if (has_begun) { return false; }
    watched[1].events = 0;
    ::poll(watched.data(), watched.size(), grace);
    return (watched[0].revents & POLLIN) != 0;
}

}  // namespace

void Reception::handleRequest(
    Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response)
{
    auto const keeps_alive = request.getKeepAlive();
    response.setKeepAlive(false);  // unless all goes well
    auto& socket = static_cast<Poco::Net::HTTPServerRequestImpl&>(request).socket();
    try {
        auto const read = examples::read(request);
        if (!read) { return; }
        auto const is_foreign = !method_called(request.getMethod());
        auto call = LiveWorld::Call{*world_, member_, *read};
        auto writer = ReplyWriter{socket,
            {.keeps_alive = keeps_alive,
                .has_chunks = request.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1,
                .is_head = request.getMethod() == "HEAD"}};
        auto then = Then::goes_on;
        while (then == Then::goes_on) {
            if (!await(call.descriptor(), socket.impl()->sockfd(), writer.has_begun())) { return; }
            auto pieces = call.take();
            if (is_foreign && !pieces.empty() && pieces.front().progress == Progress::head) {
                auto reply = reply_to_foreign(
                    request.getMethod(), read->target, pieces.front().part);
                auto body = std::exchange(reply.body, {});
                pieces = {{Progress::head, std::move(reply)},
                    {Progress::bytes, {.body = std::move(body)}}, {Progress::end}};
            }
            then = writer.write(pieces);
        }
        if (then == Then::is_aborted) { socket.setLinger(true, 0); }
        response.setKeepAlive(then == Then::serves_on);
    } catch (Poco::Exception const&) {  // the client has gone
    }
}

}  // namespace etcdpp::examples

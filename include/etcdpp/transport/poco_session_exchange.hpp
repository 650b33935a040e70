// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One request and its reply, as Poco's HTTPClientSession speaks HTTP.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/http/response_parser.hpp"
#include "etcdpp/transport/poco_session_socket.hpp"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/StreamSocket.h>

#include <array>
#include <istream>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::detail {

//! A session on a socket that is connected already: it never connects by itself.
class Session : public Poco::Net::HTTPClientSession {
public:
    //! `asks_for_whole_urls`: of a proxy.
    Session(Endpoint const& to, bool asks_for_whole_urls, SessionSocket* socket)
        : HTTPClientSession{to.host, to.port}
    {
        auto proxy = ProxyConfig{};          // else the process-wide one would be in force
        proxy.authMethod = PROXY_AUTH_NONE;  // its other methods may send a request twice
        if (asks_for_whole_urls) { proxy.host = "connected already"; }
        setProxyConfig(proxy);
        setKeepAlive(true);
        attachSocket(Poco::Net::StreamSocket{socket});
    }

    //! Something was received that belongs to no reply: Poco 1.11 leaves the trailers of a chunked
    //! reply behind but for the first (WIRE 0.1).
    bool has_leftovers() const { return buffered() > 0; }
};

class SessionExchange {
public:
    SessionExchange(std::unique_ptr<Connection> connection, Patience const& patience,
        http::ParserLimits const& limits)
        : max_body_{limits.max_body},
          socket_{Poco::makeAuto<SessionSocket>(std::move(connection), patience, limits.max_head)}
    {
    }

    //! Speaks to the end of the connection, which may be a proxy that passes requests on.
    Result<http::Response> run(
        Endpoint const& to, http::Request const& request, bool asks_for_whole_urls)
    {
        auto session = Session{to, asks_for_whole_urls, share()};
        auto asked = Poco::Net::HTTPRequest{std::string{http::name(request.method)}, request.target,
            Poco::Net::HTTPMessage::HTTP_1_1};
        asked.set("Host", authority(to));
        request.headers.for_each([&](std::string_view name, std::string_view value) {
            asked.add(std::string{name}, std::string{value});
        });
        using enum http::Method;
        if (!request.body.empty() || request.method == put || request.method == post) {
            asked.setContentLength64(static_cast<Poco::Int64>(request.body.size()));
        }
        return guarded([&] { return exchange(session, asked, request.body); });
    }

    //! Asks a proxy for a tunnel. Success: what is said from now on reaches `to`.
    Result<void> open_tunnel(Endpoint const& to, std::string const& authorization)
    {
        auto session = Session{to, false, share()};
        auto asked = Poco::Net::HTTPRequest{
            "CONNECT", authority(to), Poco::Net::HTTPMessage::HTTP_1_1};
        asked.set("Host", authority(to));
        if (!authorization.empty()) { asked.set("Proxy-Authorization", authorization); }
        return guarded([&] { return tunnel(session, asked); });
    }

    //! The connection, if it can be used for what comes next; else null.
    std::unique_ptr<Connection> take_connection()
    {
        return is_reusable_ ? socket_->take_connection() : nullptr;
    }

private:
    using Answer = Poco::Net::HTTPResponse;

    //! For a StreamSocket, which gives its share back at its end.
    SessionSocket* share()
    {
        socket_->duplicate();
        return socket_.get();
    }

    //! Says what became of `speak`, which Poco tells by exceptions, if at all.
    template <class Speak>
    auto guarded(Speak const& speak) -> decltype(speak())
    try {
        auto spoken = speak();
        if (socket_->failure()) { return unexpected(*socket_->failure()); }
        return spoken;
    } catch (Poco::Exception const& fault) {
        return unexpected(error_of(fault.displayText()));
    }

    Error error_of(std::string const& words) const
    {
        if (socket_->failure()) { return *socket_->failure(); }
        if (socket_->was_closed()) {
            return error(Errc::unreachable, "the connection was closed before the reply was whole");
        }
        if (!socket_->began_as_http()) {
            return error(Errc::not_etcd, "what answered does not speak HTTP: " + words);
        }
        return error(Errc::malformed_reply, "the reply is not as HTTP wants it: " + words);
    }

    Error error(Errc code, std::string words) const
    {
        return member_error(code, socket_->effect(), std::move(words));
    }

    Result<http::Response> exchange(
        Session& session, Poco::Net::HTTPRequest& asked, std::string const& body)
    {
        auto& out = session.sendRequest(asked);
        out.write(body.data(), static_cast<std::streamsize>(body.size()));
        auto answer = Answer{};
        auto& in = session.receiveResponse(answer);
        if (socket_->was_closed()) { return unexpected(error_of({})); }
        socket_->head_is_read();
        auto const is_chunked = answer.getChunkedTransferEncoding();
        auto const is_sized = !is_chunked && answer.hasContentLength();
        auto const announced = is_sized ? answer.getContentLength64() : Poco::Int64{0};
        if (announced < 0) {
            return unexpected(error(Errc::malformed_reply, "Content-Length is below zero"));
        }
        auto response = http::Response{.status = answer.getStatus()};
        for (auto const& [name, value] : answer) { response.headers.add(name, value); }
        auto read = read_body(in, announced, response.body);
        if (!read) { return unexpected(std::move(read).error()); }
        auto const expects_body = asked.getMethod() != Poco::Net::HTTPRequest::HTTP_HEAD;
        auto complete = is_complete(answer, is_chunked && expects_body,
            expects_body ? announced : Poco::Int64{0}, response.body.size());
        if (!complete) { return unexpected(std::move(complete).error()); }
        is_reusable_ = answer.getKeepAlive() && !answer.has("Trailer") && !session.has_leftovers()
            && !socket_->was_closed();
        return response;
    }

    Result<void> read_body(std::istream& in, Poco::Int64 announced, std::string& body) const
    {
        auto const too_large = [&] {
            return unexpected(error(Errc::malformed_reply,
                "the body of the reply exceeds " + std::to_string(max_body_) + " bytes"));
        };
        if (announced > 0 && static_cast<std::uint64_t>(announced) > max_body_) {
            return too_large();
        }
        auto room = std::array<char, std::size_t{16} * 1024>{};
        do {
            in.read(room.data(), room.size());
            body.append(room.data(), static_cast<std::size_t>(in.gcount()));
            if (body.size() > max_body_) { return too_large(); }
        } while (in);
        return {};
    }

    //! Poco ends a body in silence where the connection ends, or a chunk cannot be read.
    Result<void> is_complete(
        Answer const& answer, bool is_chunked, Poco::Int64 announced, std::size_t received) const
    {
        if (socket_->failure()) { return unexpected(*socket_->failure()); }
        auto const status = static_cast<int>(answer.getStatus());
        if (status == 204 || status == 304) { return {}; }
        auto const is_short = announced > 0 && received < static_cast<std::uint64_t>(announced);
        if (is_short || (is_chunked && socket_->was_closed())) { return unexpected(error_of({})); }
        if (is_chunked && !answer.has("Trailer") && socket_->last_bytes() != "0\r\n\r\n") {
            return unexpected(error(Errc::malformed_reply, "a chunk of the reply cannot be read"));
        }
        return {};
    }

    Result<void> tunnel(Session& session, Poco::Net::HTTPRequest& asked)
    {
        session.sendRequest(asked);
        auto answer = Answer{};
        session.receiveResponse(answer);
        if (socket_->was_closed()) { return unexpected(error_of({})); }
        if (answer.getStatus() / 100 != 2) {
            return unexpected(error(Errc::unreachable,
                "the proxy opens no tunnel: HTTP " + std::to_string(answer.getStatus()) + ' '
                    + answer.getReason()));
        }
        is_reusable_ = !session.has_leftovers();
        return {};
    }

    std::size_t max_body_;
    Poco::AutoPtr<SessionSocket> socket_;
    bool is_reusable_ = false;
};

}  // namespace etcdpp::detail

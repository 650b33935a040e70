// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A whole reply read by http::ResponseParser, in pieces as chosen.

#include "etcdpp/http/response_parser.hpp"

#include <cstddef>
#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::tests {

//! All that the parser said about a reply.
struct ReadReply {
    bool whole = false;
    int status = 0;
    std::string header_lines = {};
    std::string body = {};
    std::string left = {};  //!< behind the end of the reply
    bool keeps_alive = false;
    http::Refusal refusal = http::Refusal::none;
    std::string words = {};

    friend bool operator==(ReadReply const&, ReadReply const&) = default;

    friend std::ostream& operator<<(std::ostream& out, ReadReply const& reply)
    {
        out << (reply.whole ? "whole " : "refused: ") << reply.words << ", status " << reply.status
            << ", headers \"" << reply.header_lines << "\", body \"" << reply.body << "\", left \""
            << reply.left << '"';
        return out;
    }
};

//! Plays the part of a transport: keeps what is not consumed, shows it again with more behind it.
class ReplyReader {
public:
    explicit ReplyReader(http::Method method, http::ParserLimits limits = {})
        : parser_{method, limits}
    {
    }

    void receive(std::string_view bytes)
    {
        unread_.append(bytes);
        while (!is_over_ && step()) {}
    }

    //! The connection ends.
    ReadReply close()
    {
        if (!is_over_) { note(parser_.finish()); }
        reply_.left = reply_.whole ? unread_ : "";
        return reply_;
    }

private:
    //! False if the parser wants more. It gets a copy of the very size, so that an address
    //! sanitizer sees any look beyond the end.
    bool step()
    {
        auto const exact = std::vector<char>(unread_.begin(), unread_.end());
        auto const step = parser_.next({exact.data(), exact.size()});
        note(step);
        unread_.erase(0, step.consumed);
        return step.kind != Kind::more;
    }

    void note(http::ResponseParser::Step const& step)
    {
        switch (step.kind) {
        case Kind::more: break;
        case Kind::head:
            reply_.status = parser_.status();
            reply_.header_lines = step.bytes;
            break;
        case Kind::body: reply_.body += step.bytes; break;
        case Kind::end:
            reply_.whole = is_over_ = true;
            reply_.keeps_alive = parser_.keeps_alive();
            break;
        case Kind::failed:
            is_over_ = true;
            reply_.refusal = parser_.refusal();
            reply_.words = parser_.words();
            break;
        }
    }

    using Kind = http::ResponseParser::Step::Kind;

    http::ResponseParser parser_;
    std::string unread_;
    bool is_over_ = false;
    ReadReply reply_;
};

//! Reads `text`, which ends with the connection, in pieces of the given sizes; the last piece is
//! whatever is left.
inline ReadReply read_reply(std::string_view text, http::Method method = http::Method::get,
    http::ParserLimits limits = {}, std::span<std::size_t const> pieces = {})
{
    auto reader = ReplyReader{method, limits};
    for (auto const size : pieces) {
        reader.receive(text.substr(0, size));
        text.remove_prefix(std::min(size, text.size()));
    }
    reader.receive(text);
    return reader.close();
}

}  // namespace etcdpp::tests

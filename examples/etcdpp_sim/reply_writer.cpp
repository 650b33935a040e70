// SPDX-License-Identifier: BSL-1.0

#include "reply_writer.hpp"

#include <etcdpp/core/errc.hpp>

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace etcdpp::examples {

namespace {

std::string status_line(int status)
{
    using Poco::Net::HTTPResponse;
    auto const reason = HTTPResponse::getReasonForStatus(
        static_cast<HTTPResponse::HTTPStatus>(status));
    return "HTTP/1.1 " + std::to_string(status) + ' ' + reason + "\r\n";
}

//! What etcd adds to each reply, and Go's server.
std::string common_headers()
{
    return "Access-Control-Allow-Headers: accept, content-type, authorization\r\n"
           "Access-Control-Allow-Methods: POST, GET, OPTIONS, PUT, DELETE\r\n"
           "Access-Control-Allow-Origin: *\r\n"
           "Date: "
        + Poco::DateTimeFormatter::format(Poco::Timestamp{}, Poco::DateTimeFormat::HTTP_FORMAT)
        + "\r\n";
}

std::string hexadecimal_size(std::string_view bytes)
{
    char text[16];
    auto const end = std::to_chars(text, text + sizeof text, bytes.size(), 16).ptr;
    return {text, end};
}

}  // namespace

Then ReplyWriter::write(std::vector<sim::Piece> const& pieces)
{
    auto const is_whole = std::ranges::any_of(
        pieces, [](sim::Piece const& each) { return each.progress == Progress::end; });
    for (auto const& piece : pieces) {
        if (piece.loss) { return write_loss(*piece.loss); }
        switch (piece.progress) {
        case Progress::head: {
            auto size = std::size_t{0};
            for (auto const& each : pieces) { size += each.part.body.size(); }
            is_chunked_ = !is_whole && kind_.has_chunks;
            ends_with_connection_ = !kind_.keeps_alive || (!is_whole && !kind_.has_chunks);
            auto const has_length = is_whole && !kind_.is_head && piece.part.status != 204;
            write_head(piece.part,
                has_length        ? "Content-Length: " + std::to_string(size) + "\r\n"
                    : is_chunked_ ? "Transfer-Encoding: chunked\r\n"
                                  : "");
            break;
        }
        case Progress::bytes: write_body(piece.part.body); break;
        case Progress::end: return write_end();
        case Progress::more: send("HTTP/1.1 20"); break;
        }
    }
    return Then::goes_on;
}

void ReplyWriter::write_head(http::Response const& head, std::string_view framing)
{
    has_begun_ = true;
    auto text = status_line(head.status);
    text.append(head.headers.block()).append(common_headers()).append(framing);
    if (ends_with_connection_) {
        text += "Connection: close\r\n";
    } else if (!kind_.has_chunks) {
        text += "Connection: keep-alive\r\n";  // HTTP/1.0 must be told
    }
    send(text += "\r\n");
}

void ReplyWriter::write_body(std::string_view bytes)
{
    if (kind_.is_head || bytes.empty()) { return; }
    if (!is_chunked_) { return send(bytes); }
    send(hexadecimal_size(bytes).append("\r\n").append(bytes).append("\r\n"));
}

Then ReplyWriter::write_end()
{
    if (is_chunked_ && !kind_.is_head) { send("0\r\n\r\n"); }
    return ends_with_connection_ ? Then::ends : Then::serves_on;
}

Then ReplyWriter::write_loss(Error const& loss)
{
    if (loss == Errc::not_etcd) {
        send("This is not what an HTTP reply begins with.\r\n");
        return Then::ends;
    }
    return has_begun_ ? Then::ends : Then::is_aborted;
}

void ReplyWriter::send(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const sent = socket_->sendBytes(bytes.data(), static_cast<int>(bytes.size()));
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace etcdpp::examples

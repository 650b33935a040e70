// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A reply on its way out: what has come of it, as bytes of HTTP/1.1 or 1.0.

#include <etcdpp/http/response.hpp>
#include <etcdpp/sim/conversation.hpp>

#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace etcdpp::examples {

//! What is to become of the connection.
enum class Then : std::uint8_t {
    goes_on,     //!< the reply is not over
    serves_on,   //!< the next request may come
    ends,        //!< closed by us
    is_aborted,  //!< reset
};

class ReplyWriter {
public:
    struct Kind {
        bool keeps_alive = true;
        bool has_chunks = true;  //!< HTTP/1.1
        bool is_head = false;    //!< no body is sent, whatever comes
    };

    ReplyWriter(Poco::Net::StreamSocket& socket, Kind kind) : socket_{&socket}, kind_{kind} {}

    //! Sends what has come at one moment. @throws Poco::Exception if the client has gone
    Then write(std::vector<sim::Piece> const& pieces);

    bool has_begun() const noexcept { return has_begun_; }

private:
    void write_head(http::Response const& head, std::string_view framing);
    void write_body(std::string_view bytes);
    Then write_end();
    Then write_loss(Error const& loss);
    void send(std::string_view bytes);

    Poco::Net::StreamSocket* socket_;
    Kind kind_;
    bool has_begun_ = false;
    bool is_chunked_ = false;
    bool ends_with_connection_ = false;
};

}  // namespace etcdpp::examples

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Writes each request to a stream, as the command line that would send it by hand.

#include "etcdpp/environment/event.hpp"
#include "etcdpp/http/curl.hpp"

#include <memory>
#include <mutex>
#include <ostream>
#include <string>
#include <variant>

namespace etcdpp {

//! A request as one would send it by hand; what is secret in it prints as `***`.
inline std::string curl_line(Endpoint const& to, RequestToPrint const& request)
{
    return http::curl_line(to, request.request_);
}

inline std::string curl_line(AttemptBegan const& event)
{
    return curl_line(event.endpoint, event.request);
}

inline std::string curl_line(Redirected const& event)
{
    return curl_line(event.to, event.request);
}

inline std::string curl_line(WatchAsked const& event)
{
    return curl_line(event.endpoint, event.request);
}

//! One line a request, before it is sent: of calls, of watches, and where a redirect leads.
//! Credentials and confidential bodies print as `***`. The stream must outlive the client.
//!
//! `Observed{CurlObserver{std::clog}, Observed{LogObserver{std::clog}}}` writes both.
class CurlObserver {
public:
    explicit CurlObserver(std::ostream& out) : out_{&out} {}

    void on(Event const& event)
    {
        if (auto const* const began = std::get_if<AttemptBegan>(&event)) { write(*began); }
        if (auto const* const hop = std::get_if<Redirected>(&event)) { write(*hop); }
        if (auto const* const asked = std::get_if<WatchAsked>(&event)) { write(*asked); }
    }

private:
    template <class Sent>
    void write(Sent const& event)
    {
        auto const line = curl_line(event) + '\n';
        auto const lock = std::lock_guard{*mutex_};
        *out_ << line << std::flush;
    }

    std::ostream* out_;
    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
};

}  // namespace etcdpp

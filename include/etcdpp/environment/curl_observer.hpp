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

//! The request of an attempt as one would send it by hand; what is secret in it prints as `***`.
inline std::string curl_line(AttemptBegan const& event)
{
    return http::curl_line(event.endpoint, event.request.request_);
}

//! One line a request, before it is sent; credentials and confidential bodies print as `***`. Where
//! a redirect leads is not told, nor the polls of a watch. The stream must outlive the client.
//!
//! `Observed{CurlObserver{std::clog}, Observed{LogObserver{std::clog}}}` writes both.
class CurlObserver {
public:
    explicit CurlObserver(std::ostream& out) : out_{&out} {}

    void on(Event const& event)
    {
        auto const* const began = std::get_if<AttemptBegan>(&event);
        if (began == nullptr) { return; }
        auto const line = curl_line(*began) + '\n';
        auto const lock = std::lock_guard{*mutex_};
        *out_ << line << std::flush;
    }

private:
    std::ostream* out_;
    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
};

}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! One question of a watch under way: what has come of it, and how long it has been silent.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/transport/concept.hpp"

#include <optional>
#include <utility>

namespace etcdpp::v2 {

//! `Exchange` is the transport's. Empty while nothing is asked.
template <class Exchange>
class WatchExchange {
public:
    WatchExchange() = default;

    WatchExchange(Exchange exchange, Clock::time_point began)
        : exchange_{std::move(exchange)}, began_{began}, heard_{began}
    {
    }

    bool is_busy() const noexcept { return exchange_.has_value(); }

    //! What a transport waits for; null if nothing is under way.
    Exchange* waited_for() noexcept { return exchange_ ? &*exchange_ : nullptr; }

    bool has_head() const noexcept { return has_head_; }

    //! What has arrived. @pre is_busy()
    http::Response const& response() const noexcept { return exchange_->response(); }

    //! Since the question was asked.
    Clock::duration age(Clock::time_point now) const noexcept { return now - began_; }

    //! When it will have been silent for so long. Bytes count, not answers: a large listing takes
    //! its time.
    Deadline silent_until(Clock::duration patience) const noexcept
    {
        return Deadline::after(heard_, patience);
    }

    //! Takes in what is there. @returns what asks for a decision: the head, once; the end; or that
    //! there is `more` to wait for
    Result<Progress> hear(Clock::time_point now)
    {
        for (;;) {
            auto progress = exchange_->advance();
            if (!progress || *progress == Progress::more) { return progress; }
            heard_ = now;
            if (*progress == Progress::bytes) { continue; }
            has_head_ = true;
            return progress;
        }
    }

    //! Ends it, on the server too.
    void drop() noexcept { *this = {}; }

private:
    std::optional<Exchange> exchange_;
    Clock::time_point began_{};
    Clock::time_point heard_{};
    bool has_head_ = false;
};

}  // namespace etcdpp::v2

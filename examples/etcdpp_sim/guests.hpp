// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The connections of a member that are open, so that its death can end them.

#include <Poco/Net/StreamSocket.h>

#include <mutex>
#include <set>

#include <sys/socket.h>

namespace etcdpp::examples {

//! Any thread may call.
class Guests {
public:
    void enter(Poco::Net::StreamSocket const& guest)
    {
        auto const lock = std::lock_guard{mutex_};
        guests_.insert(guest);
        if (is_closed_) { show_out(guest); }
    }

    void leave(Poco::Net::StreamSocket const& guest)
    {
        auto const lock = std::lock_guard{mutex_};
        guests_.erase(guest);
    }

    //! Ends all, and whoever enters from now on.
    void expel()
    {
        auto const lock = std::lock_guard{mutex_};
        is_closed_ = true;
        for (auto const& guest : guests_) { show_out(guest); }
    }

private:
    //! By the descriptor: over TLS, Poco's shutdown is not for two threads.
    static void show_out(Poco::Net::StreamSocket const& guest)
    {
        ::shutdown(guest.impl()->sockfd(), SHUT_RDWR);
    }

    std::mutex mutex_;
    std::set<Poco::Net::StreamSocket> guests_;
    bool is_closed_ = false;
};

}  // namespace etcdpp::examples

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! From a host name to addresses, once, without ever being held up by a resolver that hangs.

#include "etcdpp/core/result.hpp"
#include "etcdpp/transport/poco_lookup.hpp"
#include "etcdpp/transport/poco_socket.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>
#include <Poco/Net/HostEntry.h>
#include <Poco/Net/IPAddress.h>

#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

namespace etcdpp {

//! The system's resolver: getaddrinfo(3), so /etc/hosts counts as well as DNS.
inline Addresses system_lookup(std::string const& host)
{
    return Poco::Net::DNS::hostByName(host, Poco::Net::DNS::DNS_HINT_NONE).addresses();
}

namespace detail {

//! One lookup, owned by the thread that does it and by all that wait for it.
class Lookup {
public:
    enum class State { pending, found, failed, stopped };

    void finish(Addresses addresses, std::string words)
    {
        {
            auto const guard = std::lock_guard{mutex_};
            addresses_ = std::move(addresses);
            words_ = std::move(words);
            done_ = true;
        }
        changed_.notify_all();
    }

    //! Waits; `pending` if it is not done at `by`.
    State wait(Deadline by, std::stop_token const& stop)
    {
        auto guard = std::unique_lock{mutex_};
        auto const done = changed_.wait_until(guard, stop, by.at(), [this] { return done_; });
        if (!done) { return stop.stop_requested() ? State::stopped : State::pending; }
        return addresses_.empty() ? State::failed : State::found;
    }

    bool is_done()
    {
        auto const guard = std::lock_guard{mutex_};
        return done_;
    }

    //! @pre wait() said `found`, after which these do not change
    Addresses const& addresses() const noexcept { return addresses_; }

    //! @pre wait() said `failed`
    std::string const& words() const noexcept { return words_; }

private:
    std::mutex mutex_;
    std::condition_variable_any changed_;
    bool done_ = false;
    Addresses addresses_;
    std::string words_;
};

//! Remembers what names stand for. A literal address is its own and is never looked up. May be used
//! from many threads at once: those that ask for the same name share one lookup.
class Resolver {
public:
    explicit Resolver(NameLookup lookup) : lookup_{std::move(lookup)}
    {
        if (!lookup_) { lookup_ = system_lookup; }
    }

    //! Errc::unreachable if the name has no address, Errc::timed_out at `by`, Errc::cancelled;
    //! nothing has been sent then, so the effect is `none`.
    Result<Addresses> resolve(std::string const& host, Deadline by, std::stop_token const& stop)
    {
        auto literal = Poco::Net::IPAddress{};
        if (Poco::Net::IPAddress::tryParse(host, literal)) { return Addresses{literal}; }

        auto const lookup = find_or_begin(host);
        if (!lookup) {
            return failed(Errc::unreachable, "no thread is left to resolve the host name");
        }
        switch (lookup->wait(by, stop)) {
        case Lookup::State::found: return lookup->addresses();
        case Lookup::State::failed:
            forget(host);
            return failed(
                Errc::unreachable, "the host name cannot be resolved: " + lookup->words());
        case Lookup::State::stopped: return failed(Errc::cancelled, "stopped");
        case Lookup::State::pending: break;
        }
        return failed(Errc::timed_out, "the host name was not resolved in time");
    }

    //! Looks the name up anew the next time, unless that has begun already.
    void forget(std::string const& host)
    {
        auto const guard = std::lock_guard{mutex_};
        auto const known = lookups_.find(host);
        if (known != lookups_.end() && known->second->is_done()) { lookups_.erase(known); }
    }

private:
    static Unexpected failed(Errc code, std::string words)
    {
        auto const fault = code == Errc::cancelled ? Fault::caller : Fault::member;
        return unexpected(
            Error{code, {.effect = Effect::none, .fault = fault, .words = std::move(words)}});
    }

    //! Null if no thread can be had.
    std::shared_ptr<Lookup> find_or_begin(std::string const& host)
    try {
        auto const guard = std::lock_guard{mutex_};
        auto const known = lookups_.find(host);
        if (known != lookups_.end()) { return known->second; }
        auto const lookup = std::make_shared<Lookup>();
        std::thread{run, lookup, lookup_, host}.detach();
        return lookups_.emplace(host, lookup).first->second;
    } catch (std::system_error const&) {
        return nullptr;
    }

    //! Runs in a thread that may outlive the resolver, so it owns all it touches.
    static void run(
        std::shared_ptr<Lookup> const& lookup, NameLookup const& look_up, std::string const& host)
    {
        try {
            lookup->finish(look_up(host), "it has no address");
        } catch (Poco::Exception const& fault) {
            lookup->finish({}, fault.displayText());
        } catch (std::exception const& fault) {
            lookup->finish({}, fault.what());
        }
    }

    NameLookup lookup_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Lookup>> lookups_;
};

}  // namespace detail
}  // namespace etcdpp

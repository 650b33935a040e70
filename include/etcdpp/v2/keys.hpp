// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The keys of etcd's v2 API under their usual verbs.

#include "etcdpp/core/call_options.hpp"
#include "etcdpp/v2/key_operations.hpp"
#include "etcdpp/v2/watch_options.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace etcdpp::v2 {

// Only named here: v2/watch.hpp and v2/follow.hpp define them, and the two members that make them,
// so that who watches nothing need not compile what does.
template <class Client>
class Watch;
template <class Client>
class Follow;

//! Words for the operation values in key_operations.hpp, whose comments say what each promises;
//! `client.run(v2::Set{...})` does the same. A Keys points to its client, is copied freely, and may
//! be used from many threads at once.
//!
//! A call fails with a v2::Errc where etcd said no, with etcdpp::Errc::invalid_argument where a
//! request would be misread, and otherwise as docs/errors.md tells. `Error::effect()` says whether
//! a write that failed may have been carried out.
template <class Client>
class Keys {
public:
    explicit Keys(Client& client) noexcept : client_{&client} {}

    Result<Response> get(
        std::string key, GetOptions const& options = {}, CallOptions const& call = {}) const;

    Result<Response> set(std::string key, std::string value, SetOptions const& options = {},
        CallOptions const& call = {}) const;

    Result<Response> create(std::string key, std::string value, SetOptions const& options = {},
        CallOptions const& call = {}) const;

    Result<Response> update(std::string key, std::string value, SetOptions const& options = {},
        CallOptions const& call = {}) const;

    Result<Response> refresh(
        std::string key, std::chrono::milliseconds ttl, CallOptions const& call = {}) const;

    Result<Response> create_in_order(std::string dir, std::string value,
        SetOptions const& options = {}, CallOptions const& call = {}) const;

    Result<Response> make_dir(
        std::string dir, SetOptions const& options = {}, CallOptions const& call = {}) const;

    Result<Response> remove(
        std::string key, RemoveOptions const& options = {}, CallOptions const& call = {}) const;

    Result<Response> compare_and_swap(std::string key, std::string value, Compare compare,
        SetOptions const& options = {}, CallOptions const& call = {}) const;

    //! `change(Node const&)` makes a new value of the old: see v2/replace.hpp, which defines this.
    template <class Change>
    Result<Response> replace(std::string const& key, Change&& change,
        SetOptions const& options = {}, CallOptions const& call = {}) const;

    Result<Response> compare_and_remove(
        std::string key, Compare compare, CallOptions const& call = {}) const;

    //! The changes of a key, or of all below a directory, one after another. Does no I/O: the first
    //! `next` of the watch does. Include v2/watch.hpp, or the umbrella.
    Watch<Client> watch(std::string const& key, WatchOptions const& options = {}) const;

    //! A map of all values below a directory, kept current: see Follow. `liveness` is that of a
    //! watch. Include v2/follow.hpp, or the umbrella.
    Follow<Client> follow(
        std::string const& dir, Clock::duration liveness = WatchOptions{}.liveness) const;

private:
    Client* client_;
};

// Not inline, so that an `extern template` leaves them to one file (docs/howto/compile_time.md).

template <class Client>
Result<Response> Keys<Client>::get(
    std::string key, GetOptions const& options, CallOptions const& call) const
{
    return client_->run(Get{std::move(key), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::set(
    std::string key, std::string value, SetOptions const& options, CallOptions const& call) const
{
    return client_->run(Set{std::move(key), std::move(value), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::create(
    std::string key, std::string value, SetOptions const& options, CallOptions const& call) const
{
    return client_->run(Create{std::move(key), std::move(value), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::update(
    std::string key, std::string value, SetOptions const& options, CallOptions const& call) const
{
    return client_->run(Update{std::move(key), std::move(value), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::refresh(
    std::string key, std::chrono::milliseconds ttl, CallOptions const& call) const
{
    return client_->run(Refresh{std::move(key), ttl}, call);
}

template <class Client>
Result<Response> Keys<Client>::create_in_order(
    std::string dir, std::string value, SetOptions const& options, CallOptions const& call) const
{
    return client_->run(CreateInOrder{std::move(dir), std::move(value), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::make_dir(
    std::string dir, SetOptions const& options, CallOptions const& call) const
{
    return client_->run(MakeDir{std::move(dir), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::remove(
    std::string key, RemoveOptions const& options, CallOptions const& call) const
{
    return client_->run(Remove{std::move(key), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::compare_and_swap(std::string key, std::string value, Compare compare,
    SetOptions const& options, CallOptions const& call) const
{
    return client_->run(
        CompareAndSwap{std::move(key), std::move(value), std::move(compare), options}, call);
}

template <class Client>
Result<Response> Keys<Client>::compare_and_remove(
    std::string key, Compare compare, CallOptions const& call) const
{
    return client_->run(CompareAndRemove{std::move(key), std::move(compare)}, call);
}

}  // namespace etcdpp::v2

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What an operation is: something one can ask of etcd, as a value.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"

#include <concepts>

namespace etcdpp {

//! What a client was configured with and an operation may leave open.
struct Defaults {
    bool quorum = false;
};

template <class T>
concept names_its_reply = requires { typename T::Reply; };

template <class T>
concept encodes_itself = requires(T const& op) {
    { op.encode() } -> std::same_as<Result<http::Request>>;
};

//! The other way to encode: with the codec that also reads the replies, for a body of JSON.
template <class T, class Codec>
concept encodes_itself_with = requires(T const& op, Codec const& codec) {
    { op.encode(codec) } -> std::same_as<Result<http::Request>>;
};

template <class T, class Codec>
concept reads_its_reply = requires(
    T const& op, Codec const& codec, http::Response const& response) {
    { op.read(codec, response) } -> std::same_as<Result<typename T::Reply>>;
};

template <class T>
concept knows_its_idempotency = requires(T const& op) {
    { op.idempotency() } -> std::same_as<Idempotency>;
};

template <class T>
concept knows_whether_it_commits = requires(T const& op) {
    { op.commits() } -> std::same_as<bool>;
};

//! Requires
//!   1. `encode()`, or `encode(codec)`, turns the value into a request, or fails with
//!      Errc::invalid_argument where etcd would misread it. It is called once a call. (semantic)
//!   2. `read(codec, response)` turns a reply of any status into a Reply or an Error, whose effect
//!      and fault it states. It is called once an attempt. (semantic)
//!   3. `idempotency()` says what a second execution would change. (semantic)
//!   4. `commits()` says whether the member must wait for raft before it answers, as it does for a
//!      write or a quorum read: such an attempt is allowed `commit_timeout` of silence. (semantic)
//! Optional
//!   `apply(Defaults const&)` fills in what the value leaves open.
//! Threads
//!   An operation belongs to its call.
//! Models
//!   v2::Get, v2::Set, v2::Create, ...
template <class T, class Codec>
concept operation = std::movable<T> && names_its_reply<T>
    && (encodes_itself<T> || encodes_itself_with<T, Codec>)
    && reads_its_reply<T, Codec> && knows_its_idempotency<T> && knows_whether_it_commits<T>;

//! The request of an operation, whichever way that encodes itself.
template <class T, class Codec>
Result<http::Request> request_of(T const& op, Codec const& codec)
{
    if constexpr (encodes_itself<T>) {
        return op.encode();
    } else {
        return op.encode(codec);
    }
}

template <class T>
concept takes_defaults = requires(T& op, Defaults const& defaults) { op.apply(defaults); };

//! `static_assert(etcdpp::check_operation<MyOperation, PocoJson>());` explains what is missing.
template <class T, class Codec>
consteval bool check_operation()
{
    static_assert(std::movable<T>, "an operation must be movable");
    static_assert(names_its_reply<T>, "an operation names what it returns: using Reply = ...");
    static_assert(encodes_itself<T> || encodes_itself_with<T, Codec>,
        "an operation needs: Result<http::Request> encode() const, or encode(Codec const&) const");
    static_assert(reads_its_reply<T, Codec>,
        "an operation needs: Result<Reply> read(Codec const&, http::Response const&) const");
    static_assert(knows_its_idempotency<T>, "an operation needs: Idempotency idempotency() const");
    static_assert(knows_whether_it_commits<T>, "an operation needs: bool commits() const");
    static_assert(
        takes_defaults<T> || !requires { &T::apply; },
        "the apply of an operation, which fills in what it leaves open, takes: Defaults const&");
    return operation<T, Codec>;
}

}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can be asked of etcd's keys, as values: each becomes a request, and reads its reply.

#include "etcdpp/core/idempotency.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/http/form.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/options.hpp"
#include "etcdpp/v2/wire/reply.hpp"
#include "etcdpp/v2/wire/write.hpp"

#include <chrono>
#include <string>

namespace etcdpp::v2 {

// Aggregates without a common base: a base would cost callers the named members, for GCC warns of
// its missing initialiser. `Errc` below is v2::Errc.

//! Reads a key, or lists a directory.
struct Get {
    using Reply = Response;

    std::string key;
    GetOptions options = {};

    void apply(Defaults const& defaults)
    {
        if (!options.quorum) { options.quorum = defaults.quorum; }
    }

    Result<http::Request> encode() const
    {
        auto request = key_request(http::Method::get, key);
        if (request) {
            if (options.recursive) { widen_to_tree(request->target); }
            http::Form::query(request->target)
                .add_if(options.recursive, "recursive")
                .add_if(options.sorted, "sorted")
                .add_if(commits(), "quorum");
        }
        return request;
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_keys(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::read; }
    constexpr bool commits() const noexcept { return options.quorum.value_or(false); }
};

//! Writes `value` under `key`, whether or not the key exists; missing directories are made.
//! Replacing a node gives it a new created index and takes away its TTL (WIRE 0.10).
struct Set {
    using Reply = Response;

    std::string key;
    std::string value;
    SetOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(
            http::Method::put, key, [&](wire::Write& with) { with.value(value).options(options); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::overwrite; }
    static constexpr bool commits() noexcept { return true; }
};

//! Writes `value` under `key` if nothing is there yet; else Errc::node_exist.
struct Create {
    using Reply = Response;

    std::string key;
    std::string value;
    SetOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::put, key,
            [&](wire::Write& with) { with.prev_exist(false).value(value).options(options); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Writes `value` under `key` if the key exists; else Errc::key_not_found. The created index stays,
//! the TTL goes unless it is given again (WIRE 0.10). An empty value "updates" a directory too: its
//! TTL goes.
struct Update {
    using Reply = Response;

    std::string key;
    std::string value;
    SetOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::put, key,
            [&](wire::Write& with) { with.prev_exist(true).value(value).options(options); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::overwrite; }
    static constexpr bool commits() noexcept { return true; }
};

//! Gives a node a new TTL and leaves its value alone; watchers hear nothing. Works on a directory
//! too, and is the safe way there: an update of a directory's TTL would empty a file of that name.
//! The bounds of the TTL are those of SetOptions.
struct Refresh {
    using Reply = Response;

    std::string key;
    std::chrono::milliseconds ttl{};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::put, key,
            [&](wire::Write& with) { with.prev_exist(true).ttl(ttl).refresh(); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::overwrite; }
    static constexpr bool commits() noexcept { return true; }
};

//! Creates a key of the server's choice in `dir`: the etcd index, zero-padded to 20 digits, so that
//! the keys sort in the order of creation. The directory is made if it is missing.
struct CreateInOrder {
    using Reply = Response;

    std::string dir;
    std::string value;
    SetOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::post, dir,
            [&](wire::Write& with) { with.value(value).options(options); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Makes an empty directory if nothing is there yet; else Errc::node_exist. (etcd's bare `dir=true`
//! would replace a file by a directory and lose its value; this never does.)
struct MakeDir {
    using Reply = Response;

    std::string dir;
    SetOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::put, dir,
            [&](wire::Write& with) { with.flag(true, "dir").prev_exist(false).options(options); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Writes `value` if what is there is as `compare` says; else Errc::test_failed, or
//! Errc::key_not_found. The TTL goes unless it is given again.
struct CompareAndSwap {
    using Reply = Response;

    std::string key;
    std::string value;
    Compare compare = {};
    SetOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::put, key,
            [&](wire::Write& with) { with.value(value).compare(compare).options(options); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Removes a key, or a directory if the options say so; else Errc::not_file or Errc::dir_not_empty.
struct Remove {
    using Reply = Response;

    std::string key;
    RemoveOptions options = {};

    Result<http::Request> encode() const
    {
        return wire::write(http::Method::del, key, [&](wire::Write& with) {
            with.tree(options.recursive)
                .flag(options.dir, "dir")
                .flag(options.recursive, "recursive");
        });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

//! Removes a key if what is there is as `compare` says; else Errc::test_failed. Never a directory.
struct CompareAndRemove {
    using Reply = Response;

    std::string key;
    Compare compare = {};

    Result<http::Request> encode() const
    {
        return wire::write(
            http::Method::del, key, [&](wire::Write& with) { with.compare(compare); });
    }

    Result<Response> read(auto const& codec, http::Response const& response) const
    {
        return wire::read_written(codec, response);
    }

    static constexpr Idempotency idempotency() noexcept { return Idempotency::once_only; }
    static constexpr bool commits() noexcept { return true; }
};

}  // namespace etcdpp::v2

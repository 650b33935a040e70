// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The parameters of writes, and what is refused before it is sent.

#include "etcdpp/core/index.hpp"
#include "etcdpp/core/result.hpp"
#include "etcdpp/core/utf8.hpp"
#include "etcdpp/http/form.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/v2/key_path.hpp"
#include "etcdpp/v2/options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::v2::wire {

//! Far below the 7.4e9 s at which etcd's expiration time overflows and the key silently becomes
//! permanent (WIRE 0.11).
inline constexpr auto max_ttl = std::chrono::seconds{3'000'000'000};

//! Collects the parameters of one write. The first that etcd would misread spoils the whole, and
//! `request` then says which. What may be long goes into the body: a plaintext listener resets a
//! connection whose first request line exceeds 4 KiB (WIRE 0.2). A DELETE has no body that etcd
//! reads (WIRE
//! 0.5), so there all goes into the query.
class Write {
public:
    Write(http::Method method, std::string_view key)
        : method_{method}, request_{key_request(method, key)}
    {
    }

    Write& flag(bool wanted, std::string_view name)
    {
        query_.add_if(wanted, name);
        return *this;
    }

    Write& recursive(bool wanted)
    {
        if (wanted && request_) { widen_to_tree(request_->target); }
        return flag(wanted, "recursive");
    }

    Write& prev_exist(bool exists)
    {
        query_.add("prevExist", exists ? "true" : "false");
        return *this;
    }

    //! The value is always sent, be it empty.
    Write& value(std::string_view value)
    {
        refuse_unless(is_utf8(value),
            "the value is not valid UTF-8, so etcd would give it back changed; encode it, for "
            "instance in base64");
        body_.add("value", value);
        return *this;
    }

    Write& ttl(std::optional<std::chrono::milliseconds> ttl)
    {
        if (!ttl) { return *this; }
        refuse_unless(*ttl > std::chrono::milliseconds::zero(),
            "the ttl must be positive: etcd would expire the node at once");
        refuse_unless(*ttl <= max_ttl,
            "the ttl exceeds 3000000000 s: etcd would let it overflow and keep the node for ever");
        body_.add("ttl", std::chrono::ceil<std::chrono::seconds>(*ttl).count());
        return *this;
    }

    Write& refresh()
    {
        body_.add("refresh", "true");
        return *this;
    }

    Write& options(SetOptions const& options)
    {
        ttl(options.ttl);
        return flag(options.no_value_on_success, "noValueOnSuccess");
    }

    Write& compare(Compare const& compare)
    {
        refuse_unless(compare.prev_value || compare.prev_index,
            "a compare needs prev_value or prev_index: without either it would be unconditional");
        if (compare.prev_value) { prev_value(*compare.prev_value); }
        if (compare.prev_index) { prev_index(*compare.prev_index); }
        return *this;
    }

    //! Ends the chain: what was collected moves into the request.
    Result<http::Request> request()
    {
        if (request_) {
            http::append_query(request_->target, query_);
            request_->body = std::move(body_).text();
            if (method_ != http::Method::del) {
                request_->headers = http::Headers::from_block(http::form_header_line);
            }
        }
        return std::move(request_);
    }

private:
    void prev_value(std::string const& value)
    {
        refuse_unless(!value.empty(),
            "prev_value is empty: etcd's v2 API cannot compare with an empty value");
        refuse_unless(is_utf8(value), "prev_value is not valid UTF-8");
        (method_ == http::Method::del ? query_ : body_).add("prevValue", value);
    }

    void prev_index(Index index)
    {
        refuse_unless(
            index != Index{}, "prev_index is 0: etcd would read that as no condition at all");
        query_.add("prevIndex", static_cast<std::uint64_t>(index));
    }

    void refuse_unless(bool sound, char const* fault)
    {
        if (!sound && request_) { request_ = unexpected(invalid_argument(fault)); }
    }

    http::Method method_;
    Result<http::Request> request_;  //!< its path at first, or what is wrong with it
    http::Form query_;
    http::Form body_;
};

}  // namespace etcdpp::v2::wire

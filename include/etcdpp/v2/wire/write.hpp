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

namespace etcdpp::v2::wire {

//! Far below the 7.4e9 s at which etcd's expiration time overflows and the key silently becomes
//! permanent (WIRE 0.11).
inline constexpr auto max_ttl = std::chrono::seconds{3'000'000'000};

//! Puts the parameters of one write into its request. What may be long goes into the body: a
//! plaintext listener resets a connection whose first request line exceeds 4 KiB (WIRE 0.2). A
//! DELETE has no body that etcd reads (WIRE 0.5), so there all goes into the query.
class Write {
public:
    //! @pre the request is one for a key, and outlives this
    explicit Write(http::Request& request) noexcept
        : request_{request}, query_{http::Form::query(request.target)},
          body_{http::Form::body(request.body)}
    {
    }

    Write& flag(bool wanted, std::string_view name)
    {
        query_.add_if(wanted, name);
        return *this;
    }

    //! For all below the key, too. @pre there is no parameter yet
    Write& tree(bool wanted)
    {
        if (wanted) { widen_to_tree(request_.target); }
        return *this;
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

    //! What etcd would misread, of the first such parameter; null if the request is sound.
    char const* fault() const noexcept { return fault_; }

private:
    void prev_value(std::string const& value)
    {
        refuse_unless(!value.empty(),
            "prev_value is empty: etcd's v2 API cannot compare with an empty value");
        refuse_unless(is_utf8(value), "prev_value is not valid UTF-8");
        (request_.method == http::Method::del ? query_ : body_).add("prevValue", value);
    }

    void prev_index(Index index)
    {
        refuse_unless(
            index != Index{}, "prev_index is 0: etcd would read that as no condition at all");
        query_.add("prevIndex", static_cast<std::uint64_t>(index));
    }

    void refuse_unless(bool sound, char const* fault) noexcept
    {
        if (!sound && fault_ == nullptr) { fault_ = fault; }
    }

    http::Request& request_;
    http::Form query_;
    http::Form body_;
    char const* fault_ = nullptr;
};

//! The request for a write of `key` with the parameters that `fill(Write&)` gives it. Fails if the
//! key or one of them is none that etcd would read as it is meant.
template <class Fill>
Result<http::Request> write(http::Method method, std::string_view key, Fill fill)
{
    auto request = key_request(method, key);
    if (!request) { return request; }
    if (method != http::Method::del) {
        request->headers = http::Headers::from_block(http::form_header_line);
    }
    auto parameters = Write{*request};
    fill(parameters);
    if (parameters.fault() != nullptr) {
        request = unexpected(invalid_argument(parameters.fault()));
    }
    return request;
}

}  // namespace etcdpp::v2::wire

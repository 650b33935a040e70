// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A failure as a value: what happened, may the server have acted, who is at fault, what was said.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/core/effect.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/fault.hpp"

#include <chrono>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace etcdpp {

//! One attempt of a call that failed, and when that was.
struct FailedAttempt {
    Endpoint endpoint;
    std::error_code code;
    Effect effect = Effect::unknown;
    std::string words = {};   //!< what the server said, or the transport
    Clock::duration after{};  //!< from the beginning of the call to this failure

    friend bool operator==(FailedAttempt const&, FailedAttempt const&) = default;
};

//! What belongs to an Error beside its code. The defaults are the careful ones.
struct ErrorDetails {
    Effect effect = Effect::unknown;
    Fault fault = Fault::member;
    std::optional<int> status = {};  //!< the HTTP status, if there was a reply
    std::string words = {};
    std::vector<FailedAttempt> attempts = {};
};

class Error {
public:
    explicit Error(std::error_code code, ErrorDetails details = {})
        : code_{code}, details_{std::move(details)}
    {
    }

    //! What happened: an Errc of the client, or a code of the server such as v2::Errc.
    //! Ask it portable questions: `error == Condition::not_found`.
    std::error_code code() const noexcept { return code_; }

    //! Whether the server may have carried out the request. `none` is a promise.
    Effect effect() const noexcept { return details_.effect; }

    //! Whether the request, the member or the caller is at fault.
    Fault fault() const noexcept { return details_.fault; }

    //! The HTTP status of the reply, if there was one.
    std::optional<int> status() const noexcept { return details_.status; }

    //! What the server said, verbatim, or what the client found wrong: for people, not programs.
    std::string const& words() const noexcept { return details_.words; }

    //! The attempts of the call that failed, oldest first; the last 64 of them.
    std::vector<FailedAttempt> const& attempts() const noexcept { return details_.attempts; }

    friend bool operator==(Error const& error, std::error_code code) noexcept
    {
        return error.code_ == code;
    }

    friend bool operator==(Error const& error, std::error_condition condition) noexcept
    {
        return error.code_ == condition;
    }

private:
    std::error_code code_;
    ErrorDetails details_;
};

//! A request that was refused before a byte of it was sent.
inline Error invalid_argument(std::string words)
{
    return Error{Errc::invalid_argument,
        {.effect = Effect::none, .fault = Fault::request, .words = std::move(words)}};
}

namespace detail {

//! Servers say what they like: a control character of theirs must not break the line of a log.
inline std::ostream& print_on_one_line(std::ostream& out, std::string_view words)
{
    for (auto const c : words) {
        out << (static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c);
    }
    return out;
}

}  // namespace detail

inline std::ostream& operator<<(std::ostream& out, FailedAttempt const& attempt)
{
    auto const after = std::chrono::duration_cast<std::chrono::milliseconds>(attempt.after);
    out << attempt.endpoint << ": " << attempt.code.message();
    if (!attempt.words.empty()) { detail::print_on_one_line(out << " (", attempt.words) << ')'; }
    return out << ", after " << after.count() << " ms";
}

//! One line: the message, the words, the effect, then each attempt behind "; tried".
inline std::ostream& operator<<(std::ostream& out, Error const& error)
{
    out << error.code().message();
    if (!error.words().empty()) { detail::print_on_one_line(out << ": ", error.words()); }
    out << " [effect: " << error.effect() << ']';
    for (auto const& attempt : error.attempts()) { out << "; tried " << attempt; }
    return out;
}

}  // namespace etcdpp

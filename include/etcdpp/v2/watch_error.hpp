// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The errors that a watch itself states: of its caller, and of the member in use.

#include "etcdpp/core/effect.hpp"
#include "etcdpp/core/errc.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/fault.hpp"

#include <string>
#include <utility>

namespace etcdpp::v2 {

//! A watch changes nothing, so the effect is none.
inline Error watch_error(etcdpp::Errc code, Fault fault, std::string words)
{
    return Error{
        make_error_code(code), {.effect = Effect::none, .fault = fault, .words = std::move(words)}};
}

//! The stop was requested.
inline Error watch_cancelled()
{
    return watch_error(
        etcdpp::Errc::cancelled, Fault::caller, "stopped while waiting for an event");
}

//! The caller's time is up. `trouble` is why the last member was left, if none works just now.
inline Error no_event_in_time(Error const* trouble = nullptr)
{
    auto words = std::string{"no event came in time"};
    if (trouble != nullptr) {
        words += "; the last member failed: " + trouble->code().message();
        if (!trouble->words().empty()) { words += ": " + trouble->words(); }
    }
    return watch_error(etcdpp::Errc::timed_out, Fault::caller, std::move(words));
}

//! The member in use speaks, but brings nothing to its end.
inline Error member_was_slow(std::string const& at)
{
    return watch_error(
        etcdpp::Errc::timed_out, Fault::member, "the member did not end " + at + " in time");
}

//! The member in use did not say in time what it should have said.
inline Error member_was_silent(std::string const& when)
{
    return watch_error(etcdpp::Errc::timed_out, Fault::member, "the member was silent " + when);
}

}  // namespace etcdpp::v2

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What etcd's v2 API says no with where members, users, roles and statistics are concerned.

#include "etcdpp/core/condition.hpp"

#include <string>
#include <string_view>
#include <system_error>

namespace etcdpp::v2 {

//! There etcd sends no error code, only an HTTP status and a sentence. This is the status, told
//! apart by what was asked; the sentence is `Error::words()`, verbatim, and nothing looks into it.
enum class AdminErrc {
    bad_request = 1,  //!< 400: etcd cannot read it, or it would change nothing
    unauthorized,     //!< 401: no, bad or insufficient credentials: etcd does not say which
    forbidden,        //!< 403: root's role never changes, nor does root go while auth is on
    not_leader,       //!< 403 to a question that only the leader answers
    not_found,        //!< 404: no such member, user or role
    already_exists,   //!< 409 to what would make or grant something that is there
    conflict,         //!< any other 409: things are not as the request needs them
    removed,          //!< 410: the member was removed before; its id never comes back
    internal,         //!< 500: etcd gives no reason, and may still act (WIRE section 7)
    no_leader,        //!< 503: the member knows no leader; an election takes 1 to 2 s
    other,            //!< any other status; `Error::status()` has it
};

constexpr std::string_view describe(AdminErrc code) noexcept
{
    switch (code) {
    case AdminErrc::bad_request: return "bad request";
    case AdminErrc::unauthorized: return "insufficient credentials";
    case AdminErrc::forbidden: return "forbidden";
    case AdminErrc::not_leader: return "the member is not the leader";
    case AdminErrc::not_found: return "no such member, user or role";
    case AdminErrc::already_exists: return "it exists already";
    case AdminErrc::conflict: return "conflict";
    case AdminErrc::removed: return "the member was removed for good";
    case AdminErrc::internal: return "internal server error";
    case AdminErrc::no_leader: return "the member knows no leader";
    case AdminErrc::other: return "refused";
    }
    return "unknown refusal";
}

inline std::error_category const& admin_category() noexcept
{
    class Category final : public std::error_category {
        char const* name() const noexcept override { return "etcdpp.v2.admin"; }

        std::string message(int value) const override
        {
            return std::string{describe(static_cast<AdminErrc>(value))};
        }

        std::error_condition default_error_condition(int value) const noexcept override
        {
            switch (static_cast<AdminErrc>(value)) {
            case AdminErrc::unauthorized: return Condition::unauthorized;
            case AdminErrc::not_found:
            case AdminErrc::removed: return Condition::not_found;
            case AdminErrc::already_exists: return Condition::already_exists;
            case AdminErrc::internal:
            case AdminErrc::no_leader: return Condition::unavailable;
            case AdminErrc::bad_request:
            case AdminErrc::forbidden:
            case AdminErrc::not_leader:
            case AdminErrc::conflict:
            case AdminErrc::other: break;
            }
            return {value, *this};
        }
    };
    static Category const instance;
    return instance;
}

inline std::error_code make_error_code(AdminErrc code) noexcept
{
    return {static_cast<int>(code), admin_category()};
}

}  // namespace etcdpp::v2

template <>
struct std::is_error_code_enum<etcdpp::v2::AdminErrc> : std::true_type {};

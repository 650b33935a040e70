// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How users and roles are spelled on the wire, by servers of every age.

#include "etcdpp/codec/fields_fwd.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/core/secret.hpp"
#include "etcdpp/v2/permissions.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::v2::wire {

struct AuthSwitch {
    std::optional<bool> enabled;
};

//! `{"kv":{"read":[...],"write":[...]}}`, where a list may be null.
struct PermissionsBody {
    Permissions kv;
};

struct RoleBody {
    std::string role;
    PermissionsBody permissions;
};

struct RoleList {
    std::vector<RoleBody> roles;
};

//! What a request says of a role, beside its name one of these.
struct RoleChange {
    std::string role;
    std::optional<PermissionsBody> permissions = {};
    std::optional<PermissionsBody> grant = {};
    std::optional<PermissionsBody> revoke = {};
};

//! The reply to a change of a user, who holds roles by name.
struct UserBody {
    std::string user;
    std::vector<std::string> roles;
};

//! The reply to a question, where each role is there as a whole; all but its name is passed over.
struct ExpandedUserBody {
    struct RoleName {
        std::string role;
    };

    std::string user;
    std::vector<RoleName> roles;
};

struct UserList {
    std::vector<ExpandedUserBody> users;
};

//! How etcd 2.1 lists users.
struct UserNames {
    std::vector<std::string> users;
};

//! How etcd 2.1 lists roles.
struct RoleNames {
    std::vector<std::string> roles;
};

struct UserChange {
    std::string user;
    std::optional<Secret> password = {};
    std::optional<std::vector<std::string>> roles = {};
    std::optional<std::vector<std::string>> grant = {};
    std::optional<std::vector<std::string>> revoke = {};
};

}  // namespace etcdpp::v2::wire

//! A password on its way into a request.
template <>
struct etcdpp::TextForm<etcdpp::Secret> {
    static std::optional<Secret> parse(std::string_view text) { return Secret{text}; }
    static std::string print(Secret const& secret) { return std::string{secret.reveal()}; }
};

template <std::same_as<etcdpp::v2::Permissions> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"read">(&T::read), etcdpp::field<"write">(&T::write));

template <std::same_as<etcdpp::v2::wire::AuthSwitch> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"enabled">(&T::enabled));

template <std::same_as<etcdpp::v2::wire::PermissionsBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"kv">(&T::kv));

template <std::same_as<etcdpp::v2::wire::RoleBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"role">(&T::role), etcdpp::field<"permissions">(&T::permissions));

template <std::same_as<etcdpp::v2::wire::RoleList> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"roles">(&T::roles));

template <std::same_as<etcdpp::v2::wire::RoleChange> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"role">(&T::role),
    etcdpp::field<"permissions">(&T::permissions), etcdpp::field<"grant">(&T::grant),
    etcdpp::field<"revoke">(&T::revoke));

template <std::same_as<etcdpp::v2::wire::UserBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"user">(&T::user), etcdpp::field<"roles">(&T::roles));

template <std::same_as<etcdpp::v2::wire::ExpandedUserBody::RoleName> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"role">(&T::role));

template <std::same_as<etcdpp::v2::wire::ExpandedUserBody> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(
    etcdpp::field<"user">(&T::user), etcdpp::field<"roles">(&T::roles));

template <std::same_as<etcdpp::v2::wire::UserList> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"users">(&T::users));

template <std::same_as<etcdpp::v2::wire::UserNames> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"users">(&T::users));

template <std::same_as<etcdpp::v2::wire::RoleNames> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"roles">(&T::roles));

template <std::same_as<etcdpp::v2::wire::UserChange> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"user">(&T::user),
    etcdpp::field<"password">(&T::password), etcdpp::field<"roles">(&T::roles),
    etcdpp::field<"grant">(&T::grant), etcdpp::field<"revoke">(&T::revoke));

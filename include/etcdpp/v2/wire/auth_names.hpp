// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! How users and roles are spelled on the wire, by servers of every age.

#include "etcdpp/codec/fields.hpp"
#include "etcdpp/codec/text_form.hpp"
#include "etcdpp/core/secret.hpp"
#include "etcdpp/v2/permissions.hpp"

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

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::Permissions> = etcdpp::fields(
    etcdpp::field<"read">(&etcdpp::v2::Permissions::read),
    etcdpp::field<"write">(&etcdpp::v2::Permissions::write));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::AuthSwitch> = etcdpp::fields(
    etcdpp::field<"enabled">(&etcdpp::v2::wire::AuthSwitch::enabled));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::PermissionsBody> = etcdpp::fields(
    etcdpp::field<"kv">(&etcdpp::v2::wire::PermissionsBody::kv));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::RoleBody> = etcdpp::fields(
    etcdpp::field<"role">(&etcdpp::v2::wire::RoleBody::role),
    etcdpp::field<"permissions">(&etcdpp::v2::wire::RoleBody::permissions));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::RoleList> = etcdpp::fields(
    etcdpp::field<"roles">(&etcdpp::v2::wire::RoleList::roles));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::RoleChange> = etcdpp::fields(
    etcdpp::field<"role">(&etcdpp::v2::wire::RoleChange::role),
    etcdpp::field<"permissions">(&etcdpp::v2::wire::RoleChange::permissions),
    etcdpp::field<"grant">(&etcdpp::v2::wire::RoleChange::grant),
    etcdpp::field<"revoke">(&etcdpp::v2::wire::RoleChange::revoke));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::UserBody> = etcdpp::fields(
    etcdpp::field<"user">(&etcdpp::v2::wire::UserBody::user),
    etcdpp::field<"roles">(&etcdpp::v2::wire::UserBody::roles));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::ExpandedUserBody::RoleName> =
    etcdpp::fields(etcdpp::field<"role">(&etcdpp::v2::wire::ExpandedUserBody::RoleName::role));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::ExpandedUserBody> = etcdpp::fields(
    etcdpp::field<"user">(&etcdpp::v2::wire::ExpandedUserBody::user),
    etcdpp::field<"roles">(&etcdpp::v2::wire::ExpandedUserBody::roles));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::UserList> = etcdpp::fields(
    etcdpp::field<"users">(&etcdpp::v2::wire::UserList::users));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::UserNames> = etcdpp::fields(
    etcdpp::field<"users">(&etcdpp::v2::wire::UserNames::users));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::RoleNames> = etcdpp::fields(
    etcdpp::field<"roles">(&etcdpp::v2::wire::RoleNames::roles));

template <>
inline constexpr auto etcdpp::fields_of<etcdpp::v2::wire::UserChange> = etcdpp::fields(
    etcdpp::field<"user">(&etcdpp::v2::wire::UserChange::user),
    etcdpp::field<"password">(&etcdpp::v2::wire::UserChange::password),
    etcdpp::field<"roles">(&etcdpp::v2::wire::UserChange::roles),
    etcdpp::field<"grant">(&etcdpp::v2::wire::UserChange::grant),
    etcdpp::field<"revoke">(&etcdpp::v2::wire::UserChange::revoke));

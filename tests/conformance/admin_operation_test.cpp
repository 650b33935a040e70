// SPDX-License-Identifier: BSL-1.0
//! @file
//! The operations on members, users, roles, statistics and servers pass the suite of every
//! operation.

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/server/health.hpp"
#include "etcdpp/server/version.hpp"
#include "etcdpp/testing/conformance/operation.hpp"
#include "etcdpp/v2/auth_operations.hpp"
#include "etcdpp/v2/member_operations.hpp"
#include "etcdpp/v2/role_operations.hpp"
#include "etcdpp/v2/stats_operations.hpp"
#include "etcdpp/v2/user_operations.hpp"

#include <string>
#include <vector>

namespace etcdpp {
namespace {

auto const peer_urls = std::vector<std::string>{"http://10.0.0.9:2380"};
auto const patterns = v2::Permissions{.read = {"/app/*"}};
auto const password = Secret{"sesame"};

//! Any of them, if etcd answers it with a body of that kind.
template <class Op, int status = 200>
struct Sample {
    static PocoJson codec() { return PocoJson{}; }
    static Op make() { return {}; }
    static std::vector<Op> refused() { return {}; }

    static http::Response with(std::string body)
    {
        return {.status = status,
            .headers = {{"Content-Type", "application/json"},
                {"X-Etcd-Cluster-Id", "dfd396ec7b4c7b9e"}},
            .body = std::move(body)};
    }

    static http::Response reply() { return with(""); }
};

template <class Op, int status = 200>
struct MemberSample : Sample<Op, status> {
    static http::Response reply()
    {
        return Sample<Op, status>::with(
            R"({"id":"a1","name":"wire","peerURLs":["http://10.0.0.9:2380"],"clientURLs":[]})");
    }
};

template <class Op>
struct UserSample : Sample<Op, 200> {
    static http::Response reply()
    {
        return Sample<Op>::with(R"({"user":"alice","roles":["reader"]})");
    }
};

template <class Op>
struct RoleSample : Sample<Op, 200> {
    static http::Response reply()
    {
        return Sample<Op>::with(
            R"({"role":"reader","permissions":{"kv":{"read":["/app/*"],"write":null}}})");
    }
};

struct ListMembers : Sample<v2::ListMembers> {
    static http::Response reply() { return with(R"({"members":[{"id":"a1"}]})"); }
};

struct GetLeader : MemberSample<v2::GetLeader> {};

struct AddMember : MemberSample<v2::AddMember, 201> {
    static v2::AddMember make() { return {peer_urls}; }
    static std::vector<v2::AddMember> refused() { return {{{"\xff"}}}; }
};

struct UpdateMember : Sample<v2::UpdateMember, 204> {
    static v2::UpdateMember make() { return {"a1", peer_urls}; }
    static std::vector<v2::UpdateMember> refused() { return {{"", peer_urls}, {"a1", {"\xff"}}}; }
};

struct RemoveMember : Sample<v2::RemoveMember, 204> {
    static v2::RemoveMember make() { return {"a1"}; }
    static std::vector<v2::RemoveMember> refused() { return {{""}, {".."}, {"a/b"}, {"\xff"}}; }
};

struct GetAuthEnabled : Sample<v2::GetAuthEnabled> {
    static http::Response reply() { return with(R"({"enabled":false})"); }
};

struct EnableAuth : Sample<v2::EnableAuth> {};
struct DisableAuth : Sample<v2::DisableAuth> {};

struct ListUsers : Sample<v2::ListUsers> {
    static http::Response reply() { return with(R"({"users":[{"user":"alice"}]})"); }
};

struct GetUser : UserSample<v2::GetUser> {
    static v2::GetUser make() { return {"a b%?#;+ä"}; }
    static std::vector<v2::GetUser> refused() { return {{""}, {"."}, {"a/b"}, {"\xff"}}; }
};

struct CreateUser : UserSample<v2::CreateUser> {
    static v2::CreateUser make() { return {"alice", password, {"reader"}}; }
    static std::vector<v2::CreateUser> refused()
    {
        return {{"alice", password, {}}, {"alice", password, {""}}, {"alice", {}, {"reader"}},
            {"a:b", password, {"reader"}}};
    }
};

struct PutUser : UserSample<v2::PutUser> {
    static v2::PutUser make() { return {"alice", password}; }
    static std::vector<v2::PutUser> refused() { return {{"alice", {}}, {"a:b", password}}; }
};

struct ChangePassword : UserSample<v2::ChangePassword> {
    static v2::ChangePassword make() { return {"alice", password}; }
    static std::vector<v2::ChangePassword> refused() { return {{"alice", {}}, {"", password}}; }
};

struct GrantRoles : UserSample<v2::GrantRoles> {
    static v2::GrantRoles make() { return {"alice", {"reader"}}; }
    static std::vector<v2::GrantRoles> refused() { return {{"alice", {}}, {"alice", {""}}}; }
};

struct RevokeRoles : UserSample<v2::RevokeRoles> {
    static v2::RevokeRoles make() { return {"alice", {"reader"}}; }
    static std::vector<v2::RevokeRoles> refused() { return {{"alice", {}}, {"alice", {"\xff"}}}; }
};

struct RemoveUser : Sample<v2::RemoveUser> {
    static v2::RemoveUser make() { return {"alice"}; }
    static std::vector<v2::RemoveUser> refused() { return {{""}}; }
};

struct ListRoles : Sample<v2::ListRoles> {
    static http::Response reply() { return with(R"({"roles":[{"role":"reader"}]})"); }
};

struct GetRole : RoleSample<v2::GetRole> {
    static v2::GetRole make() { return {"reader"}; }
    static std::vector<v2::GetRole> refused() { return {{""}}; }
};

struct CreateRole : RoleSample<v2::CreateRole> {
    static v2::CreateRole make() { return {"reader", patterns}; }
    static std::vector<v2::CreateRole> refused() { return {{"reader", {.read = {"\xff"}}}}; }
};

struct GrantPermissions : RoleSample<v2::GrantPermissions> {
    static v2::GrantPermissions make() { return {"reader", patterns}; }
    static std::vector<v2::GrantPermissions> refused() { return {{"reader", {}}}; }
};

struct RevokePermissions : RoleSample<v2::RevokePermissions> {
    static v2::RevokePermissions make() { return {"reader", patterns}; }
    static std::vector<v2::RevokePermissions> refused() { return {{"reader", {}}}; }
};

struct RemoveRole : Sample<v2::RemoveRole> {
    static v2::RemoveRole make() { return {"reader"}; }
    static std::vector<v2::RemoveRole> refused() { return {{""}}; }
};

struct GetSelfStats : Sample<v2::GetSelfStats> {
    static http::Response reply() { return with(R"({"id":"a1","name":"wire"})"); }
};

struct GetStoreStats : Sample<v2::GetStoreStats> {
    static http::Response reply() { return with(R"({"getsSuccess":1,"watchers":0})"); }
};

struct GetLeaderStats : Sample<v2::GetLeaderStats> {
    static http::Response reply() { return with(R"({"leader":"a1","followers":{}})"); }
};

struct GetVersionSample : Sample<GetVersion> {
    static http::Response reply() { return with(R"({"etcdserver":"3.4.23"})"); }
};

struct GetHealthSample : Sample<GetHealth> {
    static http::Response reply() { return with(R"({"health":"true"})"); }
};

using MemberOperations =
    testing::Types<ListMembers, GetLeader, AddMember, UpdateMember, RemoveMember>;
using UserOperations = testing::Types<ListUsers, GetUser, CreateUser, PutUser, ChangePassword,
    GrantRoles, RevokeRoles, RemoveUser>;
using RoleOperations =
    testing::Types<ListRoles, GetRole, CreateRole, GrantPermissions, RevokePermissions, RemoveRole>;
using OtherOperations = testing::Types<GetAuthEnabled, EnableAuth, DisableAuth, GetSelfStats,
    GetStoreStats, GetLeaderStats, GetVersionSample, GetHealthSample>;

INSTANTIATE_TYPED_TEST_SUITE_P(Members, OperationSuite, MemberOperations);
INSTANTIATE_TYPED_TEST_SUITE_P(Users, OperationSuite, UserOperations);
INSTANTIATE_TYPED_TEST_SUITE_P(Roles, OperationSuite, RoleOperations);
INSTANTIATE_TYPED_TEST_SUITE_P(Others, OperationSuite, OtherOperations);

}  // namespace
}  // namespace etcdpp

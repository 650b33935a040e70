// SPDX-License-Identifier: BSL-1.0

//! @file
//! Users, roles and the switch of a real cluster, and what credentials are worth there.

#include "etcdpp/v2/auth.hpp"

#include "etcdpp/server/health.hpp"
#include "etcdpp/server/version.hpp"
#include "etcdpp/v2/members.hpp"
#include "tests/integration/on_cluster.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using v2::AdminErrc;
using v2::Permissions;
using v2::Role;
using v2::User;

Config<> config_for(EtcdCluster const& cluster, std::string user, std::string_view password)
{
    auto config = Config{.endpoints = endpoints_of(cluster)};
    config.credentials = Credentials{std::move(user), Secret{password}};
    return config;
}

auto const root_everywhere = Permissions{.read = {"/*"}, .write = {"/*"}};

// Before auth is on: everybody may do everything.

class AuthOff : public testing::Test {
protected:
    static void SetUpTestSuite() { cluster = std::make_unique<EtcdCluster>(3); }
    static void TearDownTestSuite() { cluster.reset(); }

    void TearDown() override
    {
        for (auto const& each : users.list().value()) { users.remove(each.name).value(); }
        for (auto const& each : roles.list().value()) {
            if (each.name != "root") { roles.remove(each.name).value(); }
        }
    }

    static inline std::unique_ptr<EtcdCluster> cluster;

    Client<> client{Config{.endpoints = endpoints_of(*cluster)}};
    v2::Auth<Client<>> auth{client};
    v2::Users<Client<>> users{auth.users()};
    v2::Roles<Client<>> roles{auth.roles()};
    Secret const sesame{"sesame"};
};

TEST_F(AuthOff, is_off_and_stays_so_without_root)
{
    EXPECT_THAT(auth.enabled(), IsOkAnd(false));

    auto const enable = auth.enable();
    EXPECT_THAT(enable, IsError(AdminErrc::conflict));
    EXPECT_THAT(enable, HasEffect(Effect::none));
    EXPECT_THAT(enable, HasWords(HasSubstr("No root user available")));

    EXPECT_THAT(auth.disable(), IsError(AdminErrc::conflict));
    EXPECT_THAT(auth.disable(), HasWords("auth: already disabled"));
}

TEST_F(AuthOff, has_no_users_and_the_role_of_root)
{
    EXPECT_THAT(users.list(), IsOkAnd(IsEmpty()));
    EXPECT_THAT(roles.list(), IsOkAnd(ElementsAre(Role{"root", root_everywhere})));
}

// Users.

TEST_F(AuthOff, makes_a_user_with_roles)
{
    ASSERT_THAT(roles.create("reader"), IsOk());

    EXPECT_THAT(users.create("alice", sesame, {"reader"}), IsOkAnd(User{"alice", {"reader"}}));

    EXPECT_THAT(users.get("alice"), IsOkAnd(User{"alice", {"reader"}}));
    EXPECT_THAT(users.list(), IsOkAnd(ElementsAre(User{"alice", {"reader"}})));
}

TEST_F(AuthOff, makes_no_user_twice)
{
    ASSERT_THAT(roles.create("reader"), IsOk());
    ASSERT_THAT(users.create("alice", sesame, {"reader"}), IsOk());

    auto const again = users.create("alice", Secret{"stolen"}, {"reader"});

    EXPECT_THAT(again, IsError(AdminErrc::already_exists));
    EXPECT_THAT(again, IsError(Condition::already_exists));
    EXPECT_THAT(again, HasEffect(Effect::none));
    EXPECT_THAT(again, HasWords("auth: User alice already exists."));
}

TEST_F(AuthOff, gives_root_its_role)
{
    EXPECT_THAT(users.put("root", sesame), IsOkAnd(v2::PutUserReply{{"root", {"root"}}, true}));
    EXPECT_THAT(users.create("root", sesame, {"root"}), IsError(Condition::already_exists));
}

TEST_F(AuthOff, tells_whether_a_user_was_put_for_the_first_time)
{
    EXPECT_THAT(users.put("alice", sesame), IsOkAnd(v2::PutUserReply{{"alice", {}}, true}));
    EXPECT_THAT(users.put("alice", sesame), IsOkAnd(v2::PutUserReply{{"alice", {}}, false}));
}

TEST_F(AuthOff, changes_no_password_of_a_user_who_does_not_exist)
{
    EXPECT_THAT(users.change_password("alice", sesame), IsError(AdminErrc::not_found));
    EXPECT_THAT(users.list(), IsOkAnd(IsEmpty()));
}

TEST_F(AuthOff, changes_a_password_and_nothing_else)
{
    ASSERT_THAT(roles.create("reader"), IsOk());
    ASSERT_THAT(users.create("alice", sesame, {"reader"}), IsOk());

    EXPECT_THAT(
        users.change_password("alice", Secret{"other"}), IsOkAnd(User{"alice", {"reader"}}));
    EXPECT_THAT(users.get("alice"), IsOkAnd(User{"alice", {"reader"}}));
}

TEST_F(AuthOff, grants_and_revokes_roles)
{
    ASSERT_THAT(roles.create("reader"), IsOk());
    ASSERT_THAT(roles.create("writer"), IsOk());
    ASSERT_THAT(users.put("alice", sesame), IsOk());

    EXPECT_THAT(
        users.grant("alice", {"reader", "writer"}), IsOkAnd(User{"alice", {"reader", "writer"}}));
    EXPECT_THAT(users.grant("alice", {"reader"}), IsError(AdminErrc::already_exists));
    EXPECT_THAT(users.revoke("alice", {"reader"}), IsOkAnd(User{"alice", {"writer"}}));
    EXPECT_THAT(users.revoke("alice", {"reader"}), IsError(AdminErrc::conflict));
    EXPECT_THAT(users.get("alice"), IsOkAnd(User{"alice", {"writer"}}));
}

TEST_F(AuthOff, finds_no_user_with_a_role_that_does_not_exist)
{
    ASSERT_THAT(users.put("alice", sesame), IsOk());
    ASSERT_THAT(users.grant("alice", {"nobody's"}), IsOk());

    auto const lost = users.get("alice");

    EXPECT_THAT(lost, IsError(AdminErrc::not_found));
    EXPECT_THAT(lost, HasWords("auth: Role nobody's does not exist."));
    EXPECT_THAT(users.list(), IsOkAnd(ElementsAre(User{"alice", {}})));
}

TEST_F(AuthOff, finds_no_user_who_does_not_exist)
{
    EXPECT_THAT(users.get("alice"), IsError(Condition::not_found));
    EXPECT_THAT(users.grant("alice", {"reader"}), IsError(Condition::not_found));
    EXPECT_THAT(users.revoke("alice", {"reader"}), IsError(Condition::not_found));
    EXPECT_THAT(users.remove("alice"), IsError(Condition::not_found));
}

TEST_F(AuthOff, takes_names_of_any_letters)
{
    for (auto const* const name :
        {"we ?ird", "100%", "a+b&c=d;e#f", "J\xc3\xb6rg", "new\nline", "\"quoted\"", "..."}) {
        ASSERT_THAT(users.put(name, Secret{"p\xc3\xa4ss \"w\\rd"}), IsOk()) << name;
        EXPECT_THAT(users.get(name), IsOkAnd(User{name, {}})) << name;
        EXPECT_THAT(users.list(), IsOkAnd(ElementsAre(User{name, {}}))) << name;
        EXPECT_THAT(users.remove(name), IsOk()) << name;
    }
}

TEST_F(AuthOff, lists_no_user_whose_name_is_hidden_as_a_keys_would_be)
{
    ASSERT_THAT(users.put("_alice", sesame), IsOk());

    EXPECT_THAT(users.list(), IsOkAnd(IsEmpty()));
    EXPECT_THAT(users.get("_alice"), IsOkAnd(User{"_alice", {}}));

    EXPECT_THAT(users.remove("_alice"), IsOk());
}

// Roles.

TEST_F(AuthOff, makes_a_role_once)
{
    auto const reader = Role{"reader", {.read = {"/app/*"}}};

    EXPECT_THAT(roles.create("reader", reader.permissions), IsOkAnd(reader));
    EXPECT_THAT(roles.create("reader", root_everywhere), IsError(Condition::already_exists));
    EXPECT_THAT(roles.create("root"), IsError(AdminErrc::forbidden));

    EXPECT_THAT(roles.get("reader"), IsOkAnd(reader));
    EXPECT_THAT(roles.list(), IsOkAnd(Contains(reader)));
}

TEST_F(AuthOff, grants_and_revokes_permissions)
{
    ASSERT_THAT(roles.create("reader"), IsOk());

    EXPECT_THAT(roles.grant("reader", {.read = {"/app/*"}, .write = {"/app/mode"}}),
        IsOkAnd(Role{"reader", {.read = {"/app/*"}, .write = {"/app/mode"}}}));
    EXPECT_THAT(roles.grant("reader", {.read = {"/app/*"}}), IsError(AdminErrc::already_exists));
    EXPECT_THAT(roles.revoke("reader", {.write = {"/app/mode"}}),
        IsOkAnd(Role{"reader", {.read = {"/app/*"}}}));
    EXPECT_THAT(roles.revoke("reader", {.write = {"/app/mode"}}), IsError(AdminErrc::bad_request));
    EXPECT_THAT(roles.get("reader"), IsOkAnd(Role{"reader", {.read = {"/app/*"}}}));
}

TEST_F(AuthOff, removes_a_role_once)
{
    ASSERT_THAT(roles.create("reader"), IsOk());

    EXPECT_THAT(roles.remove("reader"), IsOk());
    EXPECT_THAT(roles.remove("reader"), IsError(Condition::not_found));
    EXPECT_THAT(roles.get("reader"), IsError(Condition::not_found));
    EXPECT_THAT(roles.remove("root"), IsError(AdminErrc::forbidden));
}

TEST_F(AuthOff, changes_no_role_that_does_not_exist)
{
    EXPECT_THAT(roles.grant("reader", {.read = {"/*"}}), IsError(Condition::not_found));
    EXPECT_THAT(roles.revoke("reader", {.read = {"/*"}}), IsError(Condition::not_found));
}

// While auth is on.

class AuthOn : public testing::Test {
protected:
    static void SetUpTestSuite()
    {
        cluster = std::make_unique<EtcdCluster>(3);
        auto client = Client{Config{.endpoints = endpoints_of(*cluster)}};
        auto const auth = v2::Auth{client};
        auth.roles().create("app", {.read = {"/app/*"}, .write = {"/app/mode"}}).value();
        auth.users().create("alice", Secret{"sesame"}, {"app"}).value();
        auth.users().create("root", Secret{"pw"}, {"root"}).value();
        auth.enable().value();
        cluster->wait_healthy();  // A member may lag behind the one that was asked.
        auto root = Client{config_for(*cluster, "root", "pw")};
        v2::Auth{root}.roles().revoke("guest", {.write = {"/*"}}).value();
        v2::Keys{root}.set("/app/mode", "blue").value();
        v2::Keys{root}.set("/web/mode", "green").value();
        cluster->wait_healthy();
    }

    static void TearDownTestSuite() { cluster.reset(); }

    static void expect_unauthorized(Result<v2::Response> const& result)
    {
        EXPECT_THAT(result, IsError(v2::Errc::unauthorized));
        EXPECT_THAT(result, IsError(Condition::unauthorized));
        EXPECT_THAT(result, HasEffect(Effect::none));
        EXPECT_THAT(result, HasFault(Fault::request)) << "no other member would say otherwise";
    }

    template <class T>
    static void expect_refused(Result<T> const& result)
    {
        EXPECT_THAT(result, IsError(AdminErrc::unauthorized));
        EXPECT_THAT(result, IsError(Condition::unauthorized));
        EXPECT_THAT(result, HasEffect(Effect::none));
        EXPECT_THAT(result, HasWords("Insufficient credentials"));
    }

    static inline std::unique_ptr<EtcdCluster> cluster;

    Client<> guest_client{Config{.endpoints = endpoints_of(*cluster)}};
    Client<> alice_client{config_for(*cluster, "alice", "sesame")};
    Client<> mallory_client{config_for(*cluster, "alice", "guessed")};
    Client<> root_client{config_for(*cluster, "root", "pw")};

    v2::Keys<Client<>> guest{guest_client};
    v2::Keys<Client<>> alice{alice_client};
    v2::Keys<Client<>> mallory{mallory_client};
    v2::Keys<Client<>> root{root_client};
    v2::Auth<Client<>> admin{root_client};
};

TEST_F(AuthOn, can_be_seen_by_everybody)
{
    EXPECT_THAT(v2::Auth{guest_client}.enabled(), IsOkAnd(true));
    EXPECT_THAT(v2::Auth{mallory_client}.enabled(), IsOkAnd(true));
}

TEST_F(AuthOn, lets_root_do_all)
{
    EXPECT_THAT(root.set("/web/mode", "green"), IsOk());
    EXPECT_THAT(
        admin.users().list(), IsOkAnd(ElementsAre(User{"alice", {"app"}}, User{"root", {"root"}})));
    EXPECT_THAT(admin.roles().get("guest"), IsOkAnd(Role{"guest", {.read = {"/*"}}}));
}

TEST_F(AuthOn, lets_a_user_do_what_the_roles_allow)
{
    EXPECT_THAT(alice.get("/app/mode"), IsOk());
    EXPECT_THAT(alice.set("/app/mode", "blue"), IsOk());
    expect_unauthorized(alice.set("/app/other", "blue"));
    expect_unauthorized(alice.get("/web/mode"));
}

//! The role's pattern is `/app/*`.
TEST_F(AuthOn, covers_a_tree_by_a_pattern_but_not_what_is_above_it)
{
    EXPECT_THAT(alice.get("/app", {.recursive = true}), IsOk());
    expect_unauthorized(alice.get("/app"));
    expect_unauthorized(alice.get("/", {.recursive = true}));
}

TEST_F(AuthOn, lets_nobody_in_with_a_wrong_password)
{
    expect_unauthorized(mallory.get("/app/mode"));
    expect_unauthorized(mallory.set("/app/mode", "red"));
    expect_unauthorized(mallory.create("/app/mode", "red"));
    EXPECT_EQ(alice.get("/app/mode", {.quorum = true})->node.value, "blue");
}

//! With no credentials one may do more than with wrong ones.
TEST_F(AuthOn, lets_a_guest_do_what_the_role_guest_allows)
{
    EXPECT_THAT(guest.get("/web/mode"), IsOk());
    expect_unauthorized(guest.set("/web/mode", "red"));
}

TEST_F(AuthOn, lets_only_root_administer)
{
    for (auto* const client : {&guest_client, &alice_client, &mallory_client}) {
        auto const auth = v2::Auth{*client};
        auto const members = v2::Members{*client};
        expect_refused(auth.enable());
        expect_refused(auth.disable());
        expect_refused(auth.users().list());
        expect_refused(auth.users().get("alice"));
        expect_refused(auth.users().put("alice", Secret{"stolen"}));
        expect_refused(auth.users().change_password("alice", Secret{"stolen"}));
        expect_refused(auth.users().grant("alice", {"root"}));
        expect_refused(auth.users().remove("root"));
        expect_refused(auth.roles().list());
        expect_refused(auth.roles().grant("guest", {.write = {"/*"}}));
        expect_refused(auth.roles().remove("guest"));
        expect_refused(members.add({"http://10.0.0.9:2380"}));
        expect_refused(members.remove("abc"));
    }
}

TEST_F(AuthOn, keeps_some_answers_for_everybody)
{
    EXPECT_THAT(v2::Members{guest_client}.list(), IsOk());
    EXPECT_THAT(v2::Members{guest_client}.leader(), IsOk());
    EXPECT_THAT(version(mallory_client), IsOk());
    EXPECT_THAT(health(mallory_client), IsOkAnd(Health{.healthy = true}));
}

TEST_F(AuthOn, keeps_the_password_of_a_user_who_was_to_be_made_again)
{
    ASSERT_THAT(admin.users().create("alice", Secret{"guessed"}, {"app"}),
        IsError(Condition::already_exists));

    EXPECT_THAT(alice.get("/app/mode"), IsOk());
    expect_unauthorized(mallory.get("/app/mode"));
}

TEST_F(AuthOn, lets_a_user_in_by_the_changed_password_alone)
{
    ASSERT_THAT(admin.users().change_password("alice", Secret{"changed"}), IsOk());
    cluster->wait_healthy();
    auto changed = Client{config_for(*cluster, "alice", "changed")};

    EXPECT_THAT(v2::Keys{changed}.get("/app/mode"), IsOk());
    expect_unauthorized(alice.get("/app/mode"));

    ASSERT_THAT(admin.users().put("alice", Secret{"sesame"}),
        IsOkAnd(v2::PutUserReply{{"alice", {"app"}}, false}));
    cluster->wait_healthy();
    EXPECT_THAT(alice.get("/app/mode"), IsOk());
}

TEST_F(AuthOn, keeps_root)
{
    EXPECT_THAT(admin.users().remove("root"), IsError(AdminErrc::forbidden));
    EXPECT_THAT(admin.roles().remove("root"), IsError(AdminErrc::forbidden));
    EXPECT_THAT(admin.enable(), IsError(AdminErrc::conflict));
}

TEST_F(AuthOn, goes_off_by_root_and_on_again)
{
    ASSERT_THAT(admin.disable(), IsOk());
    cluster->wait_healthy();
    EXPECT_THAT(guest.set("/web/mode", "red"), IsOk());
    EXPECT_THAT(mallory.get("/app/mode"), IsOk()) << "nobody looks at credentials";

    ASSERT_THAT(admin.enable(), IsOk());
    cluster->wait_healthy();
    expect_unauthorized(guest.set("/web/mode", "green"));
}

// Without a quorum.

class AuthWithoutQuorum : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_THAT(users.put("root", Secret{"pw"}), IsOk());
        cluster.wait_healthy();
        cluster.kill(0);
        cluster.kill(1);
    }

    EtcdCluster cluster{3};
    Client<> client{Config{.endpoints = endpoints_of(cluster)}};
    v2::Auth<Client<>> auth{client};
    v2::Users<Client<>> users{auth.users()};
    CallOptions const patient{.timeout = 20s, .attempt_timeout = 18s};
};

TEST_F(AuthWithoutQuorum, answers_questions_and_cannot_say_what_became_of_a_change)
{
    EXPECT_THAT(auth.enabled(), IsOkAnd(false));
    EXPECT_THAT(users.get("root"), IsOkAnd(User{"root", {"root"}}));
    EXPECT_THAT(users.list(), IsOkAnd(ElementsAre(User{"root", {"root"}})));

    auto const put = users.put("alice", Secret{"sesame"});
    EXPECT_THAT(put, IsError(Errc::exhausted));
    EXPECT_THAT(put, HasEffect(Effect::unknown));
    EXPECT_THAT(testing::PrintToString(put), Not(HasSubstr("sesame")));
}

//! etcd 3.4.23 could not ask whether there is a root; but it did not get further either.
TEST_F(AuthWithoutQuorum, is_told_that_there_is_no_root_by_a_member_that_cannot_know)
{
    auto survivor = Client{Config{.endpoints = Endpoints::parse(cluster.url(2)).value()}};

    auto const enable = v2::Auth{survivor}.enable(patient);

    EXPECT_THAT(enable, IsError(AdminErrc::conflict));
    EXPECT_THAT(enable, HasEffect(Effect::none));
    EXPECT_THAT(enable, HasWords(HasSubstr("No root user available")));

    cluster.heal();
    EXPECT_THAT(auth.enabled(), IsOkAnd(false));
}

}  // namespace
}  // namespace etcdpp::tests

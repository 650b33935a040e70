// SPDX-License-Identifier: BSL-1.0

//! @file
//! What etcd says no with about members, users and roles, and the portable questions it answers.

#include "etcdpp/v2/admin_errc.hpp"

#include "etcdpp/core/error.hpp"
#include "etcdpp/v2/errc.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace etcdpp::v2 {
namespace {

constexpr auto all = {AdminErrc::bad_request, AdminErrc::unauthorized, AdminErrc::forbidden,
    AdminErrc::not_leader, AdminErrc::not_found, AdminErrc::already_exists, AdminErrc::conflict,
    AdminErrc::removed, AdminErrc::internal, AdminErrc::no_leader, AdminErrc::other};

TEST(AdminErrc, has_words_of_its_own_for_each_code)
{
    auto seen = std::set<std::string>{};
    for (auto const code : all) {
        EXPECT_TRUE(seen.insert(make_error_code(code).message()).second) << static_cast<int>(code);
    }
    EXPECT_EQ(seen.count("unknown refusal"), 0U);
}

TEST(AdminErrc, survives_a_value_that_is_none)
{
    EXPECT_EQ(make_error_code(static_cast<AdminErrc>(777)).message(), "unknown refusal");
}

TEST(AdminErrc, has_a_category_of_its_own)
{
    EXPECT_STREQ(make_error_code(AdminErrc::conflict).category().name(), "etcdpp.v2.admin");
    EXPECT_NE(make_error_code(AdminErrc::unauthorized), make_error_code(Errc::unauthorized));
}

TEST(AdminErrc, is_never_mistaken_for_success)
{
    for (auto const code : all) { EXPECT_TRUE(make_error_code(code)) << static_cast<int>(code); }
}

TEST(AdminErrc, answers_portable_questions)
{
    EXPECT_EQ(make_error_code(AdminErrc::unauthorized), Condition::unauthorized);
    EXPECT_EQ(make_error_code(AdminErrc::not_found), Condition::not_found);
    EXPECT_EQ(make_error_code(AdminErrc::removed), Condition::not_found);
    EXPECT_EQ(make_error_code(AdminErrc::already_exists), Condition::already_exists);
    EXPECT_EQ(make_error_code(AdminErrc::internal), Condition::unavailable);
    EXPECT_EQ(make_error_code(AdminErrc::no_leader), Condition::unavailable);
}

TEST(AdminErrc, answers_no_portable_question_that_it_does_not_mean)
{
    for (auto const code : {AdminErrc::bad_request, AdminErrc::forbidden, AdminErrc::not_leader,
             AdminErrc::conflict, AdminErrc::other}) {
        for (auto const condition : {Condition::not_found, Condition::already_exists,
                 Condition::compare_failed, Condition::unavailable, Condition::timed_out,
                 Condition::cancelled, Condition::unauthorized, Condition::stale}) {
            EXPECT_NE(make_error_code(code), condition) << static_cast<int>(code);
        }
    }
}

TEST(AdminErrc, compares_with_an_error_by_its_enumerator)
{
    auto const error = Error{AdminErrc::already_exists};

    EXPECT_EQ(error, AdminErrc::already_exists);
    EXPECT_NE(error, AdminErrc::conflict);
}

}  // namespace
}  // namespace etcdpp::v2

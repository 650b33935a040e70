// SPDX-License-Identifier: BSL-1.0

//! @file
//! The codes of the v2 API: their numbers, words, and the portable questions they answer.

#include "etcdpp/v2/errc.hpp"

#include "etcdpp/core/error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace etcdpp::v2 {
namespace {

//! As Go's etcd/client/keys.go lists them.
constexpr auto known_codes = std::array{100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 200,
    201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 300, 301, 400, 401, 402, 403, 404,
    500};

TEST(V2Errc, has_etcds_numbers)
{
    EXPECT_EQ(static_cast<int>(Errc::key_not_found), 100);
    EXPECT_EQ(static_cast<int>(Errc::test_failed), 101);
    EXPECT_EQ(static_cast<int>(Errc::not_file), 102);
    EXPECT_EQ(static_cast<int>(Errc::not_dir), 104);
    EXPECT_EQ(static_cast<int>(Errc::node_exist), 105);
    EXPECT_EQ(static_cast<int>(Errc::root_read_only), 107);
    EXPECT_EQ(static_cast<int>(Errc::dir_not_empty), 108);
    EXPECT_EQ(static_cast<int>(Errc::unauthorized), 110);
    EXPECT_EQ(static_cast<int>(Errc::prev_value_required), 201);
    EXPECT_EQ(static_cast<int>(Errc::ttl_nan), 202);
    EXPECT_EQ(static_cast<int>(Errc::index_nan), 203);
    EXPECT_EQ(static_cast<int>(Errc::invalid_field), 209);
    EXPECT_EQ(static_cast<int>(Errc::invalid_form), 210);
    EXPECT_EQ(static_cast<int>(Errc::refresh_value), 211);
    EXPECT_EQ(static_cast<int>(Errc::refresh_ttl_required), 212);
    EXPECT_EQ(static_cast<int>(Errc::raft_internal), 300);
    EXPECT_EQ(static_cast<int>(Errc::event_index_cleared), 401);
}

TEST(V2Errc, has_words_of_its_own_for_each_known_code)
{
    auto seen = std::set<std::string>{};
    for (auto const code : known_codes) {
        auto const words = make_error_code(static_cast<Errc>(code)).message();
        EXPECT_FALSE(words.starts_with("etcd error")) << code;
        EXPECT_TRUE(seen.insert(words).second) << code << " shares \"" << words << '"';
    }
}

TEST(V2Errc, names_the_number_of_an_unknown_code)
{
    EXPECT_EQ(make_error_code(static_cast<Errc>(777)).message(), "etcd error 777");
    EXPECT_EQ(make_error_code(static_cast<Errc>(-1)).message(), "etcd error -1");
}

TEST(V2Errc, has_a_category_of_its_own)
{
    EXPECT_STREQ(make_error_code(Errc::key_not_found).category().name(), "etcdpp.v2");
}

TEST(V2Errc, answers_portable_questions)
{
    EXPECT_EQ(make_error_code(Errc::key_not_found), Condition::not_found);
    EXPECT_EQ(make_error_code(Errc::node_exist), Condition::already_exists);
    EXPECT_EQ(make_error_code(Errc::test_failed), Condition::compare_failed);
    EXPECT_EQ(make_error_code(Errc::unauthorized), Condition::unauthorized);
    EXPECT_EQ(make_error_code(Errc::raft_internal), Condition::unavailable);
    EXPECT_EQ(make_error_code(Errc::event_index_cleared), Condition::stale);
}

TEST(V2Errc, answers_no_portable_question_that_it_does_not_mean)
{
    for (auto const code : {Errc::not_file, Errc::not_dir, Errc::root_read_only,
             Errc::dir_not_empty, Errc::prev_value_required, Errc::ttl_nan, Errc::invalid_form}) {
        for (auto const condition : {Condition::not_found, Condition::already_exists,
                 Condition::compare_failed, Condition::unavailable, Condition::timed_out,
                 Condition::cancelled, Condition::unauthorized, Condition::stale}) {
            EXPECT_NE(make_error_code(code), condition) << static_cast<int>(code);
        }
    }
}

TEST(V2Errc, compares_with_an_error_by_its_enumerator)
{
    auto const error = Error{Errc::key_not_found};

    EXPECT_EQ(error, Errc::key_not_found);
    EXPECT_NE(error, Errc::test_failed);
}

}  // namespace
}  // namespace etcdpp::v2

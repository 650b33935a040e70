// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/codec.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace etcdpp::mocks {
namespace {

using testing::HasSubstr;
using testing::Return;
using tests::IsError;
using tests::IsOkAnd;

struct Lamp {
    int brightness = 0;

    friend bool operator==(Lamp const&, Lamp const&) = default;
};

TEST(CodecMock, reads_and_writes_what_the_test_says)
{
    auto const kept = Codec<Lamp>{};
    auto const given = kept;
    EXPECT_CALL(kept.mock<Lamp>(), decode(HasSubstr("lamp"))).WillOnce(Return(Lamp{7}));
    EXPECT_CALL(kept.mock<Lamp>(), encode(Lamp{7})).WillOnce(Return("{\"lamp\":7}"));

    EXPECT_THAT(given.decode<Lamp>("{\"lamp\":7}"), IsOkAnd(Lamp{7}));
    EXPECT_EQ(given.encode(Lamp{7}), "{\"lamp\":7}");
}

TEST(CodecMock, fails_where_the_test_says_so)
{
    auto const codec = Codec<Lamp>{};
    EXPECT_CALL(codec.mock<Lamp>(), decode)
        .WillOnce(Return(unexpected(Error{Errc::malformed_reply})));

    EXPECT_THAT(codec.decode<Lamp>("{"), IsError(Errc::malformed_reply));
}

TEST(CodecMock, reads_a_default_and_writes_nothing_where_nothing_is_said)
{
    EXPECT_THAT(Codec<Lamp>{}.decode<Lamp>("{}"), IsOkAnd(Lamp{}));
    EXPECT_EQ(Codec<Lamp>{}.encode(Lamp{7}), "");
}

TEST(CodecMock, warns_of_no_call_that_nothing_is_said_about)
{
    testing::internal::CaptureStdout();
    static_cast<void>(Codec<Lamp>{}.decode<Lamp>("{}"));
    static_cast<void>(Codec<Lamp>{}.encode(std::string{"{}"}));

    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(CodecMock, handles_texts_and_the_types_it_names_and_no_others)
{
    static_assert(decodes<Codec<>, std::string>);
    static_assert(decodes<Codec<Lamp>, Lamp>);
    static_assert(encodes<Codec<Lamp>, Lamp>);
    static_assert(!decodes<Codec<>, Lamp>);
    static_assert(!encodes<Codec<>, Lamp>);
}

}  // namespace
}  // namespace etcdpp::mocks

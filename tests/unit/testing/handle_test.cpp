// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/testing/handle.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <concepts>
#include <memory>
#include <optional>
#include <utility>

namespace etcdpp::mocks {
namespace {

using testing::Return;

struct LampMock {
    MOCK_METHOD(int, brightness, ());
};

class LampHandle : public Handle<LampMock> {
public:
    int brightness() { return (**this).brightness(); }
};

TEST(Handle, makes_a_mock_a_value)
{
    static_assert(!std::movable<LampMock>);
    static_assert(std::copyable<LampHandle>);
    static_assert(std::default_initializable<LampHandle>);
}

TEST(Handle, shares_its_mock_with_its_copies)
{
    auto const kept = LampHandle{};
    auto given = kept;
    EXPECT_CALL(*kept, brightness).WillOnce(Return(7));

    EXPECT_EQ(given.brightness(), 7);
}

TEST(Handle, has_a_mock_of_its_own_when_it_is_no_copy)
{
    EXPECT_NE(LampHandle{}.operator->(), nullptr);
    auto const one = LampHandle{};
    auto const other = LampHandle{};

    EXPECT_NE(&*one, &*other);
}

TEST(Handle, gives_a_default_for_a_call_that_nothing_is_said_about)
{
    EXPECT_EQ(LampHandle{}.brightness(), 0);
}

TEST(Handle, warns_of_no_call_that_nothing_is_said_about)
{
    testing::internal::CaptureStdout();
    LampHandle{}.brightness();

    EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
}

TEST(Handle, checks_what_was_expected_when_the_last_copy_dies)
{
    auto kept = std::optional<LampHandle>{std::in_place};
    auto given = std::optional<LampHandle>{kept};
    EXPECT_CALL(**kept, brightness).Times(1);
    kept.reset();

    EXPECT_NONFATAL_FAILURE(given.reset(), "Actual: never called");
}

}  // namespace
}  // namespace etcdpp::mocks

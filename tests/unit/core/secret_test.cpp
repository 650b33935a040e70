// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/secret.hpp"

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <memory>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace etcdpp {
namespace {

constexpr auto short_text = std::string_view{"hunter2"};  // fits into the string object itself
constexpr auto long_text = std::string_view{"correct horse battery staple, and then some more"};

// What is looked for in memory: a string that is emptied loses its first character and no other.
constexpr auto short_tail = short_text.substr(2);

//! Storage whose bytes can be read before and after an object lives there. Volatile, because the
//! compiler may not assume anything about what it will find.
template <class T>
class Storage {
public:
    template <class... Arguments>
    T& make(Arguments&&... arguments)
    {
        return *std::construct_at(
            reinterpret_cast<T*>(bytes_), std::forward<Arguments>(arguments)...);
    }

    bool holds(std::string_view text) const
    {
        auto copy = std::string(sizeof(T), '\0');
        auto const volatile* const bytes = bytes_;
        for (auto i = std::size_t{0}; i != sizeof(T); ++i) {
            copy[i] = static_cast<char>(bytes[i]);
        }
        return copy.find(text) != std::string::npos;
    }

private:
    alignas(T) unsigned char bytes_[sizeof(T)] = {};
};

TEST(Secret, reveals_its_text_only_when_asked)
{
    EXPECT_EQ(Secret{short_text}.reveal(), short_text);
    EXPECT_EQ(Secret{long_text}.reveal(), long_text);
    static_assert(!std::convertible_to<Secret, std::string>);
    static_assert(!std::convertible_to<Secret, std::string_view>);
}

TEST(Secret, is_made_from_a_text_only_on_purpose)
{
    static_assert(std::constructible_from<Secret, std::string_view>);
    static_assert(!std::convertible_to<std::string_view, Secret>);
    static_assert(!std::convertible_to<char const*, Secret>);
}

TEST(Secret, is_empty_by_default)
{
    EXPECT_TRUE(Secret{}.empty());
    EXPECT_FALSE(Secret{short_text}.empty());
}

TEST(Secret, prints_as_stars_whatever_it_holds)
{
    for (auto const& secret : {Secret{}, Secret{short_text}, Secret{long_text}}) {
        EXPECT_EQ((std::ostringstream{} << secret).str(), "***");
        EXPECT_EQ(testing::PrintToString(secret), "***");
    }
}

TEST(Secret, is_equal_where_the_text_is)
{
    EXPECT_EQ(Secret{short_text}, Secret{short_text});
    EXPECT_NE(Secret{short_text}, Secret{long_text});
}

TEST(Secret, may_hold_a_nul)
{
    using namespace std::string_view_literals;

    EXPECT_EQ(Secret{"a\0b"sv}.reveal(), "a\0b"sv);
}

TEST(Secret, is_copied_and_moved_with_its_text)
{
    auto original = Secret{long_text};
    auto const copy = original;
    EXPECT_EQ(copy, original);

    auto const moved = std::move(original);
    EXPECT_EQ(moved.reveal(), long_text);
}

TEST(Secret, is_assigned_with_its_text)
{
    auto secret = Secret{short_text};
    secret = Secret{long_text};
    EXPECT_EQ(secret.reveal(), long_text);

    auto const other = Secret{short_text};
    secret = other;
    EXPECT_EQ(secret, other);
}

TEST(Secret, survives_being_assigned_to_itself)
{
    auto secret = Secret{short_text};
    auto const& same = secret;
    secret = same;

    EXPECT_EQ(secret.reveal(), short_text);
}

TEST(Secret, is_moved_without_throwing)
{
    static_assert(std::is_nothrow_move_constructible_v<Secret>);
    static_assert(std::is_nothrow_move_assignable_v<Secret>);
}

TEST(Secret, leaves_nothing_behind_when_it_dies)
{
    auto storage = Storage<Secret>{};
    auto& secret = storage.make(short_text);
    ASSERT_TRUE(storage.holds(short_tail));

    std::destroy_at(&secret);
    EXPECT_FALSE(storage.holds(short_tail));
}

TEST(Secret, leaves_nothing_behind_where_it_was_moved_from)
{
    auto storage = Storage<Secret>{};
    auto& secret = storage.make(short_text);
    auto const moved = std::move(secret);

    EXPECT_FALSE(storage.holds(short_tail));
    EXPECT_TRUE(secret.empty());  // NOLINT(bugprone-use-after-move): this is what is promised
    std::destroy_at(&secret);
}

TEST(Secret, leaves_nothing_behind_of_a_longer_one_that_it_replaced)
{
    auto storage = Storage<Secret>{};
    auto& secret = storage.make(short_text);
    secret = Secret{"x"};
    std::destroy_at(&secret);

    EXPECT_FALSE(storage.holds(short_tail));
}

TEST(Secret, leaves_nothing_behind_of_a_short_one_that_a_long_one_replaced)
{
    auto storage = Storage<Secret>{};
    auto& secret = storage.make(short_text);
    secret = Secret{long_text};
    std::destroy_at(&secret);

    EXPECT_FALSE(storage.holds(short_tail));
}

TEST(Credentials, are_equal_where_user_and_password_are)
{
    auto const root = Credentials{.user = "root", .password = Secret{short_text}};

    EXPECT_EQ(root, (Credentials{.user = "root", .password = Secret{short_text}}));
    EXPECT_NE(root, (Credentials{.user = "guest", .password = Secret{short_text}}));
    EXPECT_NE(root, (Credentials{.user = "root", .password = Secret{long_text}}));
}

}  // namespace
}  // namespace etcdpp

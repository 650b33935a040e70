// SPDX-License-Identifier: BSL-1.0

//! @file
//! Values of every kind come back from real members as they were written.

#include "tests/integration/on_cluster.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::string_literals;

struct Value {
    char const* title;
    std::string text;
};

void PrintTo(Value const& value, std::ostream* out)
{
    *out << value.text.size() << " bytes";
}

class KeyValues : public OnCluster, public testing::WithParamInterface<Value> {};

TEST_P(KeyValues, come_back_as_they_were_written)
{
    auto const set = keys.set("/app/note", GetParam().text);

    ASSERT_THAT(set, IsOk());
    EXPECT_TRUE(set->node.value == GetParam().text);
    EXPECT_TRUE(witness.value("/app/note") == GetParam().text);
    auto const get = keys.get("/app/note");
    ASSERT_THAT(get, IsOk());
    EXPECT_TRUE(get->node.value == GetParam().text);
}

TEST_P(KeyValues, are_queued_in_order_as_they_were_given)
{
    ASSERT_THAT(keys.create_in_order("/notes", GetParam().text), IsOk());

    EXPECT_TRUE(witness.values("/notes") == std::vector{GetParam().text});
}

std::string every_byte_of_ascii()
{
    auto text = ""s;
    for (auto byte = 0; byte < 128; ++byte) { text += static_cast<char>(byte); }
    return text;
}

INSTANTIATE_TEST_SUITE_P(Strange, KeyValues,
    testing::Values(Value{"empty", ""}, Value{"nul", "a\0b\0"s}, Value{"newlines", "a\nb\r\nc\n"},
        Value{"form_characters", "a=b&value=c+d%20%zz;#?/"}, Value{"spaces", "  a  b "},
        Value{"quotes", "\"a\" 'b' \\c\\u0041"}, Value{"markup", "<a href=\"b\">&amp;</a>"},
        Value{"letters_of_many_bytes", "\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80\xE2\x80\xA8"},
        Value{"json", R"({"errorCode":100,"node":{"value":"x"}})"},
        Value{"all_of_ascii", every_byte_of_ascii()},
        Value{"one_megabyte", std::string(1 << 20, 'x')},
        Value{"one_megabyte_to_escape",
            [] {
                auto text = ""s;
                while (text.size() < 1 << 20) { text += "<&\n\"\xC3\xA9%+"; }
                return text;
            }()}),
    [](auto const& each) { return each.param.title; });

using LargeValues = OnCluster;

TEST_F(LargeValues, replace_each_other_without_being_sent_back_if_not_wanted)
{
    keys.set("/app/picture", std::string(1 << 20, 'a')).value();

    auto const set = keys.set(
        "/app/picture", std::string(1 << 20, 'b'), {.no_value_on_success = true});

    ASSERT_THAT(set, IsOk());
    EXPECT_EQ(set->node.value, "");
    EXPECT_TRUE(witness.value("/app/picture") == std::string(1 << 20, 'b'));
}

TEST_F(LargeValues, are_compared_with_in_the_body_where_there_is_room)
{
    auto const picture = std::string(1 << 20, 'a');
    keys.set("/app/picture", picture).value();

    EXPECT_THAT(keys.compare_and_swap("/app/picture", "small", {.prev_value = picture}), IsOk());

    EXPECT_EQ(witness.value("/app/picture"), "small");
}

//! Go's limit of a form is 10 MiB.
TEST_F(LargeValues, are_turned_down_beyond_ten_megabytes)
{
    auto const set = keys.set("/app/picture", std::string((10 << 20) + 1, 'a'));

    EXPECT_THAT(set, IsError(v2::Errc::invalid_form));
    EXPECT_THAT(set, HasEffect(Effect::none));
    EXPECT_FALSE(witness.exists("/app/picture"));
}

}  // namespace
}  // namespace etcdpp::tests

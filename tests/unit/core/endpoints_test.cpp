// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/endpoints.hpp"

#include "tests/support/matchers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace etcdpp {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using tests::HasEffect;
using tests::HasWords;
using tests::IsError;
using tests::IsOkAnd;

auto const etcd_1 = Endpoint{.host = "etcd-1"};
auto const etcd_2 = Endpoint{.host = "etcd-2"};

std::vector<Endpoint> ports(std::size_t count)
{
    auto list = std::vector<Endpoint>{};
    for (auto i = std::size_t{0}; i != count; ++i) {
        list.push_back({.port = static_cast<std::uint16_t>(10'000 + i)});
    }
    return list;
}

TEST(Endpoints, are_the_local_etcd_by_default)
{
    EXPECT_THAT(Endpoints{}, ElementsAre(Endpoint{Scheme::http, "127.0.0.1", 2379}));
}

TEST(Endpoints, are_read_from_urls_separated_by_commas)
{
    EXPECT_THAT(
        Endpoints::parse("http://etcd-1:2379,http://etcd-2"), IsOkAnd(ElementsAre(etcd_1, etcd_2)));
}

TEST(Endpoints, may_have_blanks_around_each_url)
{
    EXPECT_THAT(Endpoints::parse(" http://etcd-1 ,\thttp://etcd-2\n"),
        IsOkAnd(ElementsAre(etcd_1, etcd_2)));
    EXPECT_THAT(Endpoints::parse("http://etcd-1,\r\nhttp://etcd-2\r\n"),
        IsOkAnd(ElementsAre(etcd_1, etcd_2)));
}

TEST(Endpoints, keep_the_first_place_of_one_that_is_repeated)
{
    EXPECT_THAT(
        Endpoints::parse("http://etcd-2,http://etcd-1,http://ETCD-2:2379/,http://etcd-1:2379"),
        IsOkAnd(ElementsAre(etcd_2, etcd_1)));
}

TEST(Endpoints, differ_when_only_the_scheme_does)
{
    EXPECT_THAT(Endpoints::parse("http://etcd-1,https://etcd-1"), IsOkAnd(SizeIs(2)));
}

TEST(Endpoints, are_refused_when_there_is_none)
{
    for (auto const& none : {Endpoints::parse(""), Endpoints::of({})}) {
        EXPECT_THAT(none,
            AllOf(IsError(Errc::invalid_argument), HasEffect(Effect::none),
                HasWords("no endpoint is given; at least one is needed")));
    }
}

TEST(Endpoints, are_refused_with_the_words_for_the_first_bad_url)
{
    EXPECT_THAT(Endpoints::parse("http://etcd-1,etcd-2:2379,http://etcd-3:0"),
        AllOf(IsError(Errc::invalid_argument),
            HasWords("endpoint \"etcd-2:2379\": has no scheme; write http://host:port or "
                     "https://host:port")));
}

TEST(Endpoints, are_refused_when_one_is_missing_between_commas)
{
    for (auto const urls : {",http://etcd-1", "http://etcd-1,,http://etcd-2", " ", ","}) {
        EXPECT_THAT(Endpoints::parse(urls), HasWords(HasSubstr("endpoint \"\": has no scheme")))
            << urls;
    }
}

TEST(Endpoints, are_at_most_sixty_four)
{
    EXPECT_THAT(Endpoints::of(ports(64)), IsOkAnd(SizeIs(64)));
    EXPECT_THAT(Endpoints::of(ports(65)),
        AllOf(IsError(Errc::invalid_argument), HasWords("more than 64 endpoints are given")));
}

TEST(Endpoints, are_counted_without_the_repeated_ones)
{
    auto list = ports(64);
    list.push_back(list.front());

    EXPECT_THAT(Endpoints::of(list), IsOkAnd(SizeIs(64)));
}

TEST(Endpoints, keep_the_order_they_are_given_in)
{
    auto const list = ports(5);
    auto const endpoints = Endpoints::of(list).value();

    for (auto i = std::size_t{0}; i != list.size(); ++i) { EXPECT_EQ(endpoints[i], list[i]); }
}

TEST(Endpoints, know_the_position_of_each)
{
    auto const endpoints = Endpoints::of({etcd_1, etcd_2}).value();

    EXPECT_EQ(endpoints.position_of(etcd_1), std::size_t{0});
    EXPECT_EQ(endpoints.position_of(etcd_2), std::size_t{1});
    EXPECT_EQ(endpoints.position_of(Endpoint{.host = "etcd-3"}), std::nullopt);
}

TEST(Endpoints, share_their_list_with_their_copies)
{
    auto const endpoints = Endpoints::of({etcd_1, etcd_2}).value();
    auto const copy = endpoints;  // NOLINT(performance-unnecessary-copy-initialization)

    EXPECT_EQ(&copy[0], &endpoints[0]);
}

TEST(Endpoints, outlive_the_ones_they_were_copied_from)
{
    auto endpoints = std::optional{Endpoints::of({etcd_1, etcd_2}).value()};
    auto const copy = *endpoints;
    endpoints.reset();

    EXPECT_THAT(copy, ElementsAre(etcd_1, etcd_2));
}

TEST(Endpoints, are_equal_where_their_lists_are)
{
    auto const endpoints = Endpoints::of({etcd_1, etcd_2}).value();

    EXPECT_EQ(endpoints, Endpoints::of({etcd_1, etcd_2}).value());
    EXPECT_NE(endpoints, Endpoints::of({etcd_2, etcd_1}).value());
    EXPECT_NE(endpoints, Endpoints::of({etcd_1}).value());
}

TEST(Endpoints, are_never_made_without_a_check)
{
    static_assert(!std::constructible_from<Endpoints, std::vector<Endpoint>>);
}

TEST(Endpoints, print_as_they_are_read)
{
    auto const urls = std::string{"http://etcd-1:2379,https://[::1]:443"};

    EXPECT_EQ((std::ostringstream{} << Endpoints::parse(urls).value()).str(), urls);
}

TEST(Tried, has_room_for_as_many_as_endpoints_can_be)
{
    static_assert(Tried{}.size() == Endpoints::max_size);
}

}  // namespace
}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0

//! @file
//! A description can be written before a codec comes, and without Hana.

#include "etcdpp/codec/fields_fwd.hpp"

#include <concepts>
#include <string>

namespace etcdpp {
namespace {

struct Lamp {
    std::string colour = {};
};

}  // namespace
}  // namespace etcdpp

template <std::same_as<etcdpp::Lamp> T>
inline constexpr auto etcdpp::fields_of<T> = etcdpp::fields(etcdpp::field<"colour">(&T::colour));

#ifdef BOOST_HANA_CONFIG_HPP
#error "fields_fwd.hpp has included Hana"
#endif

#include "etcdpp/codec/fields.hpp"

#include <boost/hana/at_key.hpp>
#include <gtest/gtest.h>

namespace etcdpp {
namespace {

TEST(FieldsFwd, let_a_description_be_written_before_the_codec_that_reads_it)
{
    static_assert(has_fields<Lamp>);
    auto lamp = Lamp{"green"};

    EXPECT_EQ(boost::hana::at_key(lamp, BOOST_HANA_STRING("colour")), "green");
}

}  // namespace
}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/discovery/srv_options.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace etcdpp {
namespace {

using namespace std::chrono_literals;

TEST(SrvOptions, ask_the_systems_nameservers_for_either_scheme_within_five_seconds_by_default)
{
    auto const options = SrvOptions{};

    EXPECT_FALSE(options.nameserver);
    EXPECT_FALSE(options.only);
    EXPECT_EQ(options.service, "");
    EXPECT_EQ(options.timeout, 5s);
}

TEST(Nameserver, listens_where_nameservers_do_by_default)
{
    EXPECT_EQ(Nameserver{"10.0.0.53"}.port, 53);
}

}  // namespace
}  // namespace etcdpp

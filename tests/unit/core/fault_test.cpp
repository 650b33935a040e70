// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/core/fault.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string_view>

namespace etcdpp {
namespace {

TEST(Fault, prints_as_its_name)
{
    struct Case {
        Fault fault;
        std::string_view text;
    };
    for (auto const& [fault, text] : {Case{Fault::request, "request"},
             Case{Fault::member, "member"}, Case{Fault::caller, "caller"}}) {
        EXPECT_EQ((std::ostringstream{} << fault).str(), text);
    }
}

}  // namespace
}  // namespace etcdpp

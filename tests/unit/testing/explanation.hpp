// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a matcher says of a value, for the tests of our own matchers.

#include <gmock/gmock.h>

#include <string>

namespace etcdpp::mocks {

template <class T, class Matcher>
std::string explanation(T const& subject, Matcher const& matcher)
{
    auto listener = testing::StringMatchResultListener{};
    testing::SafeMatcherCast<T const&>(matcher).MatchAndExplain(subject, &listener);
    return listener.str();
}

}  // namespace etcdpp::mocks

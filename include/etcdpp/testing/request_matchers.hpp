// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! GoogleMock matchers for what a client sends, read as etcd reads it, and where to.

#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/endpoints.hpp"
#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/api_form.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// NOLINTBEGIN(readability-identifier-naming): the names are spelled as GoogleMock spells its own

namespace etcdpp::mocks {

namespace detail {

inline Endpoint member(std::size_t number)
{
    return {.host = "etcd-" + std::to_string(number)};
}

//! The key of a request to the keys API, decoded; nothing for any other request. That a request for
//! a whole tree has a slash behind its key is no difference here.
inline std::optional<std::string> key_of(http::Request const& request)
{
    constexpr auto root = std::string_view{"/v2/keys"};
    auto path = std::string_view{request.target};
    path = path.substr(0, path.find('?'));
    if (!path.starts_with(root)) { return std::nullopt; }
    auto key = sim::unescaped(path.substr(root.size()), false);
    while (key && key->size() > 1 && key->ends_with('/')) { key->pop_back(); }
    return key;
}

}  // namespace detail

//! `count` members to give a client: http://etcd-1:2379 and so on. ToEndpoint(2) is the second.
//! @pre 1 <= count <= Endpoints::max_size
inline Endpoints members(std::size_t count)
{
    auto list = std::vector<Endpoint>{};
    for (auto number = std::size_t{1}; number <= count; ++number) {
        list.push_back(detail::member(number));
    }
    return Endpoints::of(std::move(list)).value();
}

//! The member of that number, from 1, among those of `members(n)`.
inline testing::Matcher<Endpoint const&> ToEndpoint(std::size_t number)
{
    return testing::Eq(detail::member(number));
}

//! A request of one method for one key.
class KeyRequestMatcher {
public:
    using is_gtest_matcher = void;

    KeyRequestMatcher(http::Method method, std::string key) : method_{method}, key_{std::move(key)}
    {
    }

    bool MatchAndExplain(http::Request const& request, testing::MatchResultListener* listener) const
    {
        *listener << "which is " << request;
        return request.method == method_ && detail::key_of(request) == key_;
    }

    void DescribeTo(std::ostream* out) const { *out << "is a " << method_ << " of key " << key_; }

    void DescribeNegationTo(std::ostream* out) const
    {
        *out << "is no " << method_ << " of key " << key_;
    }

private:
    http::Method method_;
    std::string key_;
};

//! `EXPECT_CALL(*transport, send(ToEndpoint(1), IsGet("/app/mode"), _))`: gets, lists and watches.
//! The key is given as it is, not escaped.
inline KeyRequestMatcher IsGet(std::string key)
{
    return {http::Method::get, std::move(key)};
}

//! set, create, update, refresh, make_dir and compare_and_swap.
inline KeyRequestMatcher IsPut(std::string key)
{
    return {http::Method::put, std::move(key)};
}

//! create_in_order.
inline KeyRequestMatcher IsPost(std::string dir)
{
    return {http::Method::post, std::move(dir)};
}

//! remove and compare_and_remove.
inline KeyRequestMatcher IsDelete(std::string key)
{
    return {http::Method::del, std::move(key)};
}

//! A request with a parameter, in its query or its body.
class FormMatcher {
public:
    using is_gtest_matcher = void;

    FormMatcher(std::string name, testing::Matcher<std::string> value)
        : name_{std::move(name)}, value_{std::move(value)}
    {
    }

    bool MatchAndExplain(http::Request const& request, testing::MatchResultListener* listener) const
    {
        auto const form = sim::ApiForm::of(request);
        auto const* const value = form.find(name_);
        if (value == nullptr) {
            *listener << "which says nothing of " << name_ << ": " << request;
            return false;
        }
        *listener << "whose " << name_ << " is " << testing::PrintToString(*value) << ' ';
        return value_.MatchAndExplain(*value, listener);
    }

    void DescribeTo(std::ostream* out) const
    {
        *out << "has a parameter " << name_ << " that ";
        value_.DescribeTo(out);
    }

    void DescribeNegationTo(std::ostream* out) const
    {
        *out << "has no parameter " << name_ << " that ";
        value_.DescribeTo(out);
    }

private:
    std::string name_;
    testing::Matcher<std::string> value_;
};

//! `AllOf(IsPut("/app/mode"), HasForm("value", "blue"))`. The value is decoded, as etcd decodes it:
//! a body that does not say that it is a form has no parameters. It may be a matcher.
inline FormMatcher HasForm(std::string name, testing::Matcher<std::string> value)
{
    return {std::move(name), std::move(value)};
}

}  // namespace etcdpp::mocks

// NOLINTEND(readability-identifier-naming)

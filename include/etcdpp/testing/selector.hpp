// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A selector for GoogleMock: the test says which member is asked, or sees which one was.

#include "etcdpp/selector/concept.hpp"
#include "etcdpp/testing/handle.hpp"

#include <gmock/gmock.h>

#include <cstddef>

namespace etcdpp::mocks {

//! What nothing is said about picks the first member that the call has not tried.
struct SelectorMock {
    SelectorMock()
    {
        ON_CALL(*this, pick).WillByDefault([](Pick const& pick) { return untried_from(0, pick); });
    }

    MOCK_METHOD(std::size_t, pick, (Pick const& pick));
    MOCK_METHOD(void, report, (Report const& report), (noexcept));
};

//! `EXPECT_CALL(*selector, report(Field(&Report::outcome, Outcome::failed)))`; a copy shares the
//! mock, so the test keeps one and the client gets another.
class Selector : public Handle<SelectorMock> {
public:
    std::size_t pick(Pick const& pick) { return (**this).pick(pick); }
    void report(Report const& report) noexcept { (**this).report(report); }
};

static_assert(selector<Selector>);

}  // namespace etcdpp::mocks

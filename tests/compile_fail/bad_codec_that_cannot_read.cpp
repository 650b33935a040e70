// SPDX-License-Identifier: BSL-1.0
//! @file
//! A codec that only writes.
// expect: a codec needs: template <class T> Result<T> decode\(std::string_view\) const

#include "tests/compile_fail/policies.hpp"

using namespace etcdpp;

struct Printer {
    template <class T>
    std::string encode(T const&) const;

#ifdef GOOD
    template <class T>
    Result<T> decode(std::string_view) const;
#endif
};

void device()
{
    auto client = Client{Config{.transport = TransportArchetype{0},
        .selector = RoundRobin{},
        .retry = Never{},
        .codec = Printer{}}};
}

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What no concept grants, and archetypes therefore refuse.

namespace etcdpp {

//! The base of archetypes: it can be moved, and that is all. Made from a number, for no concept
//! says how a model is made. To take its address, join it by a comma, ask it for its truth, compare
//! or copy it does not compile.
class Bare {
public:
    explicit Bare(int) noexcept {}

    Bare(Bare const&) = delete;
    Bare& operator=(Bare const&) = delete;
    Bare(Bare&&) = default;
    Bare& operator=(Bare&&) = default;
    ~Bare() = default;

    void operator&() const = delete;
    explicit operator bool() const = delete;
    friend bool operator==(Bare const&, Bare const&) = delete;

    template <class Other>
    friend void operator,(Bare const&, Other&&) = delete;

    template <class Other>
    friend void operator,(Other&&, Bare const&) = delete;
};

}  // namespace etcdpp

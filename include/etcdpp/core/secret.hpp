// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A text that must not be seen: it prints as `***` and is overwritten when it dies.

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp {

//! Holds a password or token. Copies may be made and each wipes its own characters; what a caller
//! copies out of `reveal()` is his to guard.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text) : text_{text} {}
    Secret(Secret const&) = default;

    Secret(Secret&& other) noexcept : text_{std::move(other.text_)} { other.wipe(); }

    Secret& operator=(Secret other) noexcept
    {
        text_.swap(other.text_);
        return *this;
    }

    ~Secret() { wipe(); }

    bool empty() const noexcept { return text_.empty(); }

    //! The text itself, valid while this object is neither assigned to nor destroyed.
    std::string_view reveal() const noexcept { return text_; }

    friend bool operator==(Secret const&, Secret const&) = default;

    friend std::ostream& operator<<(std::ostream& out, Secret const&) { return out << "***"; }

private:
    //! Overwrites all the room the string has: behind its end may stand a longer text that it held
    //! before, or the short one that was moved out of it. Writes through a volatile pointer, so
    //! that the compiler cannot leave out a "dead" store.
    void wipe() noexcept
    {
        text_.resize(text_.capacity());
        char volatile* const characters = text_.data();
        for (std::size_t i = 0; i != text_.size(); ++i) { characters[i] = '\0'; }
        text_.clear();
    }

    std::string text_;
};

//! Who asks: etcd's v2 user and password, sent with each request (HTTP Basic, RFC 7617).
struct Credentials {
    std::string user;
    Secret password;

    friend bool operator==(Credentials const&, Credentials const&) = default;
};

}  // namespace etcdpp

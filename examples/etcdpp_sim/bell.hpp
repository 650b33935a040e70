// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What wakes a thread that waits for its client at the same time: a bell with a descriptor.

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <sys/eventfd.h>
#include <unistd.h>

namespace etcdpp::examples {

//! Rung, it is readable until it is silenced. Any thread may ring it.
class Bell {
public:
    //! @throws std::system_error if there are no more descriptors
    Bell() : descriptor_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)}
    {
        if (descriptor_ < 0) { throw std::system_error{errno, std::generic_category(), "eventfd"}; }
    }

    Bell(Bell const&) = delete;
    Bell& operator=(Bell const&) = delete;
    ~Bell() { ::close(descriptor_); }

    int descriptor() const noexcept { return descriptor_; }

    void ring() noexcept
    {
        auto const once = std::uint64_t{1};
        [[maybe_unused]] auto const written = ::write(descriptor_, &once, sizeof once);
    }

    void silence() noexcept
    {
        auto rings = std::uint64_t{0};
        [[maybe_unused]] auto const read = ::read(descriptor_, &rings, sizeof rings);
    }

private:
    int descriptor_;
};

}  // namespace etcdpp::examples

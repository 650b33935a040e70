// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Keeps one object that was costly to make until somebody needs such an object again.

#include <atomic>
#include <memory>

namespace etcdpp::detail {

//! `take` and `keep` may be called from several threads at once and never wait: of several objects
//! that come back one is kept. A copy begins without.
template <class T>
class Spare {
public:
    Spare() = default;
    Spare(Spare const&) noexcept {}
    Spare& operator=(Spare const&) noexcept { return *this; }
    ~Spare() { take(); }

    //! The object, which is now the caller's, or null.
    std::unique_ptr<T> take() noexcept
    {
        return std::unique_ptr<T>{kept_.exchange(nullptr, std::memory_order_acquire)};
    }

    void keep(std::unique_ptr<T> object) noexcept
    {
        object.reset(kept_.exchange(object.release(), std::memory_order_acq_rel));
    }

private:
    std::atomic<T*> kept_ = nullptr;
};

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The bytes of a connection that have been received but not been read yet.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace etcdpp::detail {

//! One block that serves reply after reply. It grows only if what has to be seen in one piece, such
//! as a long head, does not fit; the parser's limits bound that.
class ReceiveBuffer {
public:
    std::string_view unread() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }

    bool empty() const noexcept { return begin_ == end_; }

    //! @pre count <= unread().size()
    void consume(std::size_t count) noexcept { begin_ += count; }

    //! Where the next bytes go: behind the unread ones, which may be moved for it; never empty.
    std::span<char> room()
    {
        if (empty()) { begin_ = end_ = 0; }
        if (end_ == capacity_) { make_room(); }
        return {bytes_.get() + end_, capacity_ - end_};
    }

    //! @pre count <= room().size()
    void received(std::size_t count) noexcept { end_ += count; }

private:
    static constexpr std::size_t first_capacity = std::size_t{16} * 1024;

    void make_room()
    {
        auto const kept = unread();
        if (2 * kept.size() >= capacity_) {
            capacity_ = std::max(first_capacity, 2 * capacity_);
            auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
            std::ranges::copy(kept, larger.get());
            bytes_ = std::move(larger);
        } else {
            std::ranges::copy(kept, bytes_.get());
        }
        begin_ = 0;
        end_ = kept.size();
    }

    std::unique_ptr<char[]> bytes_;
    std::size_t capacity_ = 0;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

}  // namespace etcdpp::detail

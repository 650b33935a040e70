// SPDX-License-Identifier: BSL-1.0
// A program of its own, for it replaces operator new; so does ThreadSanitizer: its build has none.
#include "etcdpp/core/secret.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include <malloc.h>

namespace {

//! What is looked for in each block of memory on its way back to the heap.
std::string_view sought_in_freed_memory = {};
int times_found = 0;

}  // namespace

// The heap of this program, watched: nothing else sees the bytes of a block when it is freed.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    if (auto* const block = std::malloc(size)) { return block; }
    throw std::bad_alloc{};
}

void operator delete(void* block) noexcept
{
    if (block != nullptr && !sought_in_freed_memory.empty()) {
        auto const bytes = std::string_view{
            static_cast<char const*>(block), malloc_usable_size(block)};
        if (bytes.find(sought_in_freed_memory) != std::string_view::npos) { ++times_found; }
    }
    std::free(block);
}

void operator delete(void* block, std::size_t) noexcept
{
    operator delete(block);
}

namespace etcdpp {
namespace {

constexpr auto long_text = std::string_view{"correct horse battery staple, and then some more"};

// What is looked for in memory: a string that is emptied loses its first character and no other.
constexpr auto tail = long_text.substr(20);

//! How many of the blocks that `action` frees hold `text`.
int freed_blocks_with(std::string_view text, std::function<void()> const& action)
{
    times_found = 0;
    sought_in_freed_memory = text;
    action();
    sought_in_freed_memory = {};
    return times_found;
}

TEST(SecretOnTheHeap, would_be_seen_in_freed_memory_if_it_were_a_plain_string)
{
    EXPECT_EQ(freed_blocks_with(tail, [] { auto const text = std::string{long_text}; }), 1);
}

TEST(SecretOnTheHeap, leaves_nothing_on_the_heap_when_it_dies)
{
    EXPECT_EQ(freed_blocks_with(tail, [] { auto const secret = Secret{long_text}; }), 0);
}

TEST(SecretOnTheHeap, leaves_nothing_on_the_heap_when_it_is_copied_moved_or_replaced)
{
    EXPECT_EQ(freed_blocks_with(tail,
                  [] {
                      auto secret = Secret{long_text};
                      auto copy = secret;
                      auto const moved = std::move(copy);
                      secret = Secret{"x"};
                      copy = moved;
                  }),
        0);
}

}  // namespace
}  // namespace etcdpp

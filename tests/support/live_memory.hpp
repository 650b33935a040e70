// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Counts what a whole program has allocated: include it in the one source file of that program.

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

#include <malloc.h>

namespace etcdpp::tests {

//! Of all threads, in bytes. Zero with a sanitizer, which brings allocation functions of its own.
struct LiveMemory {
    static inline std::atomic<std::size_t> now = 0;
    static inline std::atomic<std::size_t> peak = 0;

    static void add(std::size_t size) noexcept
    {
        auto const live = now += size;
        auto highest = peak.load();
        while (live > highest && !peak.compare_exchange_weak(highest, live)) {}
    }

    //! The most that was alive at once during `work`, beyond what was before.
    static std::size_t growth_during(auto const& work)
    {
        auto const before = now.load();
        peak = before;
        work();
        return peak - before;
    }
};

}  // namespace etcdpp::tests

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ETCDPP_TESTS_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ETCDPP_TESTS_SANITIZED
#endif
#endif

#ifndef ETCDPP_TESTS_SANITIZED

void* operator new(std::size_t size)
{
    auto* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) { throw std::bad_alloc{}; }
    etcdpp::tests::LiveMemory::add(::malloc_usable_size(memory));
    return memory;
}

void operator delete(void* memory) noexcept
{
    if (memory == nullptr) { return; }
    etcdpp::tests::LiveMemory::now -= ::malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

#endif

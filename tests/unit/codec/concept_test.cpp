// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/concept.hpp"

#include "tests/archetypes/codec.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace etcdpp {
namespace {

struct WritesNothing {
    template <class T>
    Result<T> decode(std::string_view) const;
};

struct ReadsOptionals {
    template <class T>
    std::optional<T> decode(std::string_view) const;
    template <class T>
    std::string encode(T const&) const;
};

struct ReadsOnlyIfMutable {
    template <class T>
    Result<T> decode(std::string_view);
    template <class T>
    std::string encode(T const&) const;
};

//! A codec for one program's few types: the declaration suffices for the concept.
struct Particular {
    struct Reading {
        double celsius = 0;
    };

    template <class T>
    Result<T> decode(std::string_view) const;
    std::string encode(std::string const&) const;
};

struct Immovable : CodecArchetype {
    Immovable(Immovable&&) = delete;
};

TEST(CodecConcept, holds_for_the_archetype)
{
    EXPECT_TRUE(codec<CodecArchetype>);
    EXPECT_TRUE((decodes<CodecArchetype, int> && encodes<CodecArchetype, int>));
}

TEST(CodecConcept, asks_for_both_directions)
{
    EXPECT_FALSE(codec<WritesNothing>);
    EXPECT_FALSE(codec<int>);
}

TEST(CodecConcept, asks_for_results_and_not_for_what_converts_to_them)
{
    EXPECT_FALSE(codec<ReadsOptionals>);
}

TEST(CodecConcept, asks_for_const_functions_since_threads_share_a_codec)
{
    EXPECT_FALSE(codec<ReadsOnlyIfMutable>);
}

TEST(CodecConcept, asks_for_a_movable_type)
{
    EXPECT_FALSE(codec<Immovable>);
}

TEST(CodecConcept, tells_which_types_are_read_and_written)
{
    EXPECT_TRUE(codec<Particular>);
    EXPECT_TRUE((decodes<Particular, Particular::Reading>));
    EXPECT_FALSE((encodes<Particular, Particular::Reading>));
}

}  // namespace
}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
//! @file
//! What is a codec, and what misses it by one thing.

#include "etcdpp/testing/codec.hpp"

#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/v2/wire/names.hpp"
#include "tests/archetypes/codec.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::codecs {
namespace {

static_assert(codec<CodecArchetype>);
static_assert(codec<PocoJson>);
static_assert(codec<mocks::Codec<>>);

static_assert(decodes<PocoJson, v2::Response> && encodes<PocoJson, v2::Response>);
static_assert(decodes<mocks::Codec<v2::Response>, v2::Response>);
static_assert(!decodes<mocks::Codec<>, v2::Response>, "a mock reads what its test names");

struct Undescribed {
    int number = 0;
};
static_assert(!decodes<PocoJson, Undescribed>, "a struct needs its fields_of");
static_assert(!encodes<PocoJson, Undescribed>);

//! A codec that reads in its own way and writes as it should.
struct Writes {
    template <class T>
    std::string encode(T const&) const;
};

struct ReadsViews : Writes {
    template <class T>
    Result<T> decode(std::string_view) const noexcept;
};
static_assert(codec<ReadsViews>);

struct ReadsOneTypeOnly : Writes {
    Result<std::string> decode(std::string_view) const;
};
static_assert(!codec<ReadsOneTypeOnly>, "decode is told what to read");

struct CopiesTheText : Writes {
    template <class T>
    Result<T> decode(std::string const&) const;
};
static_assert(!codec<CopiesTheText>, "a listing may have megabytes");

struct ReadsOrNot : Writes {
    template <class T>
    std::optional<T> decode(std::string_view) const;
};
static_assert(!codec<ReadsOrNot>, "a failure has words");

struct ReadsBareValues : Writes {
    template <class T>
    T decode(std::string_view) const;
};
static_assert(!codec<ReadsBareValues>);

struct ReadsInto : Writes {
    template <class T>
    Result<void> decode(std::string_view, T&) const;
};
static_assert(!codec<ReadsInto>);

struct ReadsByChanging : Writes {
    template <class T>
    Result<T> decode(std::string_view);
};
static_assert(!codec<ReadsByChanging>, "threads share it");

//! A codec that writes in its own way and reads as it should.
struct Reads {
    template <class T>
    Result<T> decode(std::string_view) const;
};

struct WritesViews : Reads {
    template <class T>
    std::string_view encode(T const&) const;
};
static_assert(!codec<WritesViews>, "whose text would it be?");

struct WritesByChanging : Reads {
    template <class T>
    std::string encode(T const&);
};
static_assert(!codec<WritesByChanging>);

struct ChangesTheValue : Reads {
    template <class T>
    std::string encode(T&&) const
        requires(!std::is_const_v<std::remove_reference_t<T>>);
};
static_assert(!codec<ChangesTheValue>);

static_assert(!codec<Reads> && !codec<Writes>, "it does both");

struct StaysWhereItIs : CodecArchetype {
    StaysWhereItIs(StaysWhereItIs&&) = delete;
};
static_assert(!codec<StaysWhereItIs>);

}  // namespace
}  // namespace etcdpp::codecs

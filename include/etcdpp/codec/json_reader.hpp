// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What PocoJson asks of its parser, so that its users need not compile Poco's.

#include "etcdpp/codec/json_shape.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::detail {

//! Reads one text after the other, for one thread at a time. After a failure, use another one.
class JsonReader {
public:
    JsonReader() = default;
    JsonReader(JsonReader const&) = delete;
    JsonReader& operator=(JsonReader const&) = delete;
    virtual ~JsonReader() = default;

    //! Fills the new object at `root`. Returns what is wrong with the text, or nothing.
    virtual std::optional<std::string> read(
        std::string_view text, Place root, std::size_t max_depth) = 0;

    //! How large a text its memory is ready for.
    virtual std::size_t capacity() const noexcept = 0;
};

//! A template, for any `Codec`, so that it may be defined elsewhere: in poco_json_parser.hpp, which
//! poco_json.hpp includes, or, with ETCDPP_SEPARATE_COMPILATION, in the one file that includes
//! separate_compilation.hpp.
template <class Codec>
std::unique_ptr<JsonReader> make_json_reader();

}  // namespace etcdpp::detail

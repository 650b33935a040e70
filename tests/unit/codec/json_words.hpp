// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a JSON codec says of a text, and texts for it to say something of.

#include "etcdpp/core/result.hpp"
#include "tests/conformance/codec_values.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace etcdpp::tests {

//! Empty if the text is a `T`.
template <class Codec, class T = SuiteReply>
std::string words(std::string_view text, Codec const& codec = Codec{})
{
    auto const result = codec.template decode<T>(text);
    return result ? "" : result.error().words();
}

inline std::string nested(std::size_t levels)
{
    auto text = std::string{R"({"unknown":)"};
    text.append(levels - 1, '[');
    text.append(levels - 1, ']');
    return text + '}';
}

}  // namespace etcdpp::tests

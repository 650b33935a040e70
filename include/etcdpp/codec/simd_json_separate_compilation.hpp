// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! For one source file of a program whose files are compiled with ETCDPP_SEPARATE_COMPILATION and
//! use SimdJson: all that needs simdjson, so that the others do not.

#include "etcdpp/codec/simd_json.hpp"
#include "etcdpp/codec/simd_json_parser.hpp"

#include <memory>

namespace etcdpp {

template std::unique_ptr<detail::JsonReader> detail::make_simd_json_reader<SimdJson>();

}  // namespace etcdpp

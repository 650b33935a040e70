// SPDX-License-Identifier: BSL-1.0
//! @file
//! SimdJson passes the suite of every codec.

#include "etcdpp/codec/simd_json.hpp"

#include "tests/conformance/codec_suite.hpp"

namespace etcdpp {

INSTANTIATE_TYPED_TEST_SUITE_P(SimdJson, CodecSuite, SimdJson);

}  // namespace etcdpp

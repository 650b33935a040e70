// SPDX-License-Identifier: BSL-1.0
//! @file
//! PocoJson passes the suite of every codec.

#include "etcdpp/codec/poco_json.hpp"

#include "tests/conformance/codec_suite.hpp"

namespace etcdpp {

INSTANTIATE_TYPED_TEST_SUITE_P(PocoJson, CodecSuite, PocoJson);

}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/codec/simd_json_separate_compilation.hpp"

// SPDX-License-Identifier: BSL-1.0
//! @file
//! The default configuration with `config.hpp` alone.
// expect: this transport is only declared: include <etcdpp/etcdpp.hpp>, or <etcdpp/transport

#include "etcdpp/config.hpp"

#ifdef GOOD
using TheConfig = etcdpp::Config<int, int, int, int, int>;
#else
using TheConfig = etcdpp::Config<>;
#endif

auto config = TheConfig{};

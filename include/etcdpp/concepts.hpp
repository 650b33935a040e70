// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The policy concepts and nothing else, for generic code and for those who write a policy.

#include "etcdpp/codec/concept.hpp"
#include "etcdpp/environment/concept.hpp"
#include "etcdpp/operation/concept.hpp"
#include "etcdpp/retry/concept.hpp"
#include "etcdpp/selector/concept.hpp"
#include "etcdpp/transport/concept.hpp"

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What a conformance suite needs to know of a model that its default constructor makes.

namespace etcdpp {

//! The suites are instantiated with a type that makes the model to test. Write your own where the
//! model needs arguments: one type for each way to make it.
template <class Model>
struct ByDefault {
    static Model make() { return Model{}; }
};

}  // namespace etcdpp

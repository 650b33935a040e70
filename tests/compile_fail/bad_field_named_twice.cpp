// SPDX-License-Identifier: BSL-1.0
//! @file
//! Two members of a description under one name.
// expect: two fields of one description share a name

#include "etcdpp/codec/fields.hpp"

struct Lamp {
    int red = 0;
    int green = 0;
};

template <>
inline constexpr auto etcdpp::fields_of<Lamp> = etcdpp::fields(etcdpp::field<"red">(&Lamp::red),
#ifdef GOOD
    etcdpp::field<"green">(&Lamp::green));
#else
    etcdpp::field<"red">(&Lamp::green));
#endif

// SPDX-License-Identifier: BSL-1.0
//! @file
//! A password on its way into a log.
// expect: (cannot convert|could not convert|no viable conversion).*Secret

#include "etcdpp/core/secret.hpp"

#include <string>

std::string line(etcdpp::Secret const& password)
{
#ifdef GOOD
    return std::string{password.reveal()};
#else
    return password;
#endif
}

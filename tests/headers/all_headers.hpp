// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What two translation units that include every public header say of the same object.

#include <system_error>

std::error_category const* seen_by_all_headers();
std::error_category const* seen_by_all_headers_backwards();

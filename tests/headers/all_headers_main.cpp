// SPDX-License-Identifier: BSL-1.0
// Two translation units see one library: a category of errors is compared by its address.

#include "tests/headers/all_headers.hpp"

#include <cstdio>
#include <cstdlib>

int main()
{
    if (seen_by_all_headers() == seen_by_all_headers_backwards()) { return EXIT_SUCCESS; }
    std::puts("each translation unit has an error category of its own");
    return EXIT_FAILURE;
}

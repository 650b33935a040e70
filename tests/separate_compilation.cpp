// SPDX-License-Identifier: BSL-1.0
#include "etcdpp/separate_compilation.hpp"

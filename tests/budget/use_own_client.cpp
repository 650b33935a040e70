// SPDX-License-Identifier: BSL-1.0
#include "own_client.hpp"

std::string look(LampClient& client)
{
    return etcdpp::v2::Keys{client}.get("/lamp").value().node.value;
}

// SPDX-License-Identifier: BSL-1.0
#include "own_client.hpp"

#include <iostream>

int main()
{
    auto client = etcdpp::Client{etcdpp::Config{
        .transport = LampTransport{}, .retry = etcdpp::Never{}, .codec = LampCodec{}}};
    auto const lamp = etcdpp::v2::Keys{client}.get("/lamp").value();
    std::cout << "the lamp is " << lamp.node.value << '\n';
}

// SPDX-License-Identifier: BSL-1.0
// The default policies, all of them linked. Port 1 is reserved: nobody listens there.

#include <etcdpp/etcdpp.hpp>

#include <cstdlib>
#include <iostream>

int main()
{
    auto client = etcdpp::Client{etcdpp::Config{
        .endpoints = etcdpp::Endpoints::parse("http://127.0.0.1:1").value(),
        .retry = etcdpp::OnePass{},
    }};
    auto const mode = etcdpp::v2::Keys{client}.get("/app/mode");
    if (mode || mode.error() != etcdpp::Condition::unavailable) { return EXIT_FAILURE; }
    std::cout << mode.error() << '\n';
}

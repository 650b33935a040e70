// SPDX-License-Identifier: BSL-1.0

#include "example_cluster.hpp"

#include <cstdlib>
#include <iostream>

namespace etcdpp::examples {

ExampleCluster::ExampleCluster(int argc, char** argv, Scheme scheme)
{
    if (argc > 1) {
        auto const given = Endpoints::parse(argv[1]);
        if (!given) {
            std::cerr << given.error() << '\n';
            std::exit(EXIT_FAILURE);  // NOLINT(concurrency-mt-unsafe): there is one thread yet
        }
        endpoints_ = *given;
        return;
    }
    auto options = ServedOptions{};
    if (scheme == Scheme::https) {
        auto const& made = certificate_.emplace();
        options.certificate = made.certificate_file();
        options.key = made.key_file();
    }
    served_ = std::make_unique<ServedCluster>(options);
    endpoints_ = served_->endpoints();
}

bool ExampleCluster::kill(Endpoint const& member) const
{
    auto const position = endpoints_.position_of(member);
    if (!served_ || !position) { return false; }
    served_->kill(*position);
    return true;
}

}  // namespace etcdpp::examples

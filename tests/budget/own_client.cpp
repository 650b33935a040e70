// SPDX-License-Identifier: BSL-1.0
#include "own_client.hpp"

template class etcdpp::Client<LampTransport, etcdpp::Sticky, etcdpp::Never, LampCodec>;
template class etcdpp::v2::Keys<LampClient>;
template class etcdpp::Result<etcdpp::v2::Response>;

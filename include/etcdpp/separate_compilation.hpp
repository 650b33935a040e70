// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! For one source file of a program whose files are compiled with ETCDPP_SEPARATE_COMPILATION: the
//! default client in full, and all that needs Poco, so that the others need neither.

#include "etcdpp/codec/poco_json_parser.hpp"
#include "etcdpp/etcdpp.hpp"
#include "etcdpp/transport/poco_sockets.hpp"

#include <memory>

namespace etcdpp {

template std::unique_ptr<detail::HttpSockets> detail::make_sockets(PocoOptions const& options);
template std::unique_ptr<detail::JsonReader> detail::make_poco_json_reader<PocoJson>();

// As etcdpp.hpp declares them.
template class Client<>;
template class Result<v2::Response>;
template class v2::Auth<Client<>>;
template class v2::Follow<Client<>>;
template class v2::Keys<Client<>>;
template class v2::Members<Client<>>;
template class v2::Roles<Client<>>;
template class v2::Stats<Client<>>;
template class v2::Users<Client<>>;
template class v2::Watch<Client<>>;
template class v2::WatchSet<Client<>>;

}  // namespace etcdpp

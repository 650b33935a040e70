// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The client with its default policies and the whole v2 API: what a first program includes.

#include "etcdpp/client.hpp"
#include "etcdpp/codec/poco_json.hpp"
#include "etcdpp/discovery/auto_sync.hpp"
#include "etcdpp/discovery/find_leader.hpp"
#include "etcdpp/discovery/sync.hpp"
#include "etcdpp/environment/fault_alarm.hpp"
#include "etcdpp/environment/observed.hpp"
#include "etcdpp/environment/system.hpp"
#include "etcdpp/retry/backoff.hpp"
#include "etcdpp/retry/budget.hpp"
#include "etcdpp/retry/never.hpp"
#include "etcdpp/retry/one_pass.hpp"
#include "etcdpp/retry/twice_per_endpoint.hpp"
#include "etcdpp/selector/leader_first.hpp"
#include "etcdpp/selector/random.hpp"
#include "etcdpp/selector/round_robin.hpp"
#include "etcdpp/selector/sticky.hpp"
#include "etcdpp/server/health.hpp"
#include "etcdpp/server/version.hpp"
#include "etcdpp/transport/poco.hpp"
#include "etcdpp/transport/scripted.hpp"
#include "etcdpp/v2/auth.hpp"
#include "etcdpp/v2/errc.hpp"
#include "etcdpp/v2/follow.hpp"
#include "etcdpp/v2/keys.hpp"
#include "etcdpp/v2/members.hpp"
#include "etcdpp/v2/monotonic_reads.hpp"
#include "etcdpp/v2/node.hpp"
#include "etcdpp/v2/replace.hpp"
#include "etcdpp/v2/resolver.hpp"
#include "etcdpp/v2/stats.hpp"
#include "etcdpp/v2/watch_set.hpp"

#ifdef ETCDPP_SEPARATE_COMPILATION

// One source file compiles these for all: it includes <etcdpp/separate_compilation.hpp>.
namespace etcdpp {

extern template class Client<>;
extern template class Result<v2::Response>;
extern template class v2::Auth<Client<>>;
extern template class v2::Follow<Client<>>;
extern template class v2::Keys<Client<>>;
extern template class v2::Members<Client<>>;
extern template class v2::Roles<Client<>>;
extern template class v2::Stats<Client<>>;
extern template class v2::Users<Client<>>;
extern template class v2::Watch<Client<>>;
extern template class v2::WatchSet<Client<>>;

}  // namespace etcdpp

#endif

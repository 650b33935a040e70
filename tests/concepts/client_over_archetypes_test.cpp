// SPDX-License-Identifier: BSL-1.0
//! @file
//! The client asks no more of its policies than their concepts grant.

#include "tests/concepts/client_over_archetypes.hpp"

#include "etcdpp/discovery/auto_sync.hpp"
#include "etcdpp/discovery/find_leader.hpp"
#include "etcdpp/discovery/sync.hpp"
#include "etcdpp/v2/keys.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <stop_token>
#include <utility>

namespace etcdpp {

// Every member of the class, called or not.
template class Client<TransportArchetype, SelectorArchetype, RetryPolicyArchetype, CodecArchetype,
    EnvironmentArchetype>;
template class Client<StreamingTransportArchetype, SelectorArchetype, RetryPolicyArchetype,
    CodecArchetype, EnvironmentArchetype>;

namespace {

template <class Transport>
class ClientOverArchetypes : public testing::Test {
protected:
    ArchetypeClient<Transport> client{archetype_config<Transport>()};
};

using Transports = testing::Types<TransportArchetype, StreamingTransportArchetype>;
TYPED_TEST_SUITE(ClientOverArchetypes, Transports);

TYPED_TEST(ClientOverArchetypes, runs_an_operation)
{
    EXPECT_TRUE(this->client.run(OperationArchetype<CodecArchetype>{0}));
}

TYPED_TEST(ClientOverArchetypes, passes_on_a_member_list)
{
    auto const members = Endpoints::parse("http://10.0.0.1:2379,http://10.0.0.2:2379").value();

    this->client.set_endpoints(members);

    EXPECT_EQ(this->client.endpoints(), members);
}

//! The archetypes' replies are empty, which no etcd's are.
TYPED_TEST(ClientOverArchetypes, runs_what_the_keys_of_v2_ask)
{
    auto const keys = v2::Keys{this->client};

    EXPECT_EQ(keys.get("/app/mode").error(), Errc::not_etcd);
    EXPECT_EQ(keys.set("/app/mode", "blue").error(), Errc::not_etcd);
    EXPECT_EQ(keys.compare_and_remove("/app/mode", {.prev_value = "blue"}).error(), Errc::not_etcd);
}

TYPED_TEST(ClientOverArchetypes, looks_for_members)
{
    EXPECT_EQ(sync(this->client).error(), Errc::not_etcd);
    EXPECT_EQ(find_leader(this->client).error(), Errc::exhausted);
    auto stop = std::stop_source{};
    stop.request_stop();
    EXPECT_TRUE(auto_sync(this->client, std::chrono::seconds{1}, stop.get_token()));
}

TYPED_TEST(ClientOverArchetypes, is_deduced_from_its_config)
{
    auto deduced = Client{archetype_config<TypeParam>()};

    static_assert(std::same_as<decltype(deduced), ArchetypeClient<TypeParam>>);
}

}  // namespace
}  // namespace etcdpp

// SPDX-License-Identifier: BSL-1.0

//! @file
//! TLS with real members: whom a client trusts, and who trusts it.

#include "tests/integration/on_cluster.hpp"
#include "tests/support/certificates.hpp"

#include <algorithm>
#include <memory>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AnyOf;
using testing::Each;
using testing::Field;
using testing::HasSubstr;

//! Certificates name 127.0.0.1 and member.example, but not localhost, under which the members are
//! found as well.
struct Pki {
    Authority ours{"ours"};
    Authority stranger{"stranger"};
    Certificate server = ours.for_server("member", "IP:127.0.0.1,DNS:member.example");
    Certificate client = ours.for_client("client");
    Certificate strange_client = stranger.for_client("client");
};

auto secure_client(Endpoints const& endpoints, TlsOptions const& tls)
{
    return Config{.endpoints = endpoints,
        .transport = PocoTransport{{.tls = tls}},
        .selector = Sticky::starting_at(0),
        .retry = OnePass{}};
}

class TlsTest : public testing::Test {
protected:
    //! A definitive no, before anything was sent.
    static void expect_refusal(Result<v2::Response> const& result, std::string const& words)
    {
        EXPECT_THAT(result, HasEffect(Effect::none));
        ASSERT_FALSE(result);
        EXPECT_THAT(
            result.error().attempts(), Each(Field(&FailedAttempt::words, HasSubstr(words))));
        EXPECT_FALSE(result.error().attempts().empty());
    }

    static Result<v2::Response> create(Endpoints const& endpoints, TlsOptions const& tls)
    {
        auto client = Client{secure_client(endpoints, tls)};
        return v2::Keys{client}.create("/app/owner", "one");
    }
};

//! The members show a certificate and ask for none.
class Tls : public TlsTest {
protected:
    static void SetUpTestSuite()
    {
        pki = std::make_unique<Pki>();
        cluster = std::make_unique<EtcdCluster>(
            EtcdOptions{.tls = TlsFiles{.cert = pki->server.certificate, .key = pki->server.key}});
    }

    static void TearDownTestSuite()
    {
        cluster.reset();
        pki.reset();
    }

    void SetUp() override
    {
        cluster->heal();
        cluster->wipe();
    }

    static TlsOptions trusting() { return {.ca_file = pki->ours.file()}; }

    //! The same members under a name that their certificate does not have.
    static Endpoints misnamed()
    {
        auto list = std::vector<Endpoint>{};
        for (auto endpoint : endpoints_of(*cluster)) {
            endpoint.host = "localhost";
            list.push_back(endpoint);
        }
        return Endpoints::of(list).value();
    }

    static bool owner_exists() { return KeyWitness{*cluster}.exists("/app/owner"); }

    static inline std::unique_ptr<Pki> pki;
    static inline std::unique_ptr<EtcdCluster> cluster;
};

TEST_F(Tls, carries_writes_and_reads)
{
    auto client = Client{secure_client(endpoints_of(*cluster), trusting())};
    auto const keys = v2::Keys{client};

    ASSERT_THAT(keys.set("/app/mode", "blue"), IsOk());

    EXPECT_EQ(keys.get("/app/mode").value().node.value, "blue");
    EXPECT_EQ(KeyWitness{*cluster}.value("/app/mode"), "blue");
}

TEST_F(Tls, carries_values_larger_than_one_of_its_records)
{
    auto client = Client{secure_client(endpoints_of(*cluster), trusting())};
    auto const keys = v2::Keys{client};
    auto const picture = std::string(1 << 20, 'x');

    ASSERT_THAT(keys.set("/app/picture", picture), IsOk());

    EXPECT_TRUE(keys.get("/app/picture").value().node.value == picture);
}

TEST_F(Tls, carries_long_keys_over_a_fresh_connection)
{
    auto client = Client{secure_client(endpoints_of(*cluster), trusting())};

    EXPECT_THAT(v2::Keys{client}.create("/names/" + std::string(5000, 'k'), "blue"), IsOk());
}

TEST_F(Tls, fails_over_when_the_member_in_use_dies)
{
    auto client = Client{secure_client(endpoints_of(*cluster), trusting())};
    auto const keys = v2::Keys{client};
    keys.set("/app/mode", "blue").value();
    cluster->wait_healthy();  // a plain read from a member that lags would not find the key

    cluster->kill(0);
    cluster->wait_for_leader();

    EXPECT_THAT(keys.get("/app/mode"), IsOk());
    EXPECT_THAT(keys.create("/app/owner", "one"), IsOk());
}

TEST_F(Tls, bounds_the_handshake_with_a_frozen_member)
{
    cluster->stop(0);
    auto config = secure_client(endpoints_of(*cluster), trusting());
    config.connect_timeout = 200ms;
    auto client = Client{std::move(config)};

    auto create = Result<v2::Response>{};
    auto const took = time_of([&] { create = v2::Keys{client}.create("/app/owner", "one"); });

    EXPECT_THAT(create, IsOk()) << "no request was sent to the frozen member";
    EXPECT_GE(milliseconds(took), 200);
    EXPECT_LE(milliseconds(took), milliseconds(200ms + 50ms + slack));
}

TEST_F(Tls, refuses_a_member_under_a_name_that_its_certificate_does_not_have)
{
    expect_refusal(create(misnamed(), trusting()), "hostname mismatch");
    EXPECT_FALSE(owner_exists());
}

TEST_F(Tls, accepts_a_member_under_the_name_it_is_asked_to_have)
{
    auto tls = trusting();
    tls.server_name = "member.example";

    EXPECT_THAT(create(misnamed(), tls), IsOk());
}

TEST_F(Tls, refuses_a_member_that_does_not_have_the_name_it_is_asked_to_have)
{
    auto tls = trusting();
    tls.server_name = "other.example";

    expect_refusal(create(endpoints_of(*cluster), tls), "hostname mismatch");
}

TEST_F(Tls, leaves_the_name_unchecked_only_on_demand)
{
    auto tls = trusting();
    tls.verify_host_name = false;

    EXPECT_THAT(create(misnamed(), tls), IsOk());
}

TEST_F(Tls, refuses_a_member_of_an_unknown_authority)
{
    expect_refusal(
        create(endpoints_of(*cluster), {.ca_file = pki->stranger.file()}), "certificate");
    EXPECT_FALSE(owner_exists());
}

TEST_F(Tls, trusts_the_authorities_of_the_system_and_nobody_else_by_default)
{
    expect_refusal(create(endpoints_of(*cluster), {}), "certificate");
    EXPECT_FALSE(owner_exists());
}

TEST_F(Tls, names_the_file_that_cannot_be_read)
{
    auto const result = create(endpoints_of(*cluster), {.ca_file = "/no/such/authority.pem"});

    EXPECT_THAT(result, IsError(Errc::invalid_argument));
    EXPECT_THAT(result, HasWords(HasSubstr("/no/such/authority.pem")));
}

TEST_F(Tls, is_not_spoken_by_a_plain_member)
{
    auto endpoint = endpoints_of(SharedCluster<3>::fresh())[0];
    endpoint.scheme = Scheme::https;

    auto const result = create(Endpoints::of({endpoint}).value(), trusting());

    EXPECT_FALSE(result);
    EXPECT_THAT(result, HasEffect(Effect::none));
}

TEST_F(Tls, is_missed_by_a_member_that_is_asked_without_it)
{
    auto endpoint = endpoints_of(*cluster)[0];
    endpoint.scheme = Scheme::http;

    auto const result = create(Endpoints::of({endpoint}).value(), {});

    EXPECT_FALSE(result);
    EXPECT_FALSE(owner_exists());
}

//! The members want to see a certificate of our authority.
class MutualTls : public TlsTest {
protected:
    static void SetUpTestSuite()
    {
        pki = std::make_unique<Pki>();
        cluster = std::make_unique<EtcdCluster>(EtcdOptions{.members = 1,
            .tls = TlsFiles{.ca = pki->ours.file(),
                .cert = pki->server.certificate,
                .key = pki->server.key,
                .client_cert_auth = true}});
    }

    static void TearDownTestSuite()
    {
        cluster.reset();
        pki.reset();
    }

    void SetUp() override { cluster->wipe(); }

    static TlsOptions identified_by(Certificate const& certificate)
    {
        return {.ca_file = pki->ours.file(),
            .certificate_file = certificate.certificate,
            .key_file = certificate.key};
    }

    static inline std::unique_ptr<Pki> pki;
    static inline std::unique_ptr<EtcdCluster> cluster;
};

TEST_F(MutualTls, lets_in_who_shows_a_certificate)
{
    EXPECT_THAT(create(endpoints_of(*cluster), identified_by(pki->client)), IsOk());
}

//! In TLS 1.3 the client may send before the member has looked at its certificate: it then learns
//! of the refusal too late to know whether the request was read.
TEST_F(MutualTls, turns_away_who_shows_none)
{
    EXPECT_THAT(
        create(endpoints_of(*cluster), {.ca_file = pki->ours.file()}), IsError(Errc::exhausted));
    EXPECT_FALSE(KeyWitness{*cluster}.exists("/app/owner"));
}

TEST_F(MutualTls, turns_away_who_shows_one_of_another_authority)
{
    EXPECT_THAT(create(endpoints_of(*cluster), identified_by(pki->strange_client)),
        IsError(Errc::exhausted));
    EXPECT_FALSE(KeyWitness{*cluster}.exists("/app/owner"));
}

}  // namespace
}  // namespace etcdpp::tests

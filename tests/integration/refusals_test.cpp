// SPDX-License-Identifier: BSL-1.0

//! @file
//! What is refused, by the library before it is sent or by real members afterwards.

#include "etcdpp/environment/counting_observer.hpp"
#include "etcdpp/environment/observed.hpp"
#include "tests/integration/on_cluster.hpp"
#include "tests/support/free_port.hpp"

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using testing::HasSubstr;

//! Nobody listens: whatever were sent would end as Errc::exhausted.
class RefusedBeforeSending : public testing::Test {
protected:
    void expect_refusal(Result<v2::Response> const& result, std::string const& words)
    {
        EXPECT_THAT(result, IsError(Errc::invalid_argument));
        EXPECT_THAT(result, HasEffect(Effect::none));
        EXPECT_THAT(result, HasFault(Fault::request));
        EXPECT_THAT(result, HasWords(HasSubstr(words)));
    }

    FreePort nobody;
    Client<> client{Config{
        .endpoints =
            Endpoints::parse("http://127.0.0.1:" + std::to_string(nobody.number())).value()}};
    v2::Keys<Client<>> keys{client};
};

TEST_F(RefusedBeforeSending, is_a_comparison_with_an_empty_value)
{
    expect_refusal(keys.compare_and_swap("/app/mode", "blue", {.prev_value = ""}), "prev_value");
    expect_refusal(keys.compare_and_remove("/app/mode", {.prev_value = ""}), "prev_value");
}

TEST_F(RefusedBeforeSending, is_a_comparison_with_index_zero)
{
    expect_refusal(
        keys.compare_and_swap("/app/mode", "blue", {.prev_index = Index{0}}), "prev_index");
    expect_refusal(keys.compare_and_remove("/app/mode", {.prev_index = Index{0}}), "prev_index");
}

TEST_F(RefusedBeforeSending, is_a_comparison_with_nothing)
{
    expect_refusal(keys.compare_and_swap("/app/mode", "blue", {}), "unconditional");
    expect_refusal(keys.compare_and_remove("/app/mode", {}), "unconditional");
}

TEST_F(RefusedBeforeSending, is_a_time_to_live_that_etcd_would_misread)
{
    expect_refusal(keys.set("/app/lease", "mine", {.ttl = 0ms}), "ttl");
    expect_refusal(keys.set("/app/lease", "mine", {.ttl = -1ms}), "ttl");
    expect_refusal(keys.set("/app/lease", "mine", {.ttl = 99'999'999'999s}), "ttl");
    expect_refusal(keys.refresh("/app/lease", 0ms), "ttl");
}

TEST_F(RefusedBeforeSending, is_a_text_that_is_not_utf8)
{
    expect_refusal(keys.set("/app/m\xFFode", "blue"), "UTF-8");
    expect_refusal(keys.get("/app/\xC3"), "UTF-8");
    expect_refusal(keys.set("/app/mode", "bl\xC0\x80ue"), "UTF-8");
    expect_refusal(keys.compare_and_swap("/app/mode", "blue", {.prev_value = "\xFF"}), "UTF-8");
}

using TurnedDown = OnCluster;

TEST_F(TurnedDown, is_a_file_where_a_directory_is_needed)
{
    keys.set("/app", "file").value();

    EXPECT_THAT(keys.set("/app/mode", "blue"), IsError(v2::Errc::not_dir));
    EXPECT_THAT(keys.create_in_order("/app", "blue"), IsError(v2::Errc::not_dir));
}

TEST_F(TurnedDown, is_a_directory_where_a_file_is_needed)
{
    keys.make_dir("/app").value();

    EXPECT_THAT(keys.set("/app", "blue"), IsError(v2::Errc::not_file));
    EXPECT_THAT(keys.update("/app", "blue"), IsError(v2::Errc::not_file));
    EXPECT_THAT(
        keys.compare_and_swap("/app", "blue", {.prev_value = "red"}), IsError(v2::Errc::not_file));
}

TEST_F(TurnedDown, is_every_change_of_the_root)
{
    EXPECT_THAT(keys.set("/", "blue"), IsError(v2::Errc::root_read_only));
    EXPECT_THAT(keys.make_dir("/"), IsError(v2::Errc::root_read_only));
    EXPECT_THAT(keys.remove("/", {.recursive = true}), IsError(v2::Errc::root_read_only));
}

TEST_F(TurnedDown, leaves_the_client_with_the_member_that_said_so)
{
    auto const answers = CountingObserver{};
    auto counted = Client{
        Config{.endpoints = endpoints_of(cluster), .environment = Observed{answers}}};

    for (auto i = 0; i < 5; ++i) { EXPECT_FALSE(v2::Keys{counted}.get("/nowhere")); }

    EXPECT_EQ(answers.answered(), 5U);
    EXPECT_EQ(answers.failed(), 0U);
}

struct Misuse {
    v2::Errc code;
    Raw request;
};

void PrintTo(Misuse const& misuse, std::ostream* out)
{
    *out << misuse.request.target;
}

class Misuses : public OnCluster, public testing::WithParamInterface<Misuse> {};

TEST_P(Misuses, are_answered_with_a_code_of_their_own)
{
    keys.set("/app/mode", "blue").value();

    auto const answer = client.run(GetParam().request);

    EXPECT_THAT(answer, IsError(GetParam().code));
    EXPECT_THAT(answer, HasEffect(Effect::none));
    EXPECT_EQ(answer.error().status(), 400);
    EXPECT_EQ(witness.value("/app/mode"), "blue");
}

INSTANTIATE_TEST_SUITE_P(OfTheApi, Misuses,
    testing::Values(Misuse{v2::Errc::prev_value_required,
                        {http::Method::put, "/v2/keys/app/mode?prevValue=", "value=x"}},
        Misuse{v2::Errc::ttl_nan, {http::Method::put, "/v2/keys/app/mode", "value=x&ttl=soon"}},
        Misuse{
            v2::Errc::index_nan, {http::Method::put, "/v2/keys/app/mode?prevIndex=x", "value=x"}},
        Misuse{v2::Errc::invalid_field,
            {http::Method::put, "/v2/keys/app/mode?prevExist=perhaps", "value=x"}},
        Misuse{v2::Errc::invalid_form, {http::Method::put, "/v2/keys/app/mode", "value=%zz"}},
        Misuse{v2::Errc::refresh_value,
            {http::Method::put, "/v2/keys/app/mode?prevExist=true", "value=x&ttl=1&refresh=true"}},
        Misuse{v2::Errc::refresh_ttl_required,
            {http::Method::put, "/v2/keys/app/mode?prevExist=true", "refresh=true"}}),
    [](auto const& each) { return "code_" + std::to_string(static_cast<int>(each.param.code)); });

TEST_F(TurnedDown, is_a_history_that_is_no_longer_kept)
{
    auto const quiet = v2::SetOptions{.no_value_on_success = true};
    for (auto i = 0; i < 1010; ++i) { keys.set("/app/counter", std::to_string(i), quiet).value(); }

    auto const wait = client.run(Raw{http::Method::get, "/v2/keys/app?wait=true&waitIndex=1"});

    EXPECT_THAT(wait, IsError(v2::Errc::event_index_cleared));
    EXPECT_THAT(wait, IsError(Condition::stale));
}

TEST(Credentials, are_asked_for_by_a_cluster_with_authentication)
{
    auto cluster = EtcdCluster{1};
    auto const endpoints = endpoints_of(cluster);
    auto const member = cluster.witness(0);
    ASSERT_EQ(
        member.put("/v2/auth/users/root", R"({"user":"root","password":"s3cret"})").status, 201);
    ASSERT_EQ(
        member.put("/v2/auth/roles/guest",
                  R"({"role":"guest","revoke":{"kv":{"read":["/*"],"write":["/*"]}}})")
                .status
            / 100,
        4)
        << "there is no guest yet";
    ASSERT_EQ(member.put("/v2/auth/enable", "").status, 200);
    auto root = Client{
        Config{.endpoints = endpoints, .credentials = Credentials{"root", Secret{"s3cret"}}}};
    auto liar = Client{
        Config{.endpoints = endpoints, .credentials = Credentials{"root", Secret{"guessed"}}}};

    EXPECT_THAT(v2::Keys{root}.set("/app/mode", "blue"), IsOk());
    auto const refused = v2::Keys{liar}.set("/app/mode", "red");

    EXPECT_THAT(refused, IsError(v2::Errc::unauthorized));
    EXPECT_THAT(refused, IsError(Condition::unauthorized));
    EXPECT_THAT(refused, HasEffect(Effect::none));
    EXPECT_EQ(v2::Keys{root}.get("/app/mode").value().node.value, "blue");
}

TEST(V2Api, that_is_disabled_is_named_at_once)
{
    auto cluster = EtcdCluster{EtcdOptions{.members = 1, .enable_v2 = false}};
    auto client = Client{Config{.endpoints = endpoints_of(cluster)}};
    auto keys = v2::Keys{client};
    auto set = Result<v2::Response>{};
    auto get = Result<v2::Response>{};

    auto const took = time_of([&] {
        set = keys.set("/app/mode", "blue");
        get = keys.get("/app/mode");
    });

    EXPECT_THAT(set, IsError(Errc::v2_disabled));
    EXPECT_THAT(set, HasEffect(Effect::none));
    EXPECT_THAT(set, HasWords(HasSubstr("the v2 API is not enabled on this server")));
    EXPECT_THAT(set, HasWords(HasSubstr("--enable-v2")));
    EXPECT_THAT(get, IsError(Errc::v2_disabled));
    EXPECT_LT(milliseconds(took), 1000);
}

}  // namespace
}  // namespace etcdpp::tests

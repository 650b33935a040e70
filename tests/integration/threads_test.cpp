// SPDX-License-Identifier: BSL-1.0

//! @file
//! Many threads share one client while its endpoints change and members die.

#include "etcdpp/testing/replies.hpp"
#include "tests/integration/on_cluster.hpp"

#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>

namespace etcdpp::tests {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Each;
using testing::IsEmpty;

//! Eight users of one client; each sets and gets keys of his own.
template <class Client>
class Crowd {
public:
    explicit Crowd(Client& client)
    {
        for (auto user = 0; user < 8; ++user) {
            threads_.emplace_back(
                [this, user, keys = v2::Keys{client}](std::stop_token const& stop) {
                    auto const key = "/users/" + std::to_string(user);
                    while (!stop.stop_requested()) {
                        note(keys.set(key, "here"), set_errors_);
                        note(keys.get(key), get_errors_);
                    }
                });
        }
    }

    std::size_t calls() const { return calls_; }

    void disperse()
    {
        for (auto& thread : threads_) { thread.request_stop(); }
        threads_.clear();
    }

    std::vector<Error> const& set_errors() const { return set_errors_; }
    std::vector<Error> const& get_errors() const { return get_errors_; }

private:
    void note(Result<v2::Response> const& result, std::vector<Error>& errors)
    {
        ++calls_;
        if (!result) {
            auto const lock = std::lock_guard{mutex_};
            errors.push_back(result.error());
        }
    }

    std::atomic<std::size_t> calls_ = 0;
    std::mutex mutex_;
    std::vector<Error> set_errors_;
    std::vector<Error> get_errors_;
    std::vector<std::jthread> threads_;
};

TEST(ManyThreads, share_a_client_while_members_die_and_endpoints_change)
{
    auto& cluster = SharedCluster<3>::fresh();
    auto const everyone = endpoints_of(cluster);
    auto client = Client{Config{.endpoints = everyone}};
    for (auto user = 0; user < 8; ++user) {
        v2::Keys{client}.set("/users/" + std::to_string(user), "expected").value();
    }
    cluster.wait_healthy();
    auto crowd = Crowd{client};
    auto const goes_on = [&] {
        auto const before = crowd.calls();
        return becomes_true([&] { return crowd.calls() > before + 100; }, 60s);
    };

    for (auto i = std::size_t{0}; i < cluster.size(); ++i) {
        auto const others = Endpoints::of({everyone[(i + 1) % 3], everyone[i]}).value();
        EXPECT_TRUE(goes_on());
        client.set_endpoints(others);
        EXPECT_TRUE(goes_on());
        cluster.kill(i);
        EXPECT_TRUE(goes_on());
        client.set_endpoints(everyone);
        cluster.restart(i);
        cluster.wait_healthy();
    }
    EXPECT_TRUE(goes_on());
    crowd.disperse();

    EXPECT_EQ(client.endpoints(), everyone);
    EXPECT_THAT(crowd.get_errors(), IsEmpty()) << "one of its members always lived";
    EXPECT_THAT(crowd.set_errors(),
        Each(AllOf(IsError(Errc::exhausted), HasEffect(Effect::unknown), HasFault(Fault::member))));
    std::cout << "    calls: " << crowd.calls()
              << ", sets of unknown effect: " << crowd.set_errors().size() << '\n';
}

//! Every other member refuses; the others answer at once. Without sockets: what may race is ours.
struct HalfACluster {
    Result<http::Response> send(Endpoint const& to, http::Request const& request, Limits const&)
    {
        if (to.port % 2 == 1) {
            return unexpected(Error{Errc::unreachable, {.effect = Effect::none}});
        }
        auto const is_read = request.method == http::Method::get;
        return is_read ? mocks::found("/app/mode", "blue") : mocks::stored("/app/mode", "blue");
    }
};

TEST(ManyThreads, share_the_policies_of_a_client)
{
    auto const four = Endpoints::parse("http://a:1,http://b:2,http://c:3,http://d:4").value();
    auto const two = Endpoints::parse("http://d:4,http://e:5").value();
    auto client = Client{Config{.endpoints = four, .transport = HalfACluster{}}};
    auto crowd = Crowd{client};

    for (auto i = 0; i < 200; ++i) {
        client.set_endpoints(i % 2 == 0 ? two : four);
        auto const before = crowd.calls();
        ASSERT_TRUE(becomes_true([&] { return crowd.calls() > before + 20; }, 60s, 0ms));
    }
    crowd.disperse();

    EXPECT_THAT(crowd.get_errors(), IsEmpty());
    EXPECT_THAT(crowd.set_errors(), IsEmpty());
}

}  // namespace
}  // namespace etcdpp::tests

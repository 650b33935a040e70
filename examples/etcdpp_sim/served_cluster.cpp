// SPDX-License-Identifier: BSL-1.0

#include "served_cluster.hpp"

#include "door.hpp"
#include "live_world.hpp"
#include "reserved_port.hpp"
#include "story_text.hpp"
#include <etcdpp/sim/options.hpp>

#include <Poco/Net/NetSSL.h>

#include <chrono>
#include <deque>
#include <mutex>
#include <sstream>
#include <utility>
#include <vector>

namespace etcdpp::examples {

namespace {

std::deque<ReservedPort> reserved_ports(ServedOptions const& options)
{
    auto ports = std::deque<ReservedPort>{};
    for (auto i = std::size_t{0}; i != options.members; ++i) {
        auto const wanted = options.first_port == 0 ? 0 : options.first_port + i;
        ports.emplace_back(static_cast<std::uint16_t>(wanted));
    }
    return ports;
}

std::vector<Endpoint> endpoints_at(std::deque<ReservedPort> const& ports, Scheme scheme)
{
    auto endpoints = std::vector<Endpoint>{};
    for (auto const& port : ports) { endpoints.push_back({scheme, "127.0.0.1", port.number()}); }
    return endpoints;
}

Poco::Net::Context::Ptr tls_of(ServedOptions const& options)
{
    if (options.certificate.empty()) { return {}; }
    Poco::Net::initializeSSL();
    return new Poco::Net::Context{Poco::Net::Context::TLS_SERVER_USE, options.key,
        options.certificate, {}, Poco::Net::Context::VERIFY_NONE};
}

}  // namespace

class ServedCluster::Impl {
public:
    explicit Impl(ServedOptions const& options)
        : ports_{reserved_ports(options)},
          endpoints_{
              endpoints_at(ports_, options.certificate.empty() ? Scheme::http : Scheme::https)},
          threads_{1, static_cast<int>(options.members) * Door::most_connections},
          world_{{.members = options.members,
                     .seed = options.seed,
                     .wall = std::chrono::system_clock::now(),
                     .endpoints = endpoints_},
              [this] { settle(); }},
          house_{world_, threads_, tls_of(options)}
    {
        auto const lock = std::lock_guard{doors_mutex_};
        for (auto i = std::size_t{0}; i != ports_.size(); ++i) {
            doors_.emplace_back(house_, i, ports_[i]).open();
        }
    }

    Impl(Impl const&) = delete;
    Impl& operator=(Impl const&) = delete;

    ~Impl()
    {
        {
            auto const lock = std::lock_guard{doors_mutex_};
            for (auto& door : doors_) { door.shut(); }
            is_over_ = true;
        }
        threads_.joinAll();  // they use the world
    }

    Endpoints endpoints() const { return Endpoints::of(endpoints_).value(); }
    std::size_t size() const { return endpoints_.size(); }

    template <class Act>
    auto with(Act act)
    {
        return world_.with(std::move(act));
    }

    void befall(sim::Mishap const& mishap)
    {
        with([&](auto const& world) { world->fleet().befall(mishap); });
        settle();
    }

    //! Opens and shuts doors as the world says.
    void settle();

private:
    std::deque<ReservedPort> ports_;
    std::vector<Endpoint> endpoints_;
    Poco::ThreadPool threads_;
    std::mutex doors_mutex_;
    bool is_over_ = false;
    std::deque<Door> doors_;  //!< empty, then all
    LiveWorld world_;
    House house_;
};

void ServedCluster::Impl::settle()
{
    auto const lock = std::lock_guard{doors_mutex_};
    if (is_over_ || doors_.size() != ports_.size()) { return; }
    auto const topology = with([](auto const& world) { return world->fleet().topology(); });
    for (auto i = std::size_t{0}; i != doors_.size(); ++i) {
        topology.is_alive(i) ? doors_[i].open() : doors_[i].shut();
    }
}

ServedCluster::ServedCluster(ServedOptions const& options) : impl_{std::make_unique<Impl>(options)}
{
}

ServedCluster::~ServedCluster() = default;

Endpoints ServedCluster::endpoints() const
{
    return impl_->endpoints();
}

std::size_t ServedCluster::size() const
{
    return impl_->size();
}

void ServedCluster::kill(std::size_t member)
{
    impl_->befall({sim::Harm::kill, member});
}

void ServedCluster::restart(std::size_t member)
{
    impl_->befall({sim::Harm::restart, member});
}

void ServedCluster::pause(std::size_t member)
{
    impl_->befall({sim::Harm::pause, member});
}

void ServedCluster::resume(std::size_t member)
{
    impl_->befall({sim::Harm::resume, member});
}

void ServedCluster::calm()
{
    impl_->with([](auto const& world) { world->disarm(); });
    impl_->befall({sim::Harm::heal});
}

Result<void> ServedCluster::befall(std::string_view story)
{
    auto const armed = impl_->with([&](auto const& world) {
        auto const since = world->now() - sim::Timeline::beginning;
        return stories_in(story, size(), since).transform([&](auto const& stories) {
            for (auto const& each : stories) { tell(each, world); }
            world->run_until(world->now());  // what is to be at once
        });
    });
    impl_->settle();
    return armed;
}

std::optional<std::size_t> ServedCluster::leader() const
{
    return impl_->with([](auto const& world) { return world->fleet().raft().acting_leader(); });
}

std::string ServedCluster::trace() const
{
    return impl_->with([](auto const& world) {
        auto text = std::ostringstream{};
        text << "seed " << world->options().seed << '\n' << world->trace();
        return text.str();
    });
}

}  // namespace etcdpp::examples

// SPDX-License-Identifier: BSL-1.0
// Serves a simulated cluster on loopback to any client of the v2 API. See --help.

#include "control.hpp"
#include "served_cluster.hpp"

#include <Poco/Exception.h>

#include <array>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <poll.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace x = etcdpp::examples;

namespace {

constexpr auto usage = R"(usage: etcdpp-sim [--members N] [--seed N] [--port FIRST] [--until-eof]

Serves a simulated etcd cluster on loopback, in real time, to any client of the v2 API.

  --members N    so many members, 1 to 9; 3 by default
  --seed N       decides who leads, and every later chance; 1 by default
  --port FIRST   members listen on FIRST, FIRST + 1 and so on, the control path behind the last
                 of them; by default on free ports
  --until-eof    ends when its standard input does, too

Prints where members listen, and the control path: GET it to learn which faults there are.
Ends by SIGINT or SIGTERM. With the same seed nobody else is sure of the same run: time is real.
)";

//! What the user asked for and cannot have.
struct Mistake : std::runtime_error {
    using runtime_error::runtime_error;
};

struct Wishes {
    x::ServedOptions cluster = {};
    bool helps = false;
    bool until_eof = false;
};

std::uint64_t number(std::string_view option, std::optional<std::string_view> text,
    std::uint64_t least, std::uint64_t most)
{
    auto number = std::uint64_t{0};
    auto const view = text.value_or("");
    auto const [end, fault] = std::from_chars(view.data(), view.data() + view.size(), number);
    if (fault != std::errc{} || end != view.data() + view.size() || number < least
        || number > most) {
        throw Mistake{std::string{option} + " needs a number from " + std::to_string(least) + " to "
            + std::to_string(most)};
    }
    return number;
}

Wishes wishes_of(std::vector<std::string_view> const& arguments)
{
    auto wishes = Wishes{};
    for (auto i = std::size_t{0}; i != arguments.size(); ++i) {
        auto const option = arguments[i];
        auto const value = [&](std::uint64_t least, std::uint64_t most) {
            ++i;
            auto const text = i < arguments.size() ? std::optional{arguments[i]} : std::nullopt;
            return number(option, text, least, most);
        };
        if (option == "--help") {
            wishes.helps = true;
        } else if (option == "--members") {
            wishes.cluster.members = static_cast<std::size_t>(value(1, 9));
        } else if (option == "--seed") {
            wishes.cluster.seed = value(0, std::numeric_limits<std::uint64_t>::max());
        } else if (option == "--port") {
            wishes.cluster.first_port = static_cast<std::uint16_t>(value(1, 65'526));
        } else if (option == "--until-eof") {
            wishes.until_eof = true;
        } else {
            throw Mistake{"there is no option " + std::string{option} + "; see --help"};
        }
    }
    return wishes;
}

//! Returns when SIGINT or SIGTERM comes, or input ends if that counts.
void wait_for_the_end(sigset_t const& signals, bool until_eof)
{
    auto const descriptor = ::signalfd(-1, &signals, SFD_CLOEXEC);
    auto watched = std::array{pollfd{descriptor, POLLIN, 0}, pollfd{STDIN_FILENO, POLLIN, 0}};
    auto const count = until_eof ? watched.size() : 1;
    for (;;) {
        ::poll(watched.data(), count, -1);
        if (watched[0].revents != 0) { break; }
        auto read = std::array<char, 4096>{};
        if (watched[1].revents != 0 && ::read(STDIN_FILENO, read.data(), read.size()) <= 0) {
            break;
        }
    }
    ::close(descriptor);
}

//! A request that waits takes two descriptors, and many may wait.
void allow_all_descriptors()
{
    auto limit = rlimit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) { return; }
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv)
try {
    auto const wishes = wishes_of({argv + 1, argv + argc});
    if (wishes.helps) {
        std::cout << usage;
        return EXIT_SUCCESS;
    }
    auto signals = sigset_t{};
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGINT);
    ::sigaddset(&signals, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // in every thread that is begun from now on

    allow_all_descriptors();
    auto const& options = wishes.cluster;
    auto cluster = x::ServedCluster{options};
    auto const behind = options.first_port == 0 ? 0 : options.first_port + options.members;
    auto const control = x::Control{cluster, static_cast<std::uint16_t>(behind)};
    std::cout << "endpoints: " << cluster.endpoints() << '\n'
              << "control: " << control.endpoint() << '\n'
              << std::flush;
    wait_for_the_end(signals, wishes.until_eof);
    return EXIT_SUCCESS;
} catch (Mistake const& mistake) {
    std::cerr << "etcdpp-sim: " << mistake.what() << '\n';
    return 2;
} catch (Poco::Exception const& fault) {
    std::cerr << "etcdpp-sim: " << fault.displayText()
              << "\nIs the port taken? Without --port, free ones are found.\n";
    return EXIT_FAILURE;
} catch (std::exception const& fault) {
    std::cerr << "etcdpp-sim: " << fault.what() << '\n';
    return EXIT_FAILURE;
}

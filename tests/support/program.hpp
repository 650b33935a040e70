// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A program at work whose output a test reads, and whose input it types.

#include "tests/support/child_process.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace etcdpp::tests {

//! Killed at the latest by the destructor.
class Program {
public:
    static constexpr auto patience = std::chrono::seconds{30};

    //! Of the test's environment it inherits PATH and LD_LIBRARY_PATH alone.
    explicit Program(std::vector<std::string> arguments, std::vector<std::string> environment = {})
    {
        // Open for both: opening it as a writer alone would wait for the reader.
        if (::mkfifo(input_.c_str(), 0600) != 0
            || (writer_ = ::open(input_.c_str(), O_RDWR | O_CLOEXEC)) < 0) {
            throw std::system_error{errno, std::generic_category(), "a FIFO for input"};
        }
        for (auto const* const name : {"PATH", "LD_LIBRARY_PATH"}) {
            auto const* const value = std::getenv(name);
            if (value != nullptr) { environment.push_back(std::string{name} + '=' + value); }
        }
        process_.emplace(launcher_,
            Command{.arguments = std::move(arguments),
                .environment = std::move(environment),
                .output = output_,
                .input = input_});
    }

    Program(Program const&) = delete;
    Program& operator=(Program const&) = delete;
    ~Program() { end_input(); }

    //! Everything it has printed so far, to standard output and error.
    std::string said() const
    {
        auto text = std::ostringstream{};
        text << std::ifstream{output_}.rdbuf();
        return text.str();
    }

    //! Whether it prints that in time.
    bool says(std::string const& words)
    {
        return becomes_true([&] { return said().find(words) != std::string::npos; }, patience);
    }

    //! False if it has no input any more.
    bool type(std::string line)
    {
        line += '\n';
        return ::write(writer_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    }

    bool press_enter() { return type(""); }

    void end_input()
    {
        if (writer_ >= 0) { ::close(std::exchange(writer_, -1)); }
    }

    //! SIGTERM.
    void ask_to_end() { process_->ask_to_end(); }

    //! What it returns in time; nothing if it does not end, or a signal ends it.
    std::optional<int> exit_code()
    {
        becomes_true([&] { return process_->ended(); }, patience);
        return process_->exit_code();
    }

private:
    TemporaryFolder folder_;
    std::filesystem::path input_ = folder_.path() / "input";
    std::filesystem::path output_ = folder_.path() / "output";
    int writer_ = -1;
    Launcher launcher_;
    std::optional<ChildProcess> process_;
};

}  // namespace etcdpp::tests

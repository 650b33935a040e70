// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A program that a test starts, freezes and kills, and that never outlives the test.

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace etcdpp::tests {

//! Asks for `fact` again and again. @returns whether it became true in time.
template <class Fact>
bool becomes_true(Fact fact, std::chrono::milliseconds within,
    std::chrono::milliseconds pause = std::chrono::milliseconds{2})
{
    auto const until = std::chrono::steady_clock::now() + within;
    while (!fact()) {
        if (std::chrono::steady_clock::now() >= until) { return false; }
        std::this_thread::sleep_for(pause);
    }
    return true;
}

//! What to start: the whole environment is given, nothing is inherited but the working folder.
struct Command {
    std::vector<std::string> arguments;  //!< The first is the program's path; PATH is not searched.
    std::vector<std::string> environment = {};
    std::filesystem::path output = "/dev/null";  //!< Standard output and error are appended here.
    std::filesystem::path input = "/dev/null";   //!< A FIFO must have its writer already.
};

//! The one thread that starts programs, for as long as they live.
//!
//! Each program asks the system to be killed when its parent dies (PR_SET_PDEATHSIG). The system
//! means the *thread* that forked, not the process (prctl(2)), so a program started by a test's
//! short-lived thread would die with that thread. Programs are therefore started from here.
class Launcher {
public:
    Launcher()
    {
        // Signals of the process belong to its other threads; the new thread inherits the mask.
        auto all = sigset_t{};
        auto before = sigset_t{};
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before);
        thread_ = std::thread{[this] { serve(); }};
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    ~Launcher()
    {
        {
            auto const lock = std::lock_guard{mutex_};
            closing_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

    Launcher(Launcher const&) = delete;
    Launcher& operator=(Launcher const&) = delete;

    //! May be called from several threads at once. @returns the new process; the caller reaps it.
    //! @throws std::system_error if it cannot be forked. A program that cannot be executed ends
    //! with status 127 and says so in its output.
    pid_t start(Command const& command)
    {
        auto task = std::packaged_task<pid_t()>{[&command] { return fork_and_execute(command); }};
        auto started = task.get_future();
        {
            auto const lock = std::lock_guard{mutex_};
            tasks_.push_back(std::move(task));
        }
        changed_.notify_one();
        return started.get();
    }

private:
    void serve()
    {
        auto lock = std::unique_lock{mutex_};
        while (true) {
            changed_.wait(lock, [this] { return closing_ || !tasks_.empty(); });
            if (closing_) { return; }
            auto task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    static std::vector<char*> pointers(std::vector<std::string> const& texts)
    {
        auto result = std::vector<char*>{};
        for (auto const& text : texts) { result.push_back(const_cast<char*>(text.c_str())); }
        result.push_back(nullptr);
        return result;
    }

    static pid_t fork_and_execute(Command const& command)
    {
        auto const arguments = pointers(command.arguments);
        auto const environment = pointers(command.environment);
        auto const input = ::open(command.input.c_str(), O_RDONLY | O_CLOEXEC);
        auto const output = ::open(
            command.output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        auto problem = errno;
        auto child = pid_t{-1};
        if (input >= 0 && output >= 0) {
            auto const parent = ::getpid();
            child = ::fork();
            if (child == 0) { become(arguments.data(), environment.data(), input, output, parent); }
            problem = errno;
        }
        for (auto const descriptor : {input, output}) {
            if (descriptor >= 0) { ::close(descriptor); }
        }
        if (child < 0) {
            throw std::system_error{
                problem, std::generic_category(), "cannot start " + command.arguments.front()};
        }
        return child;
    }

    //! Runs in the copy between fork and exec, where only async-signal-safe calls are allowed.
    //! Sockets the test has open are closed here: a member that inherits one would keep the
    //! connection alive after the test has closed it.
    [[noreturn]] static void become(char* const* arguments, char* const* environment, int input,
        int output, pid_t parent) noexcept
    {
        if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != parent) { ::_exit(127); }
        auto none = sigset_t{};
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        ::dup2(input, 0);
        ::dup2(output, 1);
        ::dup2(output, 2);
        ::close_range(3, ~0U, 0);
        ::execve(*arguments, arguments, environment);
        constexpr char message[] = "this program cannot be executed\n";
        [[maybe_unused]] auto const written = ::write(2, message, sizeof message - 1);
        ::_exit(127);
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::packaged_task<pid_t()>> tasks_;
    bool closing_ = false;
    std::thread thread_;
};

//! A started program, killed and reaped at the latest by the destructor.
//!
//! One thread at a time. The launcher must outlive it.
class ChildProcess {
public:
    ChildProcess(Launcher& launcher, Command const& command) : pid_{launcher.start(command)} {}

    ~ChildProcess() { kill(); }

    ChildProcess(ChildProcess const&) = delete;
    ChildProcess& operator=(ChildProcess const&) = delete;

    pid_t pid() const noexcept { return pid_; }

    bool running() { return state() == State::running; }  //!< Alive and not frozen.
    bool ended() { return state() == State::ended; }      //!< Also true if it ended by itself.

    //! What it returned; nothing while it lives, or if a signal ended it.
    std::optional<int> exit_code()
    {
        state();
        return exit_code_;
    }

    //! SIGKILL. Returns when the process is gone. Works on a frozen one, and twice.
    void kill()
    {
        send(SIGKILL);
        wait_while([this] { return state_ != State::ended; });
    }

    //! SIGSTOP. Returns when every thread of the process has stopped.
    void stop()
    {
        if (running()) {
            send(SIGSTOP);
            wait_while([this] { return state_ == State::running; });
        }
    }

    //! SIGCONT. Returns when the process runs again.
    void cont()
    {
        if (state() == State::stopped) {
            send(SIGCONT);
            wait_while([this] { return state_ == State::stopped; });
        }
    }

    //! SIGTERM, which also reaches a frozen process once it continues. Does not wait.
    void ask_to_end()
    {
        send(SIGTERM);
        cont();
    }

private:
    enum class State { running, stopped, ended };

    State state()
    {
        while (notice(WNOHANG)) {}
        return state_;
    }

    template <class Condition>
    void wait_while(Condition condition)
    {
        while (condition() && notice(0)) {}
    }

    //! The number cannot belong to somebody else before the process has been reaped.
    void send(int signal) const noexcept
    {
        if (state_ != State::ended) { ::kill(pid_, signal); }
    }

    //! Takes in one change of state. @returns whether there was one.
    bool notice(int options)
    {
        if (state_ == State::ended) { return false; }
        auto status = 0;
        auto changed = ::waitpid(pid_, &status, options | WUNTRACED | WCONTINUED);
        while (changed < 0 && errno == EINTR) {
            changed = ::waitpid(pid_, &status, options | WUNTRACED | WCONTINUED);
        }
        if (changed == 0) { return false; }
        auto const alive = changed == pid_ && !WIFEXITED(status) && !WIFSIGNALED(status);
        if (changed == pid_ && WIFEXITED(status)) { exit_code_ = WEXITSTATUS(status); }
        state_ = !alive ? State::ended : WIFSTOPPED(status) ? State::stopped : State::running;
        return true;
    }

    pid_t pid_;
    State state_ = State::running;
    std::optional<int> exit_code_;
};

}  // namespace etcdpp::tests

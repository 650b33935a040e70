// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A folder that vanishes with its owner, or at the latest when the next one is made.

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace etcdpp::tests {

//! A new folder in /dev/shm, or in TMPDIR if /dev/shm is missing, read-only or too full.
//!
//! The owner holds a `flock` on the folder, which the system drops however the owner dies. Each
//! new folder first removes those of the same name pattern that nobody holds any more. A lock
//! tells more than a process number, which may be in use again or belong to another container.
//! A copy of the owner made by `fork` must end with `_exit`, or it removes the owner's folder.
class TemporaryFolder {
public:
    //! @throws std::system_error if no folder can be made.
    explicit TemporaryFolder(std::uintmax_t bytes_needed = 0)
    {
        auto const memory = std::filesystem::path{"/dev/shm"};
        auto const disk = std::filesystem::temp_directory_path();
        remove_abandoned(memory);
        remove_abandoned(disk);
        auto const base = roomy(memory, bytes_needed) ? memory : disk;
        for (auto attempt = 0; attempt < 8 && lock_ < 0; ++attempt) {
            path_ = make(base);
            lock_ = take(path_);  // Fails if somebody else cleans up at this very moment.
        }
        if (lock_ < 0) {
            remove(path_);
            throw std::system_error{
                EAGAIN, std::generic_category(), "cannot lock " + path_.string()};
        }
    }

    ~TemporaryFolder()
    {
        remove(path_);
        ::close(lock_);
    }

    TemporaryFolder(TemporaryFolder const&) = delete;
    TemporaryFolder& operator=(TemporaryFolder const&) = delete;

    std::filesystem::path const& path() const noexcept { return path_; }

private:
    static constexpr std::string_view prefix = "etcdpp-tests-";

    static bool roomy(std::filesystem::path const& base, std::uintmax_t bytes)
    {
        struct statvfs room = {};
        return ::access(base.c_str(), R_OK | W_OK | X_OK) == 0
            && ::statvfs(base.c_str(), &room) == 0 && (room.f_flag & ST_RDONLY) == 0
            && std::uintmax_t{room.f_bavail} * room.f_frsize >= bytes;
    }

    static std::filesystem::path make(std::filesystem::path const& base)
    {
        auto name = (base / std::string{prefix}).string() + "XXXXXX";
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::system_error{errno, std::generic_category(), "cannot make " + name};
        }
        return name;
    }

    //! The locked folder's descriptor, or -1 if it is held or was removed by somebody else.
    static int take(std::filesystem::path const& folder)
    {
        auto const lock = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        struct stat locked = {};
        struct stat named = {};
        if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) == 0 && ::fstat(lock, &locked) == 0
            && ::lstat(folder.c_str(), &named) == 0 && locked.st_ino == named.st_ino) {
            return lock;
        }
        if (lock >= 0) { ::close(lock); }
        return -1;
    }

    static void remove_abandoned(std::filesystem::path const& base)
    {
        auto problem = std::error_code{};
        for (auto const& entry : std::filesystem::directory_iterator{base, problem}) {
            if (!entry.path().filename().string().starts_with(prefix)) { continue; }
            if (auto const lock = take(entry.path()); lock >= 0) {
                remove(entry.path());
                ::close(lock);
            }
        }
    }

    static void remove(std::filesystem::path const& folder) noexcept
    {
        auto problem = std::error_code{};
        std::filesystem::remove_all(folder, problem);
    }

    std::filesystem::path path_;
    int lock_ = -1;
};

}  // namespace etcdpp::tests

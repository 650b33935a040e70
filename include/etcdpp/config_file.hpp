// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A configuration that is kept in a file: see config_text.hpp.

#include "etcdpp/config_text.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

namespace etcdpp {

namespace detail {

inline Unexpected file_fault(
    std::error_code code, std::string const& doing, std::filesystem::path const& file)
{
    return unexpected(Error{code,
        {.effect = Effect::none,
            .fault = Fault::request,
            .words = "the configuration cannot be " + doing + ": \"" + file.string() + '"'}});
}

}  // namespace detail

//! As load_config. Fails with std::errc::no_such_file_or_directory or std::errc::io_error too.
template <class C = Config<>>
Result<C> load_config_file(std::filesystem::path const& file, C base = {})
{
    auto in = std::ifstream{file, std::ios::binary};
    auto problem = std::error_code{};
    if (!in) {
        auto const exists = std::filesystem::exists(file, problem);
        return detail::file_fault(
            make_error_code(exists ? std::errc::io_error : std::errc::no_such_file_or_directory),
            "read", file);
    }
    auto const text = std::string{std::istreambuf_iterator{in}, {}};
    return load_config(text, std::move(base));
}

//! As save_config. Takes the place of the file at once or not at all: it is written beside it, as
//! `file.new`, and renamed. With secrets only its owner may read it.
template <class... Policies>
Result<void> save_config_file(std::filesystem::path const& file, Config<Policies...> const& config,
    Secrets secrets = Secrets::left_out)
{
    auto part = file;
    part += ".new";
    auto problem = std::error_code{};
    auto out = std::ofstream{part, std::ios::binary | std::ios::trunc};
    if (out && secrets == Secrets::included) {
        using std::filesystem::perms;
        std::filesystem::permissions(part, perms::owner_read | perms::owner_write, problem);
    }
    if (!problem) { out << save_config(config, secrets) << '\n'; }
    out.close();
    if (!problem && !out) { problem = make_error_code(std::errc::io_error); }
    if (!problem) { std::filesystem::rename(part, file, problem); }
    if (!problem) { return {}; }
    auto ignored = std::error_code{};
    std::filesystem::remove(part, ignored);
    return detail::file_fault(problem, "written", file);
}

}  // namespace etcdpp

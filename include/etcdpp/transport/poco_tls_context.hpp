// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! TlsOptions as OpenSSL wants them: the files read, the verification switched on.

#include "etcdpp/core/result.hpp"
#include "etcdpp/transport/poco_tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <unistd.h>

namespace etcdpp::detail {

//! What all TLS connections of a transport share. OpenSSL may use one from many threads at once.
using TlsContext = std::shared_ptr<SSL_CTX>;

//! The newest complaint of OpenSSL in this thread; takes it, and all older ones, off its list.
inline std::string take_tls_words()
{
    auto const code = ERR_peek_last_error();
    auto const* const reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason != nullptr ? reason : "no reason is given";
}

//! Makes the context out of files. A step that fails names its file: it is the caller's mistake.
class TlsContextBuilder {
public:
    explicit TlsContextBuilder(TlsOptions const& options)
        : options_{options}, context_{SSL_CTX_new(TLS_client_method()), SSL_CTX_free}
    {
        if (!context_) { throw std::bad_alloc{}; }
    }

    Result<TlsContext> build()
    {
        ERR_clear_error();
        SSL_CTX_set_min_proto_version(get(), TLS1_2_VERSION);
        SSL_CTX_set_mode(
            get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
        SSL_CTX_set_verify(
            get(), options_.insecure_trust_everyone ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
        return trust().and_then([this] { return identify(); }).transform([this] {
            return std::move(context_);
        });
    }

private:
    SSL_CTX* get() const noexcept { return context_.get(); }

    Result<void> trust()
    {
        auto const& file = options_.ca_file;
        auto const& path = options_.ca_path;
        if (file.empty() && path.empty()) {
            if (SSL_CTX_set_default_verify_paths(get()) == 1) { return {}; }
            return refused("the system's authorities", {}, take_tls_words());
        }
        if (!file.empty() && SSL_CTX_load_verify_locations(get(), file.c_str(), nullptr) != 1) {
            return refused("ca_file", file, take_tls_words());
        }
        // OpenSSL opens a folder only when it looks for an authority: a missing one goes unnoticed.
        if (!path.empty() && ::access(path.c_str(), R_OK | X_OK) != 0) {
            return refused("ca_path", path, std::generic_category().message(errno));
        }
        if (!path.empty() && SSL_CTX_load_verify_locations(get(), nullptr, path.c_str()) != 1) {
            return refused("ca_path", path, take_tls_words());
        }
        return {};
    }

    Result<void> identify()
    {
        auto const& certificate = options_.certificate_file;
        auto const& key = options_.key_file;
        if (certificate.empty() && key.empty()) { return {}; }
        if (SSL_CTX_use_certificate_chain_file(get(), certificate.c_str()) != 1) {
            return refused("certificate_file", certificate, take_tls_words());
        }
        // Without a callback of ours OpenSSL would ask for a passphrase on the user's terminal.
        SSL_CTX_set_default_passwd_cb(get(), give_passphrase);
        SSL_CTX_set_default_passwd_cb_userdata(
            get(), const_cast<Secret*>(&options_.key_passphrase));
        auto const loaded = SSL_CTX_use_PrivateKey_file(get(), key.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_set_default_passwd_cb_userdata(get(), nullptr);
        if (loaded != 1) { return refused("key_file", key, take_tls_words()); }
        return {};
    }

    static int give_passphrase(char* room, int size, int, void* secret)
    {
        if (secret == nullptr) { return 0; }
        auto const text = static_cast<Secret const*>(secret)->reveal();
        if (text.size() > static_cast<std::size_t>(size)) { return 0; }
        std::ranges::copy(text, room);
        return static_cast<int>(text.size());
    }

    static Unexpected refused(std::string_view what, std::string_view file, std::string const& why)
    {
        auto words = "TLS: " + std::string{what};
        if (!file.empty()) { words.append(" \"").append(file) += '"'; }
        return unexpected(invalid_argument(words + " cannot be used: " + why));
    }

    TlsOptions const& options_;
    TlsContext context_;
};

//! Makes the context when the first connection needs it. May be used from many threads at once.
class LazyTlsContext {
public:
    explicit LazyTlsContext(TlsOptions options) : options_{std::move(options)} {}

    TlsOptions const& options() const noexcept { return options_; }

    //! Fails with Errc::invalid_argument, and tries again the next time: a file may be put right.
    //! Of two threads that come first both read the files, so that none does it under a lock.
    Result<TlsContext> get()
    {
        {
            auto const guard = std::lock_guard{mutex_};
            if (context_) { return context_; }
        }
        auto made = TlsContextBuilder{options_}.build();
        if (!made) { return made; }
        auto const guard = std::lock_guard{mutex_};
        if (!context_) { context_ = *std::move(made); }
        return context_;
    }

private:
    TlsOptions const options_;
    std::mutex mutex_;
    TlsContext context_;
};

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! TLS over a TcpSocket, driven by hand so that it never blocks.

#include "etcdpp/transport/poco_socket.hpp"
#include "etcdpp/transport/poco_tls_context.hpp"

#include <Poco/Net/IPAddress.h>
#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::detail {

//! Why not Poco::Net::SecureStreamSocket: it writes with write(2), so that a connection reset by
//! its peer raises SIGPIPE and ends the user's program; it asks the process-wide SSLManager whom to
//! trust; and it keeps its SSL handle to itself, so that no host name can be given to the
//! handshake. Here OpenSSL reads and writes through the TcpSocket below, which also counts what
//! left the process.
class TlsSession {
public:
    //! @pre `socket` is connected and outlives the session at the same address
    TlsSession(TlsContext context, TcpSocket& socket)
        : context_{std::move(context)}, ssl_{SSL_new(context_.get())}, socket_{socket}
    {
        auto* const bio = BIO_new(method());
        if (!ssl_ || bio == nullptr) { throw std::bad_alloc{}; }
        BIO_set_data(bio, this);
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl_.get(), bio, bio);
        SSL_set_connect_state(ssl_.get());
    }

    //! Says goodbye, if the peer would understand it and nothing has to be waited for.
    ~TlsSession()
    {
        if (SSL_is_init_finished(ssl_.get()) == 1 && lost_.empty()) { SSL_shutdown(ssl_.get()); }
        ERR_clear_error();
    }

    TlsSession(TlsSession const&) = delete;
    TlsSession& operator=(TlsSession const&) = delete;

    //! Asks for `host` by name, if it is one: a member may have several certificates.
    void ask_for(std::string const& host)
    {
        if (!is_address(host)) { SSL_set_tlsext_host_name(ssl_.get(), host.c_str()); }
    }

    //! Has the handshake fail unless the certificate is for `host`. False: that cannot be checked.
    bool insist_on(std::string const& host)
    {
        auto* const wanted = SSL_get0_param(ssl_.get());
        X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        auto const set = is_address(host)
            ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str())
            : X509_VERIFY_PARAM_set1_host(wanted, host.c_str(), host.size());
        return set == 1;
    }

    //! One step of the handshake; `bytes` means that it is done.
    Moved handshake()
    {
        return attempt([this] { return SSL_do_handshake(ssl_.get()); });
    }

    Moved send(std::string_view bytes)
    {
        return attempt(
            [&] { return SSL_write(ssl_.get(), bytes.data(), length_of(bytes.size())); });
    }

    Moved receive(std::span<char> room)
    {
        return attempt([&] { return SSL_read(ssl_.get(), room.data(), length_of(room.size())); });
    }

    //! Looks at the next byte without taking it.
    Moved peek()
    {
        auto next = char{};
        return attempt([&] { return SSL_peek(ssl_.get(), &next, 1); });
    }

    //! True if receive() has bytes that a poll does not tell of: the rest of a record.
    bool holds_bytes() const noexcept { return SSL_pending(ssl_.get()) > 0; }

private:
    struct Free {
        void operator()(SSL* ssl) const noexcept { SSL_free(ssl); }
    };

    static bool is_address(std::string const& host)
    {
        auto address = Poco::Net::IPAddress{};
        return Poco::Net::IPAddress::tryParse(host, address);
    }

    template <class Operation>
    Moved attempt(Operation const& operation)
    {
        ERR_clear_error();  // SSL_get_error would take an older complaint for one of this operation
        auto const returned = operation();
        if (returned > 0) { return {.count = static_cast<std::size_t>(returned)}; }
        switch (SSL_get_error(ssl_.get(), returned)) {
        case SSL_ERROR_WANT_READ: return {.kind = Moved::Kind::wants_input};
        case SSL_ERROR_WANT_WRITE: return {.kind = Moved::Kind::wants_output};
        case SSL_ERROR_ZERO_RETURN: return {.kind = Moved::Kind::closed};
        default: return {.kind = Moved::Kind::failed, .words = "TLS: " + words()};
        }
    }

    //! Why the last operation failed, from the nearest cause.
    std::string words()
    {
        auto const verdict = SSL_get_verify_result(ssl_.get());
        auto const verifies = SSL_get_verify_mode(ssl_.get()) != SSL_VERIFY_NONE;
        if (verifies && verdict != X509_V_OK) {
            ERR_clear_error();
            return "the member's certificate is not accepted: "
                + std::string{X509_verify_cert_error_string(verdict)};
        }
        if (lost_.empty()) { lost_ = take_tls_words(); }
        return lost_;
    }

    static int length_of(std::size_t size) noexcept
    {
        return static_cast<int>(
            std::min(size, static_cast<std::size_t>(std::numeric_limits<int>::max())));
    }

    //! The functions through which OpenSSL moves bytes; made once, never changed.
    static BIO_METHOD* method()
    {
        static auto* const made = [] {
            auto* const socket = BIO_meth_new(
                BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "etcdpp socket");
            BIO_meth_set_write(socket, [](BIO* bio, char const* bytes, int size) {
                auto& self = *static_cast<TlsSession*>(BIO_get_data(bio));
                return self.report(bio, self.socket_.send({bytes, static_cast<std::size_t>(size)}));
            });
            BIO_meth_set_read(socket, [](BIO* bio, char* room, int size) {
                auto& self = *static_cast<TlsSession*>(BIO_get_data(bio));
                return self.report(
                    bio, self.socket_.receive({room, static_cast<std::size_t>(size)}));
            });
            BIO_meth_set_ctrl(socket, [](BIO*, int command, long, void*) {
                return command == BIO_CTRL_FLUSH ? 1L : 0L;  // nothing is held back
            });
            return socket;
        }();
        return made;
    }

    //! What happened to the socket, in OpenSSL's terms.
    int report(BIO* bio, Moved const& moved)
    {
        BIO_clear_retry_flags(bio);
        switch (moved.kind) {
        case Moved::Kind::bytes: return static_cast<int>(moved.count);
        case Moved::Kind::wants_input: BIO_set_retry_read(bio); return -1;
        case Moved::Kind::wants_output: BIO_set_retry_write(bio); return -1;
        case Moved::Kind::closed: lost_ = "the connection was closed without notice"; return 0;
        case Moved::Kind::failed: lost_ = moved.words; return -1;
        }
        return -1;
    }

    TlsContext context_;
    std::unique_ptr<SSL, Free> ssl_;
    TcpSocket& socket_;
    std::string lost_;  //!< what became of the socket, once it is lost
};

}  // namespace etcdpp::detail

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! A simulated cluster that any client can talk to: its members listen on loopback, in real time.

#include <etcdpp/core/endpoints.hpp>
#include <etcdpp/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::examples {

struct ServedOptions {
    std::size_t members = 3;
    std::uint64_t seed = 1;        //!< decides who leads, and every later chance
    std::uint16_t first_port = 0;  //!< of member 0, the next one of member 1; 0: whatever is free
    std::string certificate = {};  //!< a PEM file; if given, members speak TLS
    std::string key = {};          //!< a PEM file
};

//! Serves from construction to destruction. A dead member's port refuses connections and stays
//! reserved; a paused member's accepts them and says nothing.
//!
//! Limits
//!   A connection holds a thread, and two descriptors while it waits for a reply. Each member
//!   serves 256 connections at once; the next ones wait.
//!
//! Threads
//!   All may be called from any thread.
class ServedCluster {
public:
    //! @throws Poco::Exception if a port is taken or a certificate cannot be used
    explicit ServedCluster(ServedOptions const& options = {});

    ServedCluster(ServedCluster const&) = delete;
    ServedCluster& operator=(ServedCluster const&) = delete;

    //! Whoever is connected is cut off.
    ~ServedCluster();

    Endpoints endpoints() const;
    std::size_t size() const;

    // Members are numbered from 0. @pre there is that member

    void kill(std::size_t member);
    void restart(std::size_t member);
    void pause(std::size_t member);
    void resume(std::size_t member);

    //! All is whole again, and no request meets a fault any more. What is planned for a time, and
    //! befalls the cluster and not a request, comes.
    void calm();

    //! Makes something go wrong: `on=nth_write(3)&do=leader_dies_after_apply`, in the words of
    //! sim::Story, or at once: `do=kills(1)`. Fails with the words there are, and changes nothing,
    //! if it does not know one.
    Result<void> befall(std::string_view story);

    //! The leader that a majority follows, if there is one.
    std::optional<std::size_t> leader() const;

    //! What happened last, for people, with the seed.
    std::string trace() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace etcdpp::examples

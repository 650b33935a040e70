// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The members a client knows: an immutable, non-empty list that calls in flight share.

#include "etcdpp/core/cut.hpp"
#include "etcdpp/core/endpoint.hpp"
#include "etcdpp/core/endpoint_url.hpp"
#include "etcdpp/core/error.hpp"
#include "etcdpp/core/result.hpp"

#include <bitset>
#include <cstddef>
#include <memory>
#include <optional>
#include <ostream>
#include <string_view>
#include <utility>
#include <vector>

namespace etcdpp {

//! A snapshot: copying it shares the list, so a call keeps the members it began with while another
//! thread gives the client new ones. Never empty, no endpoint twice, at most `max_size` of them
//! (an etcd cluster has seven or fewer; the bound lets a call mark those it tried in one word).
class Endpoints {
public:
    using value_type = Endpoint;
    using const_iterator = std::vector<Endpoint>::const_iterator;

    static constexpr std::size_t max_size = 64;

    //! One member at http://127.0.0.1:2379, where an etcd listens by default.
    Endpoints() : Endpoints{std::vector<Endpoint>(1)} {}

    //! Takes the list in its order; a repeated endpoint keeps its first place.
    //! Fails with Errc::invalid_argument if none is left, or more than `max_size`.
    static Result<Endpoints> of(std::vector<Endpoint> list)
    {
        auto unique = std::vector<Endpoint>{};
        for (auto& each : list) {
            if (!position_in(unique, each)) { unique.push_back(std::move(each)); }
        }
        if (unique.empty()) {
            return unexpected(invalid_argument("no endpoint is given; at least one is needed"));
        }
        if (unique.size() > max_size) {
            return unexpected(invalid_argument("more than 64 endpoints are given"));
        }
        return Endpoints{std::move(unique)};
    }

    //! Reads client URLs separated by commas, as ETCDCTL_ENDPOINTS has them; blanks around a URL
    //! are allowed. Fails as Endpoint::parse does, naming the first bad URL.
    static Result<Endpoints> parse(std::string_view urls)
    {
        auto list = std::vector<Endpoint>{};
        for (auto rest = urls; !rest.empty();) {
            auto endpoint = Endpoint::parse(trimmed(detail::cut(rest, ',')));
            if (!endpoint) { return unexpected(std::move(endpoint).error()); }
            list.push_back(*std::move(endpoint));
        }
        return of(std::move(list));
    }

    std::size_t size() const noexcept { return list_->size(); }
    const_iterator begin() const noexcept { return list_->cbegin(); }
    const_iterator end() const noexcept { return list_->cend(); }

    //! @pre position < size()
    Endpoint const& operator[](std::size_t position) const noexcept { return (*list_)[position]; }

    std::optional<std::size_t> position_of(Endpoint const& endpoint) const noexcept
    {
        return position_in(*list_, endpoint);
    }

    friend bool operator==(Endpoints const& one, Endpoints const& other)
    {
        return one.list_ == other.list_ || *one.list_ == *other.list_;
    }

    friend std::ostream& operator<<(std::ostream& out, Endpoints const& endpoints)
    {
        auto separator = "";
        for (auto const& each : endpoints) { out << std::exchange(separator, ",") << each; }
        return out;
    }

private:
    explicit Endpoints(std::vector<Endpoint> list)
        : list_{std::make_shared<std::vector<Endpoint> const>(std::move(list))}
    {
    }

    static std::optional<std::size_t> position_in(
        std::vector<Endpoint> const& list, Endpoint const& endpoint) noexcept
    {
        for (auto position = std::size_t{0}; position != list.size(); ++position) {
            if (list[position] == endpoint) { return position; }
        }
        return std::nullopt;
    }

    static std::string_view trimmed(std::string_view text) noexcept
    {
        constexpr auto blanks = " \t\r\n";
        text = text.substr(0, text.find_last_not_of(blanks) + 1);
        return text.empty() ? text : text.substr(text.find_first_not_of(blanks));
    }

    std::shared_ptr<std::vector<Endpoint> const> list_;
};

//! The members a call has tried already, by their position in its Endpoints.
using Tried = std::bitset<Endpoints::max_size>;

}  // namespace etcdpp

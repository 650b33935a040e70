// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Requests drawn by chance, with a liking for conflicts, odd keys and bad parameters.

#include "etcdpp/http/request.hpp"
#include "etcdpp/sim/dice.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace etcdpp::tests {

//! What kind of request it is, for the report; how it is to be handled follows from it.
enum class Asks : std::uint8_t {
    get,
    list,
    set,
    create,
    update,
    compare_and_swap,
    remove,
    compare_and_remove,
    in_order,
    make_dir,
    refresh,
    expire,  //!< a key that expires at the next tick, or a second later
    past,    //!< a watch that is answered from the history, or refused
    watch,   //!< a poll of what is to come
    stream,
    auth,      //!< users and roles; who may do what changes with them
    nonsense,  //!< bad parameters, forms and paths
    other,     //!< members, statistics, version, health, what is not there
};

inline constexpr auto asks_names = std::array{"get", "list", "set", "create", "update",
    "compare and swap", "remove", "compare and remove", "in-order create", "make directory",
    "refresh", "expiry", "watch of the past", "watch", "stream", "users and roles", "bad requests",
    "members, version, health and others"};

struct DrawnRequest {
    Asks kind = Asks::get;
    http::Request request = {};
};

class RequestSource {
public:
    explicit RequestSource(std::uint64_t seed) : dice_{seed} {}

    //! `index` is the store's: conditions and waits refer to what is near it.
    DrawnRequest next(std::uint64_t index)
    {
        index_ = index;
        auto const drawn = dice_.below(1000);
        if (drawn < 120) { return {Asks::get, get(key(), {})}; }
        if (drawn < 200) { return {Asks::list, get(key(), listing())}; }
        if (drawn < 360) { return {Asks::set, put(key(), {}, "value=" + value() + ttl())}; }
        if (drawn < 440) {
            return {Asks::create, put(key(), "?prevExist=false", "value=" + value() + ttl())};
        }
        if (drawn < 510) {
            return {Asks::update, put(key(), "?prevExist=true", "value=" + value() + ttl())};
        }
        if (drawn < 590) {
            return {Asks::compare_and_swap, put(key(), condition(), "value=" + value())};
        }
        if (drawn < 680) { return {Asks::remove, del(key(), removal())}; }
        if (drawn < 720) { return {Asks::compare_and_remove, del(key(), condition())}; }
        if (drawn < 770) { return {Asks::in_order, post(key(), {}, "value=" + value())}; }
        if (drawn < 820) { return {Asks::make_dir, put(key(), dir_query(), {})}; }
        if (drawn < 860) {
            return {Asks::refresh, put(key(), "?prevExist=true", "refresh=true&ttl=100000")};
        }
        if (drawn < 862) { return {Asks::expire, put(key(), {}, "value=x&ttl=" + one_of(short_))}; }
        if (drawn < 892) { return {Asks::past, get(key(), past())}; }
        if (drawn < 912) {
            return {Asks::watch, get(key(), "?wait=true" + maybe("&recursive=true"))};
        }
        if (drawn < 916) {
            return {Asks::stream, get(key(), "?wait=true&stream=true" + maybe("&recursive=true"))};
        }
        if (drawn < 980) { return {Asks::nonsense, nonsense()}; }
        if (drawn < 990) { return {Asks::auth, auth()}; }
        return {Asks::other, other()};
    }

private:
    using Texts = std::initializer_list<char const*>;

    std::string one_of(Texts texts)
    {
        return *(texts.begin() + static_cast<std::ptrdiff_t>(dice_.below(texts.size())));
    }

    std::string maybe(char const* text) { return dice_.happens(1, 2) ? text : ""; }

    std::string key()
    {
        return "/v2/keys" + (dice_.happens(1, 25) ? one_of(odd_keys_) : one_of(keys_));
    }

    std::string value() { return dice_.happens(1, 6) ? one_of(odd_values_) : one_of(values_); }
    std::string ttl() { return dice_.happens(1, 6) ? one_of(ttls_) : std::string{}; }

    std::string listing()
    {
        return "?a=b" + maybe("&recursive=true") + maybe("&sorted=true") + maybe("&quorum=true");
    }

    std::string removal()
    {
        return one_of({"", "", "?dir=true", "?recursive=true", "?recursive=true&dir=true"});
    }

    std::string dir_query()
    {
        return one_of({"?dir=true", "?dir=true&prevExist=false", "?dir=true&prevExist=true",
            "?dir=true&ttl=100000", "?dir=true&prevExist=true&ttl=100000"});
    }

    std::string near_index()
    {
        auto const back = dice_.below(8);
        return std::to_string(index_ > back ? index_ - back : index_);
    }

    std::string condition()
    {
        switch (dice_.below(5)) {
        case 0: return "?prevIndex=" + near_index();
        case 1: return "?prevValue=" + one_of(values_) + "&prevIndex=" + near_index();
        case 2: return "?prevValue=" + one_of(values_) + "&prevExist=" + one_of({"true", "false"});
        case 3: return "?prevIndex=0&prevValue=" + one_of(odd_values_);
        default: return "?prevValue=" + one_of(values_);
        }
    }

    std::string past()
    {
        auto const back = dice_.happens(1, 5) ? dice_.below(2000) : dice_.below(30);
        auto const from = index_ > back ? index_ - back : 1;
        return "?wait=true&waitIndex=" + std::to_string(from) + maybe("&recursive=true");
    }

    http::Request nonsense()
    {
        switch (dice_.below(9)) {
        case 0: return put(key(), "?" + one_of(bad_), "value=x");
        case 1: return put(key(), {}, "value=x&" + one_of(bad_));
        case 2: return get(key(), "?" + one_of(bad_));
        case 3: return get("/v2/keys" + one_of(unclean_), maybe("?sorted=true"));
        case 4: return put("/v2/keys" + one_of(unclean_), {}, "value=x");
        case 5: return {.method = http::Method::put, .target = key(), .body = "value=x"};
        case 6: return {.method = http::Method::head, .target = key() + maybe("?wait=true")};
        case 7: return del(key(), "?" + one_of(bad_));
        default:
            return {.method = http::Method::put,
                .target = key(),
                .headers = {{"Content-Type",
                    one_of({"application/x-www-form-urlencoded; charset=utf-8", "application/json",
                        "text/plain"})}},
                .body = "value=x"};
        }
    }

    //! Most of them by root, who alone may while auth is enabled; which is not for long.
    http::Request auth()
    {
        auto const method = one_of_methods();
        auto const name = one_of({"alice", "bob", "root", "guest"});
        auto const is_user = dice_.happens(1, 2);
        auto request = http::Request{.method = method,
            .target = "/v2/auth" + (is_user ? "/users/" + name : "/roles/" + name),
            .body = is_user ? user_body(name) : role_body(name)};
        if (dice_.happens(1, 2)) {
            request.target = "/v2/auth/enable";
            request.method = dice_.happens(1, 4) ? http::Method::put : http::Method::del;
        }
        if (dice_.happens(1, 6)) {
            request.target = one_of({"/v2/auth/users", "/v2/auth/roles", "/v2/auth/users/a/b",
                "/v2/auth", "/v2/auth/roles/"});
        }
        if (dice_.happens(9, 10)) {
            auto const credentials = dice_.happens(1, 12) ? one_of({"YTpi", "="}) : "cm9vdDpwdw==";
            request.headers.add("Authorization", "Basic " + credentials);
        }
        if (request.method != http::Method::put) { request.body.clear(); }
        return request;
    }

    http::Method one_of_methods()
    {
        switch (dice_.below(6)) {
        case 0: return http::Method::get;
        case 1: return http::Method::del;
        case 2: return dice_.happens(1, 3) ? http::Method::post : http::Method::get;
        default: return http::Method::put;
        }
    }

    std::string user_body(std::string const& name)
    {
        auto const rest = one_of({R"(,"password":"pw")", R"(,"password":"pw")", "",
            R"(,"grant":["r1"])", R"(,"revoke":["r1"])", R"(,"grant":["guest","r1"])",
            R"(,"password":"pw","roles":["guest"])", R"(,"roles":["r1"],"grant":["guest"])", "]"});
        return R"({"user":")" + (dice_.happens(1, 12) ? "eve" : name) + '"' + rest + '}';
    }

    std::string role_body(std::string const& name)
    {
        auto const rest = one_of({"", R"(,"permissions":{"kv":{"read":["/a*"],"write":[]}})",
            R"(,"permissions":{"kv":{"read":["/*"],"write":["/*"]}})",
            R"(,"grant":{"kv":{"read":["/b/*"],"write":["/b"]}})",
            R"(,"revoke":{"kv":{"read":["/b/*"],"write":["/b"]}})",
            R"(,"grant":{"kv":{"read":["/*"],"write":["/*"]}})",
            R"(,"permissions":{"kv":{"read":["/a*"]}},"grant":{"kv":{"read":["/a*"]}})"});
        return R"({"role":")" + (dice_.happens(1, 12) ? "eve" : name) + '"' + rest + '}';
    }

    http::Request other()
    {
        switch (dice_.below(6)) {
        case 0: return get(one_of({"/version", "/health", "/health?exclude=NOSPACE"}), {});
        case 1:
            return get(one_of({"/v2", "/v2/nothing", "/v2/keysx", "/", "/v3x", "//version"}), {});
        case 2: return put(one_of({"/version", "/health", "/v2/stats/store"}), {}, "x=y");
        case 3: return del(one_of({"/v2/members", "/v2/members/abc", "/v2/members/x/y"}), {});
        case 4:
            return {.method = http::Method::post,
                .target = "/v2/members",
                .headers = {{"Content-Type", one_of({"application/json", "text/plain"})}},
                .body = one_of({"", "{\"peerURLs\":[]}", "{\"peerURLs\":[\"bad\"]}",
                    "{\"peerURLs\":[\"http://a\"]}", "{\"peerURLs\":[\"http://a:1/b\"]}"})};
        default: return {.method = http::Method::head, .target = "/v2/members"};
        }
    }

    static http::Request get(std::string path, std::string const& query)
    {
        return {.target = std::move(path) + query};
    }

    static http::Request with_form(
        http::Method method, std::string path, std::string const& query, std::string form)
    {
        return {.method = method,
            .target = std::move(path) + query,
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = std::move(form)};
    }

    static http::Request put(std::string path, std::string const& query, std::string form)
    {
        return with_form(http::Method::put, std::move(path), query, std::move(form));
    }

    static http::Request post(std::string path, std::string const& query, std::string form)
    {
        return with_form(http::Method::post, std::move(path), query, std::move(form));
    }

    static http::Request del(std::string path, std::string const& query)
    {
        return {.method = http::Method::del, .target = std::move(path) + query};
    }

    static constexpr Texts keys_ = {"/a", "/a/b", "/a/b/c", "/a/b/c/d", "/b", "/b/x", "/b/y", "/c",
        "/ab", "/_h", "/_h/x", "/a/_h", "/b/_h/y", "/q", "", "/"};
    static constexpr Texts odd_keys_ = {"/a%20b", "/%C3%A9", "/a%3Fb", "/a%23b", "/a+b", "/%22%5C",
        "/%3Cb%3E&", "/a%2Fb", "/a/", "/%00", "/x%0Ay", "/%E2%80%A8", "/_h/", "/a'b", "/a#b"};
    static constexpr Texts values_ = {"x", "y", "z"};
    static constexpr Texts odd_values_ = {"", "%3Cb%3E", "a+b", "%22%5C%0A%09%01", "%FF%FE",
        "%C3%A9", "%E2%80%A9", "1", "%00", "a%26b", "%C3", "%ED%A0%80", "%F0%9F%98%80", "x=y"};
    static constexpr Texts ttls_ = {"&ttl=100000", "&ttl=", "&ttl=abc", "&ttl=-1", "&ttl=1.5",
        "&ttl=18446744073709551616", "&ttl=%201"};
    static constexpr Texts short_ = {"1", "0", "18446744073709551615", "99999999999"};
    static constexpr Texts bad_ = {"ttl=x", "prevIndex=x", "prevIndex=-1", "waitIndex=x", "dir=yes",
        "recursive=2", "sorted=TRUE", "wait=x", "quorum=maybe", "stream=1",
        "prevExist=", "prevExist=no", "refresh=x", "refresh=true", "refresh=true&ttl=100",
        "prevValue=", "noValueOnSuccess=true", "noValueOnSuccess=x", "a;b", "%zz", "value=%z",
        "value=%", "=x", "&&", "dir=true&dir=x", "dir", "unknown=1", "prevExist=true&prevIndex=0"};
    static constexpr Texts unclean_ = {"//a", "/a//b", "/./a", "/a/../b", "/a/.", "/..", "/a/b/..",
        "/%2e%2e/x", "/a%2F%2Fb", "/a%2", "/%", "/a%20/", "//", "/a/./%3Cb%3E"};

    sim::Dice dice_;
    std::uint64_t index_ = 0;
};

}  // namespace etcdpp::tests

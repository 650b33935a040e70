// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The header lines of a message, kept as they stand on the wire.

#include "etcdpp/core/cut.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace etcdpp::http {

//! Header names (RFC 9110 section 5.1) and values such as `close` and `chunked` mean the same in
//! upper and lower case.
constexpr bool equal_ignoring_case(std::string_view one, std::string_view other) noexcept
{
    auto const lower = [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    if (one.size() != other.size()) { return false; }
    for (auto i = std::size_t{0}; i != one.size(); ++i) {
        if (lower(one[i]) != lower(other[i])) { return false; }
    }
    return true;
}

//! A reply of etcd has a dozen header lines of which a call reads three, so they stay one block of
//! text and are looked up by scanning it: one allocation a reply, none a header.
class Headers {
public:
    struct Line {
        std::string_view name;
        std::string_view value;
    };

    Headers() = default;

    Headers(std::initializer_list<Line> lines)
    {
        for (auto const& line : lines) { add(line.name, line.value); }
    }

    //! Takes `Name: value` lines, each ended by CR LF or LF, without the empty line behind them.
    static Headers from_block(std::string_view block) { return Headers{block}; }

    //! @pre neither part holds CR, LF or NUL, and the name no colon
    void add(std::string_view name, std::string_view value)
    {
        block_.reserve(block_.size() + name.size() + value.size() + 4);
        block_.append(name).append(": ").append(value).append("\r\n");
    }

    //! The value of the first line of that name, without the blanks around it; lines whose first
    //! letter is spelled as asked go before others, which saves a pass.
    std::optional<std::string_view> find(std::string_view name) const noexcept
    {
        auto const found = find_behind(0, name);
        return found.value ? found.value : find_behind(0, name, other_case).value;
    }

    //! The values of two names in one pass, if the second stands behind the first. Of several lines
    //! of the second name one behind the first line goes before others.
    std::array<std::optional<std::string_view>, 2> find(
        std::string_view first, std::string_view second) const noexcept
    {
        auto const one = find_behind(0, first);
        auto const two = find_behind(one.end, second);
        return {one.value ? one.value : find_behind(0, first, other_case).value,
            two.value ? two.value : find(second)};
    }

    //! Calls `visit(name, value)` for each line, in order.
    template <class Visit>
    void for_each(Visit&& visit) const
    {
        for (auto rest = std::string_view{block_}; !rest.empty();) {
            auto const line = next_line(rest);
            visit(line.name, line.value);
        }
    }

    bool empty() const noexcept { return block_.empty(); }

    //! The lines as a message carries them, each ended by CR LF.
    std::string_view block() const noexcept { return block_; }

    friend bool operator==(Headers const&, Headers const&) = default;

private:
    // What a letter is combined with; of any other character the second makes one that no equal
    // name begins with.
    static constexpr char as_asked = '\0';
    static constexpr char other_case = 'a' ^ 'A';

    explicit Headers(std::string_view block) : block_{block} {}

    struct Found {
        std::optional<std::string_view> value = {};
        std::size_t end = 0;  //!< of its line
    };

    //! Stops where the first letter is, not at each line: there are fewer of these, and this is on
    //! the path of every call.
    Found find_behind(
        std::size_t offset, std::string_view name, char letter_case = as_asked) const noexcept
    {
        if (name.empty()) { return {}; }
        auto const letter = static_cast<char>(name[0] ^ letter_case);
        auto const* const begin = block_.data();
        auto const* const end = begin + block_.size();
        for (auto const* at = begin + offset; (at = find_char(letter, at, end)) != end; ++at) {
            if (is_at(at, name)) {
                auto const* const value = at + name.size() + 1;
                auto const* const line_end = find_char('\n', value, end);
                return {trimmed({value, line_end}), static_cast<std::size_t>(line_end - begin)};
            }
        }
        return {};
    }

    //! Whether a line of that name begins there.
    bool is_at(char const* at, std::string_view name) const noexcept
    {
        auto const* const begin = block_.data();
        auto const left = block_.size() - static_cast<std::size_t>(at - begin);
        return left > name.size() && at[name.size()] == ':' && (at == begin || at[-1] == '\n')
            && is(name, {at, name.size()});
    }

    static char const* find_char(char wanted, char const* begin, char const* end) noexcept
    {
        auto const size = static_cast<std::size_t>(end - begin);
        auto const* const found = std::char_traits<char>::find(begin, size, wanted);
        return found != nullptr ? found : end;
    }

    //! Tries the usual spelling first: it is compared in one go.
    static bool is(std::string_view wanted, std::string_view name) noexcept
    {
        return name == wanted || equal_ignoring_case(name, wanted);
    }

    //! Takes one line off the front of `rest`; a line without a colon is a name without a value.
    static Line next_line(std::string_view& rest) noexcept
    {
        auto line = detail::cut(rest, '\n');
        if (line.ends_with('\r')) { line.remove_suffix(1); }
        auto const name = detail::cut(line, ':');
        return {name, trimmed(line)};
    }

    //! What is left without the line end's CR and the blanks.
    static std::string_view trimmed(std::string_view text) noexcept
    {
        if (text.ends_with('\r')) { text.remove_suffix(1); }
        while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
        }
        while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
            text.remove_suffix(1);
        }
        return text;
    }

    std::string block_;
};

inline std::ostream& operator<<(std::ostream& out, Headers const& headers)
{
    return out << headers.block();
}

}  // namespace etcdpp::http

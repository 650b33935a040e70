// SPDX-License-Identifier: BSL-1.0

#include "story_words.hpp"

#include <etcdpp/codec/duration_text.hpp>
#include <etcdpp/sim/mishap.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <system_error>

namespace etcdpp::examples {

namespace {

//! By commas that stand in no braces, without the blanks around.
std::vector<std::string> split(std::string_view text)
{
    auto parts = std::vector<std::string>{};
    auto part = std::string{};
    auto const add = [&] {
        auto const first = part.find_first_not_of(' ');
        if (first != part.npos) {
            parts.push_back(part.substr(first, part.find_last_not_of(' ') + 1 - first));
        }
        part.clear();
    };
    auto depth = 0;
    for (auto const c : text) {
        depth += c == '{' ? 1 : c == '}' ? -1 : 0;
        if (c == ',' && depth == 0) {
            add();
        } else {
            part += c;
        }
    }
    add();
    return parts;
}

}  // namespace

std::vector<Word> words_in(std::string_view text)
{
    auto words = std::vector<Word>{};
    while (!text.empty()) {
        auto const end = std::min(text.find_first_of("(."), text.size());
        auto& word = words.emplace_back();
        word.name = text.substr(0, end);
        text.remove_prefix(end);
        if (text.starts_with('(')) {
            auto const close = text.find(')');
            if (close == text.npos) { throw Complaint{word.name + ": a ) is missing"}; }
            word.arguments = split(text.substr(1, close - 1));
            text.remove_prefix(close + 1);
        }
        if (text.empty()) { break; }
        if (!text.starts_with('.')) { throw Complaint{"a . is missing behind " + word.name}; }
        text.remove_prefix(1);
    }
    return words;
}

std::string Arguments::text(std::string_view what)
{
    if (is_at_end()) { complain("it needs " + std::string{what}); }
    return word_->arguments[at_++];
}

std::uint64_t Arguments::number()
{
    auto const digits = text("a number");
    auto number = std::uint64_t{0};
    auto const* const last = digits.data() + digits.size();
    auto const [end, fault] = std::from_chars(digits.data(), last, number);
    if (fault != std::errc{} || end != last) { complain('"' + digits + "\" is no number"); }
    return number;
}

std::size_t Arguments::member()
{
    auto const member = number();
    if (member >= members_) {
        complain("there is no member " + std::to_string(member) + ": they are numbered from 0 to "
            + std::to_string(members_ - 1));
    }
    return static_cast<std::size_t>(member);
}

std::size_t Arguments::member_or_leader()
{
    if (is_at_end() || word_->arguments[at_] != "the_leader") { return member(); }
    ++at_;
    return sim::the_leader;
}

Clock::duration Arguments::time()
{
    constexpr auto most = std::chrono::hours{10'000};
    auto const written = text("a time");
    auto const time = TextForm<std::chrono::nanoseconds>::parse(written);
    if (!time || *time > most || *time < -most) {
        complain('"' + written + "\" is no time such as 500ms, 2s or 1h, up to 10000h");
    }
    return std::chrono::duration_cast<Clock::duration>(*time);
}

std::vector<std::vector<std::size_t>> Arguments::groups()
{
    auto groups = std::vector<std::vector<std::size_t>>{};
    while (!is_at_end()) {
        auto const group = text("a group");
        if (!group.starts_with('{') || !group.ends_with('}')) {
            complain('"' + group + "\" is no group such as {0} or {1, 2}");
        }
        auto const inside = Word{
            word_->name, split(std::string_view{group}.substr(1, group.size() - 2))};
        auto members = Arguments{inside, members_};
        auto& list = groups.emplace_back();
        while (!members.is_at_end()) { list.push_back(members.member()); }
    }
    return groups;
}

void Arguments::end() const
{
    if (!is_at_end()) { complain("it has too many arguments"); }
}

void Arguments::complain(std::string const& words) const
{
    throw Complaint{word_->name + ": " + words};
}

}  // namespace etcdpp::examples

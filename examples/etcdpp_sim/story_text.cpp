// SPDX-License-Identifier: BSL-1.0

#include "story_text.hpp"

#include "story_words.hpp"
#include <etcdpp/core/cut.hpp>
#include <etcdpp/sim/api_form.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace etcdpp::examples {

namespace {

using sim::Story;
using sim::Trigger;
using Deed = std::function<void(Story&)>;

template <class Made>
struct Entry {
    std::string_view usage;  //!< a name, and what it needs in parentheses
    std::function<Made(Arguments&)> make;

    std::string_view name() const { return usage.substr(0, usage.find('(')); }
};

Deed plain(Story& (Story::*function)())
{
    return [function](Story& story) { (story.*function)(); };
}

auto nothing(Story& (Story::*function)())
{
    return [function](Arguments&) { return plain(function); };
}

auto member(Story& (Story::*function)(std::size_t))
{
    return [function](Arguments& from) -> Deed {
        return [function, member = from.member_or_leader()](
                   Story& story) { (story.*function)(member); };
    };
}

auto time(Story& (Story::*function)(Clock::duration))
{
    return [function](Arguments& from) -> Deed {
        return [function, time = from.time()](Story& story) { (story.*function)(time); };
    };
}

auto member_and_time(Story& (Story::*function)(std::size_t, Clock::duration))
{
    return [function](Arguments& from) -> Deed {
        auto const member = from.member_or_leader();
        return [function, member, time = from.time()](
                   Story& story) { (story.*function)(member, time); };
    };
}

//! In the order of docs/howto/test_your_service.md. What befalls a connection before a request is
//! there is not among them: a server that is asked has already let its client in.
std::vector<Entry<Deed>> const& deeds()
{
    static auto const all = std::vector<Entry<Deed>>{
        {"is_lost", nothing(&Story::is_lost)},
        {"is_reset", nothing(&Story::is_reset)},
        {"is_answered(status)",
            [](Arguments& from) -> Deed {
                auto const status = static_cast<int>(from.number());
                if (status < 200 || status > 599) { from.complain("no status from 200 to 599"); }
                return [status](Story& story) { story.is_answered(status); };
            }},
        {"is_redirected_to(member)", member(&Story::is_redirected_to)},
        {"is_delayed(time)", time(&Story::is_delayed)},
        {"arrives_twice", nothing(&Story::arrives_twice)},
        {"gets_no_reply", nothing(&Story::gets_no_reply)},
        {"gets_its_reply_late(time)", time(&Story::gets_its_reply_late)},
        {"is_reset_after_apply", nothing(&Story::is_reset_after_apply)},
        {"stalls_in_head", nothing(&Story::stalls_in_head)},
        {"stalls_in_body", nothing(&Story::stalls_in_body)},
        {"is_truncated", nothing(&Story::is_truncated)},
        {"is_no_http", nothing(&Story::is_no_http)},
        {"is_corrupted", nothing(&Story::is_corrupted)},
        {"leader_dies_before_apply", nothing(&Story::leader_dies_before_apply)},
        {"leader_freezes_before_apply", nothing(&Story::leader_freezes_before_apply)},
        {"leader_dies_after_apply", nothing(&Story::leader_dies_after_apply)},
        {"leader_freezes_after_apply", nothing(&Story::leader_freezes_after_apply)},
        {"member_dies_before_apply", nothing(&Story::member_dies_before_apply)},
        {"member_freezes_before_apply", nothing(&Story::member_freezes_before_apply)},
        {"member_dies_after_apply", nothing(&Story::member_dies_after_apply)},
        {"member_freezes_after_apply", nothing(&Story::member_freezes_after_apply)},
        {"kills(member)", member(&Story::kills)},
        {"restarts(member)", member(&Story::restarts)},
        {"pauses(member)", member(&Story::pauses)},
        {"resumes(member)", member(&Story::resumes)},
        {"partitions({member, ...}, ...)",
            [](Arguments& from) -> Deed {
                return [groups = from.groups()](Story& story) { story.partitions(groups); };
            }},
        {"cuts_off(member)", member(&Story::cuts_off)},
        {"heals", nothing(&Story::heals)},
        {"elects(member)", member(&Story::elects)},
        {"makes_lag(member, time)", member_and_time(&Story::makes_lag)},
        {"makes_clock_jump(member, time)", member_and_time(&Story::makes_clock_jump)},
        {"overflows_history", nothing(&Story::overflows_history)},
    };
    return all;
}

auto nth(Trigger (*trigger)(std::uint64_t))
{
    return [trigger](Arguments& from) { return trigger(from.number()); };
}

auto every(Trigger (*trigger)())
{
    return [trigger](Arguments&) { return trigger(); };
}

std::vector<Entry<Trigger>> triggers(Clock::duration since)
{
    return {
        {"nth_request(n)", nth(sim::nth_request)},
        {"nth_read(n)", nth(sim::nth_read)},
        {"nth_write(n)", nth(sim::nth_write)},
        {"every_request", every(sim::every_request)},
        {"every_read", every(sim::every_read)},
        {"every_write", every(sim::every_write)},
        {"at_time(time)", [](Arguments& from) { return sim::at_time(from.time()); }},
        {"in(time)", [since](Arguments& from) { return sim::at_time(since + from.time()); }},
        {"now", [since](Arguments&) { return sim::at_time(since); }},
    };
}

using Narrowing = std::function<Trigger(Trigger const&)>;

std::vector<Entry<Narrowing>> const& narrowings()
{
    static auto const all = std::vector<Entry<Narrowing>>{
        {"to(member)",
            [](Arguments& from) -> Narrowing {
                return [member = from.member()](Trigger const& wider) { return wider.to(member); };
            }},
        {"of(key)",
            [](Arguments& from) -> Narrowing {
                return [key = from.text("a key")](Trigger const& wider) { return wider.of(key); };
            }},
    };
    return all;
}

template <class Made>
std::string usages(std::vector<Entry<Made>> const& entries)
{
    auto text = std::string{};
    for (auto const& each : entries) { text.append("  ").append(each.usage).append("\n"); }
    return text;
}

//! @throws Complaint
template <class Made>
Made made(std::vector<Entry<Made>> const& entries, Word const& word, std::size_t members)
{
    auto const entry = std::ranges::find(entries, word.name, &Entry<Made>::name);
    if (entry == entries.end()) {
        throw Complaint{
            "there is no word \"" + word.name + "\". Those there are:\n" + usages(entries)};
    }
    auto arguments = Arguments{word, members};
    auto result = entry->make(arguments);
    arguments.end();
    return result;
}

//! @throws Complaint
StoryText story_in(std::string_view line, std::size_t members, Clock::duration since)
{
    auto on = std::string{"now"};
    auto does = std::string{};
    while (!line.empty()) {
        auto value = detail::cut(line, '&');
        auto const name = detail::cut(value, '=');
        if (name != "on" && name != "do") {
            throw Complaint{"there is no field \"" + std::string{name}
                + "\". A story reads on=...&do=..., for instance on=nth_write(3)&do=is_lost"};
        }
        // A text with a % that begins no escape was not escaped, as curl leaves it.
        (name == "on" ? on : does) = sim::unescaped(value, true).value_or(std::string{value});
    }
    auto story = StoryText{};
    for (auto is_first = true; auto const& word : words_in(on)) {
        story.trigger = std::exchange(is_first, false)
            ? made(triggers(since), word, members)
            : made(narrowings(), word, members)(story.trigger);
    }
    for (auto const& word : words_in(does)) { story.deeds.push_back(made(deeds(), word, members)); }
    if (story.deeds.empty()) { throw Complaint{"nothing is to be done: do=... is missing"}; }
    return story;
}

}  // namespace

Result<std::vector<StoryText>> stories_in(
    std::string_view lines, std::size_t members, Clock::duration since)
{
    auto stories = std::vector<StoryText>{};
    try {
        while (!lines.empty()) {
            auto line = detail::cut(lines, '\n');
            if (line.ends_with('\r')) { line.remove_suffix(1); }
            if (!line.empty()) { stories.push_back(story_in(line, members, since)); }
        }
    } catch (Complaint const& complaint) {
        return unexpected(
            Error{Errc::invalid_argument, {.fault = Fault::caller, .words = complaint.words}});
    }
    if (stories.empty()) {
        return unexpected(Error{Errc::invalid_argument,
            {.fault = Fault::caller, .words = "there is no story: on=...&do=..."}});
    }
    return stories;
}

void tell(StoryText const& story, std::shared_ptr<sim::World> const& world)
{
    auto told = Story{world, story.trigger};
    for (auto const& deed : story.deeds) { deed(told); }
}

std::string vocabulary()
{
    return "on=\n" + usages(triggers({})) + "  and behind it, with a dot:\n" + usages(narrowings())
        + "do=, several joined by dots:\n" + usages(deeds())
        + "A member of do= is a number from 0, or the_leader. A time is 500ms, 2s or 1h.\n";
}

}  // namespace etcdpp::examples

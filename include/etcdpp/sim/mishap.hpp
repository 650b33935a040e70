// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! What can go wrong in a simulation: the vocabulary of faults, as values.

#include "etcdpp/core/deadline.hpp"
#include "etcdpp/http/response.hpp"
#include "etcdpp/sim/timeline.hpp"

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::sim {

//! In place of a member's number: the leader at that moment, or the member that was asked.
inline constexpr auto the_leader = static_cast<std::size_t>(-2);
inline constexpr auto the_asked = static_cast<std::size_t>(-3);

//! In the order in which a request can meet them; then what befalls the cluster.
enum class Harm : std::uint8_t {
    refuse,            //!< the connection is refused: nothing was sent
    hang_in_connect,   //!< no answer to the connection: nothing was sent
    lose_request,      //!< sent, and never there; silence
    reset_request,     //!< the connection is reset before the member reads it
    delay_request,     //!< by `time`
    duplicate,         //!< the member gets it twice, as from a proxy that repeats it
    redirect,          //!< the member says that `member` is to be asked
    answer,            //!< somebody else answers `response`: a proxy's 503, for instance
    kill_before,       //!< `member` dies when the request is there, before it is acted upon
    pause_before,      //!< `member` stops, as by SIGSTOP, at that moment
    kill_after,        //!< `member` dies right behind the first member's carrying it out
    pause_after,       //!< `member` stops at that moment
    lose_reply,        //!< acted upon, and no answer comes; silence
    reset_reply,       //!< acted upon, then the connection is reset
    delay_reply,       //!< by `time`
    stall_in_head,     //!< some bytes of the head, then silence
    stall_in_body,     //!< the head and half the body, then silence
    truncate,          //!< the head and half the body, then the connection is closed
    corrupt_head,      //!< what comes does not begin as HTTP does
    corrupt_body,      //!< bytes of the body are others
    kill,              //!< `member` dies; what it holds is kept
    restart,           //!< `member` runs again
    pause,             //!< `member` stops, as by SIGSTOP
    resume,            //!< it goes on, as by SIGCONT
    partition,         //!< members of one of `groups` reach each other alone; clients reach all
    cut_off,           //!< clients do not reach `member`
    heal,              //!< all links are whole again, and all members run
    elect,             //!< `member` takes the lead
    lag,               //!< `member` carries out nothing for `time`, and answers from the past
    jump_clock,        //!< the wall clock of `member` jumps by `time`, ahead or back
    overflow_history,  //!< 1000 writes elsewhere make the cluster forget its history
};

struct Mishap {
    Harm harm = Harm::refuse;
    std::size_t member = the_asked;
    Clock::duration time = {};
    http::Response response = {};
    std::vector<std::vector<std::size_t>> groups = {};

    friend bool operator==(Mishap const&, Mishap const&) = default;
};

//! What follows is said of "the request".
constexpr std::string_view describe(Harm harm) noexcept
{
    switch (harm) {
    case Harm::refuse: return "is refused";
    case Harm::hang_in_connect: return "hangs in connect";
    case Harm::lose_request: return "is lost";
    case Harm::reset_request: return "is reset";
    case Harm::delay_request: return "is delayed";
    case Harm::duplicate: return "arrives twice";
    case Harm::redirect: return "is redirected to";
    case Harm::answer: return "is answered by another";
    case Harm::kill_before: return "kills before it is acted upon";
    case Harm::pause_before: return "pauses before it is acted upon";
    case Harm::kill_after: return "kills after it was carried out";
    case Harm::pause_after: return "pauses after it was carried out";
    case Harm::lose_reply: return "gets no reply";
    case Harm::reset_reply: return "is reset after it was carried out";
    case Harm::delay_reply: return "gets its reply late";
    case Harm::stall_in_head: return "is answered with half a head";
    case Harm::stall_in_body: return "is answered with half a body";
    case Harm::truncate: return "gets half a body and is closed";
    case Harm::corrupt_head: return "is answered with what is not HTTP";
    case Harm::corrupt_body: return "is answered with a corrupt body";
    case Harm::kill: return "kills";
    case Harm::restart: return "restarts";
    case Harm::pause: return "pauses";
    case Harm::resume: return "resumes";
    case Harm::partition: return "partitions";
    case Harm::cut_off: return "cuts clients off from";
    case Harm::heal: return "heals";
    case Harm::elect: return "elects";
    case Harm::lag: return "makes lag";
    case Harm::jump_clock: return "makes jump the clock of";
    case Harm::overflow_history: return "makes overflow the history of";
    }
    return "";
}

constexpr bool is_of_the_cluster(Harm harm) noexcept
{
    return harm >= Harm::kill;
}

constexpr bool names_a_member(Harm harm) noexcept
{
    return (is_of_the_cluster(harm) && harm != Harm::partition && harm != Harm::heal)
        || harm == Harm::redirect || (harm >= Harm::kill_before && harm <= Harm::pause_after);
}

inline std::ostream& operator<<(std::ostream& out, Mishap const& mishap)
{
    out << describe(mishap.harm);
    if (names_a_member(mishap.harm)) {
        if (mishap.member == the_leader) {
            out << " the leader";
        } else if (mishap.member == the_asked) {
            out << " the member asked";
        } else {
            out << " m" << mishap.member;
        }
    }
    for (auto const& group : mishap.groups) {
        out << " {";
        for (auto const member : group) { out << (member == group.front() ? "m" : " m") << member; }
        out << '}';
    }
    if (mishap.time != Clock::duration::zero()) { out << ' ' << in_milliseconds(mishap.time); }
    if (mishap.response.status != 0) { out << ", with " << mishap.response.status; }
    return out;
}

}  // namespace etcdpp::sim

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! The words of a story, and their arguments: `nth_write(3).to(1)`.

#include <etcdpp/core/deadline.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace etcdpp::examples {

//! What is wrong with a story.
struct Complaint {
    std::string words;
};

//! `makes_lag(0, 5s)`
struct Word {
    std::string name;
    std::vector<std::string> arguments;
};

//! `one(a, b).other`. @throws Complaint
std::vector<Word> words_in(std::string_view text);

//! The arguments of one word, which must outlive it, read from left to right.
//! @throws Complaint, as all its functions do, if the next one is not what is asked for
class Arguments {
public:
    //! `members` is how many there are.
    Arguments(Word const& word, std::size_t members) : word_{&word}, members_{members} {}

    std::uint64_t number();

    //! By its number.
    std::size_t member();

    //! By its number, or sim::the_leader.
    std::size_t member_or_leader();

    //! Of at most 10000 hours, ahead or back.
    Clock::duration time();

    std::string text(std::string_view what);

    //! All that are left: `{0}, {1, 2}`.
    std::vector<std::vector<std::size_t>> groups();

    //! Complains if any is left.
    void end() const;

    [[noreturn]] void complain(std::string const& words) const;

private:
    bool is_at_end() const noexcept { return at_ == word_->arguments.size(); }

    Word const* word_;
    std::size_t members_;
    std::size_t at_ = 0;
};

}  // namespace etcdpp::examples

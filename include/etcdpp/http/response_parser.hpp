// SPDX-License-Identifier: BSL-1.0
#pragma once

// long because: one machine, whose states share their limits

//! @file
//! The framing of an HTTP/1.1 reply (RFC 9112): where its head, its body and its end are.

#include "etcdpp/http/method.hpp"
#include "etcdpp/http/parser_limits.hpp"
#include "etcdpp/http/response_head.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::http {

//! What is wrong with a reply.
enum class Refusal : std::uint8_t {
    none,
    not_http,   //!< it does not begin as an HTTP/1 reply does
    too_large,  //!< it exceeds a limit
    malformed,  //!< its framing is broken, or could be read in two ways
    truncated,  //!< the connection ended before the reply did
};

//! Reads one reply from bytes that arrive in any pieces. It does no I/O, copies nothing and
//! allocates nothing: the caller keeps a buffer, shows what is not consumed of it, and gets views
//! into that.
//!
//!     auto const step = parser.next(unread);
//!     unread.remove_prefix(step.consumed);   // step.bytes stays valid as long as the buffer
//!
//! What two programs could read differently is refused rather than guessed at: a bare LF or CR, a
//! second Content-Length, one beside Transfer-Encoding, a folded line, any encoding but `chunked`.
//! etcd (Go) writes none of these.
class ResponseParser {
public:
    struct Step {
        enum class Kind : std::uint8_t {
            more,    //!< nothing to tell; come back with more bytes behind what is left
            head,    //!< `bytes` are the header lines, as Headers::from_block takes them
            body,    //!< `bytes` are the next piece of the body
            end,     //!< the reply is whole; what is left does not belong to it
            failed,  //!< see refusal() and words()
        };

        Kind kind = Kind::more;
        std::size_t consumed = 0;  //!< how many bytes of the input are done with
        std::string_view bytes = {};
    };

    explicit ResponseParser(Method method, ParserLimits limits = {}) noexcept
        : head_left_{limits.max_head}, body_left_{limits.max_body}, method_{method}
    {
    }

    //! @pre `input` begins where the last step's `consumed` ended, with the same bytes as then
    Step next(std::string_view input) noexcept
    {
        auto rest = input;
        for (;;) {
            if (auto step = take(rest)) {
                step->consumed = input.size() - rest.size();
                return *step;
            }
        }
    }

    //! To be told when the connection has ended: `end` if the reply ends so, too, else `failed`.
    Step finish() noexcept
    {
        if (state_ == State::until_close) { state_ = State::complete; }
        if (state_ == State::complete) { return {Step::Kind::end}; }
        if (state_ == State::failed) { return {Step::Kind::failed}; }
        return fail(Refusal::truncated,
            has_begun() ? "the connection was closed in the middle of the reply"
                        : "the connection was closed before the reply began");
    }

    //! The three digits of the status line, from `head` on.
    int status() const noexcept { return head_.status(); }

    //! The size that the head announced, at `head`; 0 if it left that open.
    std::size_t announced_size() const noexcept { return head_.length(); }

    //! True if the connection may carry another request after `end`.
    bool keeps_alive() const noexcept { return keeps_alive_; }

    //! True as soon as a byte of the reply has been seen.
    bool has_begun() const noexcept { return state_ != State::head || seen_ != 0 || had_interim_; }

    //! True until `head`.
    bool is_in_head() const noexcept { return state_ == State::head; }

    Refusal refusal() const noexcept { return refusal_; }

    //! What is wrong, as a sentence for people; empty unless refused.
    std::string_view words() const noexcept { return words_; }

private:
    enum class State : std::uint8_t {
        head,
        sized,        //!< a body of `left_` more bytes
        chunk_line,   //!< the line with a chunk's size
        chunk,        //!< a chunk of `left_` more bytes
        chunk_end,    //!< the CR LF behind it
        trailers,     //!< the header lines behind the last chunk, which nobody asked for
        until_close,  //!< a body that ends with the connection
        complete,
        failed,
    };

    //! A chunk's size has at most 16 digits; extensions, which nobody uses, may take the rest.
    static constexpr std::size_t max_chunk_line = 1024;

    //! One move of the machine: takes what it can use off `rest`; nothing if there is nothing to
    //! tell.
    std::optional<Step> take(std::string_view& rest) noexcept
    {
        switch (state_) {
        case State::head: return take_head(rest);
        case State::sized: return take_piece(rest, State::complete);
        case State::chunk_line: return take_chunk_line(rest);
        case State::chunk: return take_piece(rest, State::chunk_end);
        case State::chunk_end: return take_chunk_end(rest);
        case State::trailers: return take_trailer(rest);
        case State::until_close: return take_all(rest);
        case State::complete: return Step{Step::Kind::end};
        case State::failed: break;
        }
        return Step{Step::Kind::failed};
    }

    //! The head stays unconsumed until its empty line is there, so that it comes in one piece.
    std::optional<Step> take_head(std::string_view& rest) noexcept
    {
        constexpr auto beginning = ResponseHead::beginning;
        if (!rest.starts_with(beginning) && !beginning.starts_with(rest)) {
            return fail(Refusal::not_http, "the reply does not begin with HTTP/1");
        }
        while (auto const line = next_line(rest, head_left_)) {
            if (line->empty()) { return end_head(rest); }
            auto const complaint = head_.status() != 0 ? head_.read_header(*line)
                                                       : read_status(*line);
            if (!complaint.empty()) { return fail(Refusal::malformed, complaint); }
        }
        return waiting();
    }

    ResponseHead::Complaint read_status(std::string_view line) noexcept
    {
        first_header_ = line_;
        return head_.read_status(line);
    }

    //! Behind the empty line: an interim reply is dropped, the real one's header lines are told.
    std::optional<Step> end_head(std::string_view& rest) noexcept
    {
        auto const head = std::string_view{rest.data(), line_};
        auto const complaint = head.find('\0') == std::string_view::npos ? head_.contradiction()
                                                                         : "the head holds a NUL";
        if (!complaint.empty()) { return fail(Refusal::malformed, complaint); }
        head_left_ -= line_;
        drop_lines(rest);
        if (head_.status() < 200) {
            head_ = {};
            had_interim_ = true;
            return std::nullopt;
        }
        if (!begin_body()) { return waiting(); }
        return Step{.kind = Step::Kind::head,
            .bytes = {head.data() + first_header_, head.size() - first_header_ - 2}};
    }

    //! RFC 9112 section 6.3, in its order. False if the body is refused.
    bool begin_body() noexcept
    {
        keeps_alive_ = head_.keeps_alive();
        if (method_ == Method::head || head_.status() == 204 || head_.status() == 304) {
            state_ = State::complete;
        } else if (head_.is_chunked()) {
            state_ = State::chunk_line;
        } else if (head_.has_length()) {
            state_ = head_.length() == 0 ? State::complete : State::sized;
            return announce(head_.length());
        } else {
            state_ = State::until_close;
            keeps_alive_ = false;
        }
        return true;
    }

    //! The next `size` bytes are the body's. False if that is too much.
    bool announce(std::size_t size) noexcept
    {
        left_ = size;
        if (size > body_left_) {
            fail(Refusal::too_large, "the body exceeds its limit");
            return false;
        }
        body_left_ -= size;
        return true;
    }

    std::optional<Step> take_piece(std::string_view& rest, State then) noexcept
    {
        if (rest.empty()) { return Step{}; }
        auto const piece = std::string_view{rest.data(), std::min(rest.size(), left_)};
        rest.remove_prefix(piece.size());
        left_ -= piece.size();
        if (left_ == 0) { state_ = then; }
        return Step{.kind = Step::Kind::body, .bytes = piece};
    }

    std::optional<Step> take_all(std::string_view& rest) noexcept
    {
        if (!announce(rest.size())) { return waiting(); }
        return take_piece(rest, State::until_close);
    }

    //! `1a3`, or `1a3;extension`: blanks may follow the digits (RFC 9112 section 7.1.1).
    std::optional<Step> take_chunk_line(std::string_view& rest) noexcept
    {
        auto const line = next_line(rest, max_chunk_line);
        if (!line) { return waiting(); }
        auto size = std::size_t{0};
        auto const* const end = line->data() + line->size();
        auto const [parsed_to, fault] = std::from_chars(line->data(), end, size, 16);
        auto const* const behind = std::find_if(
            parsed_to, end, [](char c) { return c != ' ' && c != '\t'; });
        if (fault != std::errc{} || (behind != end && *behind != ';')) {
            return fail(Refusal::malformed, "a chunk does not begin with its size");
        }
        drop_lines(rest);
        state_ = size == 0 ? State::trailers : State::chunk;
        if (!announce(size)) { return waiting(); }
        return std::nullopt;
    }

    std::optional<Step> take_chunk_end(std::string_view& rest) noexcept
    {
        constexpr auto expected = std::string_view{"\r\n"};
        if (!expected.starts_with(rest.substr(0, expected.size()))) {
            return fail(Refusal::malformed, "a chunk is longer than the size it began with");
        }
        if (rest.size() < expected.size()) { return Step{}; }
        rest.remove_prefix(expected.size());
        state_ = State::chunk_line;
        return std::nullopt;
    }

    //! Trailers are read to their end and dropped: the connection stays usable. The v3 gateway of
    //! etcd 3.4 sends some with its errors.
    std::optional<Step> take_trailer(std::string_view& rest) noexcept
    {
        auto const line = next_line(rest, head_left_);
        if (!line) { return waiting(); }
        if (line->empty()) { state_ = State::complete; }
        head_left_ -= line_;
        drop_lines(rest);
        return std::nullopt;
    }

    //! The line at `line_` without its CR LF; nothing if it is not whole yet, or refused. Bytes
    //! that were searched are not searched again: a head that drips in costs no more than another.
    std::optional<std::string_view> next_line(std::string_view rest, std::size_t limit) noexcept
    {
        auto const* const end = find('\n', {rest.data() + seen_, rest.size() - seen_});
        seen_ = end != nullptr ? static_cast<std::size_t>(end - rest.data()) : rest.size();
        if (seen_ >= limit) {
            fail(Refusal::too_large, "the head, or a line between two chunks, exceeds its limit");
            return std::nullopt;
        }
        if (end == nullptr) { return std::nullopt; }
        auto const line = std::string_view{rest.data() + line_, seen_ - line_};
        if (line.empty() || find('\r', line) != end - 1) {
            fail(Refusal::malformed, "a line does not end with CR LF, or holds another CR");
            return std::nullopt;
        }
        line_ = ++seen_;
        return std::string_view{line.data(), line.size() - 1};
    }

    static char const* find(char wanted, std::string_view text) noexcept
    {
        return std::char_traits<char>::find(text.data(), text.size(), wanted);
    }

    void drop_lines(std::string_view& rest) noexcept
    {
        rest.remove_prefix(line_);
        line_ = seen_ = 0;
    }

    //! What there is to tell if there is no line, or no room.
    Step waiting() const noexcept
    {
        return {state_ == State::failed ? Step::Kind::failed : Step::Kind::more};
    }

    Step fail(Refusal refusal, std::string_view words) noexcept
    {
        state_ = State::failed;
        refusal_ = refusal;
        words_ = words;
        return {Step::Kind::failed};
    }

    ResponseHead head_ = {};
    std::size_t head_left_;         //!< how much more may come of heads and trailers
    std::size_t body_left_;         //!< how much more may be announced of the body
    std::size_t left_ = 0;          //!< how much is to come of the body or chunk
    std::size_t line_ = 0;          //!< where the line being read begins in the input
    std::size_t seen_ = 0;          //!< up to where its end has been looked for
    std::size_t first_header_ = 0;  //!< where the line behind the status line begins
    std::string_view words_ = {};
    Method method_;
    State state_ = State::head;
    Refusal refusal_ = Refusal::none;
    bool keeps_alive_ = false;
    bool had_interim_ = false;
};

}  // namespace etcdpp::http

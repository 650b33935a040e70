// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Fills a described object from the events of a JSON parser, and knows at which member it is.

#include "etcdpp/codec/json_shape.hpp"

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::detail {

//! Thrown through a parser to stop it; what was wrong is kept by the JsonFiller. A std::exception,
//! because Poco cleans up behind no others.
struct StopParsing : std::exception {
    char const* what() const noexcept override { return "the value does not fit"; }
};

//! Bytes that came from a server, in a form fit for a log.
inline std::string printable(std::string text)
{
    for (auto& c : text) {
        if (c < ' ' || c > '~') { c = '?'; }
    }
    return text;
}

//! Takes one event after the other and checks what a parser of syntax cannot: whether values fit
//! their members, and how deep they nest. An open array or object costs one Frame, one that nobody
//! wants costs a count: nothing here recurses over the input.
class JsonFiller {
public:
    //! Prepares for one text. @pre `root` is a new object
    void begin(Place root, std::size_t max_depth)
    {
        frames_.clear();
        unwanted_ = 0;
        max_depth_ = max_depth;
        next_ = root;
        fault_.clear();
    }

    void open_object() { open("an object", Shape::Kind::object, Shape::Kind::map); }
    void open_array() { open("an array", Shape::Kind::array, Shape::Kind::array); }

    void close()
    {
        if (unwanted_ != 0) {
            --unwanted_;
        } else {
            frames_.pop_back();
        }
    }

    void key(std::string_view name)
    {
        if (unwanted_ != 0) { return; }
        auto& frame = frames_.back();
        if (frame.shape->kind == Shape::Kind::map) {
            auto const entry = frame.shape->insert(frame.object, name);
            frame.name = entry.key;
            next_ = {entry.value, frame.shape->element};
        } else {
            next_ = find_member(frame, name);
        }
    }

    void null()
    {
        auto const place = take_place();
        auto const at_root = place.shape != nullptr && frames_.empty();
        if (at_root && place.shape->engage == nullptr) { stop("null", *place.shape); }
    }

    void scalar(Scalar const& value)
    {
        auto const place = take_place();
        if (place.shape == nullptr) { return; }
        auto const& shape = *place.shape;
        auto const stored = shape.store != nullptr && shape.store(engaged(place), value);
        if (!stored) { stop(kind_of(value), shape); }
    }

    //! Stops at a number that the parser cannot hand over.
    [[noreturn]] void refuse_number()
    {
        take_place();
        stop("holds a number that cannot be read exactly");
    }

    //! What was wrong, once StopParsing was thrown; else empty.
    std::string const& fault() const noexcept { return fault_; }

    //! Words for a text whose syntax is wrong, with the parser's own about the `fault`.
    std::string not_json(std::string const& fault) const
    {
        auto const member = path();
        return "not JSON" + (member.empty() ? "" : " behind " + member) + ": " + printable(fault);
    }

    //! The member that was named last, such as `node.nodes[3].key`, or what holds it if nobody
    //! described it; empty at the root. Of a long path only the end, so that words stay short.
    std::string path() const
    {
        constexpr auto longest = std::size_t{200};
        auto text = std::string{};
        for (auto const& frame : frames_) {
            if (frame.shape->kind != Shape::Kind::array) {
                text.append(text.empty() || frame.name.empty() ? "" : ".").append(frame.name);
            } else if (frame.position != 0) {
                text += '[' + std::to_string(frame.position - 1) + ']';
            }
        }
        if (text.size() > longest) { text.replace(0, text.size() - longest, "..."); }
        return printable(std::move(text));
    }

private:
    struct Frame {
        void* object;
        Shape const* shape;
        std::string_view name = {};  //!< of the member that was named last, if described
        std::size_t position = 0;    //!< right behind that member; in an array: elements so far
        std::uint64_t seen = 0;      //!< one bit for each member that was named
    };

    //! Where the value that begins now belongs: an array grows for it, anywhere else its key said.
    Place take_place()
    {
        if (unwanted_ != 0) { return {}; }
        if (frames_.empty() || frames_.back().shape->kind != Shape::Kind::array) { return next_; }
        auto& array = frames_.back();
        ++array.position;
        return {array.shape->append(array.object), array.shape->element};
    }

    static void* engaged(Place place)
    {
        return place.shape->engage != nullptr ? place.shape->engage(place.object) : place.object;
    }

    void open(std::string_view found, Shape::Kind fits, Shape::Kind fits_too)
    {
        auto const place = take_place();
        if (frames_.size() + unwanted_ >= max_depth_) {
            stop("is nested more than " + std::to_string(max_depth_) + " levels deep");
        }
        if (place.shape == nullptr) {
            ++unwanted_;
            return;
        }
        auto const kind = place.shape->kind;
        if (kind != fits && kind != fits_too) { stop(found, *place.shape); }
        auto* const object = engaged(place);
        if (place.shape->clear != nullptr) { place.shape->clear(object); }
        frames_.push_back({.object = object, .shape = place.shape});
    }

    static Place find_member(Frame& frame, std::string_view name)
    {
        auto const members = frame.shape->members;
        auto const position = position_of(name, members, frame.position);
        if (position == members.size()) {
            frame.name = {};
            return {};
        }
        auto const& member = members[position];
        auto const bit = std::uint64_t{1} << position;
        if ((frame.seen & bit) != 0) { member.reset(frame.object); }
        frame.seen |= bit;
        frame.name = member.name;
        frame.position = position + 1;
        return {member.find(frame.object), member.shape};
    }

    //! The first guess is the member behind the last one; `members.size()` if none has that name.
    static std::size_t position_of(
        std::string_view name, std::span<ShapeMember const> members, std::size_t guess)
    {
        if (guess < members.size() && members[guess].name == name) { return guess; }
        auto const found = std::ranges::find(members, name, &ShapeMember::name);
        return static_cast<std::size_t>(found - members.begin());
    }

    [[noreturn]] void stop(std::string_view found, Shape const& wanted)
    {
        stop("is " + std::string{found} + " and should be " + std::string{wanted.expected});
    }

    [[noreturn]] void stop(std::string const& what)
    {
        auto const member = path();
        fault_ = (member.empty() ? "the reply " : member + ' ') + what;
        throw StopParsing{};
    }

    static std::string kind_of(Scalar const& value)
    {
        auto const describe = [](auto const& found) -> std::string {
            using Found = std::remove_cvref_t<decltype(found)>;
            if constexpr (std::same_as<Found, bool>) { return found ? "true" : "false"; }
            if constexpr (std::same_as<Found, double>) { return "a fraction"; }
            if constexpr (std::same_as<Found, std::string_view>) { return "a string"; }
            if constexpr (whole_number<Found>) { return std::to_string(found); }
        };
        return std::visit(describe, value);
    }

    std::vector<Frame> frames_;
    std::size_t unwanted_ = 0;  //!< open arrays and objects that no member asked for
    std::size_t max_depth_ = 0;
    Place next_;  //!< of the value behind the key that came last, or the root
    std::string fault_;
};

}  // namespace etcdpp::detail

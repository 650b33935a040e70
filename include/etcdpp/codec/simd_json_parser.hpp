// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! simdjson's on-demand parser, led through every value of a text for a JsonFiller.

#include "etcdpp/codec/json_filler.hpp"
#include "etcdpp/codec/json_reader.hpp"

#if !__has_include(<simdjson.h>)
#error "SimdJson needs simdjson 3.0 or newer: apt-get install libsimdjson-dev, link with -lsimdjson"
#endif
#include <algorithm>
#include <cstddef>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <simdjson.h>

namespace etcdpp::detail {

//! simdjson looks at a value when asked for it, and skips the others by counting brackets. So each
//! is asked for here, wanted or not: then nothing that is not JSON gets through.
class SimdJsonParser final : public JsonReader {
public:
    std::optional<std::string> read(
        std::string_view text, Place root, std::size_t max_depth) override
    {
        try {
            filler_.begin(root, max_depth);
            parse(text, max_depth);
            return std::nullopt;
        } catch (std::bad_alloc const&) {
            throw;
        } catch (StopParsing const&) {
            return filler_.fault();
        } catch (simdjson::simdjson_error const& fault) {
            return filler_.not_json(words_of(fault.error()));
        } catch (std::exception const& fault) {  // of a TextForm
            return filler_.not_json(fault.what());
        }
    }

    std::size_t capacity() const noexcept override { return text_.capacity(); }

private:
    using Value = simdjson::ondemand::value;

    //! An array or object of which some children are still to come.
    struct Open {
        std::variant<simdjson::ondemand::array_iterator, simdjson::ondemand::object_iterator> child;
        bool begun = false;
    };

    void parse(std::string_view text, std::size_t max_depth)
    {
        wrap(text);
        if (parser_.capacity() < text_.size()) {
            // The depth only matters where simdjson checks its own use, in unoptimised builds.
            auto const deepest = std::min(max_depth, text_.capacity()) + 4;
            check(parser_.allocate(text_.capacity(), deepest));
        }
        auto const length = text_.size() - simdjson::SIMDJSON_PADDING;
        auto document = parser_.iterate(text_.data(), length, text_.size()).value();
        auto values = document.get_array().value();
        walk(values.begin().value());
        auto rest = document.current_location();
        if (rest.error() != simdjson::SUCCESS) { check(simdjson::INCOMPLETE_ARRAY_OR_OBJECT); }
        if (rest.value() != &text_[length - 1]) { check(simdjson::TRAILING_CONTENT); }
    }

    //! Between brackets a text of one number is an array like any other. simdjson reads other
    //! values by other functions where they are the whole text, and 3.0 takes `nullx` for null.
    void wrap(std::string_view text)
    {
        text_.clear();
        text_.reserve(text.size() + 2 + simdjson::SIMDJSON_PADDING);
        text_.append(1, '[').append(text).append(1, ']');
        text_.append(simdjson::SIMDJSON_PADDING, ' ');
    }

    //! Through the first value between the brackets, up to what follows it.
    void walk(simdjson::ondemand::array_iterator wrapped)
    {
        if (is_over(wrapped)) { check(simdjson::EMPTY); }
        open_.clear();
        take(*wrapped);
        while (!open_.empty()) {
            auto& innermost = open_.back();
            auto const begun = std::exchange(innermost.begun, true);
            std::visit([&](auto& child) { go_on(child, begun); }, innermost.child);
        }
    }

    template <class Iterator>
    void go_on(Iterator& child, bool begun)
    {
        if (begun) { ++child; }
        if (is_over(child)) {
            open_.pop_back();
            filler_.close();
        } else {
            take(*child);
        }
    }

    //! An iterator of simdjson differs from every other one as long as there is a child to come.
    template <class Iterator>
    static bool is_over(Iterator const& child)
    {
        return child == Iterator{};
    }

    void take(simdjson::simdjson_result<simdjson::ondemand::field> field)
    {
        filler_.key(field.unescaped_key().value());
        take(field.value());
    }

    void take(simdjson::simdjson_result<Value> child)
    {
        using simdjson::ondemand::json_type;
        auto& value = child.value();
        switch (value.type().value()) {
        case json_type::object:
            filler_.open_object();
            open_.push_back({value.get_object().value().begin().value()});
            break;
        case json_type::array:
            filler_.open_array();
            open_.push_back({value.get_array().value().begin().value()});
            break;
        case json_type::string: filler_.scalar(value.get_string().value()); break;
        case json_type::number: take_number(value); break;
        case json_type::boolean: filler_.scalar(value.get_bool().value()); break;
        case json_type::null:
            check(value.is_null().error());
            filler_.null();
            break;
        default: check(simdjson::TAPE_ERROR);  // newer versions know of more
        }
    }

    //! Not by get_number(), which in 3.0 reads 0 where a fraction has too many digits.
    void take_number(Value& value)
    {
        if (!value.is_integer().value()) {
            filler_.scalar(value.get_double().value());
        } else if (auto whole = value.get_int64(); whole.error() == simdjson::SUCCESS) {
            filler_.scalar(whole.value());
        } else if (auto large = value.get_uint64(); large.error() == simdjson::SUCCESS) {
            filler_.scalar(large.value());
        } else {
            filler_.refuse_number();
        }
    }

    static void check(simdjson::error_code code)
    {
        if (code == simdjson::MEMALLOC) { throw std::bad_alloc{}; }
        if (code != simdjson::SUCCESS) { throw simdjson::simdjson_error{code}; }
    }

    static std::string words_of(simdjson::error_code code)
    {
        switch (code) {
        case simdjson::EMPTY: return "there is no value";
        case simdjson::INCOMPLETE_ARRAY_OR_OBJECT: return "the text ends too early";
        case simdjson::TRAILING_CONTENT: return "something follows the value";
        case simdjson::TAPE_ERROR: return "a comma, colon, bracket or name is missing or too much";
        case simdjson::INCORRECT_TYPE: return "neither true nor false nor null";
        case simdjson::NUMBER_ERROR: return "no number, or one that no double can hold";
        default: return simdjson::error_message(code);
        }
    }

    JsonFiller filler_;
    simdjson::ondemand::parser parser_;
    std::string text_;
    std::vector<Open> open_;  //!< from the outermost to the innermost
};

template <class Codec>
std::unique_ptr<JsonReader> make_simd_json_reader()
{
    return std::make_unique<SimdJsonParser>();
}

}  // namespace etcdpp::detail

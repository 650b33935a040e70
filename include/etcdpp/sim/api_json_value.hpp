// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Reads the JSON that clients send about members, users and roles.

#include "etcdpp/sim/api_form.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace etcdpp::sim {

//! Numbers are of no use here, and stay text.
struct JsonValue {
    using List = std::vector<JsonValue>;
    using Object = std::vector<std::pair<std::string, JsonValue>>;

    std::variant<std::monostate, bool, std::string, List, Object> value = {};

    //! A member of an object; null if there is none of that name, or this is no object.
    JsonValue const* find(std::string_view name) const
    {
        auto const* const object = std::get_if<Object>(&value);
        if (object == nullptr) { return nullptr; }
        for (auto const& [key, member] : *object) {
            if (key == name) { return &member; }
        }
        return nullptr;
    }

    std::string text(std::string_view name) const
    {
        auto const* const member = find(name);
        auto const* const text = member != nullptr ? std::get_if<std::string>(&member->value)
                                                   : nullptr;
        return text != nullptr ? *text : std::string{};
    }

    //! The strings of a list; none if there is no such list.
    std::vector<std::string> texts(std::string_view name) const
    {
        auto const* const member = find(name);
        auto const* const list = member != nullptr ? std::get_if<List>(&member->value) : nullptr;
        auto texts = std::vector<std::string>{};
        if (list == nullptr) { return texts; }
        for (auto const& each : *list) {
            if (auto const* const text = std::get_if<std::string>(&each.value)) {
                texts.push_back(*text);
            }
        }
        return texts;
    }
};

//! Recursive descent; a document deeper than 64 levels is refused.
class JsonReader {
public:
    static std::optional<JsonValue> read(std::string_view text)
    {
        auto reader = JsonReader{text};
        auto value = reader.value(0);
        reader.skip_blanks();
        return reader.rest_.empty() ? std::move(value) : std::nullopt;
    }

private:
    explicit JsonReader(std::string_view text) noexcept : rest_{text} {}

    std::optional<JsonValue> value(int depth)
    {
        skip_blanks();
        if (depth == 64) { return std::nullopt; }
        if (take("{")) { return object(depth); }
        if (take("[")) { return list(depth); }
        if (rest_.starts_with('"')) {
            auto text = string();
            return text ? std::optional{JsonValue{*std::move(text)}} : std::nullopt;
        }
        if (take("true")) { return JsonValue{true}; }
        if (take("false")) { return JsonValue{false}; }
        if (take("null")) { return JsonValue{}; }
        auto const size = std::min(rest_.find_first_not_of("+-.0123456789eE"), rest_.size());
        if (size == 0) { return std::nullopt; }
        auto number = JsonValue{std::string{rest_.substr(0, size)}};
        rest_.remove_prefix(size);
        return number;
    }

    std::optional<JsonValue> object(int depth)
    {
        auto members = JsonValue::Object{};
        for (skip_blanks(); !take("}"); skip_blanks()) {
            if (!members.empty() && !take(",")) { return std::nullopt; }
            skip_blanks();
            auto name = string();
            skip_blanks();
            if (!name || !take(":")) { return std::nullopt; }
            auto member = value(depth + 1);
            if (!member) { return std::nullopt; }
            members.emplace_back(*std::move(name), *std::move(member));
        }
        return JsonValue{std::move(members)};
    }

    std::optional<JsonValue> list(int depth)
    {
        auto elements = JsonValue::List{};
        for (skip_blanks(); !take("]"); skip_blanks()) {
            if (!elements.empty() && !take(",")) { return std::nullopt; }
            auto element = value(depth + 1);
            if (!element) { return std::nullopt; }
            elements.push_back(*std::move(element));
        }
        return JsonValue{std::move(elements)};
    }

    std::optional<std::string> string()
    {
        if (!take("\"")) { return std::nullopt; }
        auto text = std::string{};
        while (!rest_.empty() && rest_.front() != '"') {
            if (!take("\\")) {
                text += rest_.front();
                rest_.remove_prefix(1);
            } else if (!escape(text)) {
                return std::nullopt;
            }
        }
        return take("\"") ? std::optional{std::move(text)} : std::nullopt;
    }

    bool escape(std::string& text)
    {
        constexpr auto names = std::string_view{"\"\\/bfnrt"};
        constexpr auto meanings = std::string_view{"\"\\/\b\f\n\r\t"};
        if (rest_.empty()) { return false; }
        auto const name = rest_.front();
        rest_.remove_prefix(1);
        if (auto const which = names.find(name); which != std::string_view::npos) {
            text += meanings[which];
            return true;
        }
        if (name != 'u' || rest_.size() < 4) { return false; }
        auto point = 0U;
        for (auto i = std::size_t{0}; i != 4; ++i) {
            auto const digit = hex_digit(rest_[i]);
            if (digit < 0) { return false; }
            point = point * 16 + static_cast<unsigned>(digit);
        }
        rest_.remove_prefix(4);
        append_utf8(text, point);
        return true;
    }

    //! Of the basic plane: half a surrogate pair is kept as it is, for nobody sends one here.
    static void append_utf8(std::string& text, unsigned point)
    {
        auto const add = [&text](unsigned byte) { text += static_cast<char>(byte); };
        if (point < 0x80) { return add(point); }
        if (point < 0x800) {
            add(0xc0U | point >> 6U);
        } else {
            add(0xe0U | point >> 12U);
            add(0x80U | (point >> 6U & 0x3fU));
        }
        add(0x80U | (point & 0x3fU));
    }

    bool take(std::string_view token)
    {
        if (!rest_.starts_with(token)) { return false; }
        rest_.remove_prefix(token.size());
        return true;
    }

    void skip_blanks()
    {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
    }

    std::string_view rest_;
};

}  // namespace etcdpp::sim

// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Texts that are JSON, or almost: replies of etcd and values made up at random, whole and damaged.

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace etcdpp::tests {

//! The same seed gives the same texts.
class JsonTexts {
public:
    explicit JsonTexts(std::uint32_t seed) : dice_{seed} {}

    //! Half of them are whole.
    std::string next()
    {
        auto text = one_in(2) ? std::string{pick(replies)} : value(4);
        for (auto damages = below(4); damages > 1; --damages) { damage(text); }
        return text;
    }

private:
    using Words = std::span<std::string_view const>;

    std::size_t below(std::size_t bound) { return dice_() % bound; }
    bool one_in(std::size_t chances) { return below(chances) == 0; }
    std::string_view pick(Words words) { return words[below(words.size())]; }

    std::string value(std::size_t depth)
    {
        switch (below(depth == 0 ? 4 : 8)) {
        case 0: return std::string{pick(literals)};
        case 1: return number();
        case 2:
        case 3: return string();
        case 4:
        case 5: return array(depth);
        default: return object(depth);
        }
    }

    std::string array(std::size_t depth)
    {
        auto text = std::string{"["};
        for (auto n = below(4); n != 0; --n) {
            text += space();
            text += value(depth - 1);
            text += space();
            text += n == 1 ? "" : ",";
        }
        return text + ']';
    }

    std::string object(std::size_t depth)
    {
        auto text = std::string{"{"};
        for (auto n = below(5); n != 0; --n) {
            text += space();
            text += one_in(4) ? string() : '"' + std::string{pick(names)} + '"';
            text += space();
            text += ':';
            text += space();
            text += value(depth - 1);
            text += n == 1 ? "" : ",";
        }
        return text + '}';
    }

    std::string number()
    {
        if (one_in(50)) { return std::string{pick(no_numbers)}; }
        if (one_in(2)) { return std::string{pick(numbers)}; }
        auto text = std::string{one_in(2) ? "-" : ""};
        text += one_in(4) ? "0" : digits(19);
        if (one_in(3)) { text += '.' + digits(17); }
        if (one_in(3)) { (text += pick(exponents)) += digits(3); }
        return text;
    }

    std::string digits(std::size_t most)
    {
        auto text = std::string(1, static_cast<char>('1' + below(9)));
        for (auto n = below(most); n != 0; --n) { text += static_cast<char>('0' + below(10)); }
        return text;
    }

    std::string string()
    {
        auto text = std::string{'"'};
        for (auto n = below(5); n != 0; --n) {
            text += pick(one_in(50) ? Words{no_characters} : Words{characters});
        }
        return text + '"';
    }

    std::string space()
    {
        if (one_in(200)) { return std::string{pick(no_spaces)}; }
        return one_in(8) ? std::string{pick(spaces)} : "";
    }

    void damage(std::string& text)
    {
        auto const at = below(text.size() + 1);
        auto const size = one_in(2) ? 1 : below(20);
        switch (below(6)) {
        case 0: text.erase(at, size); break;
        case 1: text.insert(at, text.substr(below(text.size() + 1), size)); break;
        case 2: text.resize(at); break;
        case 3: text.insert(at, 1, static_cast<char>(below(256))); break;
        case 4:
            if (at != text.size()) { text[at] = static_cast<char>(below(256)); }
            break;
        default: text.insert(at, pick(pieces)); break;
        }
    }

    static constexpr std::string_view replies[] = {
        R"({"action":"get","node":{"key":"/foo","value":"bar","modifiedIndex":5,)"
        R"("createdIndex":4}})"
        "\n",
        R"({"action":"set","node":{"key":"/a","value":"\u003ca\u003e","expiration":)"
        R"("2026-11-21T00:21:22.609836832Z","ttl":100,"modifiedIndex":7,"createdIndex":7},)"
        R"("prevNode":{"key":"/a","value":"\ud83d\ude00","modifiedIndex":6,"createdIndex":6}})"
        "\n",
        R"({"action":"get","node":{"dir":true,"nodes":[{"key":"/q","dir":true,"nodes":[)"
        R"({"key":"/q/1","value":"","modifiedIndex":8,"createdIndex":8}],"modifiedIndex":7,)"
        R"("createdIndex":7},{"key":"/b","value":"two","modifiedIndex":9,"createdIndex":9}]}})",
        R"({"errorCode":100,"message":"Key not found","cause":"/foo","index":10})",
        R"({"tiny":-7,"huge":18446744073709551615,"signedHuge":-9007199254740991,)"
        R"("fraction":0.25,"truth":false,"text":"t","list":["a","b"],"counts":{"a":1},)"
        R"("numbers":[1,-2]})",
        R"([0,1.5,-2e3,18446744073709551615,null])",
        R"({"a":"b","c":null,"d":"\u00e4"})",
    };
    static constexpr std::string_view literals[] = {"null", "true", "false"};
    static constexpr std::string_view names[] = {"action", "node", "prevNode", "key", "value",
        "dir", "nodes", "ttl", "modifiedIndex", "expiration", "tiny", "huge", "signedHuge",
        "fraction", "truth", "text", "list", "counts", "numbers", "unknown", "", "k\\u0065y"};
    static constexpr std::string_view numbers[] = {"0", "-0", "1", "-1", "127", "128", "-128",
        "-129", "9007199254740991", "9007199254740993", "-9007199254740991", "-9007199254740992",
        "-9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "-9223372036854775809", "18446744073709551615", "18446744073709551616",
        "18446744073709551617", "100000000000000000000", "1e308", "1e309", "-1e400", "1e-400",
        "5e-324", "0e999", "0.1", "2.2250738585072011e-308", "1.7976931348623157e308",
        "1.7976931348623159e308", "0.30000000000000004", "1E5", "1e+5", "-0.0"};
    static constexpr std::string_view no_numbers[] = {
        "01", "-01", "1.", ".5", "+1", "-", "1e", "1e+", "0x1", "1_0", "1.2.3", "--1"};
    static constexpr std::string_view exponents[] = {"e", "E", "e+", "e-"};
    static constexpr std::string_view characters[] = {"a", "/", " ", "\\n", "\\\"", "\\\\", "\\/",
        "\\u0041", "\\u00E4", "\\ud83d\\ude00", "\\uFFFF", "\\u0000", "\u00e4", "\u20ac",
        "\U0001F600", "\x7f", "[", "]", "{", "}", ",", ":", "get"};
    static constexpr std::string_view no_characters[] = {"\\ud83d", "\\ude00", "\\ud83d\\n",
        "\\ud83d\\u0041", "\\u12", "\\u12g4", "\\x41", "\x80", "\xc3", "\xc0\xaf", "\xed\xa0\x80",
        "\xf4\x90\x80\x80", "\xff", "\n", "\x01"};
    static constexpr std::string_view spaces[] = {" ", "\n", "\t", "\r\n", "  "};
    static constexpr std::string_view no_spaces[] = {"\f", "\v", "\u00a0", "\x1a", "\x7f"};
    static constexpr std::string_view pieces[] = {"[", "]", "{", "}", ",", ":", "\"", "\\", "null",
        "true", "-", "0", "1e", ".", " ", "\n", "\\u", "\\ud83d", "/**/", "//", "'", "\xef\xbb\xbf",
        "NaN", "Infinity", "\f", "\x1a", "{}", "[]", "\"\"", ",null", ",\"key\":1"};

    std::mt19937 dice_;
};

}  // namespace etcdpp::tests

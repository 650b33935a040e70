// SPDX-License-Identifier: BSL-1.0
#pragma once

//! @file
//! Poco's JSON parser with the events of one text led to a JsonFiller, made once and used again.

#include "etcdpp/codec/json_filler.hpp"
#include "etcdpp/codec/json_reader.hpp"

#include <Poco/Exception.h>
#include <Poco/JSON/Handler.h>
#include <Poco/JSON/Parser.h>
#include <Poco/SharedPtr.h>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace etcdpp::detail {

//! Hands Poco's events on, but for the integers that Poco 1.11 misreads.
class PocoJsonEvents final : public Poco::JSON::Handler {
public:
    JsonFiller filler;

    void reset() override {}
    void startObject() override { filler.open_object(); }
    void endObject() override { filler.close(); }
    void startArray() override { filler.open_array(); }
    void endArray() override { filler.close(); }
    void key(std::string const& name) override { filler.key(name); }
    void null() override { filler.null(); }
    void value(int number) override { filler.scalar(std::int64_t{number}); }
    void value(unsigned number) override { filler.scalar(std::uint64_t{number}); }
    void value(std::string const& text) override { filler.scalar(std::string_view{text}); }
    void value(double number) override { filler.scalar(number); }
    void value(bool truth) override { filler.scalar(truth); }

    //! Poco computes negative integers in a double, which is exact above -2^53 only.
    void value(Poco::Int64 number) override
    {
        constexpr auto first_exact = -(std::int64_t{1} << 53U) + 1;
        if (number < first_exact) { filler.refuse_number(); }
        filler.scalar(std::int64_t{number});
    }

    //! Called where 63 bits do not suffice, so a small number is what is left of one above 2^64.
    void value(Poco::UInt64 number) override
    {
        if (number >> 63U == 0) { filler.refuse_number(); }
        filler.scalar(std::uint64_t{number});
    }
};

class PocoJsonParser final : public JsonReader {
public:
    PocoJsonParser() : events_{Poco::makeShared<PocoJsonEvents>()}, parser_{events_} {}

    std::optional<std::string> read(
        std::string_view text, Place root, std::size_t max_depth) override
    {
        auto& filler = events_->filler;
        if (text.find('\xff') != std::string_view::npos) {  // Poco takes it for the end of the text
            return "not JSON: invalid UTF-8 character";
        }
        try {
            filler.begin(root, max_depth);
            parser_.setDepth(max_depth);
            text_.assign(text);
            parser_.parse(text_);
            return std::nullopt;
        } catch (std::bad_alloc const&) {
            throw;
        } catch (StopParsing const&) {
            return filler.fault();
        } catch (Poco::Exception const& fault) {
            return filler.not_json(fault.message());
        } catch (std::exception const& fault) {
            return filler.not_json(fault.what());
        }
    }

    std::size_t capacity() const noexcept override { return text_.capacity(); }

private:
    Poco::SharedPtr<PocoJsonEvents> events_;
    Poco::JSON::Parser parser_;
    std::string text_;
};

template <class Codec>
std::unique_ptr<JsonReader> make_poco_json_reader()
{
    return std::make_unique<PocoJsonParser>();
}

}  // namespace etcdpp::detail

#include "shared/base/json.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "shared/base/text.hpp"

namespace ventanilla {
namespace {

// Builds a Json while refusing what a plain parse would let through: depth, and a key twice.
class BoundedReader final : public nlohmann::json_sax<Json> {
  public:
    Json result;
    std::string complaint;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return refuse("binary"); }
    bool start_object(std::size_t) override { return open(Json::object()); }
    bool start_array(std::size_t) override { return open(Json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override {
        if (open_.back()->contains(name)) return refuse("a key stands twice");
        key_ = std::move(name);
        return true;
    }

    bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
        return refuse(concat("malformed at byte ", at));
    }

  private:
    bool refuse(std::string why) {
        complaint = std::move(why);
        return false;
    }

    Json* place(Json value) {
        if (open_.empty()) {
            result = std::move(value);
            return &result;
        }
        Json& parent = *open_.back();
        if (parent.is_array()) {
            parent.push_back(std::move(value));
            return &parent.back();
        }
        Json& slot = parent[key_];
        slot = std::move(value);
        return &slot;
    }

    bool put(Json value) {
        place(std::move(value));
        return true;
    }

    bool open(Json value) {
        if (open_.size() >= limits::kJsonDepthMax) return refuse("nested too deeply");
        open_.push_back(place(std::move(value)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    std::vector<Json*> open_;
    std::string key_;
};

Error wrong(std::string_view key, std::string_view wanted) {
    return invalid(concat(key, ": ", wanted, " expected"), std::string(key));
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t bytes_max) {
    if (text.size() > bytes_max) return Error{Errc::TooLarge, "JSON over its limit", {}};
    if (!is_utf8(text)) return invalid("JSON is not UTF-8");
    BoundedReader reader;
    if (!Json::sax_parse(text.begin(), text.end(), &reader, Json::input_format_t::json, true))
        return invalid(concat("JSON ", reader.complaint));
    return std::move(reader.result);
}

std::string dump_json(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const Json& member(const Json& object, std::string_view key) {
    static const Json kNull;
    if (!object.is_object()) return kNull;
    const auto found = object.find(std::string(key));
    return found == object.end() ? kNull : *found;
}

Result<std::string> text_at(const Json& object, std::string_view key, std::size_t bytes_max) {
    const Json& value = member(object, key);
    if (!value.is_string()) return wrong(key, "text");
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() > bytes_max) return invalid(concat(key, ": too long"), std::string(key));
    return text;
}

Result<std::int64_t> int_at(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX)
        return wrong(key, "smaller number");
    if (!value.is_number_integer()) return wrong(key, "whole number");
    return value.get<std::int64_t>();
}

Result<std::uint64_t> uint_at(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    // Values built in memory are signed when they came from an int; only the sign matters.
    if (!value.is_number_integer()) return wrong(key, "whole number");
    if (!value.is_number_unsigned() && value.get<std::int64_t>() < 0)
        return wrong(key, "number from 0");
    return value.get<std::uint64_t>();
}

Result<bool> bool_at(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (!value.is_boolean()) return wrong(key, "true or false");
    return value.get<bool>();
}

Result<Id> id_at(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (!value.is_string()) return wrong(key, "id");
    Result<Id> id = parse_id(value.get_ref<const std::string&>());
    if (!id) return wrong(key, "id of 32 hex digits");
    return id;
}

Result<Instant> instant_at(const Json& object, std::string_view key) {
    const std::int64_t ms = TRY(int_at(object, key));
    // Years 1970 to 9999: beyond it calendar arithmetic has no meaning.
    if (ms < 0 || ms > 253'402'300'799'999) return wrong(key, "time between 1970 and 9999");
    return from_ms(ms);
}

Result<Json> object_at(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (!value.is_object()) return wrong(key, "object");
    return value;
}

Result<Json> array_at(const Json& object, std::string_view key) {
    const Json& value = member(object, key);
    if (!value.is_array()) return wrong(key, "list");
    return value;
}

Error invalid_member(std::string_view key, std::string_view what) {
    return invalid(concat(key, ": ", what), std::string(key));
}

std::string text_or(const Json& object, std::string_view key, std::string_view fallback) {
    const Json& value = member(object, key);
    return value.is_string() ? value.get<std::string>() : std::string(fallback);
}

std::int64_t int_or(const Json& object, std::string_view key, std::int64_t fallback) {
    return int_at(object, key).value_or(fallback);
}

bool bool_or(const Json& object, std::string_view key, bool fallback) {
    return bool_at(object, key).value_or(fallback);
}

Id id_or_nil(const Json& object, std::string_view key) { return id_at(object, key).value_or(Id{}); }

Status only_keys(const Json& object, std::initializer_list<std::string_view> known) {
    if (!object.is_object()) return invalid("object expected");
    for (const auto& [key, value] : object.items())
        if (std::find(known.begin(), known.end(), key) == known.end())
            return invalid(concat(key, ": unknown"), key);
    return ok();
}

}  // namespace ventanilla

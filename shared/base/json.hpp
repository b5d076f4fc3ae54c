#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "shared/base/id.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"

// JSON that cannot hurt: bounded in size and depth, UTF-8 only, no key twice, no exceptions. Values are
// read with the functions below, which answer with an Error that names the field; nlohmann's own at() and
// get() abort on a wrong type in the portal, so nothing but this file's .cpp calls them on foreign data.

namespace ventanilla {

using Json = nlohmann::json;

// Errors: TooLarge over `bytes_max`; Invalid when malformed, deeper than limits::kJsonDepthMax, not UTF-8,
// with a key twice in one object, or with anything after the value. Source: RFC 8259.
Result<Json> parse_json(std::string_view text, std::size_t bytes_max = limits::kJsonBytesMax);

// Compact, keys in order: the same value always gives the same bytes, so that they can be hashed.
std::string dump_json(const Json& value);

// Typed reads of the member `key` of `object`. Errors: Invalid with `field` = key, when `object` is no
// object, the member is missing, of another type, or over its bound.
Result<std::string> text_at(const Json& object, std::string_view key,
                            std::size_t bytes_max = limits::kFieldBytesMax);
Result<std::int64_t> int_at(const Json& object, std::string_view key);
Result<std::uint64_t> uint_at(const Json& object, std::string_view key);
Result<bool> bool_at(const Json& object, std::string_view key);
Result<Id> id_at(const Json& object, std::string_view key);
Result<Instant> instant_at(const Json& object, std::string_view key);  // milliseconds since 1970, UTC
Result<Json> object_at(const Json& object, std::string_view key);
Result<Json> array_at(const Json& object, std::string_view key);

// The member, or null when it is not there. Never fails; the answer lives as long as `object`.
const Json& member(const Json& object, std::string_view key);
inline bool has(const Json& object, std::string_view key) { return !member(object, key).is_null(); }

// The member when it is there and of that type, otherwise the fallback: for fields that may be absent in
// data of an older version, never for what a person sent.
// Invalid, of the member `key`: "key: what".
Error invalid_member(std::string_view key, std::string_view what);

std::string text_or(const Json& object, std::string_view key, std::string_view fallback = {});
std::int64_t int_or(const Json& object, std::string_view key, std::int64_t fallback = 0);
bool bool_or(const Json& object, std::string_view key, bool fallback = false);
Id id_or_nil(const Json& object, std::string_view key);

// Errors: Invalid with `field` = the first key of `object` that is not among `known`. Commands are checked
// with it so that no extra argument slips through. Source: ASVS 15.3.3.
Status only_keys(const Json& object, std::initializer_list<std::string_view> known);

}  // namespace ventanilla

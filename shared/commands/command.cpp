#include "shared/commands/command.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::commands {
namespace {

constexpr std::size_t kNameBytesMax = 100;  // types, lanes, boot ids
constexpr std::size_t kDepsMax = 32;
constexpr std::size_t kBaseMax = 32;

Json to_json(const Created& created) {
    return {{"wall_ms", to_ms(created.wall)},
            {"mono_ms", created.mono_ms},
            {"boot", created.boot},
            {"off_ms", created.offset_ms}};
}

// Clocks inform only, so what is missing or absurd becomes zero rather than an error: nobody's
// request is refused because a device's battery was empty.
Created created_from(const Json& value) {
    Created created;
    created.wall = instant_at(value, "wall_ms").value_or(Instant{});
    created.mono_ms = int_or(value, "mono_ms");
    created.boot = std::string(cut_utf8(text_or(value, "boot"), kNameBytesMax));
    created.offset_ms = int_or(value, "off_ms");
    return created;
}

Result<std::vector<Id>> deps_from(const Json& value) {
    std::vector<Id> deps;
    if (!has(value, "deps")) return deps;
    const Json list = TRY(array_at(value, "deps"));
    if (list.size() > kDepsMax) return invalid("deps: too many", "deps");
    for (const Json& entry : list) {
        const Result<Id> id =
            entry.is_string() ? parse_id(entry.get_ref<const std::string&>()) : Errc::Invalid;
        if (!id) return invalid("deps: ids expected", "deps");
        deps.push_back(*id);
    }
    return deps;
}

Result<std::map<std::string, std::uint64_t>> base_from(const Json& value) {
    std::map<std::string, std::uint64_t> base;
    if (!has(value, "base")) return base;
    const Json versions = TRY(object_at(value, "base"));
    if (versions.size() > kBaseMax) return invalid("base: too many", "base");
    for (const auto& [key, version] : versions.items()) {
        const Result<std::uint64_t> number = uint_at(versions, key);
        if (!number || !domain::parse_row_ref(key))
            return invalid("base: versions of rows expected", "base");
        base.emplace(key, *number);
    }
    return base;
}

}  // namespace

Json to_json(const Command& command) {
    Json deps = Json::array();
    for (const Id& dep : command.deps)
        deps.push_back(to_text(dep));
    Json base = Json::object();
    for (const auto& [key, version] : command.base)
        base[key] = version;
    return {{"cmd_id", to_text(command.cmd_id)},
            {"type", command.type},
            {"tv", command.type_version},
            {"args", command.args},
            {"lane", command.lane},
            {"deps", std::move(deps)},
            {"base", std::move(base)},
            {"created", to_json(command.created)}};
}

Result<Command> command_from_json(const Json& value) {
    if (dump_json(value).size() > limits::kCommandBytesMax)
        return Error{Errc::TooLarge, "command over its limit", {}};
    Command command;
    command.cmd_id = TRY(id_at(value, "cmd_id"));
    if (is_nil(command.cmd_id)) return invalid("cmd_id: nil", "cmd_id");
    command.type = TRY(text_at(value, "type", kNameBytesMax));
    const std::int64_t version = has(value, "tv") ? TRY(int_at(value, "tv")) : 1;
    if (version < 1 || version > 1'000) return invalid("tv: 1 to 1000 expected", "tv");
    command.type_version = static_cast<int>(version);
    command.args = TRY(object_at(value, "args"));
    command.lane = has(value, "lane") ? TRY(text_at(value, "lane", kNameBytesMax)) : std::string{};
    command.deps = TRY(deps_from(value));
    command.base = TRY(base_from(value));
    command.created = created_from(member(value, "created"));
    return command;
}

}  // namespace ventanilla::commands

#include "server/admin/plays.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/admin/tasks.hpp"
#include "server/store/changes.hpp"
#include "server/store/push.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/row.hpp"

namespace ventanilla::admin {
namespace {

using domain::RowType;

constexpr std::int64_t kMinutesMost = 60LL * 24 * 400;
constexpr std::size_t kStepsMost = 1'000;
constexpr Millis kLookEvery{200};

// ---- Reading

Error at_step(std::size_t index, const std::string& what) {
    return invalid(concat("step ", index + 1, ": ", what));
}

Result<std::vector<std::string>> people_of(const Json& as) {
    std::vector<std::string> people;
    if (as.is_string()) people.push_back(as.get<std::string>());
    if (as.is_array()) {
        for (const Json& one : as) {
            if (!one.is_string()) return invalid("\"as\" is a login or a list of logins");
            people.push_back(one.get<std::string>());
        }
    }
    if (people.empty()) return invalid("nobody takes it: \"as\" is missing");
    return people;
}

Result<std::int64_t> minutes_at(const Json& step, std::string_view key) {
    const std::int64_t minutes = TRY(int_at(step, key));
    if (minutes < -kMinutesMost || minutes > kMinutesMost)
        return invalid(concat(key, ": no day is that long"));
    return minutes;
}

Result<PlayStep> step_from_json(const Json& json) {
    TRY(only_keys(json, {"at_min", "as", "do", "args", "name", "made_min", "wait_for", "note"}));
    PlayStep step;
    step.at_min = TRY(minutes_at(json, "at_min"));
    if (has(json, "note")) step.note = TRY(domain::l10n_from_json(json["note"]));
    if (has(json, "wait_for")) {
        const std::string what = text_or(json, "wait_for");
        if (what != "server_gone" && what != "server_back")
            return invalid("\"wait_for\" is server_gone or server_back");
        step.await = what == "server_gone" ? Await::ServerGone : Await::ServerBack;
        return step;
    }
    step.people = TRY(people_of(member(json, "as")));
    step.type = TRY(text_at(json, "do", limits::kFormKeyBytesMax));
    if (has(json, "args")) step.args = json["args"];
    if (!step.args.is_object()) return invalid("\"args\" is an object");
    step.name = text_or(json, "name");
    if (!step.name.empty() && step.people.size() > 1)
        return invalid("what several people make has no one name");
    if (has(json, "made_min")) step.made_min = TRY(minutes_at(json, "made_min"));
    return step;
}

// ---- Playing

// Which instant a minute of the day is.
struct DayClock {
    Instant zero;
    double speed = 60;

    [[nodiscard]] Instant at(std::int64_t minute) const {
        const double ms = static_cast<double>(minute) * 60'000.0 / speed;
        return zero + Millis{static_cast<std::int64_t>(ms)};
    }
    void hold_at(std::int64_t minute, Instant now) { zero += now - at(minute); }
};

using Made = std::map<std::string, std::string, std::less<>>;  // ids by the names of steps

Result<Json> meaning_of(std::string_view sign, const DayClock& clock, const Made& made) {
    const std::size_t colon = sign.find(':');
    if (colon == std::string_view::npos) {
        const auto found = made.find(sign);
        if (found == made.end()) return invalid(concat("no step before is called ", sign));
        return Json(found->second);
    }
    const std::string_view kind = sign.substr(0, colon);
    const std::string key{sign.substr(colon + 1)};
    if (kind == "site") return Json(to_text(domain::id_of_key(RowType::Site, key)));
    if (kind == "service") return Json(to_text(domain::id_of_key(RowType::Service, key)));
    if (kind == "user") return Json(to_text(domain::id_of_key(RowType::User, key)));
    std::int64_t minute = 0;
    const auto read = std::from_chars(key.data(), key.data() + key.size(), minute);
    const bool is_minute = kind == "min" && read.ec == std::errc{} &&
                           read.ptr == key.data() + key.size() && minute <= kMinutesMost &&
                           minute >= -kMinutesMost;
    if (!is_minute) return invalid(concat("@", sign, " stands for nothing"));
    return Json(to_ms(clock.at(minute)));
}

// `value` with each "@…" replaced by what it stands for.
Result<Json> resolved(const Json& value, const DayClock& clock, const Made& made) {
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        return text.starts_with('@') ? meaning_of(std::string_view{text}.substr(1), clock, made)
                                     : Result<Json>(value);
    }
    if (!value.is_structured()) return value;
    Json out = value;
    for (auto child = out.begin(); child != out.end(); ++child)
        *child = TRY(resolved(*child, clock, made));
    return out;
}

std::string minute_text(std::int64_t minute) {
    std::string text = concat(minute, " min");
    text.insert(0, text.size() < 8 ? 8 - text.size() : 0, ' ');
    return text;
}

Status take_step(const PlayStep& step, const DayClock& clock, Made& made, const PlayStage& stage) {
    const Json args = TRY(resolved(step.args, clock, made));
    for (const std::string& login : step.people) {
        Json asked = {{"as", login}, {"do", step.type}, {"args", args}};
        if (step.made_min) asked["made"] = to_ms(clock.at(*step.made_min));
        const std::string entity = TRY(stage.take(asked));
        if (!step.name.empty()) made[step.name] = entity;
        stage.say(concat(minute_text(step.at_min), "  ", login, "  ", step.type));
    }
    return ok();
}

void wait_for_server(const PlayStep& step, const PlayStage& stage) {
    const bool wanted = step.await == Await::ServerBack;
    stage.say(concat(minute_text(step.at_min), "  ", step.note.en, wanted ? " …" : ""));
    while (stage.is_served() != wanted)
        stage.wait_until(stage.now() + kLookEvery);
}

}  // namespace

Result<Play> play_from_json(const Json& json) {
    TRY(only_keys(json, {"key", "title", "steps"}));
    Play play;
    play.key = TRY(text_at(json, "key", limits::kFormKeyBytesMax));
    play.title = TRY(domain::l10n_from_json(member(json, "title")));
    const Json& steps = member(json, "steps");
    if (!steps.is_array() || steps.empty() || steps.size() > kStepsMost)
        return invalid("\"steps\" is a list of steps");
    for (std::size_t index = 0; index < steps.size(); ++index) {
        Result<PlayStep> step = step_from_json(steps[index]);
        if (!step) return at_step(index, step.error().detail);
        if (!play.steps.empty() && step->at_min < play.steps.back().at_min)
            return at_step(index, "it comes before the one above it");
        play.steps.push_back(std::move(*step));
    }
    return play;
}

Result<Play> read_play(const std::string& demo, const std::string& key) {
    const std::filesystem::path folder = std::filesystem::path(demo) / "plays";
    std::string known;
    std::error_code ignored;
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
        if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    if (std::find(names.begin(), names.end(), key) == names.end()) {
        for (const std::string& name : names)
            known += " " + name;
        return Error{Errc::NotFound,
                     concat("there is no play ",
                            key,
                            " in ",
                            folder.string(),
                            "; there are:",
                            known.empty() ? " none" : known),
                     "key"};
    }
    const std::string path = (folder / (key + ".json")).string();
    std::ifstream file(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    const Result<Json> json = parse_json(text);
    if (!json) return invalid(concat(path, ": ", json.error().detail));
    Result<Play> play = play_from_json(*json);
    if (!play) return invalid(concat(path, ": ", play.error().detail));
    return play;
}

Status run_play(const Play& play, double speed, const PlayStage& stage) {
    if (play.steps.empty()) return ok();
    DayClock clock{stage.now(), speed};
    clock.hold_at(play.steps.front().at_min, stage.now());
    Made made;
    for (std::size_t index = 0; index < play.steps.size(); ++index) {
        const PlayStep& step = play.steps[index];
        if (step.await != Await::Nothing) {
            wait_for_server(step, stage);
            clock.hold_at(step.at_min, stage.now());
            continue;
        }
        stage.wait_until(clock.at(step.at_min));
        const Status taken = take_step(step, clock, made, stage);
        if (!taken)
            return Error{
                taken.error().code,
                concat(
                    play.key, ", step ", index + 1, " (", step.type, "): ", taken.error().detail),
                {}};
    }
    return ok();
}

namespace {

// A maintenance that was converted goes on as its incident: what later steps speak of.
Id goes_on_in(const store::Transaction& transaction, const Id& entity) {
    const auto row = transaction.find({RowType::Outage, entity});
    const Id next = row ? id_or_nil(row->body, "continued_in") : Id{};
    return is_nil(next) ? entity : next;
}

}  // namespace

// A command in somebody's name, as their own device would send it.
Result<std::string> take_play_step(const TaskContext& context, const Json& args) {
    const std::string login = TRY(text_at(args, "as", limits::kTitleBytesMax));
    commands::Command command;
    command.type = TRY(text_at(args, "do", limits::kFormKeyBytesMax));
    command.args = member(args, "args");
    command.cmd_id = random_id(context.random);
    const Instant now = context.clock();
    command.created.wall = has(args, "made") ? TRY(instant_at(args, "made")) : now;
    sync::CommandResult result;
    Id entity;
    const auto job = [&](store::Transaction& transaction) -> Status {
        const auto user = transaction.user_of_login(login);
        if (!user)
            return invalid(concat("there is nobody called ", login, "; seed the demo first"));
        const commands::Actor actor = TRY(store::actor_of(transaction, *user));
        const store::PushContext push{
            .user = *user, .device = {}, .now = now, .clock = {}, .on_bug = {}};
        result = store::push_as(transaction, command, actor, push);
        entity = goes_on_in(transaction, result.entity);
        return ok();
    };
    TRY(context.store.write(job));
    if (result.status == sync::ResultStatus::Applied) return to_text(entity);
    std::string why = result.status == sync::ResultStatus::Deferred
                          ? concat("this server does not know ", command.type)
                          : concat("refused: ", result.message);
    for (const commands::FieldError& field : result.fields)
        why += concat("; ", field.field, ": ", field.message);
    return invalid(why);
}

}  // namespace ventanilla::admin

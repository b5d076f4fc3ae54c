#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/json.hpp"
#include "shared/base/result.hpp"
#include "shared/base/time.hpp"
#include "shared/domain/lang.hpp"

// Days that replay: `ventanilla demo play O1`. A play is a file of assets/demo/plays:
//   {"key", "title": {"es", "en"}, "steps": [
//     {"at_min", "as": login or [logins], "do": type of a command, "args", "name"?, "made_min"?},
//     {"at_min", "wait_for": "server_gone" or "server_back", "note": {"es", "en"}}]}
// A step is an ordinary command of an ordinary person, decided by the server like any other; a list
// of people are several of them. In `args`, "@site:KEY", "@service:KEY" and "@user:LOGIN" stand for
// ids, "@min:30" for that minute as an instant, and "@NAME" for what the step of that name made.
// "made_min" is when the person pressed Send, if that was earlier: it waited on their device.
// Minutes are those of the day; at speed 60 each is a second, and promises move with them.
// Tested in tests/server/plays_test.cpp.

namespace ventanilla::admin {

enum class Await : std::uint8_t { Nothing, ServerGone, ServerBack };

struct PlayStep {
    std::int64_t at_min = 0;
    std::vector<std::string> people;  // logins; empty when it waits
    std::string type;                 // of the command
    Json args = Json::object();       // with "@…" as written
    std::string name;                 // by which later steps know what it made; may be empty
    std::optional<std::int64_t> made_min;
    Await await = Await::Nothing;
    domain::L10n note;
};

struct Play {
    std::string key;
    domain::L10n title;
    std::vector<PlayStep> steps;  // in the order of their minutes
};

// Errors: Invalid, naming the step (from 1) and what is wrong with it.
Result<Play> play_from_json(const Json& json);

// The play `key` of a demo folder. Errors: NotFound with those that are there; Invalid.
Result<Play> read_play(const std::string& demo, const std::string& key);

// What a play runs in: the real server and the real clock, or a test.
struct PlayStage {
    // Has a person give a command (the task "demo.step"); gives the id of what it concerns.
    std::function<Result<std::string>(const Json& step)> take;
    std::function<bool()> is_served;
    std::function<Instant()> now;
    std::function<void(Instant)> wait_until;
    std::function<void(const std::string& line)> say;
};

// Plays all steps, each at its time or as soon as the one before is done. Waiting for the server
// holds the day up: what follows counts from the moment it is over. Errors: those of a step, naming
// it; what was played before stays.
Status run_play(const Play& play, double speed, const PlayStage& stage);

}  // namespace ventanilla::admin

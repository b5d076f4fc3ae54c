#pragma once

#include "wasm/ui/ui.hpp"
#include "wasm/views/request_view.hpp"

// Writing an article: its text as Markdown, beside it what readers will see. Nothing is public
// before somebody else has looked at it.

namespace ventanilla::views {

// The key of the writing that `route` is about, in AppState::writings.
const WritingState* writing_of(const AppState& state);

// The Markdown of an article or a version as it is now: one for each language it has.
std::vector<SourceKey> source_keys(const AppState& state, const Id& row);

// The Markdown that the page needs and that has not been made yet.
std::vector<SourceKey> sources_wanted(const AppState& state);
// The blocks of a source as stored; null when the row is gone or changed.
Json source_blocks(const AppState& state, const SourceKey& key);

// The own proposal that waits or came back, by its article's number, or by its own id where there
// is no article yet; nullptr when there is none.
const VersionCard* own_proposal(const AppState& state, std::string_view key);

// `writing` with what is published, or what was proposed before. False while its Markdown is on its
// way.
bool begin_writing(const AppState& state, std::string_view number, WritingState& writing);

// What is still missing, in the order of the page; empty: it can be sent.
std::vector<FieldProblem> writing_problems(const Say& say, const WritingState& writing);

// The arguments of article_version.propose (shared/commands/decide.hpp).
Json propose_args(const WritingState& writing);

struct WritingModel {
    Say say = {};
    bool is_allowed = true;
    Found found = Found::Yes;
    bool focus_summary = false;
    bool is_failed =
        false;  // the text could not be opened: what reads Markdown is not on this device
    WritingState writing = {};
    int newer_version = 0;  // published since it was begun; 0: none
    std::string note = {};  // what the reviewer asked for
    std::string saved = {};
    std::string newer = {};      // sections of the other language to bring over
    bool is_translated = false;  // there are two languages to keep together
    struct Check {
        bool is_fine = true;
        std::string text = {};
    };
    std::vector<Check> checks = {};
    std::vector<std::string> personal = {};  // what may say who somebody is, and where it stands
};

WritingModel writing_model(const AppState& state, Instant now);
void writing_view(ui::Ui& ui, const WritingModel& model, Intents& intents);

}  // namespace ventanilla::views

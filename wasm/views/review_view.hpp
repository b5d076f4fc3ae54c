#pragma once

#include "shared/rules/permissions.hpp"
#include "wasm/views/intents.hpp"
#include "wasm/views/request_view.hpp"

// One version of an article beside the one before it: what its reviewer decides on, and what
// anybody of the staff looks up later.

namespace ventanilla::views {

inline constexpr std::string_view kNote =
    "note";  // purpose of the reply in which a reviewer asks for edits

// The row that says what was before the version: the article, or the version published before; nil:
// nothing was.
Id compared_with(const AppState& state, const Id& version);

// What is different in the version on the screen, once the texts are there; nothing while they are not, and when
// AppState::review_diff is it already. Cost: text_diff of both languages.
std::shared_ptr<const ReviewDiff> new_review_diff(const AppState& state);

ui::BadgeSpec version_badge(const Say& say, domain::VersionState state);

// What its reviewer wrote for who proposed it; nothing when it is empty.
void edits_wanted_view(ui::Ui& ui, const Say& say, std::string_view note);

struct ReviewModel {
    Say say = {};
    bool is_allowed = true;
    Found found = Found::Yes;
    bool is_failed = false;  // the texts could not be opened
    Id version = {};
    std::string title = {};
    std::string meta = {};
    domain::VersionState state = domain::VersionState::InReview;
    std::string change = {};
    std::string note = {};
    std::string stale = {};  // another version was published since
    std::string article_url = {};
    std::string write_url = {};  // of its author, while it may be mended
    bool may_decide = false;
    bool may_recall = false;
    ReplyState reply = {};
    std::string draft_line = {};
    std::string before_title = {};  // "v2"
    std::shared_ptr<const ReviewDiff> diff = {};  // while it is there
    bool is_form_only = false;
};

ReviewModel review_model(const AppState& state, Instant now);
void review_view(ui::Ui& ui, const ReviewModel& model, Intents& intents);

}  // namespace ventanilla::views

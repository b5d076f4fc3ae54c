#pragma once

#include <string>
#include <variant>
#include <vector>

#include "shared/rules/burst.hpp"
#include "wasm/views/state.hpp"

// What a person wants, as views report it. app::reduce turns each into a change of state, a command
// or an effect. Plain links are not intents: the Ui reports them and the app goes there.

namespace ventanilla::views {

struct Go {
    Route route;
};

struct EditLogin {
    std::string text;
};
struct EditPassword {
    std::string text;
};
struct SignIn {};
struct AskSignOut {};
struct SignOut {};
struct SetLang {
    Lang lang;
};
struct SetTheme {
    ThemeChoice theme;
};

struct EditSearch {
    std::string text;
};
struct ShowResults {};

// `field` is a key, or "section.index.key" where a section repeats.
struct EditAnswer {
    std::string item = {};
    std::string field = {};
    Json value;  // null: the answer goes
};
struct AddRow {
    std::string item;
    std::string section;
};
struct RemoveRow {
    std::string item;
    std::string section;
    int index = 0;
};
// Sends it as part of an open outage; nil: alone.
struct LinkForm {
    std::string item;
    Id outage = {};
};
struct SubmitForm {
    std::string item;
};
struct SaveForLater {
    std::string item;
};
struct AskDiscardDraft {
    std::string item;
};
struct DiscardDraft {
    std::string item;
};
struct StartAnother {
    std::string item;
};

// What became of something opened beside a form: it solved it, or not.
struct SolvedBy {
    std::string item;
    Id target;
};
struct NotSolved {
    std::string item;
};

struct EditReply {
    ReplyKey reply;
    std::string text;
};
// The next step of a request: "comment", "internal", "take", "hold", "answer", "resolve",
// "confirm", "reopen", "cancel". Its text is what was written under that key.
struct Act {
    Id request;
    std::string step;
};
struct AskCancel {
    Id request;
};

struct CastVote {
    Id article;
    int version = 1;
    bool is_helpful = true;
    std::optional<domain::VoteReason> reason = {};
};
struct MeToo {
    Id outage;
};
struct AnswerOutage {
    Id outage;
    bool works = false;
};
struct DismissBanner {
    Id outage;
    int news = 0;
};

struct EditUnsent {
    Id cmd;
};
struct CopyUnsent {
    Id cmd;
};
struct AskDiscardUnsent {
    Id cmd;
};
struct DiscardUnsent {
    Id cmd;
};
struct UndoDiscard {
    Id cmd;
};
struct RetryUnsent {
    Id cmd;
};
struct ExportUnsent {};
struct SyncNow {};
struct UseHere {};

struct FilterQueue {
    std::string filter;
};

// Several people reported the same.
struct PublishBurst {
    rules::Burst burst;
};
struct RejectBurst {
    rules::Burst burst;
};
struct EditOutage {
    std::string field;
    std::string text;
};
struct ChooseServices {
    std::vector<std::string> services;
};
struct ChooseSites {
    std::vector<std::string> sites;
};
struct PublishOutage {};  // what the console has, whatever it is
struct AskResolveOutage {};
struct ReadOutage {};  // what somebody else said meanwhile
struct AskDiscardOutage {};
struct DiscardOutage {};

// Of the article that is being written. `field`: "title", "summary", "keywords", "markdown" in the language shown;
// "owner", "review_by", "valid_to", "change" of all of it.
struct EditWriting {
    std::string field;
    std::string text;
};
struct WriteIn {
    Lang lang;
};
struct SetInternal {
    bool is_internal = false;
};
struct SetFormOnly {
    bool is_form_only = false;
};
struct TakeNewBase {};
struct Propose {};
struct AskDiscardWriting {};
struct DiscardWriting {};
struct PublishVersion {
    Id version;
};
struct SuggestEdits {
    Id version;
};
struct RecallVersion {
    Id version;
};

struct CloseDialog {};
struct CloseToast {
    std::size_t index = 0;
};
struct UpdateNow {};

using Intent = std::variant<Go,
                            EditLogin,
                            EditPassword,
                            SignIn,
                            AskSignOut,
                            SignOut,
                            SetLang,
                            SetTheme,
                            EditSearch,
                            ShowResults,
                            EditAnswer,
                            AddRow,
                            RemoveRow,
                            SubmitForm,
                            SaveForLater,
                            AskDiscardDraft,
                            DiscardDraft,
                            StartAnother,
                            SolvedBy,
                            NotSolved,
                            EditReply,
                            Act,
                            AskCancel,
                            CastVote,
                            MeToo,
                            AnswerOutage,
                            LinkForm,
                            DismissBanner,
                            EditUnsent,
                            CopyUnsent,
                            AskDiscardUnsent,
                            DiscardUnsent,
                            UndoDiscard,
                            RetryUnsent,
                            ExportUnsent,
                            SyncNow,
                            UseHere,
                            FilterQueue,
                            PublishBurst,
                            RejectBurst,
                            EditOutage,
                            ChooseServices,
                            ChooseSites,
                            PublishOutage,
                            AskResolveOutage,
                            ReadOutage,
                            AskDiscardOutage,
                            DiscardOutage,
                            EditWriting,
                            WriteIn,
                            SetInternal,
                            SetFormOnly,
                            TakeNewBase,
                            Propose,
                            AskDiscardWriting,
                            DiscardWriting,
                            PublishVersion,
                            SuggestEdits,
                            RecallVersion,
                            CloseDialog,
                            CloseToast,
                            UpdateNow>;
using Intents = std::vector<Intent>;

}  // namespace ventanilla::views

#pragma once

#include "shared/domain/blocks.hpp"
#include "wasm/ui/ui.hpp"
#include "wasm/views/request_view.hpp"

// An answer of the knowledge base: its blocks as real text, who answers for it, what to ask for
// when it does not help, and whether it did.

namespace ventanilla::views {

struct ArticleModel {
    Say say = {};
    Found found = Found::Yes;
    Id id = {};
    int version = 1;
    std::string back_label = {};
    std::string back_url = {};
    std::string title = {};
    std::string meta = {};       // "KB0005 v3 · revisado el 2 mar 2026 · Redes · 3 min"
    std::string lang_note = {};  // it exists in the other language only
    std::string lang = {};       // of the text, when it is not the page's
    std::string newer = {};      // which sections say something newer in the other language
    domain::Blocks blocks = {};
    std::vector<std::pair<std::string, std::string>> items =
        {};  // title and URL of what to ask for
    std::string form = {};        // key of the form it was opened beside; empty: none
    std::optional<MyVote> vote = {};
    std::string vote_state = {};
    // For the staff who mend it: "Está desactualizado · 3", most frequent first.
    std::vector<std::string> complaints = {};
    std::string write_url = {};  // of who may propose a change
    std::string expired = {};    // it is no longer valid, and since when
    struct Version {
        std::string key = {};
        std::string href = {};
        std::string text = {};
        ui::BadgeSpec badge = {};
    };
    std::vector<Version> versions = {};  // for the staff, newest first
};

// "Más al día en inglés: «Errores», «Antes de llamar»"; empty when `lang` is not behind.
std::string newer_line(const Say& say, const domain::Article& article, Lang lang);

// What is said to somebody who has voted.
K thanks_for(const MyVote& vote);

ArticleModel article_model(const AppState& state, Instant now);
void article_view(ui::Ui& ui, const ArticleModel& model, Intents& intents);

// The blocks of a text, headings from `level` on.
void blocks_view(ui::Ui& ui, const Say& say, const domain::Blocks& blocks, int level);

}  // namespace ventanilla::views

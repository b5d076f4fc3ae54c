#pragma once

#include "shared/rules/form.hpp"
#include "wasm/ui/ui.hpp"
#include "wasm/views/request_view.hpp"

// A form of the catalogue: fields that come and go with the answers, what is missing as a list that
// leads there, what may solve it already beside it, and after sending the exact words for where it
// is.

namespace ventanilla::views {

struct FieldModel {
    std::string path = {};  // "red", "personas.0.nombre"
    domain::FieldType type = domain::FieldType::Text;
    std::string label = {};
    std::string help = {};
    std::string placeholder = {};
    std::string error = {};
    bool is_required = false;
    std::vector<std::pair<std::string, std::string>> options = {};  // key and label
    std::vector<std::string> option_help = {};
    std::string value = {};
    std::vector<std::string> values = {};  // MultiChoice
    bool is_checked = false;               // Bool
    std::uint32_t length_max = 0;
    std::string min = {}, max = {};
};

struct SectionModel {
    std::string key = {};
    std::string title = {};
    bool is_repeated = false;
    bool may_add = false;
    bool may_remove = false;
    std::string error = {};
    std::vector<std::vector<FieldModel>> entries = {};
};

struct HintModel {
    domain::HelpKind kind = domain::HelpKind::Article;
    Id target = {};
    bool is_opened = false;  // and may be said to have solved it
    std::string title = {};
    std::string url = {};
    std::string detail = {};
    Mark mark = {};
};

// An open outage that may be what somebody is about to report.
struct SameModel {
    Id outage = {};
    std::string title = {};
    bool may_join = false;
    bool has_joined = false;
    bool is_linked = false;
};

// After sending.
struct SentModel {
    bool is_sent = false;
    std::string title = {};  // "Guardada en este dispositivo", "Recibida · SOL-2026-000123"
    ui::Icon icon = ui::Icon::None;
    ui::Tone tone = ui::Tone::Neutral;
    std::string text = {};
    std::string url = {};
};

struct FormModel {
    Say say = {};
    Found found = Found::Yes;
    std::string item = {};
    std::string title = {};
    std::string lead = {};
    std::string approval = {};
    std::string offline = {};
    std::vector<BannerModel> banners = {};
    std::vector<FieldProblem> problems = {};
    std::vector<SectionModel> sections = {};
    std::vector<HintModel> hints = {};
    std::vector<SameModel> same = {};
    std::string solved = {};  // by what; empty: it is not
    std::string draft_line = {};
    bool has_draft = false;
    bool focus_summary = false;
    bool is_editing = false;
    std::string failed = {};
    SentModel sent = {};
};

// What may solve it before it is sent: outages first, then own requests that are open, articles, and how an own one
// was solved before.
std::vector<HintModel> form_hints(const AppState& state, Instant now, std::string_view item_key);

FormModel form_model(const AppState& state, Instant now);
void form_view(ui::Ui& ui, const FormModel& model, Intents& intents);

// What the rules need to know of the person filling it in.
rules::FormContext form_context(const AppState& state, Instant now);

// The sentence for a problem, in the person's language.
std::string error_text(const Say& say, const rules::FormError& error);

// An answer by its path, null when there is none; and writing one.
const Json& answer_at(const Json& answers, std::string_view path);
void set_answer(Json& answers, std::string_view path, Json value);

}  // namespace ventanilla::views

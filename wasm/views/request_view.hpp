#pragma once

#include "shared/rules/permissions.hpp"
#include "wasm/views/outage_words.hpp"
#include "wasm/views/request_words.hpp"

// One request: where it stands, what happens next and who does it, the conversation, and the steps
// open to the person. The same screen serves its requester and, from the queue, those who work it.

namespace ventanilla::views {

struct EntryModel {
    std::string key = {};
    std::string who = {};
    std::string when = {};  // also what was done: "tomó la solicitud · 10:15"
    std::string text = {};
    bool is_mine = false;
    Mark mark = {};  // "Sin enviar", "Nota interna"
};

struct StepButton {
    std::string step = {};  // of intents.hpp, Act
    std::string label = {};
    ui::Emphasis emphasis = ui::Emphasis::Secondary;
};

struct FactModel {
    std::string label = {};
    std::string value = {};
};

// Work of this request that did not go through.
struct TroubleModel {
    Id cmd = {};
    Mark mark = {};
    std::string text = {};
    bool may_edit = false;
    bool may_retry = false;
};

enum class Found : std::uint8_t { Yes, Loading, No };

struct RequestModel {
    Say say = {};
    Found found = Found::Yes;
    Side side = Side::Requester;
    Id id = {};
    std::string title = {};
    std::vector<Mark> marks = {};
    std::string turn = {};      // "Te toca a ti." set strong; empty when it is not
    std::string standing = {};  // "Owen necesita saber …"
    std::string steps_name = {};
    int steps_done = 0;
    int steps_total = 0;
    std::string unsent = {};  // where the newest unsent change stands; empty: all is sent
    Mark unsent_mark = {};
    std::vector<TroubleModel> troubles = {};
    std::vector<FactModel> facts = {};
    std::vector<EntryModel> entries = {};
    std::string reply_label = {};
    std::string reply_text = {};
    std::string reply_error = {};
    std::string draft_line = {};
    std::vector<StepButton> steps = {};
    std::string write_url = {};  // to make an article of how it was resolved
};

RequestModel request_model(const AppState& state, Instant now);
void request_view(ui::Ui& ui, const RequestModel& model, Intents& intents);

// What was answered, as label and value, in the order of the form.
std::vector<FactModel> answer_facts(const Say& say,
                                    const domain::CatalogItem* item,
                                    const Json& answers);

// The text field's purpose under a request: there is one, whatever is then done with its text.
inline constexpr std::string_view kMessage = "message";

// "Borrador guardado en este dispositivo · 10:41", or that it is in this tab only; empty before
// that.
std::string draft_line(const Say& say, const Saving& saving);

}  // namespace ventanilla::views

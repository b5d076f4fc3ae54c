#pragma once

#include <optional>
#include <string>

#include "wasm/ui/types.hpp"
#include "wasm/views/state.hpp"

// How a request and what has not been sent yet are put into words: one place, so that home, lists,
// detail and search say the same. The words for unsent work are a closed list (sync.md 2.3).

namespace ventanilla::views {

// A word with its icon and tone; owns its text.
struct Mark {
    std::string word = {};
    ui::Tone tone = ui::Tone::Neutral;
    ui::Icon icon = ui::Icon::None;

    [[nodiscard]] ui::BadgeSpec badge() const { return {.word = word, .tone = tone, .icon = icon}; }
    friend bool operator==(const Mark&, const Mark&) = default;
};

// "En curso", "Espera tu respuesta", …: how it looks to its requester, or to those who work it.
enum class Side : std::uint8_t { Requester, Desk };
Mark state_mark(const Say& say, const RequestCard& card, Side side = Side::Requester);

// "Ahora: la atiende Owen", "Te toca a ti: responde a Owen": what happens next and who does it.
std::string next_step(const Say& say, const RequestCard& card);

// Whether the next step is the requester's.
bool is_your_turn(const RequestCard& card);

// "SOL-2026-000123", or "~7K2Q4" while the server has not given it a number.
std::string request_name(const RequestCard& card);
std::string request_url(const RequestCard& card, Page page = Page::Request);

// Where an unsent command stands: the badge, and the sentence that says what happens with it.
Mark unsent_mark(const Say& say, const sync::Entry& entry);
std::string unsent_text(const Say& say, const sync::Entry& entry);

// What a command wants, for lists of unsent work: "Solicitud: Sin internet o VPN", "Respuesta".
std::string command_title(const Say& say, const AppState& state, const sync::Entry& entry);

// Things the person did that the server does not have yet; what is only noted about looking for help is not theirs.
int unsent_count(const AppState& state);
bool is_note(const sync::Entry& entry);

// Why it was rejected and what to do next, in the person's language.
std::string rejection_text(const Say& say, const sync::Entry& entry);
std::string message_text(const Say& say, std::string_view message_key);

// The newest command about the request that the server has not confirmed; nothing when all is.
std::optional<sync::Entry> unsent_of(const AppState& state, const Id& request);

std::string desk_name(const Say& say, std::string_view desk);
std::string first_name(std::string_view display_name);

}  // namespace ventanilla::views

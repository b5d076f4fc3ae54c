#include "wasm/views/request_words.hpp"

#include "shared/base/text.hpp"

namespace ventanilla::views {

namespace {

using domain::HoldReason;
using domain::RequestState;
using sync::EntryState;
using ui::Icon;
using ui::Tone;

K hold_key(HoldReason reason) {
    switch (reason) {
        case HoldReason::AwaitingRequester: return K::next_answer_us;
        case HoldReason::ScheduledByRequester: return K::next_scheduled;
        case HoldReason::AwaitingThirdParty: return K::next_third_party;
        case HoldReason::AwaitingChange: return K::next_change;
        case HoldReason::AwaitingProblem: return K::next_problem;
        case HoldReason::AwaitingStock: return K::next_stock;
    }
    return K::next_third_party;
}

Mark hold_mark(const Say& say, const RequestCard& card, Side side) {
    const bool waits_for_requester = card.hold_reason == HoldReason::AwaitingRequester;
    if (!waits_for_requester)
        return {std::string(say(K::state_on_hold)), Tone::Neutral, Icon::CirclePause};
    const K key = side == Side::Requester ? K::state_your_answer : K::state_their_answer;
    return {std::string(say(key)),
            side == Side::Requester ? Tone::Warning : Tone::Neutral,
            side == Side::Requester ? Icon::None : Icon::CirclePause};
}

}  // namespace

Mark state_mark(const Say& say, const RequestCard& card, Side side) {
    switch (card.state) {
        case RequestState::New: return {std::string(say(K::state_new)), Tone::Info, Icon::None};
        case RequestState::AwaitingApproval:
            return {std::string(say(K::state_approval)), Tone::Info, Icon::None};
        case RequestState::Denied:
            return {std::string(say(K::state_denied)), Tone::Neutral, Icon::CircleX};
        case RequestState::Open: return {std::string(say(K::state_open)), Tone::Info, Icon::None};
        case RequestState::InProgress:
            return {std::string(say(K::state_in_progress)), Tone::Info, Icon::None};
        case RequestState::OnHold: return hold_mark(say, card, side);
        case RequestState::Resolved:
            return {std::string(say(K::state_resolved)), Tone::Ok, Icon::CircleCheck};
        case RequestState::Closed:
            return {std::string(say(K::state_closed)), Tone::Neutral, Icon::Check};
        case RequestState::Cancelled:
            return {std::string(say(K::state_cancelled)), Tone::Neutral, Icon::X};
    }
    return {};
}

bool is_your_turn(const RequestCard& card) {
    return card.state == RequestState::Resolved ||
           (card.state == RequestState::OnHold &&
            card.hold_reason == HoldReason::AwaitingRequester);
}

std::string next_step(const Say& say, const RequestCard& card) {
    const std::string who = first_name(card.assignee_name);
    switch (card.state) {
        case RequestState::New:
        case RequestState::Open: return say(K::next_open, {{"desk", desk_name(say, card.desk)}});
        case RequestState::AwaitingApproval: return std::string(say(K::next_approval));
        case RequestState::InProgress:
            return who.empty() ? say(K::next_open, {{"desk", desk_name(say, card.desk)}})
                               : say(K::next_in_progress, {{"name", who}});
        case RequestState::OnHold:
            if (card.hold_reason == HoldReason::AwaitingRequester && !who.empty())
                return say(K::next_answer, {{"name", who}});
            return std::string(
                say(hold_key(card.hold_reason.value_or(HoldReason::AwaitingThirdParty))));
        case RequestState::Resolved: return std::string(say(K::next_resolved));
        case RequestState::Closed: return std::string(say(K::next_closed));
        case RequestState::Cancelled: return std::string(say(K::next_cancelled));
        case RequestState::Denied: return std::string(say(K::next_denied));
    }
    return {};
}

std::string request_name(const RequestCard& card) {
    return card.number.empty() ? concat("~", card.local_code) : card.number;
}

std::string request_url(const RequestCard& card, Page page) {
    return to_url(page, request_name(card));
}

Mark unsent_mark(const Say& say, const sync::Entry& entry) {
    switch (entry.state) {
        case EntryState::Draft:
            return {std::string(say(K::unsent_draft)), Tone::Neutral, Icon::Pencil};
        case EntryState::Volatile:
            if (entry.is_saving)
                return {std::string(say(K::unsent_saving)), Tone::Neutral, Icon::Hourglass};
            return {std::string(say(K::unsent_volatile)), Tone::Warning, Icon::TriangleAlert};
        case EntryState::Queued:
        case EntryState::Sent:
            return {std::string(say(K::unsent_badge)), Tone::Warning, Icon::Hourglass};
        case EntryState::Accepted:
            return {std::string(say(K::unsent_accepted)), Tone::Ok, Icon::CircleCheck};
        case EntryState::Confirmed: return {};
        case EntryState::Rejected:
            return {std::string(say(K::unsent_rejected)), Tone::Critical, Icon::TriangleAlert};
        case EntryState::Held:
            return {std::string(say(K::unsent_held)), Tone::Warning, Icon::CirclePause};
        case EntryState::Quarantined:
            return {std::string(say(K::unsent_quarantined)), Tone::Warning, Icon::TriangleAlert};
        case EntryState::Discarded:
            return {std::string(say(K::unsent_discarded)), Tone::Neutral, Icon::Trash2};
    }
    return {};
}

std::string unsent_text(const Say& say, const sync::Entry& entry) {
    switch (entry.state) {
        case EntryState::Volatile:
            return std::string(
                say(entry.is_saving ? K::unsent_saving_text : K::unsent_volatile_text));
        case EntryState::Queued: return std::string(say(K::unsent_queued_text));
        case EntryState::Sent: return std::string(say(K::unsent_sent_text));
        case EntryState::Accepted:
            return entry.number.empty()
                       ? std::string(say(K::unsent_accepted))
                       : say(K::unsent_accepted_number, {{"number", entry.number}});
        case EntryState::Rejected: return rejection_text(say, entry);
        case EntryState::Held: return std::string(say(K::unsent_held_text));
        case EntryState::Quarantined:
            return say(K::unsent_quarantined_text, {{"code", entry.support_code}});
        case EntryState::Discarded: return std::string(say(K::unsent_discarded_text));
        case EntryState::Draft:
        case EntryState::Confirmed: break;
    }
    return {};
}

std::string command_title(const Say& say, const AppState& state, const sync::Entry& entry) {
    const std::string type = entry.record == nullptr ? "" : entry.record->command.type;
    const RequestCard* request = state.library.request(entry.entity.id);
    const std::string about = request == nullptr ? "" : request->title;
    if (type == "request.submit") {
        const domain::CatalogItem* item =
            state.library.item(text_or(entry.record->command.args, "item"));
        const std::string title = item == nullptr ? about : item->title.in(say.lang);
        return title.empty() ? std::string(say(K::command_request)) : title;
    }
    if (type == "help.record") return std::string(say(K::command_help));
    if (type == "article.vote") return std::string(say(K::command_vote));
    if (type.starts_with("article_version.")) return std::string(say(K::command_article));
    if (type == "outage.me_too" || type == "outage.answer")
        return std::string(say(K::command_me_too));
    if (type.starts_with("outage.")) return std::string(say(K::command_outage));
    if (type == "request.answer") return say(K::command_answer, {{"title", about}});
    if (type == "request.comment") return say(K::command_comment, {{"title", about}});
    return say(K::command_step, {{"title", about}});
}

int unsent_count(const AppState& state) {
    if (state.client == nullptr) return 0;
    int count = state.client->unsent_count();
    for (const sync::Entry& entry : state.client->entries()) {
        using enum EntryState;
        const bool is_on_its_way = entry.state != Accepted && entry.state != Confirmed &&
                                   entry.state != Discarded;
        if (is_on_its_way && is_note(entry)) --count;
    }
    return count;
}

bool is_note(const sync::Entry& entry) {
    return entry.record != nullptr && entry.record->command.type == "help.record";
}

std::string message_text(const Say& say, std::string_view message_key) {
    return std::string(say(key_named(message_key).value_or(K::reject_other)));
}

std::string rejection_text(const Say& say, const sync::Entry& entry) {
    if (entry.record == nullptr || !entry.record->receipt) return std::string(say(K::reject_other));
    return message_text(say, entry.record->receipt->message);
}

std::optional<sync::Entry> unsent_of(const AppState& state, const Id& request) {
    if (state.client == nullptr) return std::nullopt;
    std::optional<sync::Entry> entry = state.client->entry_of({domain::RowType::Request, request});
    if (entry && (entry->state == EntryState::Confirmed || entry->state == EntryState::Discarded))
        return std::nullopt;
    return entry;
}

std::string desk_name(const Say& say, std::string_view desk) {
    if (desk == "it") return std::string(say(K::desk_it));
    if (desk == "hr") return std::string(say(K::desk_hr));
    if (desk == "facilities") return std::string(say(K::desk_facilities));
    if (desk == "finance") return std::string(say(K::desk_finance));
    return std::string(say(K::desk_other));
}

std::string first_name(std::string_view display_name) {
    return std::string(display_name.substr(0, display_name.find(' ')));
}

}  // namespace ventanilla::views

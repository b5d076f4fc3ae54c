#include "wasm/views/queue_view.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "shared/base/text.hpp"
#include "shared/rules/permissions.hpp"
#include "wasm/views/page_sizes.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::RequestState;


bool is_worked(const RequestCard& card) {
    return is_open(card) && card.state != RequestState::Resolved &&
           card.state != RequestState::AwaitingApproval;
}

bool is_in(const AppState& state, const RequestCard& card, std::string_view filter) {
    if (filter == "todas") return true;
    if (!is_worked(card)) return false;
    if (filter == "mias") return card.assignee == me(state);
    if (filter == "sin-asignar") return is_nil(card.assignee);
    if (filter == "en-pausa") return card.state == RequestState::OnHold;
    return card.state != RequestState::OnHold;
}

constexpr std::array kFilters = {
    std::pair{std::string_view{""}, K::queue_now},
    std::pair{std::string_view{"mias"}, K::queue_mine},
    std::pair{std::string_view{"sin-asignar"}, K::queue_unassigned},
    std::pair{std::string_view{"en-pausa"}, K::queue_paused},
    std::pair{std::string_view{"todas"}, K::queue_all},
};

// Requests a desk works, not those an agent asked for elsewhere.
std::vector<const RequestCard*> desk_cards(const AppState& state) {
    const rules::Viewer viewer = viewer_of(state);
    std::vector<const RequestCard*> out;
    for (const RequestCard* card : state.library.requests()) {
        if (viewer.works_desk(card->desk)) out.push_back(card);
    }
    return out;
}

void rows(ui::Ui& ui, const QueueModel& model, const AppState& state) {
    const int total = static_cast<int>(model.cards.size());
    ui::Window window{.first = 0, .count = total};
    const auto list = total > kPlainRowsMax
                          ? ui.virtual_list(model.say(K::nav_queue), total, kRowPx, window)
                          : ui.list(model.say(K::nav_queue));
    for (int i = window.first; i < window.first + window.count; ++i) {
        const RowModel row = queue_row(state, model.say, *model.cards[static_cast<std::size_t>(i)]);
        widgets::record_row(ui,
                            {.key = row.key,
                             .title = row.title,
                             .href = row.href,
                             .badge = row.mark.badge(),
                             .detail = row.detail,
                             .note = row.note});
    }
}

}  // namespace

RowModel queue_row(const AppState& state, const Say& say, const RequestCard& card) {
    RowModel row{.key = to_text(card.id),
                 .href = request_url(card, Page::QueueRequest),
                 .title = card.title};
    const auto entry = unsent_of(state, card.id);
    const bool is_unsent = entry && entry->state != sync::EntryState::Accepted;
    row.mark = is_unsent ? unsent_mark(say, *entry) : state_mark(say, card, Side::Desk);
    const domain::Site* site = state.library.site(card.site);
    row.detail = concat(request_name(card), " · ", card.requester_name);
    if (site != nullptr) row.detail += concat(", ", site->name.in(say.lang));
    row.detail += concat(" · ",
                         card.assignee_name.empty()
                             ? std::string(say(K::queue_nobody))
                             : say(K::queue_assigned, {{"name", first_name(card.assignee_name)}}));
    row.note = say.ago(card.updated_at);
    if (card.priority == 1) row.note = concat(say(K::queue_critical), " · ", row.note);
    return row;
}

QueueModel queue_model(const AppState& state, Instant now) {
    QueueModel model{
        .say = say_for(state, now), .is_allowed = is_agent(state), .is_loading = is_loading(state)};
    model.filter = state.route.query;
    if (!model.is_allowed) return model;
    model.bursts = burst_models(state, now);
    const std::vector<const RequestCard*> all = desk_cards(state);
    for (const auto& [name, label] : kFilters) {
        const std::string_view key = name;
        const auto count = std::count_if(
            all.begin(), all.end(), [&](const auto* card) { return is_in(state, *card, key); });
        model.filters.push_back({std::string(key), label, static_cast<int>(count)});
    }
    std::copy_if(all.begin(), all.end(), std::back_inserter(model.cards), [&](const auto* card) {
        return is_in(state, *card, model.filter);
    });
    if (model.filter != "todas") {
        std::stable_sort(model.cards.begin(), model.cards.end(), [](const auto* a, const auto* b) {
            return std::tuple(a->priority, a->reported_at) <
                   std::tuple(b->priority, b->reported_at);
        });
    }
    if (rules::may_propose_articles(viewer_of(state))) {
        const auto& versions = state.library.versions();
        const auto waiting = std::count_if(versions.begin(), versions.end(), [&](const auto& each) {
            return each.state == domain::VersionState::InReview && !(each.author == me(state));
        });
        model.articles = waiting == 0 ? std::string(model.say(K::articles_title))
                                      : model.say(P::queue_articles, waiting);
    }
    model.count = model.say(P::requests_count, static_cast<std::int64_t>(model.cards.size()));
    return model;
}

void no_permission_view(ui::Ui& ui, const Say& say) {
    ui.heading(1, say(K::page_no_permission));
    widgets::empty_state(ui,
                         {.icon = ui::Icon::Lock,
                          .title = say(K::page_no_permission_text),
                          .action = say(K::page_ask_access),
                          .action_href = to_url(Page::Form, "ACC-02")});
}

void queue_view(ui::Ui& ui, const QueueModel& model, const AppState& state, Intents& intents) {
    const Say& say = model.say;
    if (!model.is_allowed) return no_permission_view(ui, say);
    const auto page = ui.column(ui::Gap::Large);
    widgets::page_title(ui, say(K::nav_queue), model.count);
    bursts_view(ui, say, model.bursts, intents);
    if (!model.articles.empty())  // the bar of a phone has no room for it
        ui.link({.label = model.articles, .href = to_url(Page::Articles), .icon = ui::Icon::BookOpen});
    {
        const auto row = ui.wrap(ui::Gap::Small);
        for (const QueueFilter& filter : model.filters) {
            const std::string label = concat(say(filter.label), " · ", filter.count);
            const std::string key = concat("f-", filter.key);
            if (ui.button(
                    {.label = label, .key = key, .pressed = filter.key == model.filter ? 1 : 0}))
                intents.push_back(Go{{Page::Queue, {}, filter.key}});
        }
    }
    if (model.cards.empty() && model.is_loading) return ui.skeleton(say(K::loading_first), 8);
    if (model.cards.empty()) {
        widgets::empty_state(ui,
                             {.icon = ui::Icon::CircleCheck,
                              .tone = ui::Tone::Ok,
                              .title = say(K::queue_empty),
                              .text = say(K::queue_empty_text)});
        return;
    }
    const auto card = ui.card();
    rows(ui, model, state);
}

}  // namespace ventanilla::views

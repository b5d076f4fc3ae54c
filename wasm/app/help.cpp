#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/search/query_key.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/form_view.hpp"

// What came of looking for help: which of the things beside a form were opened and how it ended,
// and which searches led somewhere. Noted in few words and sent as one command now and then; nobody
// waits for it, and nothing is lost to the person when it is (domain.md 4.8, ADR 18).

namespace ventanilla::app {

namespace {

using namespace views;
using domain::HelpEnd;
using domain::HelpKind;

constexpr std::int64_t kNotesWaitMs =
    10 * 60'000;                          // several notes are one command: requests go first
constexpr std::int64_t kMeantMs = 2'000;  // a query that rested so long was meant as it stood

constexpr std::size_t kSimilarEach = 6;  // some are not for this list

// The words of a form so far, to look for what solves it already.
void append_words(const Json& answers, std::string& out) {
    for (const Json& each : answers) {
        if (each.is_string())
            out += concat(" ", each.get<std::string>());
        else if (each.is_structured())
            append_words(each, out);
    }
}

bool is_help_page(Page page) {
    return page == Page::Article || page == Page::Status || page == Page::Request;
}

bool is_form(const Route& route) {
    return route.page == Page::Form;
}

void wait_at_most(Core& core, std::int64_t ms) {
    const std::int64_t due_ms = core.now.mono_ms + ms;
    core.help.due_ms = core.help.due_ms < 0 ? due_ms : std::min(core.help.due_ms, due_ms);
}

void note(Core& core, const std::string& item, const HelpOpened* opened, HelpEnd end) {
    const std::size_t shown = form_hints(core.state, core.now.wall, item).size();
    if (opened == nullptr && shown == 0) return;
    Json event = {{"item", item}, {"shown", shown}, {"end", domain::name(end)}};
    if (opened != nullptr) {
        event["kind"] = domain::name(opened->kind);
        event["target"] = to_text(opened->target);
    }
    if (core.help.sought.size() < limits::kHelpEventsMax)
        core.help.sought.push_back({core.now.mono_ms, std::move(event)});
    wait_at_most(core, end == HelpEnd::Solved ? 0 : kNotesWaitMs);
}

// Whether `hint` is what `route` shows.
bool leads_to(const HintModel& hint, const Route& route) {
    const Route to = parse_route(hint.url);
    return to.page == route.page && to.key == route.key;
}

void open_help(Core& core, const std::string& item, const Route& route) {
    for (const HintModel& hint : form_hints(core.state, core.now.wall, item)) {
        if (!leads_to(hint, route)) continue;
        FormState& form = form_of(core, item);
        if (form.sent || form.solved) return;
        std::vector<HelpOpened>& opened = form.opened;
        const bool is_known = std::any_of(opened.begin(), opened.end(), [&](const auto& each) {
            return each.target == hint.target;
        });
        if (!is_known) opened.push_back({hint.kind, hint.target, hint.title});
        return;
    }
}

// In a kiosk the next person stands there already: only what somebody says counts.
void left(Core& core, const std::string& item, FormState& form) {
    if (core.is_kiosk || form.sent || form.solved) return;
    for (HelpOpened& opened : form.opened)
        if (!std::exchange(opened.is_told, true)) note(core, item, &opened, HelpEnd::Left);
}

// The form whose help somebody is looking at, when they are.
FormState* form_behind(Core& core, std::string& item) {
    const Route& route = core.state.route;
    if (is_form(route)) item = route.key;
    if (is_help_page(route.page) && !core.state.trail.empty() && is_form(core.state.trail.back()))
        item = core.state.trail.back().key;
    const auto form = core.state.forms.find(item);
    return form == core.state.forms.end() ? nullptr : &form->second;
}

void note_search(Core& core, bool is_opened) {
    const SearchState& search = core.state.search;
    const search::QueryKey query = search::query_key(search.query, core.state.lang);
    if (is_nil(query.key) || !search.is_ready) return;
    HelpLog& help = core.help;
    const bool is_full = help.searches.size() == limits::kHelpEventsMax;
    if (is_full || !help.noted.insert({query.key, is_opened}).second) return;
    Json event = {{"key", to_text(query.key)}, {"found", search.results.total}};
    if (is_opened)
        event["opened"] = true;
    else if (!query.words.empty())
        event["words"] = query.words;
    help.searches.push_back({core.now.mono_ms, std::move(event)});
    wait_at_most(core, kNotesWaitMs);
}

bool is_search(const Route& route) {
    return route.page == Page::Search || route.page == Page::Home;
}

Json dated(const Core& core, std::vector<std::pair<std::int64_t, Json>>& events) {
    Json out = Json::array();
    for (auto& [at_ms, event] : std::exchange(events, {})) {
        event["ago"] = core.now.mono_ms - at_ms;
        out.push_back(std::move(event));
    }
    return out;
}

}  // namespace

void look_for_similar(Core& core, const std::string& item) {
    const domain::CatalogItem* known = core.state.library.item(item);
    if (known == nullptr) return;
    FormState& form = form_of(core, known->key);
    std::string words = known->title.in(core.state.lang);
    append_words(form.answers, words);
    form.similar = core.indexer.search(words, core.state.lang, kSimilarEach, true);
}

void help_moved(Core& core, const Route& from, const Route& to) {
    const bool goes_on =
        from.page == Page::Home && to.page == Page::Search;  // with the same question
    if (is_search(from) && !goes_on && !core.state.search.query.empty())
        note_search(core, is_form(to) || is_help_page(to.page) || to.page == Page::QueueRequest);
    if (is_form(from) && is_help_page(to.page)) return open_help(core, from.key, to);
    for (auto& [item, form] : core.state.forms) {
        const bool is_at_it = is_form(to) && to.key == item;
        if (!is_at_it && !form.opened.empty()) left(core, item, form);
    }
}

void help_over(Core& core, const std::string& item, HelpEnd end) {
    const auto at = core.state.forms.find(item);
    if (at == core.state.forms.end()) return;
    FormState& form = at->second;
    if (end == HelpEnd::Left) return left(core, item, form);
    for (const HelpOpened& opened : form.opened)
        note(core, item, &opened, end);
    if (form.opened.empty()) note(core, item, nullptr, end);
    form.opened.clear();
}

void solved_by(Core& core, const std::string& item, const Id& target) {
    FormState& form = form_of(core, item);
    for (HelpOpened& opened : form.opened) {
        if (!(opened.target == target)) continue;
        opened.is_told = true;
        note(core, item, &opened, HelpEnd::Solved);
        form.solved = opened;
    }
    if (!form.solved) return;
    core.say(core.words()(K::form_solved, {{"title", form.solved->title}}));
    core.state.focus_heading = true;
    go(core, {Page::Form, item, {}});
}

void not_solved(Core& core, const std::string& item) {
    FormState& form = form_of(core, item);
    form.solved.reset();
    if (!is_form(core.state.route)) {
        for (HelpOpened& opened : form.opened)
            if (!std::exchange(opened.is_told, true)) note(core, item, &opened, HelpEnd::NotSolved);
    }
    core.state.focus_heading = true;
    go(core, {Page::Form, item, {}});
}

void query_replaced(Core& core, std::string_view next) {
    const std::string& query = core.state.search.query;
    const bool is_same_question = next.starts_with(query) || query.starts_with(next);
    const bool was_meant =
        core.help.typed_ms >= 0 && core.now.mono_ms - core.help.typed_ms >= kMeantMs;
    if (!query.empty() && was_meant && !is_same_question) note_search(core, false);
    core.help.typed_ms = core.now.mono_ms;
}

void tell_help(Core& core) {
    HelpLog& help = core.help;
    help.due_ms = -1;
    if (core.client == nullptr || (help.sought.empty() && help.searches.empty())) return;
    Json args = {{"sought", dated(core, help.sought)}, {"searches", dated(core, help.searches)}};
    (void)core.client->submit("help.record", std::move(args), core.engine_now());
}

void help_leaving(Core& core) {
    std::string item;
    if (FormState* form = form_behind(core, item)) left(core, item, *form);
    if (is_search(core.state.route) && !core.state.search.query.empty()) note_search(core, false);
    tell_help(core);
}

}  // namespace ventanilla::app

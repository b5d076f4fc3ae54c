#include "wasm/views/search_words.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/views/outage_words.hpp"

namespace ventanilla::views {

namespace {

using search::Kind;

constexpr int kVotesMin = 5;  // fewer say nothing

MarkedText plain_text(std::string text) {
    return {.text = std::move(text), .marks = {}};
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        if (part.empty()) continue;
        if (!out.empty()) out += " · ";
        out += part;
    }
    return out;
}

void fill_article(const AppState& state,
                  const Say& say,
                  const search::Hit& hit,
                  AnswerModel& answer) {
    const Result<Id> id = parse_id(hit.id);
    const ArticleCard* card = id ? state.library.article(*id) : nullptr;
    if (card == nullptr) return;
    answer.href = article_url(card->number, card->title.in(say.lang));
    if (!hit.snippet.empty())
        answer.detail = {.text = hit.snippet, .marks = hit.snippet_marks};
    else
        answer.detail = plain_text(joined({card->summary.in(say.lang), helpful_text(say, *card)}));
}

void fill_item(const AppState& state, const Say& say, const search::Hit& hit, AnswerModel& answer) {
    const domain::CatalogItem* item = state.library.item(hit.id);
    if (item == nullptr) return;
    answer.href = to_url(Page::Form, item->key);
    const bool is_incident = item->kind == domain::RequestKind::Incident;
    answer.detail = plain_text(joined(
        {say(is_incident ? K::search_report : K::search_request), item->lead_time.in(say.lang)}));
}

void fill_request(const AppState& state,
                  const Say& say,
                  const search::Hit& hit,
                  AnswerModel& answer) {
    const Result<Id> id = parse_id(hit.id);
    const RequestCard* card = id ? state.library.request(*id) : nullptr;
    if (card == nullptr) return;
    const bool is_mine = card->requester == me(state);
    answer.href = request_url(*card, is_mine ? Page::Request : Page::QueueRequest);
    answer.detail = plain_text(
        joined({request_name(*card), state_mark(say, *card).word, say.when(card->updated_at)}));
}

void fill_outage(const AppState& state,
                 const Say& say,
                 const search::Hit& hit,
                 AnswerModel& answer) {
    const Result<Id> id = parse_id(hit.id);
    const domain::Outage* outage = id ? state.library.outage(*id) : nullptr;
    if (outage == nullptr) return;
    const BannerModel banner = banner_model(state, *outage, say.now);
    answer.href = to_url(Page::Status);
    answer.icon = banner.icon;
    answer.tone = banner.tone;
    const std::string people =
        outage->affected_count > 0 ? say(P::search_affected, outage->affected_count) : "";
    answer.detail = plain_text(joined({people, banner.times}));
}

AnswerModel answer_of(const AppState& state, const Say& say, const search::Hit& hit) {
    AnswerModel answer{.key = hit.id, .title = {.text = hit.title, .marks = hit.title_marks}};
    switch (hit.kind) {
        case Kind::Article: fill_article(state, say, hit, answer); break;
        case Kind::Item: fill_item(state, say, hit, answer); break;
        case Kind::Request: fill_request(state, say, hit, answer); break;
        case Kind::Status: fill_outage(state, say, hit, answer); break;
    }
    return answer;
}

std::string group_title(const Say& say, Kind kind, const std::string& meant) {
    switch (kind) {
        case Kind::Status: return std::string(say(K::search_group_now));
        case Kind::Item: return std::string(say(K::search_group_ask));
        case Kind::Request: return std::string(say(K::search_group_mine));
        case Kind::Article: break;
    }
    return meant.empty() ? std::string(say(K::search_group_solve))
                         : say(K::search_group_solve_meant, {{"query", meant}});
}

}  // namespace

std::vector<ui::Span> MarkedText::spans() const {
    std::vector<ui::Span> out;
    std::size_t at = 0;
    const std::string_view all = text;
    for (const search::Span& each : marks) {
        if (each.from > at) out.push_back(ui::plain(all.substr(at, each.from - at)));
        out.push_back(ui::mark(all.substr(each.from, each.to - each.from)));
        at = each.to;
    }
    if (at < all.size()) out.push_back(ui::plain(all.substr(at)));
    return out;
}

std::string helpful_text(const Say& say, const ArticleCard& article) {
    if (article.votes_total < kVotesMin) return {};
    const int good = (article.votes_helpful * 10 + article.votes_total / 2) / article.votes_total;
    return say(K::search_helpful, {{"good", std::to_string(good)}});
}

std::vector<AnswerGroup> answer_groups(const AppState& state, Instant now) {
    const Say say = say_for(state, now);
    std::vector<AnswerGroup> groups;
    // The results page offers the better spelling as a link instead.
    const bool is_page = state.route.page == Page::Search;
    const std::string meant = is_page ? std::string() : state.search.results.did_you_mean;
    for (const search::Group& group : state.search.results.groups) {
        AnswerGroup model{.title = group_title(say, group.kind, meant), .answers = {}};
        for (const search::Hit& hit : group.hits) {
            AnswerModel answer = answer_of(state, say, hit);
            if (!answer.href.empty()) model.answers.push_back(std::move(answer));
        }
        if (!model.answers.empty()) groups.push_back(std::move(model));
    }
    return groups;
}

void search_field(ui::Ui& ui,
                  const Say& say,
                  const AppState& state,
                  const std::vector<AnswerGroup>& groups,
                  Intents& intents) {
    std::vector<std::vector<ui::Suggestion>> suggestions(groups.size());
    std::vector<std::vector<ui::Span>> texts;
    texts.reserve(64);  // spans are pointed to: never moved again below
    std::vector<ui::SuggestionGroup> shown;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        for (const AnswerModel& answer : groups[i].answers) {
            texts.push_back(answer.title.spans());
            const std::span<const ui::Span> title = texts.back();
            texts.push_back(answer.detail.spans());
            suggestions[i].push_back({.key = answer.key,
                                      .title = title,
                                      .detail = texts.back(),
                                      .href = answer.href,
                                      .icon = answer.icon,
                                      .tone = answer.tone});
        }
        shown.push_back({.title = groups[i].title, .items = suggestions[i]});
    }
    std::string query = state.search.query;
    const std::string none = say(K::search_none, {{"query", query}});
    const ui::SearchEvent event = ui.search_box(
        {
            .label = say(K::search_label),
            .placeholder =
                say(state.device.ui.kiosk ? K::search_placeholder_kiosk : K::search_placeholder),
            .empty = none,
            .results_name = say(K::search_results_name),
        },
        query,
        shown);
    if (event.changed) intents.push_back(EditSearch{query});
    if (event.chosen != nullptr)
        intents.push_back(Go{parse_route(event.chosen->href)});
    else if (event.submitted)
        intents.push_back(ShowResults{});
}

}  // namespace ventanilla::views

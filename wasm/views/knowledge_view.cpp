#include "wasm/views/knowledge_view.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "shared/rules/permissions.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/views/request_words.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::HelpFigures;
using domain::HelpKind;
using domain::SearchGap;

constexpr std::size_t kHelpfulShown = 10;
constexpr std::size_t kGapsShown = 30;

// ---- what was avoided

std::string whole(const Say& say, int value) {
    return say.number(value);
}

void fill_avoided(const HelpFigures& all, KnowledgeModel& model) {
    const Say& say = model.say;
    const int sent = all.submitted + all.sent_unopened;
    const int of = all.confirmed() + sent;
    const auto add = [&](K label, std::string value) {
        model.avoided.push_back({std::string(say(label)), std::move(value)});
    };
    add(K::knowledge_confirmed,
        say(K::knowledge_confirmed_of,
            {{"n", whole(say, all.confirmed())},
             {"said", whole(say, all.confirmed_solved)},
             {"left", whole(say, all.confirmed_left)}}));
    add(K::knowledge_waiting, whole(say, all.waiting));
    add(K::knowledge_submitted, whole(say, all.submitted));
    add(K::knowledge_unopened, whole(say, all.sent_unopened));
    if (of > 0) add(K::knowledge_share, whole(say, (all.confirmed() * 100 + of / 2) / of));
}

ArticleLine helpful_line(const AppState& state, const Say& say, const HelpFigures& figures) {
    ArticleLine line{.key = to_text(figures.id)};
    if (figures.kind == HelpKind::Article) {
        const ArticleCard* card = state.library.article(figures.target);
        if (card == nullptr) return line;
        line.title = card->title.in(state.lang);
        line.href = article_url(card->number, line.title);
    } else {
        const bool is_outage = figures.kind == HelpKind::Outage;
        line.title = std::string(say(is_outage ? K::knowledge_outages : K::knowledge_requests));
    }
    line.detail = concat(say(P::knowledge_saved, figures.confirmed()),
                         " · ",
                         say(P::knowledge_sent, figures.submitted),
                         " · ",
                         say(P::knowledge_opened, figures.opened));
    return line;
}

void fill_helpful(const AppState& state, KnowledgeModel& model) {
    std::vector<HelpFigures> all = state.library.help_figures();
    std::sort(all.begin(), all.end(), [](const HelpFigures& a, const HelpFigures& b) {
        if (a.confirmed() != b.confirmed()) return a.confirmed() > b.confirmed();
        return a.opened != b.opened ? a.opened > b.opened : a.id < b.id;
    });
    for (const HelpFigures& figures : all) {
        if (!figures.kind) {
            fill_avoided(figures, model);
            continue;
        }
        ArticleLine line = helpful_line(state, model.say, figures);
        if (!line.title.empty() && model.helpful.size() < kHelpfulShown)
            model.helpful.push_back(std::move(line));
    }
}

// ---- what is missing

std::string write_url(std::string_view about) {
    return to_url(Page::EditArticle, concat("~", about));
}

void fill_gaps(const AppState& state, KnowledgeModel& model) {
    const Say& say = model.say;
    std::vector<SearchGap> all = state.library.search_gaps();
    std::sort(all.begin(), all.end(), [](const SearchGap& a, const SearchGap& b) {
        return a.people != b.people ? a.people > b.people : a.words < b.words;
    });
    if (all.size() > kGapsShown) all.resize(kGapsShown);
    for (const SearchGap& gap : all) {
        const bool is_empty = gap.empty >= gap.unopened;
        model.gaps.push_back(
            {.key = to_text(gap.id),
             .href = write_url(gap.words),
             .title = gap.words,
             .detail = concat(say(P::knowledge_people, gap.people),
                              " · ",
                              say(P::knowledge_searches, gap.searches)),
             .badge = {.word = say(is_empty ? K::knowledge_empty : K::knowledge_ignored),
                       .tone = is_empty ? ui::Tone::Warning : ui::Tone::Neutral,
                       .icon = is_empty ? ui::Icon::Search : ui::Icon::Eye}});
    }
}

bool is_covered(const AppState& state, const std::string& item) {
    const auto& all = state.library.articles();
    return std::any_of(all.begin(), all.end(), [&](const auto& each) {
        const auto& items = each.second.items;
        return std::find(items.begin(), items.end(), item) != items.end();
    });
}

void fill_uncovered(const AppState& state, KnowledgeModel& model) {
    std::map<std::string, int> resolved;
    for (const RequestCard* card : state.library.requests()) {
        using enum domain::RequestState;
        const bool is_done = card->state == Resolved || card->state == Closed;
        if (is_done && card->updated_at + domain::kHelpKept > model.say.now)
            ++resolved[card->item_key];
    }
    std::vector<std::pair<std::string, int>> most{resolved.begin(), resolved.end()};
    std::stable_sort(
        most.begin(), most.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [key, count] : most) {
        const domain::CatalogItem* item = state.library.item(key);
        if (item == nullptr || count < limits::kGapPeopleMin || is_covered(state, key)) continue;
        model.uncovered.push_back({.key = key,
                                   .href = write_url(key),
                                   .title = item->title.in(state.lang),
                                   .detail = model.say(P::knowledge_resolved, count)});
    }
}

void avoided_view(ui::Ui& ui, const KnowledgeModel& model) {
    if (model.avoided.empty()) return;
    const std::string_view title = model.say(K::knowledge_avoided);
    const auto card = ui.card(title);
    std::vector<widgets::Fact> facts;
    for (const auto& [label, value] : model.avoided)
        facts.push_back({.label = label, .value = value});
    widgets::facts(ui, title, facts);
}

}  // namespace

void lines_view(ui::Ui& ui, const Say& say, K title, const std::vector<ArticleLine>& lines) {
    if (lines.empty()) return;
    const auto part = ui.section(concat(say(title), " · ", lines.size()), ui::Gap::Medium);
    const auto card = ui.card();
    const auto list = ui.list(say(title));
    for (const ArticleLine& line : lines)
        widgets::record_row(ui,
                            {.key = line.key,
                             .title = line.title,
                             .href = line.href,
                             .badge = line.badge,
                             .detail = line.detail});
}

KnowledgeModel knowledge_model(const AppState& state, Instant now) {
    KnowledgeModel model{.say = say_for(state, now),
                         .is_allowed = rules::may_propose_articles(viewer_of(state)),
                         .is_loading = is_loading(state)};
    if (!model.is_allowed) return model;
    fill_helpful(state, model);
    fill_gaps(state, model);
    fill_uncovered(state, model);
    return model;
}

void knowledge_view(ui::Ui& ui, const KnowledgeModel& model) {
    const Say& say = model.say;
    if (!model.is_allowed) return no_permission_view(ui, say);
    const auto page = ui.column(ui::Gap::Huge);
    {
        const auto head = ui.column(ui::Gap::Small);
        widgets::back_link(ui, say(K::articles_title), to_url(Page::Articles));
        const std::string least = std::to_string(limits::kGapPeopleMin);
        widgets::page_title(ui, say(K::knowledge_title), say(K::knowledge_detail, {{"n", least}}));
    }
    const bool has_gaps = !model.gaps.empty() || !model.uncovered.empty();
    if (has_gaps) ui.text(say(K::knowledge_gaps_text));
    lines_view(ui, say, K::knowledge_gaps, model.gaps);
    lines_view(ui, say, K::knowledge_uncovered, model.uncovered);
    avoided_view(ui, model);
    lines_view(ui, say, K::knowledge_helpful, model.helpful);
    if (has_gaps || !model.avoided.empty() || !model.helpful.empty()) return;
    if (model.is_loading) return ui.skeleton(say(K::loading_first), 8);
    widgets::empty_state(ui,
                         {.icon = ui::Icon::BookOpen,
                          .title = say(K::knowledge_none),
                          .text = say(K::knowledge_none_text)});
}

}  // namespace ventanilla::views

#include "wasm/views/articles_view.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "wasm/views/knowledge_view.hpp"
#include "wasm/views/queue_view.hpp"
#include "wasm/views/review_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::VersionState;

constexpr std::size_t kRecentShown = 10;

ArticleLine line_of(const AppState& state, const Say& say, const VersionCard& card) {
    const ArticleCard* article = state.library.article(card.article);
    const std::string number =
        article == nullptr ? std::string(say(K::articles_new)) : article->number;
    const std::string who = card.author_name.empty() ? "" : concat(" · ", card.author_name);
    return {
        .key = to_text(card.id),
        .href = to_url(Page::Review, to_text(card.id)),
        .title = card.title.in(state.lang),
        .detail = concat(number, who, " · ", say.ago(card.reviewed_at.value_or(card.proposed_at))),
        .badge = version_badge(say, card.state)};
}

void fill_versions(const AppState& state, ArticlesModel& model) {
    for (const VersionCard& card : state.library.versions()) {
        const bool is_open = domain::is_proposed(card.state);
        const bool is_mine = card.author == me(state);
        if (is_open && is_mine)
            model.mine.push_back(line_of(state, model.say, card));
        else if (card.state == VersionState::InReview)
            model.to_review.push_back(line_of(state, model.say, card));
        else if (card.state == VersionState::Published && model.recent.size() < kRecentShown)
            model.recent.push_back(line_of(state, model.say, card));
    }
}

void fill_drafts(const AppState& state, ArticlesModel& model) {
    for (const auto& [number, writing] : state.writings) {
        const bool is_typed = writing.saving.saved_at || writing.saving.is_dirty();
        if (!is_typed) continue;
        const std::string& title = writing.text().title;
        model.drafts.push_back(
            {.key = concat("draft-", number),
             .href = to_url(number.empty() ? Page::NewArticle : Page::EditArticle, number),
             .title = title.empty() ? std::string(model.say(K::articles_untitled)) : title,
             .detail = writing.base == 0 ? std::string(model.say(K::articles_new)) : number,
             .badge = {.word = model.say(K::articles_draft), .icon = ui::Icon::Pencil}});
    }
}

void fill_due(const AppState& state, Instant now, ArticlesModel& model) {
    for (const auto& [id, article] : state.library.articles()) {
        const bool is_due = article.review_by && *article.review_by <= now;
        if (!is_due && !article.is_expired(now)) continue;
        const bool is_over = article.is_expired(now);
        model.due.push_back(
            {.key = to_text(id),
             .href = article_url(article.number, article.title.in(state.lang)),
             .title = article.title.in(state.lang),
             .detail = concat(article.number, " v", article.version),
             .badge = {.word = model.say(is_over ? K::articles_over : K::articles_due),
                       .tone = is_over ? ui::Tone::Critical : ui::Tone::Warning,
                       .icon = ui::Icon::Clock}});
    }
}

void fill_behind(const AppState& state, ArticlesModel& model) {
    for (const auto& [id, article] : state.library.articles()) {
        if (article.behind_es + article.behind_en == 0) continue;
        std::string detail = concat(article.number, " v", article.version);
        if (article.behind_es > 0)
            detail += concat(" · ", model.say(P::articles_behind_es, article.behind_es));
        if (article.behind_en > 0)
            detail += concat(" · ", model.say(P::articles_behind_en, article.behind_en));
        model.behind.push_back({.key = to_text(id),
                                .href = to_url(Page::EditArticle, article.number),
                                .title = article.title.in(state.lang),
                                .detail = std::move(detail),
                                .badge = {.word = model.say(K::articles_translate),
                                          .tone = ui::Tone::Warning,
                                          .icon = ui::Icon::Languages}});
    }
}

}  // namespace

ArticlesModel articles_model(const AppState& state, Instant now) {
    const rules::Viewer viewer = viewer_of(state);
    ArticlesModel model{.say = say_for(state, now),
                        .is_allowed = rules::may_propose_articles(viewer),
                        .is_loading = is_loading(state),
                        .may_review = rules::may_review_articles(viewer)};
    if (!model.is_allowed) return model;
    fill_versions(state, model);
    fill_drafts(state, model);
    fill_due(state, now, model);
    fill_behind(state, model);
    return model;
}

void articles_view(ui::Ui& ui, const ArticlesModel& model) {
    const Say& say = model.say;
    if (!model.is_allowed) return no_permission_view(ui, say);
    const auto page = ui.column(ui::Gap::Huge);
    {
        const auto head = ui.column(ui::Gap::Medium);
        widgets::page_title(ui, say(K::articles_title), say(K::articles_detail));
        const auto row = ui.wrap(ui::Gap::Medium);
        ui.link({.label = say(K::articles_write),
                 .href = to_url(Page::NewArticle),
                 .icon = ui::Icon::Plus,
                 .as_button = true,
                 .emphasis = ui::Emphasis::Primary});
        ui.link({.label = say(K::knowledge_title),
                 .href = to_url(Page::Knowledge),
                 .icon = ui::Icon::Activity,
                 .as_button = true});
    }
    lines_view(
        ui, say, model.may_review ? K::articles_to_review : K::articles_in_review, model.to_review);
    lines_view(ui, say, K::articles_mine, model.mine);
    lines_view(ui, say, K::articles_drafts, model.drafts);
    lines_view(ui, say, K::articles_due_title, model.due);
    lines_view(ui, say, K::articles_behind_title, model.behind);
    lines_view(ui, say, K::articles_recent, model.recent);
    const bool is_empty = model.to_review.empty() && model.mine.empty() && model.drafts.empty() &&
                          model.due.empty() && model.behind.empty() && model.recent.empty();
    if (!is_empty) return;
    if (model.is_loading) return ui.skeleton(say(K::loading_first), 8);
    widgets::empty_state(ui,
                         {.icon = ui::Icon::CircleCheck,
                          .tone = ui::Tone::Ok,
                          .title = say(K::articles_none),
                          .text = say(K::articles_none_text)});
}

}  // namespace ventanilla::views

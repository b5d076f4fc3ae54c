#include "wasm/views/article_view.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "shared/base/text.hpp"
#include "wasm/views/review_view.hpp"
#include "wasm/widgets/widgets.hpp"

namespace ventanilla::views {

namespace {

using domain::VoteReason;

std::string meta_text(const Say& say,
                      const domain::Article& article,
                      const domain::Blocks& blocks) {
    std::string out = concat(article.number, " v", article.version);
    if (to_ms(article.reviewed_at) > 0)
        out += concat(" · ", say(K::article_reviewed, {{"day", say.day(article.reviewed_at)}}));
    if (!article.owner.empty()) out += concat(" · ", article.owner);
    const std::string minutes = std::to_string(reading_minutes(blocks));
    return out + concat(" · ", say(K::article_minutes, {{"n", minutes}}));
}

void fill_back(const AppState& state, ArticleModel& model) {
    model.back_label = std::string(model.say(K::nav_home));
    model.back_url = to_url(Page::Home);
    if (state.trail.empty()) return;
    const Route& from = state.trail.back();
    const bool was_search =
        from.page == Page::Search || (from.page == Page::Home && !state.search.query.empty());
    if (was_search && !state.search.query.empty()) {
        model.back_label = model.say(K::search_title_for, {{"query", state.search.query}});
        model.back_url = to_url(Page::Search, {}, state.search.query);
    } else if (from.page == Page::Form) {
        const domain::CatalogItem* item = state.library.item(from.key);
        if (item == nullptr) return;
        model.back_label = item->title.in(state.lang);
        model.back_url = to_url(from);
    }
}

// The form that this was opened beside, while that is not sent.
void fill_form(const AppState& state, ArticleModel& model) {
    if (state.trail.empty() || state.trail.back().page != Page::Form) return;
    const auto form = state.forms.find(state.trail.back().key);
    if (form == state.forms.end() || form->second.sent) return;
    for (const HelpOpened& opened : form->second.opened)
        if (opened.target == model.id) model.form = form->first;
}

void fill_items(const AppState& state, const domain::Article& article, ArticleModel& model) {
    for (const std::string& key : article.items) {
        const domain::CatalogItem* item = state.library.item(key);
        if (item != nullptr)
            model.items.push_back({item->title.in(state.lang), to_url(Page::Form, key)});
    }
}

K label_of(VoteReason reason) {
    switch (reason) {
        case VoteReason::Wrong: return K::article_reason_wrong;
        case VoteReason::Outdated: return K::article_reason_outdated;
        case VoteReason::Unclear: return K::article_reason_unclear;
        case VoteReason::OtherCase: return K::article_reason_other_case;
        case VoteReason::BrokenLink: break;
    }
    return K::article_reason_broken_link;
}

void fill_complaints(const AppState& state, ArticleModel& model) {
    const std::map<VoteReason, int> counted = state.library.complaints(model.id);
    std::vector<std::pair<VoteReason, int>> most{counted.begin(), counted.end()};
    std::stable_sort(
        most.begin(), most.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (const auto& [reason, count] : most)
        model.complaints.push_back(concat(model.say(label_of(reason)), " · ", count));
}

void fill_versions(const AppState& state, ArticleModel& model) {
    for (const VersionCard& card : state.library.versions()) {
        if (!(card.article == model.id)) continue;
        const std::string number = card.version > 0 ? concat("v", card.version, " · ") : "";
        const Instant at = card.reviewed_at.value_or(card.proposed_at);
        model.versions.push_back({.key = to_text(card.id),
                                  .href = to_url(Page::Review, to_text(card.id)),
                                  .text = concat(number,
                                                 card.author_name,
                                                 card.author_name.empty() ? "" : " · ",
                                                 model.say.day(at)),
                                  .badge = version_badge(model.say, card.state)});
    }
}

void fill_care(const AppState& state, const domain::Article& article, ArticleModel& model) {
    if (article.is_expired(model.say.now))
        model.expired = model.say(K::article_expired, {{"day", model.say.day(*article.valid_to)}});
    if (!rules::may_propose_articles(viewer_of(state))) return;
    model.write_url = to_url(Page::EditArticle, article.number);
    fill_versions(state, model);
}

void missing_view(ui::Ui& ui, const ArticleModel& model) {
    widgets::back_link(ui, model.back_label, model.back_url);
    if (model.found == Found::Loading) {
        ui.heading(1, model.say(K::article_opening));
        return ui.skeleton(model.say(K::loading_first), 8);
    }
    ui.heading(1, model.say(K::article_missing));
    widgets::empty_state(ui,
                         {.icon = ui::Icon::BookOpen,
                          .title = model.say(K::article_missing_title),
                          .text = model.say(K::article_missing_text),
                          .action = model.say(K::nav_search),
                          .action_href = to_url(Page::Search)});
}

void vote_buttons(ui::Ui& ui, const ArticleModel& model, Intents& intents) {
    const Say& say = model.say;
    const int yes = model.vote ? (model.vote->is_helpful ? 1 : 0) : -1;
    const int no = model.vote ? 1 - yes : -1;
    const auto given = model.vote ? model.vote->reason : std::nullopt;  // saying no again keeps it
    if (ui.button({.label = say(K::article_vote_yes),
                   .icon = ui::Icon::ThumbsUp,
                   .key = "yes",
                   .pressed = yes}))
        intents.push_back(CastVote{model.id, model.version, true, {}});
    if (ui.button({.label = say(K::article_vote_no),
                   .icon = ui::Icon::ThumbsDown,
                   .key = "no",
                   .pressed = no}))
        intents.push_back(CastVote{model.id, model.version, false, given});
    if (!model.vote_state.empty()) ui.text(model.vote_state, ui::Style::Secondary);
}

void reason_view(ui::Ui& ui, const ArticleModel& model, Intents& intents) {
    std::array<ui::Choice, domain::kVoteReasons.size()> choices;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const VoteReason reason = domain::kVoteReasons[i];
        choices[i] = {.value = domain::name(reason), .label = model.say(label_of(reason))};
    }
    std::string value{model.vote->reason ? domain::name(*model.vote->reason) : ""};
    if (ui.choice({.key = "reason", .label = model.say(K::article_reason)}, choices, value))
        intents.push_back(CastVote{model.id, model.version, false, domain::vote_reason(value)});
}

void vote_view(ui::Ui& ui, const ArticleModel& model, Intents& intents) {
    const auto part = ui.section(model.say(K::article_vote), ui::Gap::Medium);
    {
        const auto row = ui.wrap(ui::Gap::Medium);
        vote_buttons(ui, model, intents);
    }
    if (model.vote && !model.vote->is_helpful) reason_view(ui, model, intents);
}

// Whoever came from a form can end it here, without a request.
void helping_view(ui::Ui& ui, const ArticleModel& model, Intents& intents) {
    if (model.form.empty()) return;
    const Say& say = model.say;
    const auto part = ui.section(say(K::article_helping), ui::Gap::Medium);
    const auto row = ui.wrap(ui::Gap::Medium);
    if (ui.button({.label = say(K::article_solved),
                   .emphasis = ui::Emphasis::Primary,
                   .icon = ui::Icon::CircleCheck,
                   .key = "solved"}))
        intents.push_back(SolvedBy{model.form, model.id});
    if (ui.button(say(K::form_not_solved))) intents.push_back(NotSolved{model.form});
}

void complaints_view(ui::Ui& ui, const ArticleModel& model) {
    if (model.complaints.empty()) return;
    const std::string_view title = model.say(K::article_complaints);
    const auto part = ui.section(title, ui::Gap::Small);
    const auto list = ui.list(title);
    for (const std::string& line : model.complaints) {
        const auto item = ui.item(line);
        ui.text(line);
    }
}

void care_view(ui::Ui& ui, const ArticleModel& model) {
    if (model.write_url.empty()) return;
    const auto part = ui.section(model.say(K::article_care), ui::Gap::Medium);
    {
        const auto row = ui.wrap(ui::Gap::Medium);
        ui.link({.label = model.say(K::article_write),
                 .href = model.write_url,
                 .icon = ui::Icon::Pencil,
                 .as_button = true});
    }
    if (model.versions.empty()) return;
    const auto list = ui.list(model.say(K::article_versions));
    for (const ArticleModel::Version& version : model.versions)
        widgets::record_row(ui,
                            {.key = version.key,
                             .title = version.text,
                             .href = version.href,
                             .plain_title = true,
                             .badge = version.badge});
}

void items_view(ui::Ui& ui, const ArticleModel& model) {
    if (model.items.empty()) return;
    const auto part = ui.section(model.say(K::article_items), ui::Gap::Small);
    for (const auto& [title, url] : model.items)
        ui.link(title, url);
}

}  // namespace

K thanks_for(const MyVote& vote) {
    if (vote.is_helpful) return K::article_voted_yes;
    return vote.reason ? K::article_voted_reason : K::article_voted_no;
}

std::string newer_line(const Say& say, const domain::Article& article, Lang lang) {
    const bool is_es = lang == Lang::Es;
    const auto& [es, en] = article.sections;
    const auto places = domain::newer_sections(is_es ? es : en, is_es ? en : es);
    if (places.empty()) return {};
    const auto headings = domain::section_headings(is_es ? article.en : article.es);
    std::string list;
    for (const std::size_t place : places) {
        const bool is_named = place < headings.size() && !headings[place].empty();
        list += concat(list.empty() ? "" : ", ",
                       is_named ? say(K::article_section, {{"title", headings[place]}})
                                : std::string(say(K::article_beginning)));
    }
    return say(is_es ? K::article_newer_en : K::article_newer_es, {{"sections", list}});
}

ArticleModel article_model(const AppState& state, Instant now) {
    ArticleModel model{.say = say_for(state, now)};
    fill_back(state, model);
    const ArticleCard* card = state.library.article(state.route.key);
    const auto article = card == nullptr ? std::nullopt : state.library.whole_article(card->id);
    if (!article) {
        model.found = is_loading(state) ? Found::Loading : Found::No;
        return model;
    }
    const domain::ArticleText& text = article->in(state.lang);
    model.id = article->id;
    model.version = article->version;
    model.title = text.title;
    if (&text == (state.lang == Lang::Es ? &article->en : &article->es)) {
        model.lang = std::string(domain::name(state.lang == Lang::Es ? Lang::En : Lang::Es));
        model.lang_note = std::string(model.say(K::article_other_lang));
    }
    if (model.lang.empty()) model.newer = newer_line(model.say, *article, state.lang);
    if (Result<domain::Blocks> blocks = domain::blocks_from_json(text.blocks))
        model.blocks = std::move(blocks).value();
    model.meta = meta_text(model.say, *article, model.blocks);
    fill_form(state, model);
    fill_items(state, *article, model);
    model.vote = state.library.my_vote(article->id);
    if (model.vote) model.vote_state = std::string(model.say(thanks_for(*model.vote)));
    if (is_agent(state)) fill_complaints(state, model);
    fill_care(state, *article, model);
    return model;
}

void article_view(ui::Ui& ui, const ArticleModel& model, Intents& intents) {
    const auto page = ui.column(ui::Gap::Large);
    if (model.found != Found::Yes) return missing_view(ui, model);
    {
        const auto column = ui.column(ui::Gap::Small);
        widgets::back_link(ui, model.back_label, model.back_url);
        ui.heading(1, model.title);
        ui.text(model.meta, ui::Style::Secondary);
    }
    if (!model.lang_note.empty())
        widgets::status_line(ui, ui::Icon::Languages, ui::Tone::Info, model.lang_note);
    if (!model.newer.empty())
        widgets::status_line(ui, ui::Icon::Languages, ui::Tone::Info, model.newer);
    if (!model.expired.empty())
        widgets::status_line(ui, ui::Icon::Clock, ui::Tone::Warning, model.expired);
    {
        const auto article = ui.article(model.lang);
        blocks_view(ui, model.say, model.blocks, 2);
    }
    helping_view(ui, model, intents);
    vote_view(ui, model, intents);
    items_view(ui, model);
    complaints_view(ui, model);
    care_view(ui, model);
}

}  // namespace ventanilla::views

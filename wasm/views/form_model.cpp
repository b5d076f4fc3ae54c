#include <algorithm>
#include <charconv>

#include "shared/base/text.hpp"
#include "shared/search/document.hpp"
#include "wasm/views/form_view.hpp"
#include "wasm/views/search_words.hpp"

namespace ventanilla::views {

namespace {

using domain::FieldType;
using sync::EntryState;

constexpr std::size_t kHints = 5;
constexpr std::size_t kOutageHints = 2;
constexpr std::size_t kResolutionBytes = 160;

bool is_done(const RequestCard& card) {
    return card.state == domain::RequestState::Resolved ||
           card.state == domain::RequestState::Closed;
}

std::string_view first_line(std::string_view text) {
    return text.substr(0, text.find('\n'));
}

// ---- fields

std::string value_text(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
    if (value.is_number()) return dump_json(value);
    return {};
}

std::string validator_value(const domain::Field& field, std::string_view kind) {
    for (const domain::Validator& each : field.validators) {
        if (each.kind == kind) return each.value;
    }
    return {};
}

std::uint32_t number_or_zero(const std::string& text) {
    std::uint32_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// Places and services are chosen from what there is, not typed.
void fill_places(const AppState& state, FieldModel& model) {
    if (model.type == FieldType::Location) {
        for (const domain::Site& each : state.library.sites())
            model.options.push_back({each.key, each.name.in(state.lang)});
    } else if (model.type == FieldType::Service) {
        for (const domain::Service& each : state.library.services())
            model.options.push_back({each.key, each.name.in(state.lang)});
    }
}

FieldModel field_model(const AppState& state,
                       const Say& say,
                       const rules::FieldState& field,
                       const Json& answers) {
    FieldModel model{.path = field.path, .type = field.field->type};
    model.label = field.field->label.in(say.lang);
    model.help = field.field->help.in(say.lang);
    model.placeholder = field.field->placeholder.in(say.lang);
    model.is_required = field.is_required;
    for (const domain::Option* option : field.options) {
        model.options.push_back({option->key, option->label.in(say.lang)});
        model.option_help.push_back(option->help.in(say.lang));
    }
    fill_places(state, model);
    const Json& answer = answer_at(answers, field.path);
    model.value = value_text(answer);
    model.is_checked = answer.is_boolean() && answer.get<bool>();
    if (answer.is_array()) {
        for (const Json& each : answer)
            model.values.push_back(value_text(each));
    }
    model.length_max = number_or_zero(validator_value(*field.field, "max_length"));
    model.min = validator_value(*field.field, "min");
    model.max = validator_value(*field.field, "max");
    return model;
}

// An error shows once somebody tried to send, or at once when what they typed cannot be right.
std::string shown_error(const Say& say, const FormState& form, const rules::FieldState& field) {
    if (!field.error || !form.was_tried) return {};
    return error_text(say, *field.error);
}

SectionModel section_model(const AppState& state,
                           const Say& say,
                           const FormState& form,
                           const rules::SectionState& section) {
    SectionModel model{.key = section.section->key, .title = section.section->title.in(say.lang)};
    model.is_repeated = section.is_repeated;
    const int entries = static_cast<int>(section.entries.size());
    model.may_add = section.is_repeated && entries < section.section->repeat_max;
    model.may_remove = section.is_repeated && entries > std::max(1, section.section->repeat_min);
    if (section.error && form.was_tried) model.error = error_text(say, *section.error);
    for (const auto& entry : section.entries) {
        std::vector<FieldModel> fields;
        for (const rules::FieldState& field : entry) {
            if (!field.is_visible) continue;
            fields.push_back(field_model(state, say, field, form.answers));
            fields.back().error = shown_error(say, form, field);
        }
        model.entries.push_back(std::move(fields));
    }
    return model;
}

const FormState& untouched() {
    static const FormState kUntouched;
    return kUntouched;
}

// ---- what may solve it already

bool is_about(const domain::Outage& outage, const domain::CatalogItem& item, Instant now) {
    const auto& snapshot = outage.updates.back().snapshot;
    return is_happening(outage, now) &&
           std::any_of(snapshot.begin(), snapshot.end(), [&](const auto& each) {
               return each.service == item.service && each.impact != domain::Impact::Operational;
           });
}

std::vector<SameModel> same_models(const AppState& state,
                                   const Say& say,
                                   const domain::CatalogItem& item,
                                   const FormState& form) {
    std::vector<SameModel> out;
    for (const domain::Outage& outage : state.library.outages()) {
        if (!is_about(outage, item, say.now)) continue;
        const BannerModel banner = banner_model(state, outage, say.now);
        out.push_back({.outage = outage.id,
                       .title = banner.title,
                       .may_join = banner.may_join && !banner.has_joined,
                       .has_joined = banner.has_joined,
                       .is_linked = form.outage == outage.id});
    }
    return out;
}

bool is_there(const std::vector<HintModel>& hints, const Id& target) {
    return std::any_of(
        hints.begin(), hints.end(), [&](const HintModel& each) { return each.target == target; });
}

void add_outages(const AppState& state,
                 const Say& say,
                 const domain::CatalogItem& item,
                 std::vector<HintModel>& hints) {
    for (const domain::Outage& outage : state.library.outages()) {
        if (!is_about(outage, item, say.now) || hints.size() == kOutageHints) continue;
        hints.push_back(
            {.kind = domain::HelpKind::Outage,
             .target = outage.id,
             .title = outage.title.in(say.lang),
             .url = to_url(Page::Status),
             .detail = std::string(say(K::form_hint_outage)),
             .mark = {std::string(say(K::form_hint_now)), ui::Tone::Critical, ui::Icon::None}});
    }
}

void add_article(const Say& say, const ArticleCard& card, std::vector<HintModel>& hints) {
    if (is_there(hints, card.id) || hints.size() >= kHints || card.is_internal) return;
    const std::string helpful = helpful_text(say, card);
    hints.push_back({.target = card.id,
                     .title = card.title.in(say.lang),
                     .url = article_url(card.number, card.title.in(say.lang)),
                     .detail = helpful.empty() ? card.summary.in(say.lang) : helpful});
}

// What was done about it, or that it is being done.
std::string own_detail(const AppState& state, const Say& say, const RequestCard& card) {
    const std::string when = concat(request_name(card), " · ", say.ago(card.updated_at));
    const auto request = is_done(card) ? state.library.whole_request(card.id) : std::nullopt;
    if (!request || request->resolution.empty()) return when;
    const std::string_view first = first_line(request->resolution);
    return say(K::form_hint_resolved, {{"notes", cut_utf8(first, kResolutionBytes)}});
}

// Somebody's own requests about the same service: open ones, or solved ones.
void add_own(const AppState& state,
             const Say& say,
             const domain::CatalogItem& item,
             const FormState& form,
             bool wants_done,
             std::vector<HintModel>& hints) {
    for (const search::Hit& hit : form.similar.group(search::Kind::Request).hits) {
        const Result<Id> id = parse_id(hit.id);
        const RequestCard* card = id ? state.library.request(*id) : nullptr;
        if (card == nullptr || !(card->requester == me(state))) continue;
        const bool is_about = card->service == item.service || card->item_key == item.key;
        const bool is_wanted = wants_done ? is_done(*card) : is_open(*card) && !is_done(*card);
        if (!is_about || !is_wanted || hints.size() >= kHints) continue;
        hints.push_back({.kind = domain::HelpKind::Request,
                         .target = card->id,
                         .title = card->title,
                         .url = request_url(*card),
                         .detail = own_detail(state, say, *card),
                         .mark = state_mark(say, *card)});
        return;  // one says enough
    }
}

// ---- after sending

SentModel sent_model(const AppState& state, const Say& say, const FormState& form) {
    SentModel model;
    if (!form.sent || state.client == nullptr) return model;
    model.is_sent = true;
    const auto entry = state.client->entry(form.sent->cmd_id);
    const RequestCard* card = state.library.request(form.sent->entity.id);
    const std::string code = concat("~", form.sent->local_code);
    std::string number = card != nullptr ? card->number : "";
    if (number.empty() && entry) number = entry->number;
    model.url = to_url(Page::Request, number.empty() ? code : number);
    const EntryState at = entry ? entry->state : EntryState::Confirmed;
    const bool is_received = at == EntryState::Accepted || at == EntryState::Confirmed;
    if (is_received) {
        model.title = number.empty() ? std::string(say(K::unsent_accepted))
                                     : say(K::unsent_accepted_number, {{"number", number}});
        model.icon = ui::Icon::CircleCheck;
        model.tone = ui::Tone::Ok;
        model.text = std::string(say(K::form_received_text));
    } else if (at == EntryState::Queued || at == EntryState::Sent) {
        model.title = std::string(say(K::form_saved_here));
        model.icon = ui::Icon::HardDrive;
        model.tone = ui::Tone::Info;
        model.text = say(K::form_saved_here_text, {{"code", code}});
    } else {
        const Mark mark = unsent_mark(say, *entry);
        model.title = mark.word;
        model.icon = mark.icon;
        model.tone = mark.tone;
        model.text = unsent_text(say, *entry);
    }
    return model;
}

// In the summary above the form a problem needs the name of its field; what is only missing needs
// no more.
std::string problem_text(const Say& say,
                         const rules::FormState& evaluated,
                         const rules::FormError& error) {
    const rules::FieldState* field = evaluated.find(error.path);
    if (field == nullptr || field->field == nullptr) return error_text(say, error);
    const std::string& label = field->field->label.in(say.lang);
    const bool is_missing = error.own.empty() && error.message.starts_with("form.error.required");
    return is_missing ? label : concat(label, " · ", error_text(say, error));
}

void fill_fields(const AppState& state,
                 const domain::CatalogItem& item,
                 const FormState& form,
                 FormModel& model) {
    const rules::FormState evaluated =
        rules::evaluate(item.form, form.answers, form_context(state, model.say.now));
    for (const rules::SectionState& section : evaluated.sections) {
        if (section.is_visible)
            model.sections.push_back(section_model(state, model.say, form, section));
    }
    if (!form.was_tried) return;
    for (const rules::FormError& error : evaluated.errors())
        model.problems.push_back({error.path, problem_text(model.say, evaluated, error)});
    for (const FieldProblem& refused : form.problems) {
        const bool is_there = std::any_of(
            model.problems.begin(), model.problems.end(), [&](const FieldProblem& each) {
                return each.field == refused.field;
            });
        if (!is_there) model.problems.push_back(refused);
    }
}

}  // namespace

rules::FormContext form_context(const AppState& state, Instant now) {
    const sync::SessionInfo& info = state.session.info;
    const domain::Site* site = state.library.site(info.site);
    const Civil civil = state.locale->civil(now, info.time_zone);
    const std::chrono::year_month_day today{std::chrono::year{civil.year},
                                            std::chrono::month{static_cast<unsigned>(civil.month)},
                                            std::chrono::day{static_cast<unsigned>(civil.day)}};
    rules::FormContext context;
    context.user = {.name = info.display_name,
                    .email = {},
                    .lang = state.lang,
                    .site = site == nullptr ? "" : site->key,
                    .roles = info.roles};
    context.today = rules::Day{today};
    return context;
}

std::string error_text(const Say& say, const rules::FormError& error) {
    if (!error.own.empty()) return error.own.in(say.lang);
    return tr(say.lang,
              key_named(error.message).value_or(K::form_error_invalid),
              {{"limit", error.limit}});
}

namespace {

// One step of a path: a member of an object or a place in a list.
const Json& step_into(const Json& from, std::string_view key) {
    static const Json kNull;
    if (from.is_object()) return member(from, key);
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    return from.is_array() && error == std::errc{} && index < from.size() ? from[index] : kNull;
}

}  // namespace

const Json& answer_at(const Json& answers, std::string_view path) {
    const Json* at = &answers;
    while (!path.empty()) {
        const std::string_view key = path.substr(0, path.find('.'));
        at = &step_into(*at, key);
        path.remove_prefix(std::min(path.size(), key.size() + 1));
    }
    return *at;
}

void set_answer(Json& answers, std::string_view path, Json value) {
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) {
        if (value.is_null())
            answers.erase(std::string(path));
        else
            answers[std::string(path)] = std::move(value);
        return;
    }
    Json& list = answers[std::string(path.substr(0, dot))];
    if (!list.is_array()) list = Json::array();
    const std::string_view rest = path.substr(dot + 1);
    const std::string_view place = rest.substr(0, rest.find('.'));
    const std::size_t index = number_or_zero(std::string(place));
    if (index > 1000 || place.size() + 1 >= rest.size()) return;
    while (list.size() <= index)
        list.push_back(Json::object());
    set_answer(list[index], rest.substr(place.size() + 1), std::move(value));
}

std::vector<HintModel> form_hints(const AppState& state, Instant now, std::string_view item_key) {
    const domain::CatalogItem* item = state.library.item(item_key);
    const auto form = state.forms.find(item_key);
    std::vector<HintModel> hints;
    if (item == nullptr) return hints;
    const Say say = say_for(state, now);
    const FormState& typed = form == state.forms.end() ? untouched() : form->second;
    add_outages(state, say, *item, hints);
    add_own(state, say, *item, typed, false, hints);
    for (const search::Hit& hit : typed.similar.group(search::Kind::Article).hits) {
        const Result<Id> id = parse_id(hit.id);
        const ArticleCard* card = id ? state.library.article(*id) : nullptr;
        if (card != nullptr) add_article(say, *card, hints);
    }
    for (const auto& [id, card] : state.library.articles()) {
        if (std::find(card.items.begin(), card.items.end(), item->key) != card.items.end())
            add_article(say, card, hints);
    }
    add_own(state, say, *item, typed, true, hints);
    for (const HelpOpened& opened : typed.opened)
        for (HintModel& hint : hints)
            hint.is_opened = hint.is_opened || hint.target == opened.target;
    return hints;
}

FormModel form_model(const AppState& state, Instant now) {
    FormModel model{.say = say_for(state, now)};
    const domain::CatalogItem* item = state.library.item(state.route.key);
    if (item == nullptr) {
        model.found = is_loading(state) ? Found::Loading : Found::No;
        return model;
    }
    const auto known = state.forms.find(item->key);
    const FormState& form = known == state.forms.end() ? untouched() : known->second;
    model.item = item->key;
    model.title = item->title.in(state.lang);
    model.sent = sent_model(state, model.say, form);
    if (model.sent.is_sent) return model;
    model.has_draft = form.saving.saved_at.has_value() || form.saving.is_dirty();
    if (form.solved) model.solved = form.solved->title;
    if (form.solved) return model;
    model.lead = item->lead_time.in(state.lang);
    if (model.lead.empty()) model.lead = item->summary.in(state.lang);
    if (item->needs_approval) model.approval = std::string(model.say(K::form_approval));
    const bool is_offline = state.client != nullptr && !state.client->status().is_reachable;
    if (is_offline) model.offline = std::string(model.say(K::form_offline));
    fill_fields(state, *item, form, model);
    model.same = same_models(state, model.say, *item, form);
    model.hints = form_hints(state, now, item->key);
    model.draft_line = draft_line(model.say, form.saving);
    model.focus_summary = state.focus_summary;
    model.is_editing = !is_nil(form.editing);
    if (form.failed) model.failed = std::string(model.say(*form.failed));
    return model;
}

}  // namespace ventanilla::views

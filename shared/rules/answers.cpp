#include "shared/rules/answers.hpp"

#include <algorithm>
#include <set>

#include "shared/base/text.hpp"
#include "shared/rules/expression.hpp"
#include "shared/rules/words.hpp"

namespace ventanilla::rules {
namespace {

using domain::Field;
using domain::FieldType;
using domain::Lang;
using domain::Section;

constexpr std::size_t kTitleBytes = 120;

std::string text_of(const Json& value) {
    return value.is_string() ? value.get<std::string>() : dump_json(value);
}

bool is_choice(const Field& field) {
    return field.type == FieldType::Choice || field.type == FieldType::MultiChoice;
}

std::string shown(const Field& field, const Json& value, Lang lang) {
    if (!is_choice(field)) return text_of(value);
    if (!value.is_array()) return option_label(field, text_of(value), lang);
    std::string labels;
    for (const Json& key : value)
        labels += concat(labels.empty() ? "" : "\n", option_label(field, text_of(key), lang));
    return labels;
}

// The first answer outside repeated sections that `wanted` picks and everybody who sees the request
// may read.
template <class Wanted>
const FieldState* first_answer(const FormState& state, Wanted wanted) {
    for (const SectionState& section : state.sections) {
        if (section.is_repeated) continue;
        for (const FieldState& field : section.entries.front())
            if (!is_empty(field.value) && !field.field->is_personal && wanted(*field.field))
                return &field;
    }
    return nullptr;
}

void add_lines(std::vector<AnswerLine>& lines,
               const Section& section,
               const Json& values,
               int entry,
               Lang lang) {
    for (const Field& field : section.fields) {
        const Json& value = member(values, field.key);
        if (is_empty(value)) continue;
        lines.push_back({field.label.in(lang),
                         shown(field, value, lang),
                         field.type,
                         field.is_personal,
                         entry,
                         section.title.in(lang)});
    }
}

}  // namespace

std::string option_label(const Field& field, std::string_view key, Lang lang) {
    for (const domain::Option& option : field.options)
        if (option.key == key) return option.label.in(lang);
    return std::string(key);
}

std::string request_title(const domain::CatalogItem& item, const FormState& state, Lang lang) {
    const FieldState* chosen =
        first_answer(state, [](const Field& field) { return field.type == FieldType::Choice; });
    if (chosen == nullptr)
        chosen = first_answer(state, [](const Field& field) {
            return field.type == FieldType::Text || field.type == FieldType::LongText;
        });
    const std::string& name = item.title.in(lang);
    if (chosen == nullptr) return name;
    const std::string said = clean_line(shown(*chosen->field, chosen->value, lang));
    const std::string title = concat(name, ": ", said);
    if (title.size() <= kTitleBytes) return title;
    return concat(trimmed(cut_utf8(title, kTitleBytes - 3)), "…");
}

std::string request_description(const FormState& state) {
    const FieldState* said =
        first_answer(state, [](const Field& field) { return field.type == FieldType::LongText; });
    return said == nullptr ? std::string{} : text_of(said->value);
}

std::vector<AnswerLine> answer_lines(const domain::Form& form, const Json& answers, Lang lang) {
    std::vector<AnswerLine> lines;
    std::set<std::string> known;
    for (const Section& section : form.sections) {
        for (const Field& field : section.fields)
            known.insert(field.key);
        if (section.repeat_max <= 1) {
            add_lines(lines, section, answers, -1, lang);
            continue;
        }
        known.insert(section.key);
        int entry = 0;
        const Json& entries = member(answers, section.key);
        if (entries.is_array())
            for (const Json& values : entries)
                add_lines(lines, section, values, entry++, lang);
    }
    if (!answers.is_object()) return lines;
    for (const auto& [key, value] : answers.items())
        if (!known.contains(key) && !is_empty(value)) lines.push_back({key, text_of(value)});
    return lines;
}

}  // namespace ventanilla::rules

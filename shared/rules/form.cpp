#include "shared/rules/form.hpp"

#include <algorithm>
#include <map>

#include "shared/base/text.hpp"
#include "shared/rules/decimal.hpp"
#include "shared/rules/expression.hpp"
#include "shared/rules/form_values.hpp"

namespace ventanilla::rules {
namespace {

using domain::Field;
using domain::FieldType;
using domain::Form;
using domain::Option;
using domain::Section;
using domain::Validator;

bool is_repeated(const Section& section) {
    return section.repeat_max > 1;
}

Json fact_of(const UserFacts& user, std::string_view fact) {
    if (fact == "name") return user.name;
    if (fact == "email") return user.email;
    if (fact == "lang") return domain::name(user.lang);
    if (fact == "site") return user.site;
    if (fact != "roles") return nullptr;
    Json roles = Json::array();
    for (int bit = 0; bit < 16; ++bit) {
        const auto role = static_cast<domain::Role>(1U << static_cast<unsigned>(bit));
        if (user.roles.has(role)) roles.push_back(domain::name(role));
    }
    return roles;
}

// Entries that are shown: as many as there are answers for, within what the form allows, at least
// one.
std::size_t entry_count(const Section& section, const Json& answers) {
    if (!is_repeated(section)) return 1;
    const Json& list = member(answers, section.key);
    const std::size_t given = list.is_array() ? list.size() : 0;
    const auto least = static_cast<std::size_t>(std::max(section.repeat_min, 1));
    // One more than allowed is still shown, so that the person can choose which to take out.
    return std::clamp(given, least, static_cast<std::size_t>(limits::kSectionRepeatMax) + 1);
}

const Json& typed_in(const Section& section,
                     const Json& answers,
                     std::size_t entry,
                     const std::string& key) {
    static const Json kNothing;
    if (!is_repeated(section)) return member(answers, key);
    const Json& list = member(answers, section.key);
    return list.is_array() && entry < list.size() ? member(list[entry], key) : kNothing;
}

// Evaluates one form for one set of answers. A field's value depends on what its conditions read,
// which are values again: each is worked out when first asked for and kept. Asking for one that is
// just being worked out (a cycle, which check_form refuses) answers "empty".
class Evaluation {
  public:
    Evaluation(const Form& form, const Json& answers, const FormContext& context)
        : form_(form), answers_(answers), context_(context) {
        for (const Section& section : form.sections)
            for (const Field& field : section.fields)
                homes_.emplace(field.key, Home{&section, &field});
    }

    FormState run() {
        FormState state;
        for (const Section& section : form_.sections)
            state.sections.push_back(state_of(section));
        return state;
    }

  private:
    struct Home {
        const Section* section;
        const Field* field;
    };
    enum class Progress : std::uint8_t { Begun, Done };
    struct Slot {
        Progress progress = Progress::Begun;
        bool is_visible = true;
        bool was_deselected = false;
        ReadValue read;
        std::vector<const Option*> options;
    };

    // What names mean inside one entry of `home`, or outside all of them when it is null.
    class EntryScope final : public Scope {
      public:
        EntryScope(Evaluation& all, const Section* home, std::size_t entry)
            : all_(all), home_(home), entry_(entry) {}
        [[nodiscard]] Json field(std::string_view key) const override {
            return all_.seen(key, home_, entry_);
        }
        [[nodiscard]] Json user(std::string_view fact) const override {
            return fact_of(all_.context_.user, fact);
        }
        [[nodiscard]] Day today() const override { return all_.context_.today; }

      private:
        Evaluation& all_;
        const Section* home_;
        std::size_t entry_;
    };

    const Expression* parsed(const std::string& text) {
        const auto [found, is_new] = expressions_.try_emplace(text);
        if (is_new) {
            Result<Expression> expression = Expression::parse(text);
            if (expression) found->second = std::move(*expression);
        }
        return found->second ? &*found->second : nullptr;
    }

    bool holds(const std::string& text, bool fallback, const Section* home, std::size_t entry) {
        if (trimmed(text).empty()) return fallback;
        const Expression* expression = parsed(text);
        return expression == nullptr ? fallback
                                     : expression->is_true(EntryScope(*this, home, entry));
    }

    bool is_shown(const Section& section) {
        const auto [found, is_new] = sections_.try_emplace(&section, false);
        if (is_new) found->second = holds(section.visible_if, true, nullptr, 0);
        return found->second;
    }

    const Slot& slot(const Section& section, const Field& field, std::size_t entry) {
        const auto [found, is_new] = slots_.try_emplace({&field, entry});
        Slot& slot = found->second;  // stays where it is while others are added
        if (!is_new) return slot;
        slot.is_visible = is_shown(section) && holds(field.visible_if, true, &section, entry);
        if (slot.is_visible) fill(slot, section, field, entry);
        slot.progress = Progress::Done;
        return slot;
    }

    void fill(Slot& slot, const Section& section, const Field& field, std::size_t entry) {
        for (const Option& option : field.options)
            if (holds(option.visible_if, true, &section, entry)) slot.options.push_back(&option);
        slot.read =
            read_value(field, typed_in(section, answers_, entry, field.key), context_.user.lang);
        if (!field.options.empty() && slot.read.message.empty()) keep_offered(slot);
    }

    // Takes out of the value what is not offered (any more).
    static void keep_offered(Slot& slot) {
        const auto is_offered = [&slot](const Json& key) {
            return std::any_of(slot.options.begin(),
                               slot.options.end(),
                               [&key](const Option* option) { return option->key == key; });
        };
        Json& value = slot.read.value;
        if (value.is_array()) {
            const std::size_t before = value.size();
            Json kept = Json::array();
            for (Json& key : value)
                if (is_offered(key)) kept.push_back(std::move(key));
            slot.was_deselected = kept.size() < before;
            value = kept.empty() ? Json() : std::move(kept);
        } else if (!value.is_null() && !is_offered(value)) {
            slot.was_deselected = true;
            value = nullptr;
        }
    }

    // The value of field or section `key` as seen from an entry of `home`.
    Json seen(std::string_view key, const Section* home, std::size_t entry) {
        const auto found = homes_.find(key);
        if (found == homes_.end()) return entries_seen(key);
        const auto& [section, field] = found->second;
        if (!is_repeated(*section)) return value_at(*section, *field, 0);
        if (section == home) return value_at(*section, *field, entry);
        Json list = Json::array();
        for (std::size_t i = 0; i < entry_count(*section, answers_); ++i) {
            Json value = value_at(*section, *field, i);
            if (!value.is_null()) list.push_back(std::move(value));
        }
        return list;
    }

    Json value_at(const Section& section, const Field& field, std::size_t entry) {
        const Slot& found = slot(section, field, entry);
        return found.progress == Progress::Done ? found.read.value : Json();
    }

    // A repeated section's entries that say anything, for count().
    Json entries_seen(std::string_view key) {
        for (const Section& section : form_.sections) {
            if (section.key != key || !is_repeated(section) || !is_shown(section)) continue;
            Json list = Json::array();
            for (std::size_t i = 0; i < entry_count(section, answers_); ++i) {
                const bool says_something = std::any_of(
                    section.fields.begin(), section.fields.end(), [&](const Field& field) {
                        return !value_at(section, field, i).is_null();
                    });
                if (says_something) list.push_back(true);
            }
            return list;
        }
        return nullptr;
    }

    SectionState state_of(const Section& section) {
        SectionState state;
        state.section = &section;
        state.is_visible = is_shown(section);
        state.is_repeated = is_repeated(section);
        const std::size_t count = entry_count(section, answers_);
        for (std::size_t entry = 0; entry < count; ++entry) {
            std::vector<FieldState> fields;
            for (const Field& field : section.fields)
                fields.push_back(state_of(section, field, entry));
            state.entries.push_back(std::move(fields));
        }
        if (state.is_visible && state.is_repeated) state.error = count_error(section);
        return state;
    }

    std::optional<FormError> count_error(const Section& section) {
        const std::size_t filled = entries_seen(section.key).size();
        const auto least = static_cast<std::size_t>(section.repeat_min);
        const auto most = static_cast<std::size_t>(section.repeat_max);
        if (filled < least)
            return FormError{section.key, "form.error.too_few", std::to_string(least), {}};
        if (filled > most)
            return FormError{section.key, "form.error.too_many", std::to_string(most), {}};
        return std::nullopt;
    }

    FieldState state_of(const Section& section, const Field& field, std::size_t entry) {
        const Slot& found = slot(section, field, entry);
        FieldState state;
        state.field = &field;
        state.path =
            is_repeated(section) ? concat(section.key, '.', entry, '.', field.key) : field.key;
        state.is_visible = found.is_visible;
        if (!state.is_visible) return state;
        const bool can_be_required = field.type != FieldType::File && field.type != FieldType::Info;
        state.is_required = can_be_required && holds(field.required_if, false, &section, entry);
        state.options = found.options;
        state.was_deselected = found.was_deselected;
        state.value = found.read.value;
        state.error = error_of(state, found.read, section, entry);
        return state;
    }

    std::optional<FormError> error_of(const FieldState& state,
                                      const ReadValue& read,
                                      const Section& section,
                                      std::size_t entry) {
        if (!read.message.empty()) return FormError{state.path, read.message, read.limit, {}};
        const bool is_tick = state.field->type == FieldType::Bool;
        if (state.is_required && is_tick && !is_true(read.value))
            return FormError{state.path, "form.error.required_tick", {}, {}};
        if (state.is_required && is_empty(read.value) && !is_spare(section, entry)) {
            const char* message =
                state.was_deselected ? "form.error.deselected" : "form.error.required";
            return FormError{state.path, message, {}, {}};
        }
        if (is_empty(read.value)) return std::nullopt;
        for (const Validator& validator : state.field->validators) {
            const ReadValue checked =
                check_value(validator, read.value, bound_of(validator, section, entry));
            if (!checked.message.empty())
                return FormError{state.path, checked.message, checked.limit, validator.message};
        }
        return std::nullopt;
    }

    // An entry of a repeated section nobody asked for and nobody filled in: it wants nothing.
    bool is_spare(const Section& section, std::size_t entry) {
        if (!is_repeated(section) || entry < static_cast<std::size_t>(section.repeat_min))
            return false;
        return std::all_of(section.fields.begin(), section.fields.end(), [&](const Field& field) {
            const Slot& found = slot(section, field, entry);
            return found.read.value.is_null() && found.read.message.empty();
        });
    }

    Json bound_of(const Validator& validator, const Section& section, std::size_t entry) {
        if (parse_decimal(validator.value) || parse_day(validator.value)) return validator.value;
        const Expression* expression = parsed(validator.value);
        return expression == nullptr ? Json(validator.value)
                                     : expression->value(EntryScope(*this, &section, entry));
    }

    const Form& form_;
    const Json& answers_;
    const FormContext& context_;
    std::map<std::string, Home, std::less<>> homes_;
    std::map<std::string, std::optional<Expression>> expressions_;
    std::map<const Section*, bool> sections_;
    std::map<std::pair<const Field*, std::size_t>, Slot> slots_;
};

// Names as they are known before there are any answers: what defaults may ask for.
class FirstScope final : public Scope {
  public:
    explicit FirstScope(const FormContext& context) : context_(context) {}
    [[nodiscard]] Json field(std::string_view) const override { return nullptr; }
    [[nodiscard]] Json user(std::string_view fact) const override {
        return fact_of(context_.user, fact);
    }
    [[nodiscard]] Day today() const override { return context_.today; }

  private:
    const FormContext& context_;
};

Json default_of(const Field& field, const FormContext& context) {
    const std::string& text = field.default_value;
    if (text.starts_with("user.") || text.starts_with("today()")) {
        const Result<Expression> expression = Expression::parse(text);
        if (expression) return expression->value(FirstScope(context));
    }
    return read_value(field, text, context.user.lang).value;
}

}  // namespace

FormState evaluate(const Form& form, const Json& answers, const FormContext& context) {
    return Evaluation(form, answers, context).run();
}

std::vector<FormError> FormState::errors() const {
    std::vector<FormError> errors;
    for (const SectionState& section : sections) {
        for (const std::vector<FieldState>& entry : section.entries)
            for (const FieldState& field : entry)
                if (field.error) errors.push_back(*field.error);
        if (section.error) errors.push_back(*section.error);
    }
    return errors;
}

Json FormState::answers() const {
    Json answers = Json::object();
    for (const SectionState& section : sections) {
        Json list = Json::array();
        for (const std::vector<FieldState>& entry : section.entries) {
            Json values = Json::object();
            for (const FieldState& field : entry)
                if (field.is_visible && !field.error && !is_empty(field.value))
                    values[field.field->key] = field.value;
            if (!section.is_repeated)
                answers.update(values);
            else if (!values.empty())
                list.push_back(std::move(values));
        }
        if (!list.empty()) answers[section.section->key] = std::move(list);
    }
    return answers;
}

const FieldState* FormState::find(std::string_view path) const {
    for (const SectionState& section : sections)
        for (const std::vector<FieldState>& entry : section.entries)
            for (const FieldState& field : entry)
                if (field.path == path) return &field;
    return nullptr;
}

Json first_entry(const Section& section, const FormContext& context) {
    Json entry = Json::object();
    for (const Field& field : section.fields) {
        if (field.default_value.empty()) continue;
        Json value = default_of(field, context);
        if (!is_empty(value)) entry[field.key] = std::move(value);
    }
    return entry;
}

Json first_answers(const Form& form, const FormContext& context) {
    Json answers = Json::object();
    for (const Section& section : form.sections) {
        const Json entry = first_entry(section, context);
        if (!is_repeated(section)) {
            answers.update(entry);
        } else if (section.repeat_min > 0) {
            answers[section.key] = Json::array();
            for (int i = 0; i < section.repeat_min; ++i)
                answers[section.key].push_back(entry);
        }
    }
    return answers;
}

}  // namespace ventanilla::rules

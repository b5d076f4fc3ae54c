#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "shared/base/text.hpp"
#include "shared/rules/decimal.hpp"
#include "shared/rules/expression.hpp"
#include "shared/rules/form.hpp"
#include "shared/rules/form_values.hpp"

// What is unsound in a form, found before it is published; evaluate() never has to complain.

namespace ventanilla::rules {
namespace {

using domain::Field;
using domain::FieldType;
using domain::Form;
using domain::Option;
using domain::Section;
using domain::Validator;

constexpr auto kFacts = std::to_array<std::string_view>({"name", "email", "lang", "site", "roles"});

bool is_among(FieldType type, std::initializer_list<FieldType> types) {
    return std::find(types.begin(), types.end(), type) != types.end();
}

bool suits(const Validator& validator, FieldType type) {
    using enum FieldType;
    if (validator.kind == "mask") return is_among(type, {Text, Asset});
    if (validator.kind == "min" || validator.kind == "max")
        return is_among(type, {Number, Decimal, Money, Scale, Duration});
    if (validator.kind == "after" || validator.kind == "before")
        return is_among(type, {Date, DateTime, Time});
    return is_among(type, {Text, LongText});
}

bool is_literal_bound(const Validator& validator, FieldType type) {
    if (validator.kind == "after" || validator.kind == "before") {
        if (type == FieldType::Time) return is_time(validator.value);
        return parse_day(validator.value) || local_time(validator.value);
    }
    return parse_decimal(validator.value).has_value();
}

class FormCheck {
  public:
    explicit FormCheck(const Form& form) : form_(form) {
        for (const Section& section : form.sections) {
            for (const Field& field : section.fields)
                names_.insert(field.key);
        }
    }

    std::vector<FormProblem> run() {
        for (const Section& section : form_.sections)
            check(section);
        find_cycles();
        return std::move(problems_);
    }

  private:
    void report(const std::string& key, std::string what) {
        problems_.push_back({key, std::move(what)});
    }

    [[nodiscard]] const Section* repeated_section(const std::string& key) const {
        for (const Section& section : form_.sections)
            if (section.key == key && section.repeat_max > 1) return &section;
        return nullptr;
    }

    // Checks one expression of `key`; gives the fields it reads.
    std::vector<std::string> check_expression(const std::string& key,
                                              std::string_view what,
                                              const std::string& text) {
        if (trimmed(text).empty()) return {};
        const Result<Expression> expression = Expression::parse(text);
        if (!expression) {
            report(key, concat(what, ": ", expression.error().detail));
            return {};
        }
        for (const std::string& name : expression->fields())
            if (!names_.contains(name) && repeated_section(name) == nullptr)
                report(key, concat(what, ": no field is called ", name));
        for (const std::string& fact : expression->user_facts())
            if (std::find(kFacts.begin(), kFacts.end(), fact) == kFacts.end())
                report(key, concat(what, ": nothing is known as user.", fact));
        return expression->fields();
    }

    // What decides on showing decides on values, and so what else depends on them.
    void depend(const std::string& key, const std::vector<std::string>& on) {
        for (const std::string& name : on) {
            if (names_.contains(name)) {
                needs_[key].insert(name);
            } else if (const Section* section = repeated_section(name)) {
                for (const Field& field : section->fields)
                    needs_[key].insert(field.key);
            }
        }
    }

    void check(const Section& section) {
        if (section.repeat_max > 1 && names_.contains(section.key))
            report(section.key, "a repeated section and a field share this key");
        const std::vector<std::string> shown_by =
            check_expression(section.key, "visible_if", section.visible_if);
        for (const Field& field : section.fields) {
            depend(field.key, shown_by);
            check(field);
        }
    }

    void check(const Field& field) {
        depend(field.key, check_expression(field.key, "visible_if", field.visible_if));
        for (const Option& option : field.options)
            depend(field.key,
                   check_expression(field.key, concat("option ", option.key), option.visible_if));
        (void)check_expression(field.key, "required_if", field.required_if);
        const bool has_answer = field.type != FieldType::Info;
        if (!has_answer && !field.required_if.empty())
            report(field.key, "required_if: nothing is asked here");
        for (const Validator& validator : field.validators)
            check(field, validator);
        check_default(field);
    }

    void check(const Field& field, const Validator& validator) {
        if (!suits(validator, field.type)) {
            report(field.key, concat(validator.kind, ": not for ", domain::name(field.type)));
        } else if (validator.kind != "mask" && !is_literal_bound(validator, field.type)) {
            (void)check_expression(field.key, validator.kind, validator.value);
        }
    }

    void check_default(const Field& field) {
        const std::string& text = field.default_value;
        if (text.empty()) return;
        if (text.starts_with("user.") || text.starts_with("today()")) {
            const std::vector<std::string> reads = check_expression(field.key, "default", text);
            if (!reads.empty()) report(field.key, "default: no other field is filled in yet");
            return;
        }
        const ReadValue read = read_value(field, text, domain::Lang::Es);
        const bool is_option =
            field.options.empty() ||
            std::any_of(field.options.begin(), field.options.end(), [&text](const Option& option) {
                return option.key == text;
            });
        if (read.value.is_null() || !is_option)
            report(field.key, concat("default: not a value of ", domain::name(field.type)));
    }

    // Depth first; a field met again on the way to itself closes a cycle. Each field is walked
    // once.
    void find_cycles() {
        for (const auto& [key, needed] : needs_)
            walk(key);
    }

    void walk(const std::string& key) {
        if (done_.contains(key)) return;
        const auto met = std::find(path_.begin(), path_.end(), key);
        if (met != path_.end()) {
            std::string cycle;
            for (auto step = met; step != path_.end(); ++step)
                cycle += concat(*step, " -> ");
            report(key, concat("visible_if: cycle ", cycle, key));
            return;
        }
        path_.push_back(key);
        if (const auto found = needs_.find(key); found != needs_.end())
            for (const std::string& needed : found->second)
                walk(needed);
        path_.pop_back();
        done_.insert(key);
    }

    const Form& form_;
    std::vector<FormProblem> problems_;
    std::set<std::string> names_;
    std::map<std::string, std::set<std::string>> needs_;
    std::vector<std::string> path_;
    std::set<std::string> done_;
};

}  // namespace

std::vector<FormProblem> check_form(const Form& form) {
    return FormCheck(form).run();
}

}  // namespace ventanilla::rules

#include "shared/domain/form.hpp"

#include <algorithm>
#include <set>

#include "shared/domain/codec.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::domain {
namespace {

constexpr auto kFieldTypes = std::to_array<Named<FieldType>>({
    {FieldType::Text, "text"},
    {FieldType::LongText, "longtext"},
    {FieldType::Number, "number"},
    {FieldType::Decimal, "decimal"},
    {FieldType::Money, "money"},
    {FieldType::Email, "email"},
    {FieldType::Phone, "phone"},
    {FieldType::Url, "url"},
    {FieldType::Date, "date"},
    {FieldType::DateTime, "datetime"},
    {FieldType::Time, "time"},
    {FieldType::Duration, "duration"},
    {FieldType::Bool, "bool"},
    {FieldType::Choice, "choice"},
    {FieldType::MultiChoice, "multichoice"},
    {FieldType::Scale, "scale"},
    {FieldType::User, "user"},
    {FieldType::Location, "location"},
    {FieldType::Asset, "asset"},
    {FieldType::Service, "service"},
    {FieldType::File, "file"},
    {FieldType::Info, "info"},
});

constexpr auto kValidatorKinds = std::to_array<std::string_view>(
    {"mask", "min", "max", "min_length", "max_length", "after", "before"});

enum class Unknown : std::uint8_t { Refused, PassedOver };

bool is_key(std::string_view key) {
    if (key.empty() || key.size() > limits::kFormKeyBytesMax || key[0] < 'a' || key[0] > 'z')
        return false;
    return std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

// Reads one form. `at_` is the key of the section, field or option being read: what an Error names.
class FormReader {
  public:
    explicit FormReader(Unknown unknown) : unknown_(unknown) {}

    Result<Form> read(const Json& value) {
        (void)TRY(known(value, {"version", "sections"}));
        Form form;
        form.version = TRY(count(value, "version", 1));
        if (form.version < 1) return wrong("version below 1");
        for (const Json& section : TRY(list(value, "sections", limits::kFormSectionsMax)))
            form.sections.push_back(TRY(read_section(section)));
        return form;
    }

  private:
    [[nodiscard]] Error wrong(std::string_view what) const {
        return invalid(at_.empty() ? concat("form: ", what) : concat("form, ", at_, ": ", what),
                       at_);
    }

    [[nodiscard]] Status known(const Json& value,
                               std::initializer_list<std::string_view> keys) const {
        if (!value.is_object()) return wrong("object expected");
        if (unknown_ == Unknown::PassedOver) return ok();
        const Status status = only_keys(value, keys);
        return status ? status : wrong(status.error().detail);
    }

    [[nodiscard]] Result<std::string> text(const Json& value,
                                           std::string_view key,
                                           std::size_t bytes_max) const {
        if (!has(value, key)) return std::string{};
        Result<std::string> read = text_at(value, key, bytes_max);
        if (!read) return wrong(read.error().detail);
        return read;
    }

    [[nodiscard]] Result<std::string> expression(const Json& value, std::string_view key) const {
        return text(value, key, limits::kExpressionBytesMax);
    }

    [[nodiscard]] Result<L10n> l10n(const Json& value, std::string_view key) const {
        if (!has(value, key)) return L10n{};
        Result<L10n> read = l10n_at(value, key);
        if (!read) return wrong(read.error().detail);
        return read;
    }

    [[nodiscard]] Result<int> count(const Json& value, std::string_view key, int usual) const {
        if (!has(value, key)) return usual;
        const Result<std::int64_t> read = int_at(value, key);
        if (!read || *read < 0 || *read > 1'000'000)
            return wrong(concat(key, ": small number expected"));
        return static_cast<int>(*read);
    }

    [[nodiscard]] Result<Json> list(const Json& value,
                                    std::string_view key,
                                    std::size_t most) const {
        if (!has(value, key)) return Json::array();
        Result<Json> read = array_at(value, key);
        if (!read) return wrong(read.error().detail);
        if (read->size() > most) return wrong(concat(key, ": more than ", most));
        return read;
    }

    // Moves on to what `value` describes. Errors: Invalid when its key is none or stands twice.
    Result<std::string> enter(const Json& value, std::set<std::string>& taken) {
        const Result<std::string> key = text_at(value, "key", limits::kFormKeyBytesMax);
        if (!key) return wrong(key.error().detail);
        if (!is_key(*key)) return wrong(concat("not a key: ", *key));
        at_ = *key;
        if (!taken.insert(*key).second) return wrong("the key stands twice");
        return *key;
    }

    Result<Section> read_section(const Json& value) {
        Section section;
        section.key = TRY(enter(value, section_keys_));
        (void)TRY(known(value, {"key", "title", "visible_if", "repeat", "fields"}));
        section.title = TRY(l10n(value, "title"));
        section.visible_if = TRY(expression(value, "visible_if"));
        if (has(value, "repeat")) (void)TRY(read_repeat(member(value, "repeat"), section));
        for (const Json& field : TRY(list(value, "fields", limits::kFormFieldsMax)))
            section.fields.push_back(TRY(read_field(field)));
        return section;
    }

    Status read_repeat(const Json& value, Section& section) const {
        (void)TRY(known(value, {"min", "max"}));
        section.repeat_min = TRY(count(value, "min", 0));
        section.repeat_max = TRY(count(value, "max", 1));
        if (section.repeat_max < 1 || section.repeat_max > limits::kSectionRepeatMax)
            return wrong(concat("repeat: max from 1 to ", limits::kSectionRepeatMax));
        if (section.repeat_min > section.repeat_max) return wrong("repeat: min above max");
        return ok();
    }

    Result<Field> read_field(const Json& value) {
        Field field;
        field.key = TRY(enter(value, field_keys_));
        if (field_keys_.size() > limits::kFormFieldsMax) return wrong("too many fields");
        (void)TRY(known(value,
                        {"key",
                         "type",
                         "label",
                         "help",
                         "placeholder",
                         "required_if",
                         "visible_if",
                         "default",
                         "options",
                         "validators",
                         "pii"}));
        const std::string type_name = TRY(text(value, "type", limits::kFormKeyBytesMax));
        const std::optional<FieldType> type = field_type(type_name);
        if (!type) return wrong(concat("unknown type: ", type_name));
        field.type = *type;
        (void)TRY(read_words(value, field));
        field.required_if = TRY(expression(value, "required_if"));
        field.visible_if = TRY(expression(value, "visible_if"));
        field.default_value = TRY(text(value, "default", limits::kFieldBytesMax));
        (void)TRY(read_parts(value, field));
        return field;
    }

    Status read_words(const Json& value, Field& field) const {
        field.label = TRY(l10n(value, "label"));
        if (field.label.empty()) return wrong("no label");
        field.help = TRY(l10n(value, "help"));
        field.placeholder = TRY(l10n(value, "placeholder"));
        if (!has(value, "pii")) return ok();
        const Result<bool> is_personal = bool_at(value, "pii");
        if (!is_personal) return wrong(is_personal.error().detail);
        field.is_personal = *is_personal;
        return ok();
    }

    Status read_parts(const Json& value, Field& field) {
        std::set<std::string> option_keys;
        const std::string field_key = at_;
        for (const Json& option : TRY(list(value, "options", limits::kFieldOptionsMax))) {
            field.options.push_back(TRY(read_option(option, option_keys)));
            at_ = field_key;
        }
        const bool is_choice =
            field.type == FieldType::Choice || field.type == FieldType::MultiChoice;
        if (is_choice == field.options.empty())
            return wrong("options belong to choices, and only to them");
        for (const Json& validator : TRY(list(value, "validators", limits::kFieldValidatorsMax)))
            field.validators.push_back(TRY(read_validator(validator)));
        return ok();
    }

    Result<Option> read_option(const Json& value, std::set<std::string>& taken) {
        const Result<std::string> key = text_at(value, "key", limits::kFormKeyBytesMax);
        if (!key || trimmed(*key).empty()) return wrong("an option without a key");
        Option option;
        option.key = *key;
        if (!taken.insert(option.key).second) return wrong(concat("option twice: ", option.key));
        (void)TRY(known(value, {"key", "label", "help", "visible_if"}));
        option.label = TRY(l10n(value, "label"));
        if (option.label.empty()) return wrong(concat("option without a label: ", option.key));
        option.help = TRY(l10n(value, "help"));
        option.visible_if = TRY(expression(value, "visible_if"));
        return option;
    }

    [[nodiscard]] Result<Validator> read_validator(const Json& value) const {
        (void)TRY(known(value, {"kind", "value", "message"}));
        Validator validator;
        validator.kind = TRY(text(value, "kind", limits::kFormKeyBytesMax));
        const bool is_known =
            std::find(kValidatorKinds.begin(), kValidatorKinds.end(), validator.kind) !=
            kValidatorKinds.end();
        if (!is_known) return wrong(concat("unknown validator: ", validator.kind));
        validator.value = TRY(text(value, "value", limits::kExpressionBytesMax));
        if (validator.value.empty())
            return wrong(concat("validator without a value: ", validator.kind));
        validator.message = TRY(l10n(value, "message"));
        return validator;
    }

    Unknown unknown_;
    std::string at_;
    std::set<std::string> section_keys_;
    std::set<std::string> field_keys_;
};

Json to_json(const Option& option);
Json to_json(const Validator& validator);
Json to_json(const Field& field);
Json to_json(const Section& section);

template <class Part>
void put_list(Json& object, std::string_view key, const std::vector<Part>& parts) {
    if (parts.empty()) return;
    Json list = Json::array();
    for (const Part& part : parts)
        list.push_back(to_json(part));
    object[std::string(key)] = std::move(list);
}

Json to_json(const Option& option) {
    Json object = Json::object();
    put(object, "key", option.key);
    put(object, "label", option.label);
    put(object, "help", option.help);
    put(object, "visible_if", option.visible_if);
    return object;
}

Json to_json(const Validator& validator) {
    Json object = Json::object();
    put(object, "kind", validator.kind);
    put(object, "value", validator.value);
    put(object, "message", validator.message);
    return object;
}

Json to_json(const Field& field) {
    Json object = Json::object();
    put(object, "key", field.key);
    object["type"] = name(field.type);
    put(object, "label", field.label);
    put(object, "help", field.help);
    put(object, "placeholder", field.placeholder);
    put(object, "required_if", field.required_if);
    put(object, "visible_if", field.visible_if);
    put(object, "default", field.default_value);
    put_list(object, "options", field.options);
    put_list(object, "validators", field.validators);
    put_flag(object, "pii", field.is_personal);
    return object;
}

Json to_json(const Section& section) {
    Json object = Json::object();
    put(object, "key", section.key);
    put(object, "title", section.title);
    put(object, "visible_if", section.visible_if);
    if (section.repeat_min != 0 || section.repeat_max != 1)
        object["repeat"] = Json{{"min", section.repeat_min}, {"max", section.repeat_max}};
    put_list(object, "fields", section.fields);
    return object;
}

}  // namespace

std::string_view name(FieldType type) {
    return name_in(kFieldTypes, type);
}
std::optional<FieldType> field_type(std::string_view name) {
    return value_in(kFieldTypes, name);
}

Json to_json(const Form& form) {
    Json object = Json::object();
    object["version"] = form.version;
    put_list(object, "sections", form.sections);
    return object;
}

Result<Form> form_from_json(const Json& value) {
    return FormReader(Unknown::Refused).read(value);
}
Result<Form> stored_form_from_json(const Json& value) {
    return FormReader(Unknown::PassedOver).read(value);
}

}  // namespace ventanilla::domain

#include "shared/commands/deciding.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/rules/words.hpp"

namespace ventanilla::commands {
namespace {

// An offline device may come back after a year; before that its clock was wrong (sync.md 2.11).
constexpr std::chrono::days kReportedBackMax{400};

}  // namespace

Error Deciding::reject(Rejection rejection) {
    rejection_ = std::move(rejection);
    return {Errc::Conflict, "rejected", {}};
}

Error Deciding::wrong(std::string_view field, std::string message) {
    Rejection rejection;
    rejection.code = RejectCode::Invalid;
    rejection.message = "reject.invalid";
    rejection.fields.push_back({std::string(field), std::move(message)});
    return reject(std::move(rejection));
}

Error Deciding::stale(std::string message, const domain::Row& row) {
    Rejection rejection;
    rejection.code = RejectCode::StaleTransition;
    rejection.message = std::move(message);
    rejection.current = {{"state", text_or(row.body, "state")}, {"ver", row.ver}};
    return reject(std::move(rejection));
}

Result<domain::Row> Deciding::visible(const domain::RowRef& ref) const {
    std::optional<domain::Row> row = state_.find(ref);
    if (!row || !state_.is_visible(ref, actor_.audiences())) return Errc::NotFound;
    return std::move(*row);
}

Result<domain::Row> Deciding::row_at(domain::RowType type, std::string_view key) const {
    return visible({type, TRY(id_at(command_.args, key))});
}

Result<std::string> Deciding::cleaned(std::string_view key,
                                      const Json& value,
                                      std::size_t bytes_max) {
    if (value.is_null()) return std::string{};
    if (!value.is_string()) return wrong(key, "form.error.invalid");
    std::string text = rules::clean_text(value.get_ref<const std::string&>());
    if (text.size() > bytes_max) return wrong(key, "reject.too_long");
    return text;
}

Result<std::string> Deciding::text_if_any(std::string_view key, std::size_t bytes_max) {
    return cleaned(key, member(command_.args, key), bytes_max);
}

Result<std::string> Deciding::text(std::string_view key, std::size_t bytes_max) {
    std::string text = TRY(text_if_any(key, bytes_max));
    if (text.empty()) return wrong(key, "form.error.required");
    return text;
}

Result<std::string> Deciding::line_in(const Json& object,
                                      std::string_view key,
                                      std::size_t bytes_max) {
    return rules::clean_line(TRY(cleaned(key, member(object, key), bytes_max)));
}

Result<domain::L10n> Deciding::l10n_if_any(std::string_view key, std::size_t bytes_max) {
    const Json& texts = member(command_.args, key);
    if (texts.is_null()) return domain::L10n{};
    if (!only_keys(texts, {"es", "en"})) return wrong(key, "form.error.invalid");
    domain::L10n text;
    text.es = TRY(cleaned(key, member(texts, "es"), bytes_max));
    text.en = TRY(cleaned(key, member(texts, "en"), bytes_max));
    return text;
}

Result<domain::L10n> Deciding::l10n(std::string_view key, std::size_t bytes_max) {
    domain::L10n text = TRY(l10n_if_any(key, bytes_max));
    if (text.empty()) return wrong(key, "form.error.required");
    return text;
}

Instant Deciding::reported_at() const {
    const Created& created = command_.created;
    if (to_ms(created.wall) <= 0) return now_;
    // The offset is foreign data: beyond ten years it is no clock's error, and the sum must not
    // overflow.
    const std::int64_t ten_years = Millis(std::chrono::days(3'653)).count();
    const std::int64_t offset = std::clamp(created.offset_ms, -ten_years, ten_years);
    return std::clamp(created.wall + Millis(offset), now_ - kReportedBackMax, now_);
}

Json changed_body(Json body, const Json& before, const Json& after) {
    for (const auto& [key, value] : before.items())
        if (!after.contains(key)) body.erase(key);
    for (const auto& [key, value] : after.items())
        body[key] = value;
    return body;
}

Decision nothing_new(const domain::RowRef& entity) {
    return {entity, {}};
}

}  // namespace ventanilla::commands

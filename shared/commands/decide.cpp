#include "shared/commands/decide.hpp"

#include "shared/commands/deciding.hpp"
#include "shared/domain/names.hpp"

namespace ventanilla::commands {
namespace {

constexpr auto kRejectCodes = std::to_array<domain::Named<RejectCode>>({
    {RejectCode::Forbidden, "forbidden"},
    {RejectCode::NotFoundOrHidden, "not_found_or_hidden"},
    {RejectCode::Invalid, "invalid"},
    {RejectCode::StaleTransition, "stale_transition"},
    {RejectCode::DuplicateBusinessKey, "duplicate_business_key"},
    {RejectCode::TooOld, "too_old"},
    {RejectCode::Quota, "quota"},
    {RejectCode::KeyReuse, "key_reuse"},
    {RejectCode::Policy, "policy"},
});

struct Known {
    std::string_view type;
    int version_max;  // of the type's arguments that this build understands
    Decide decide;
};

// Every command there is. A linear search is right at this size.
constexpr auto kCommands = std::to_array<Known>({
    {"request.submit", 1, submit_request},
    {"request.comment", 1, comment_request},
    {"request.take", 1, take_request},
    {"request.hold", 1, hold_request},
    {"request.answer", 1, answer_request},
    {"request.resolve", 1, resolve_request},
    {"request.confirm", 1, confirm_request},
    {"request.reopen", 1, reopen_request},
    {"request.cancel", 1, cancel_request},
    {"article.vote", 1, vote_article},
    {"article_version.propose", 1, propose_version},
    {"article_version.suggest_edits", 1, suggest_edits},
    {"article_version.publish", 1, publish_version},
    {"article_version.recall", 1, recall_version},
    {"help.record", 1, record_help},
    {"outage.publish", 1, publish_outage},
    {"outage.update", 1, update_outage},
    {"outage.resolve", 1, resolve_outage},
    {"outage.move", 1, move_outage},
    {"outage.convert", 1, convert_outage},
    {"outage.merge", 1, merge_outage},
    {"outage.reject", 1, reject_outage},
    {"outage.me_too", 1, join_outage},
    {"outage.answer", 1, answer_outage},
});

const Known* known(const Command& command) {
    for (const Known& each : kCommands)
        if (each.type == command.type && command.type_version <= each.version_max) return &each;
    return nullptr;
}

// For Errors nobody made a rejection of.
Rejection rejection_of(const Error& error) {
    switch (error.code) {
        case Errc::NotFound:
            return {.code = RejectCode::NotFoundOrHidden, .message = "reject.not_found"};
        case Errc::Forbidden: return {.code = RejectCode::Forbidden, .message = "reject.forbidden"};
        case Errc::Conflict:
            return {.code = RejectCode::StaleTransition, .message = "reject.stale_transition"};
        default: break;
    }
    Rejection rejection{.code = RejectCode::Invalid, .message = "reject.invalid"};
    if (!error.field.empty()) rejection.fields.push_back({error.field, "form.error.invalid"});
    return rejection;
}

}  // namespace

std::string_view name(RejectCode code) {
    return domain::name_in(kRejectCodes, code);
}
std::optional<RejectCode> reject_code(std::string_view name) {
    return domain::value_in(kRejectCodes, name);
}

std::vector<domain::Audience> Actor::audiences() const {
    std::vector<domain::Audience> held{std::string(domain::kEverybody),
                                       std::string(domain::kPublicArticles),
                                       domain::audience_of_user(user)};
    if (!is_nil(site)) held.push_back(domain::audience_of_site(site));
    if (viewer().is_staff()) held.emplace_back(domain::kStaff);
    for (const std::string& desk : desks)
        held.push_back(domain::audience_of_team(desk));
    return held;
}

Result<domain::RowRef> entity_of(const Command& command) {
    using domain::RowType;
    const std::string_view type = command.type;
    if (type == "request.submit")
        return domain::RowRef{RowType::Request, derived_id("request", command.cmd_id)};
    if (type == "help.record")
        return domain::RowRef{RowType::HelpNote, derived_id("help_note", command.cmd_id)};
    if (type == "outage.publish")
        return domain::RowRef{RowType::Outage, derived_id("outage", command.cmd_id)};
    if (type == "outage.reject")
        return domain::RowRef{RowType::Outage,
                              derived_id("candidate", TRY(id_at(command.args, "first")))};
    if (type == "article_version.propose" && !has(command.args, "article_version"))
        return domain::RowRef{RowType::ArticleVersion,
                              derived_id("article_version", command.cmd_id)};
    const std::string aggregate(type.substr(0, type.find('.')));
    if (aggregate == "request")
        return domain::RowRef{RowType::Request, TRY(id_at(command.args, aggregate))};
    if (aggregate == "article")
        return domain::RowRef{RowType::Article, TRY(id_at(command.args, aggregate))};
    if (aggregate == "article_version")
        return domain::RowRef{RowType::ArticleVersion, TRY(id_at(command.args, aggregate))};
    if (aggregate == "outage")
        return domain::RowRef{RowType::Outage, TRY(id_at(command.args, aggregate))};
    return invalid("type: unknown", "type");
}

Outcome decide(const State& state, const Command& command, const Actor& actor, Instant now) {
    const Known* handler = known(command);
    if (handler == nullptr) return UnknownType{};
    Deciding deciding(state, command, actor, now);
    Result<Decision> decision = handler->decide(deciding);
    if (decision) return std::move(*decision);
    std::optional<Rejection> rejection = deciding.take_rejection();
    return rejection ? std::move(*rejection) : rejection_of(decision.error());
}

}  // namespace ventanilla::commands

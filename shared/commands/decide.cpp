#include "shared/commands/decide.hpp"

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

}  // namespace

std::string_view name(RejectCode code) {
    return domain::name_in(kRejectCodes, code);
}
std::optional<RejectCode> reject_code(std::string_view name) {
    return domain::value_in(kRejectCodes, name);
}

std::vector<domain::Audience> Actor::audiences() const {
    using domain::Role;
    std::vector<domain::Audience> held{std::string(domain::kEverybody),
                                       std::string(domain::kPublicArticles),
                                       domain::audience_of_user(user)};
    if (!is_nil(site)) held.push_back(domain::audience_of_site(site));
    const bool is_staff = roles.has(Role::Agent) || roles.has(Role::Manager) ||
                          roles.has(Role::Author) || roles.has(Role::Admin);
    if (is_staff) held.emplace_back(domain::kStaff);
    for (const std::string& desk : desks)
        held.push_back(domain::audience_of_team(desk));
    return held;
}

Result<domain::RowRef> entity_of(const Command& command) {
    using domain::RowType;
    const std::string_view type = command.type;
    if (type == "request.submit")
        return domain::RowRef{RowType::Request, derived_id("request", command.cmd_id)};
    if (type == "outage.publish")
        return domain::RowRef{RowType::Outage, derived_id("outage", command.cmd_id)};
    const std::string aggregate(type.substr(0, type.find('.')));
    if (aggregate == "request")
        return domain::RowRef{RowType::Request, TRY(id_at(command.args, aggregate))};
    if (aggregate == "article")
        return domain::RowRef{RowType::Article, TRY(id_at(command.args, aggregate))};
    if (aggregate == "outage")
        return domain::RowRef{RowType::Outage, TRY(id_at(command.args, aggregate))};
    return invalid("type: unknown", "type");
}

Outcome decide(const State&, const Command&, const Actor&, Instant) {
    return UnknownType{};
}

}  // namespace ventanilla::commands

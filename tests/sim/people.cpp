#include "tests/sim/people.hpp"

#include <algorithm>

#include "shared/domain/article.hpp"
#include "shared/domain/blocks.hpp"
#include "shared/domain/catalog.hpp"

namespace ventanilla::sim {
namespace {

domain::User person(const std::string& login, domain::Roles roles, const Id& site,
                    std::vector<std::string> desks) {
    domain::User user;
    user.id = derived_id("user", login);
    user.login = login;
    user.display_name = login;
    user.email = login + "@sim.test";
    user.time_zone = "Europe/Madrid";
    user.site = site;
    user.roles = roles;
    user.desks = std::move(desks);
    return user;
}

template <class T>
commands::RowChange row(domain::RowType type, const T& value, std::string_view audience) {
    commands::RowChange change;
    change.ref = {type, value.id};
    change.body = domain::to_json(value);
    change.audiences = std::vector<domain::Audience>{std::string(audience)};
    return change;
}

domain::CatalogItem item(const Id& service, const Id& category) {
    domain::CatalogItem item;
    item.id = domain::id_of_key(domain::RowType::CatalogItem, "INC-03");
    item.key = "INC-03";
    item.kind = domain::RequestKind::Incident;
    item.service = service;
    item.category = category;
    item.desk = "it";
    item.title = {"Sin internet o VPN", "No internet or VPN"};
    domain::Field what;
    what.key = "what";
    what.label = {"Qué pasa", "What happens"};
    what.type = domain::FieldType::LongText;
    what.required_if = "true";
    domain::Section section;
    section.key = "main";
    section.repeat_min = 1;
    section.fields.push_back(what);
    item.form.sections.push_back(section);
    return item;
}

}  // namespace

Company make_company() {
    using domain::Role;
    using domain::RowType;
    Company company;
    domain::Site madrid{derived_id("site", "madrid"), "madrid", {"Madrid", "Madrid"}, "Europe/Madrid"};
    domain::Site lima{derived_id("site", "lima"), "lima", {"Lima", "Lima"}, "America/Lima"};
    company.madrid = madrid.id;
    company.lima = lima.id;
    domain::Service network;
    network.id = company.service = derived_id("service", "network");
    network.key = "network";
    network.name = {"Red", "Network"};
    network.desk = "it";
    domain::Category category;
    category.id = derived_id("category", "network");
    category.key = "network";
    category.name = {"Red", "Network"};
    domain::Article article;
    article.id = company.article = derived_id("article", "KB0001");
    article.number = "KB0001";
    article.es.title = "La VPN no conecta";
    article.es.blocks = Json::array();
    company.rows.push_back(row(RowType::Site, madrid, domain::kEverybody));
    company.rows.push_back(row(RowType::Site, lima, domain::kEverybody));
    company.rows.push_back(row(RowType::Service, network, domain::kEverybody));
    company.rows.push_back(row(RowType::Category, category, domain::kEverybody));
    company.rows.push_back(
        row(RowType::CatalogItem, item(network.id, category.id), domain::kEverybody));
    company.rows.push_back(row(RowType::Article, article, domain::kPublicArticles));
    const domain::Roles staff{Role::Requester,    Role::Agent,        Role::IncidentManager,
                              Role::Spokesperson, Role::ServiceOwner, Role::Author};
    company.users = {person("ana", {Role::Requester}, madrid.id, {}),
                     person("luis", {Role::Requester, Role::Reviewer}, lima.id, {}),
                     person("gema", staff, madrid.id, {"it"})};
    return company;
}

void Person::act() {
    Tab* tab = device_.any_tab();
    if (tab == nullptr) return;
    const bool is_staff = device_.user().roles.has(domain::Role::Agent);
    switch (world_.random.below(is_staff ? 10 : 9)) {
        case 0:
        case 1: return submit(*tab);
        case 2:
        case 3:
        case 4: return write_to_request(*tab);
        case 5: return is_staff ? work_on_request(*tab) : write_to_request(*tab);
        case 6: return world_.random.chance(1, 2) ? keep_article(*tab) : vote(*tab);
        case 7: return reconsider(*tab);
        case 8:
            if (world_.random.chance(1, 3)) return look_for_help(*tab);
            return is_staff ? work_on_request(*tab) : draft(*tab);
        default: return outage(*tab);
    }
}

std::string Person::words() {
    const bool is_poison = world_.fault(world_.rates.poison);
    return concat("mark-", device_.name(), '-', ++spoken_, is_poison ? " POISON" : " palabras");
}

std::string Person::any_row(Tab& tab, domain::RowType type) {
    std::vector<std::string> ids;
    tab.client.replica().each(type,
                              [&](const domain::Row& row) { ids.push_back(to_text(row.ref.id)); });
    std::sort(ids.begin(), ids.end());
    return ids.empty() ? "" : ids[world_.random.below(ids.size())];
}

void Person::give(Tab& tab, std::string_view type, Json args) {
    device_.with(tab, [&](sync::Client& client, sync::Now now) {
        const sync::SubmitResult result = client.submit(type, std::move(args), now);
        if (const auto* done = std::get_if<sync::Submitted>(&result))
            world_.trace(tab.name, ": gives ", type, " ", done->local_code);
        else if (const auto* no = std::get_if<commands::Rejection>(&result))
            world_.trace(tab.name, ": may not ", type, ": ", no->message,
                         no->fields.empty() ? "" : " " + no->fields.front().field);
        else if (const auto* error = std::get_if<Error>(&result))
            world_.trace(tab.name, ": cannot give ", type, ": ", error->detail);
    });
}

void Person::submit(Tab& tab) {
    give(tab, "request.submit",
         {{"item", "INC-03"}, {"form_version", 1}, {"answers", {{"what", words()}}}, {"lang", "es"}});
}

void Person::write_to_request(Tab& tab) {
    const std::string request = any_row(tab, domain::RowType::Request);
    if (request.empty()) return submit(tab);
    switch (world_.random.below(6)) {
        case 0: return give(tab, "request.confirm", {{"request", request}});
        case 1: return give(tab, "request.reopen", {{"request", request}, {"text", words()}});
        case 2: return give(tab, "request.cancel", {{"request", request}});
        case 3: return give(tab, "request.answer", {{"request", request}, {"text", words()}});
        default: return give(tab, "request.comment", {{"request", request}, {"text", words()}});
    }
}

void Person::work_on_request(Tab& tab) {
    const std::string request = any_row(tab, domain::RowType::Request);
    if (request.empty()) return;
    switch (world_.random.below(4)) {
        case 0: return give(tab, "request.take", {{"request", request}});
        case 1:
            return give(tab, "request.hold",
                        {{"request", request}, {"reason", "awaiting_requester"}, {"question", words()}});
        case 2: return give(tab, "request.resolve", {{"request", request}, {"notes", words()}});
        default:
            return give(tab, "request.comment",
                        {{"request", request}, {"text", words()}, {"internal", true}});
    }
}

void Person::vote(Tab& tab) {
    give(tab, "article.vote",
         {{"article", to_text(company_.article)},
          {"version", 1},
          {"helpful", world_.random.chance(1, 2)}});
}

void Person::look_for_help(Tab& tab) {
    give(tab, "help.record",
         {{"sought",
           {{{"item", "INC-03"},
             {"shown", 1},
             {"kind", "article"},
             {"target", to_text(company_.article)},
             {"end", world_.random.chance(1, 2) ? "solved" : "left"},
             {"ago", 1'000}}}},
          {"searches", {{{"key", to_text(company_.article)}, {"words", words()}, {"found", 0}, {"ago", 5}}}}});
}

// Ana may not, Gema writes, Luis decides: what one of them did may be news to the other.
void Person::keep_article(Tab& tab) {
    const std::string version = any_row(tab, domain::RowType::ArticleVersion);
    const Json args = {{"article_version", version}};
    switch (version.empty() ? 0 : world_.random.below(5)) {
        case 1:
        case 2: return give(tab, "article_version.publish", args);
        case 3:
            return give(tab, "article_version.suggest_edits",
                        {{"article_version", version}, {"note", words()}});
        case 4: return give(tab, "article_version.recall", args);
        default: break;
    }
    const domain::Row* row = tab.client.replica().get({domain::RowType::Article, company_.article});
    domain::Block text;
    text.inlines = {{.text = words()}};
    const Json es = {{"title", "La VPN no conecta"}, {"blocks", to_json(domain::Blocks{text})}};
    give(tab, "article_version.propose",
         {{"article", to_text(company_.article)},
          {"base", row == nullptr ? 1 : int_or(row->body, "version", 1)},
          {"es", es},
          {"change", words()}});
}

void Person::outage(Tab& tab) {
    const std::string open = any_row(tab, domain::RowType::Outage);
    const std::string text = words();
    const Json both = {{"es", text}, {"en", text}};
    const Json services = Json::array({{{"service", to_text(company_.service)}, {"impact", "major"}}});
    const std::int64_t present = 1'790'000'000'000 + world_.now_ms();
    const std::int64_t soon = present + 3'600'000;
    Json args = {{"outage", open}, {"body", both}};
    const auto kind = world_.random.below(open.empty() ? 2 : 9);
    if (kind == 2) return give(tab, "outage.resolve", args);
    if (kind == 3 && world_.random.chance(1, 3))
        return give(tab, "outage.answer", {{"outage", open}, {"works", world_.random.chance(1, 2)}});
    if (kind == 3) return give(tab, "outage.me_too", {{"outage", open}});
    if (kind == 4 || kind == 5) {
        const char* states[] = {"identified", "in_progress", "verifying", "cancelled"};
        const char* state = states[world_.random.below(4)];
        args.update({{"state", state}, {"services", services}, {"next_update_due_at", soon}});
        const domain::Row* row = tab.client.replica().get({domain::RowType::Outage, *parse_id(open)});
        // Two who speak at once: the second has not read what the first said.
        if (row != nullptr && world_.random.chance(1, 2))
            args["seen"] = text_or(row->body["updates"].back(), "id");
        return give(tab, "outage.update", args);
    }
    if (kind == 6) {
        args["scheduled_until"] = soon + 3'600'000;
        return give(tab, "outage.move", args);
    }
    if (kind == 7) {
        args.update({{"state", "identified"},
                     {"title", both},
                     {"services", services},
                     {"next_update_due_at", soon}});
        return give(tab, "outage.convert", args);
    }
    if (kind == 8) {
        args["into"] = any_row(tab, domain::RowType::Outage);
        return give(tab, "outage.merge", args);
    }
    const bool is_local = world_.random.chance(1, 2);
    args = {{"kind", kind == 0 ? "incident" : "maintenance"},
            {"title", both},
            {"impact", both},
            {"workaround", both},
            {"contact", {{"name", "IT"}, {"phone", "1"}, {"mail", "it@sim.test"}}},
            {"audience", is_local ? Json{{"sites", {to_text(company_.madrid)}}} : Json{{"everybody", true}}},
            {"services", services},
            {"body", both},
            {"state", kind == 0 ? "investigating" : "scheduled"},
            {"started_at", present},
            {"next_update_due_at", soon}};
    if (kind == 1) args["scheduled_until"] = soon;
    const std::string first = any_row(tab, domain::RowType::Request);
    if (kind == 0 && !first.empty() && world_.random.chance(1, 4))
        return give(tab, "outage.reject",
                    {{"first", first},
                     {"service", to_text(company_.service)},
                     {"title", both},
                     {"body", both},
                     {"started_at", present},
                     {"reports", 5}});
    give(tab, "outage.publish", args);
}

// Edits, tries again or throws away something that needs attention.
void Person::reconsider(Tab& tab) {
    std::vector<sync::Entry> stuck;
    for (const sync::Entry& entry : tab.client.entries())
        if (entry.state == sync::EntryState::Rejected || entry.state == sync::EntryState::Held ||
            entry.state == sync::EntryState::Quarantined)
            stuck.push_back(entry);
    if (stuck.empty()) return vote(tab);
    const sync::Entry entry = stuck[world_.random.below(stuck.size())];
    const auto choice = world_.random.below(3);
    const Json args = entry.record->command.args;
    device_.with(tab, [&](sync::Client& client, sync::Now now) {
        world_.trace(tab.name, ": reconsiders ", short_code(entry.cmd_id), " choice ", choice);
        if (choice == 0) (void)client.discard(entry.cmd_id, now);
        if (choice == 1) (void)client.retry(entry.cmd_id, now);
        if (choice == 2) (void)client.edit(entry.cmd_id, args, now);
        for (const sync::Entry& given_up : client.entries())  // also what its successor replaced
            if (given_up.state == sync::EntryState::Discarded) oracle_.on_discarded(given_up.cmd_id);
    });
}

void Person::draft(Tab& tab) {
    device_.with(tab, [&](sync::Client& client, sync::Now now) {
        const Id id = derived_id("draft", concat(device_.name(), world_.random.below(3)));
        if (world_.random.chance(1, 3))
            client.delete_draft(id, now);
        else
            client.save_draft(id, {{"text", words()}}, now);
    });
}

}  // namespace ventanilla::sim

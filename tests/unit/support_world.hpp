#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "shared/commands/decide.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/domain/request.hpp"

// A small company in memory for tests of commands: people, rows with their audiences, and a clock
// that only moves when told to.

namespace ventanilla::commands {

constexpr Instant kNow = from_ms(1'773'238'800'000);  // Wednesday 2026-03-11 14:20 UTC

inline Id test_id(std::string_view seed) {
    return derived_id("test", seed);
}

class World final : public State {
  public:
    struct Kept {
        domain::Row row;
        std::vector<domain::Audience> audiences;
    };

    Instant now = kNow;
    std::map<domain::RowRef, Kept> rows;

    [[nodiscard]] std::optional<domain::Row> find(const domain::RowRef& ref) const override {
        const auto found = rows.find(ref);
        return found == rows.end() ? std::nullopt : std::optional(found->second.row);
    }

    [[nodiscard]] bool is_visible(const domain::RowRef& ref,
                                  const std::vector<domain::Audience>& audiences) const override {
        const auto found = rows.find(ref);
        if (found == rows.end()) return false;
        const auto& holders = found->second.audiences;
        return std::find_first_of(
                   holders.begin(), holders.end(), audiences.begin(), audiences.end()) !=
               holders.end();
    }

    void put(domain::RowType type,
             const Id& id,
             Json body,
             std::vector<domain::Audience> audiences) {
        rows[{type, id}] = {{{type, id}, 1, std::move(body)}, std::move(audiences)};
    }

    void apply(const Decision& decision) {
        for (const RowChange& change : decision.changes) {
            Kept& kept = rows[change.ref];
            kept.row.ref = change.ref;
            kept.row.ver += 1;
            kept.row.body = change.body;
            if (change.audiences) kept.audiences = *change.audiences;
            if (change.needs_number && text_or(kept.row.body, "number").empty())
                kept.row.body["number"] = "SOL-2026-000001";
        }
    }

    // Decides, applies what was decided, and gives the outcome.
    Outcome run(const Actor& actor, const Command& command) {
        Outcome outcome = decide(*this, command, actor, now);
        if (const auto* decision = std::get_if<Decision>(&outcome)) apply(*decision);
        return outcome;
    }

    Outcome run(const Actor& actor, std::string_view type, Json args) {
        return run(actor, command(type, std::move(args)));
    }

    Command command(std::string_view type, Json args) {
        Command command;
        command.cmd_id = test_id("command " + std::to_string(++commands_));
        command.type = std::string(type);
        command.args = std::move(args);
        command.created.wall = now;
        return command;
    }

    [[nodiscard]] domain::Request request(const Id& id) const {
        return *domain::request_from(*find({domain::RowType::Request, id}));
    }
    [[nodiscard]] domain::Outage outage(const Id& id) const {
        return *domain::outage_from(*find({domain::RowType::Outage, id}));
    }
    [[nodiscard]] domain::Article article(const Id& id) const {
        return *domain::article_from(*find({domain::RowType::Article, id}));
    }
    // Oldest first as far as the clock was moved in between.
    [[nodiscard]] std::vector<domain::Comment> comments() const {
        std::vector<domain::Comment> all;
        for (const auto& [ref, kept] : rows)
            if (ref.type == domain::RowType::Comment)
                all.push_back(*domain::comment_from(kept.row));
        std::stable_sort(
            all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        return all;
    }

  private:
    int commands_ = 0;
};

// People: Lucía asks, Owen works for IT, Rosa for HR, Diego speaks, Ana reads what she is shown.
inline Actor actor(std::string_view name,
                   domain::Roles roles,
                   std::vector<std::string> desks,
                   std::string_view site) {
    Actor actor;
    actor.user = test_id(name);
    actor.display_name = std::string(name);
    actor.roles = roles;
    actor.desks = std::move(desks);
    actor.site = domain::id_of_key(domain::RowType::Site, site);
    return actor;
}

inline Actor lucia() {
    return actor("Lucía Ferreyra", {domain::Role::Requester}, {}, "madrid");
}
inline Actor ana() {
    return actor("Ana Ruiz", {domain::Role::Requester}, {}, "austin");
}
inline Actor owen() {
    return actor("Owen Blake", {domain::Role::Agent}, {"it"}, "austin");
}
inline Actor carla() {
    return actor("Carla Núñez", {domain::Role::Manager}, {"it"}, "madrid");
}
inline Actor rosa() {
    return actor("Rosa Gil", {domain::Role::Agent}, {"hr"}, "madrid");
}
inline Actor diego() {
    return actor("Diego Paz", {domain::Role::Spokesperson}, {}, "austin");
}

inline World company() {
    using domain::RowType;
    World world;
    const std::vector<domain::Audience> everybody = {"org:all"};
    for (const char* key : {"madrid", "austin"})
        world.put(RowType::Site,
                  domain::id_of_key(RowType::Site, key),
                  {{"key", key}, {"name", {{"es", key}}}},
                  everybody);
    for (const char* key : {"network", "mail"})
        world.put(RowType::Service,
                  domain::id_of_key(RowType::Service, key),
                  {{"key", key}, {"name", {{"es", key}}}},
                  everybody);
    for (const Actor& person : {lucia(), ana(), owen(), carla(), rosa(), diego()}) {
        Json body = {{"login", to_text(person.user)},
                     {"display_name", person.display_name},
                     {"email", "x@andina.example"}};
        world.put(RowType::User,
                  person.user,
                  std::move(body),
                  {domain::audience_of_user(person.user), "staff:all"});
    }
    const Json form = *parse_json(R"json({"version": 3, "sections": [{"key": "what", "fields": [
        {"key": "problem", "type": "choice", "label": {"es": "¿Qué pasa?"}, "required_if": "true", "options": [
            {"key": "vpn", "label": {"es": "La VPN no conecta", "en": "VPN does not connect"}},
            {"key": "slow", "label": {"es": "Va lento", "en": "It is slow"}}]},
        {"key": "code", "type": "text", "label": {"es": "Código"}, "visible_if": "field.problem eq 'vpn'",
         "validators": [{"kind": "mask", "value": "999", "message": {"es": "Tres cifras"}}]},
        {"key": "since", "type": "date", "label": {"es": "Desde"},
         "validators": [{"kind": "before", "value": "today()+1d"}]},
        {"key": "details", "type": "longtext", "label": {"es": "Detalles"}}]}]})json");
    Json item = {{"key", "INC-03"},
                 {"kind", "incident"},
                 {"desk", "it"},
                 {"form", form},
                 {"title", {{"es", "Sin internet o VPN"}, {"en", "No internet or VPN"}}},
                 {"service", to_text(domain::id_of_key(RowType::Service, "network"))}};
    world.put(RowType::CatalogItem,
              domain::id_of_key(RowType::CatalogItem, "INC-03"),
              std::move(item),
              everybody);
    return world;
}

// Lucía's request to IT, open; its id.
inline Id submitted(World& world) {
    const Command command = world.command("request.submit",
                                          {{"item", "INC-03"},
                                           {"form_version", 3},
                                           {"lang", "es"},
                                           {"answers", {{"problem", "vpn"}, {"code", "809"}}}});
    world.run(lucia(), command);
    return derived_id("request", command.cmd_id);
}

}  // namespace ventanilla::commands

#include <gtest/gtest.h>

#include "shared/domain/article.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/domain/request.hpp"

// What is written is read back, for each kind of row with all its fields set and with as few as may
// be.

namespace ventanilla::domain {
namespace {

Id id(std::string_view seed) {
    return derived_id("test", seed);
}
Instant at(int minutes) {
    return from_ms(1'773'238'800'000 + minutes * 60'000);
}

Row row(RowType type, Json body) {
    return {.ref = {type, id("row")}, .ver = 3, .body = std::move(body)};
}

// What is read from a row writes the same body again, and a member nobody knows yet does no harm.
template <class Read>
void expect_round_trip(RowType type, const Json& body, Read read) {
    const auto value = read(row(type, body));
    ASSERT_TRUE(value) << value.error().detail << "\n" << dump_json(body);
    EXPECT_EQ(dump_json(to_json(*value)), dump_json(body));
    EXPECT_EQ(value->id, id("row"));
    Json newer = body;
    newer["of_a_later_version"] = {{"deep", 1}};
    EXPECT_TRUE(read(row(type, newer)));
}

// Each member of `needed` refuses to be missing and to be of another type, and is named by the
// error.
template <class Read>
void expect_needed(RowType type,
                   const Json& body,
                   Read read,
                   std::initializer_list<const char*> needed) {
    for (const char* key : needed) {
        Json without = body;
        without.erase(key);
        EXPECT_EQ(read(row(type, without)).error().field, key);
        Json broken = body;
        broken[key] = -0.5;
        EXPECT_EQ(read(row(type, broken)).error().code, Errc::Invalid) << key;
    }
    for (const Json& nonsense : {Json(), Json(7), Json("text"), Json::array({1, 2})})
        EXPECT_FALSE(read(row(type, nonsense)));
}

Json full_request() {
    Request request;
    request.number = "SOL-2026-000123";
    request.local_code = "7K2Q4";
    request.item_key = "INC-03";
    request.item_title = {"Sin internet o VPN", "No internet or VPN"};
    request.form_version = 4;
    request.answers = {{"device", "laptop"}, {"users", {{{"name", "Ada"}}}}};
    request.title = "VPN: error 809";
    request.description = "Desde casa, con dos líneas.\nSegunda.";
    request.requester = id("lucia");
    request.requester_name = "Lucía Ferreyra";
    request.site = id("ba");
    request.service = id("network");
    request.desk = "it";
    request.assignee = id("owen");
    request.assignee_name = "Owen Blake";
    request.state = RequestState::OnHold;
    request.hold_reason = HoldReason::AwaitingRequester;
    request.question = "¿Qué error ves?";
    request.resolution = "Resuelto antes.";
    request.priority = 2;
    request.resolution_cycle = 2;
    request.outage = id("o1");
    request.reported_at = at(0);
    request.received_at = at(1);
    request.updated_at = at(2);
    request.lang = Lang::En;
    return to_json(request);
}

Json least_request() {
    return {{"kind", "incident"},
            {"item_key", "INC-01"},
            {"requester", to_text(id("lucia"))},
            {"desk", "it"},
            {"state", "open"},
            {"reported_at", to_ms(at(0))},
            {"lang", "es"},
            {"received_at", to_ms(at(0))},
            {"updated_at", to_ms(at(0))},
            {"form_version", 1},
            {"answers", Json::object()}};
}

Json full_outage() {
    Outage outage;
    outage.public_id = "abcdefghijkl";
    outage.kind = OutageKind::Maintenance;
    outage.title = {"ERP en mantenimiento", "ERP under maintenance"};
    outage.impact = {"No podrás facturar.", "You cannot invoice."};
    outage.workaround = {"Anota en papel.", ""};
    outage.workaround_article = "KB0020";
    outage.contact = {
        .name = "Diego Paz", .phone = "+54 11 5555 0100", .mail = "diego@andina.example"};
    outage.audience = {.is_everybody = false, .sites = {id("ba"), id("madrid")}};
    outage.started_at = at(0);
    outage.scheduled_until = at(120);
    outage.ended_at = at(118);
    OutageUpdate update;
    update.id = id("u1");
    update.state = OutageState::Scheduled;
    update.body = {"Empieza a las 22.", "Starts at 22."};
    update.snapshot = {{id("erp"), Impact::Major}, {id("mail"), Impact::Operational}};
    update.eta_high = at(120);
    update.next_update_due_at = at(60);
    update.at = at(-60);
    update.author_name = "Diego Paz";
    update.is_material = false;
    outage.updates = {update, {.id = id("u2"), .state = OutageState::Completed, .at = at(119)}};
    outage.material_version = 3;
    outage.affected_count = 37;
    return to_json(outage);
}

TEST(Rows, AreNamedByTypeAndId) {
    const RowRef ref{RowType::CatalogItem, id("x")};
    EXPECT_EQ(to_text(ref), "catalog_item:" + to_text(id("x")));
    for (int type = 1; type <= 11; ++type) {
        const RowRef each{static_cast<RowType>(type), id("y")};
        const Result<RowRef> read = parse_row_ref(to_text(each));
        ASSERT_TRUE(read) << type;
        EXPECT_EQ(*read, each);
    }
}

TEST(Rows, RefuseNamesThatAreNone) {
    for (const char* text : {"",
                             ":",
                             "request",
                             "request:",
                             "request:12",
                             "nothing:00000000000000000000000000000000",
                             "request:0000000000000000000000000000000g",
                             "request:000000000000000000000000000000000"})
        EXPECT_FALSE(parse_row_ref(text)) << text;
}

TEST(Rows, OfOneIdAndTwoTypesHashApart) {
    EXPECT_NE(RowRefHash{}({RowType::User, id("a")}), RowRefHash{}({RowType::Site, id("a")}));
}

TEST(Rows, AudiencesHaveTheirForms) {
    EXPECT_EQ(audience_of_user(Id{}), "user:00000000000000000000000000000000");
    EXPECT_EQ(audience_of_site(Id{}), "site:00000000000000000000000000000000");
    EXPECT_EQ(audience_of_team("it"), "team:it");
}

TEST(Languages, OfALocaleAreSpanishUnlessEnglish) {
    for (const char* locale : {"en", "en-US", "EN_gb", "en-"})
        EXPECT_EQ(lang_of(locale), Lang::En) << locale;
    for (const char* locale : {"es", "es-AR", "pt-BR", "", "e", "eng", "english", "fr"})
        EXPECT_EQ(lang_of(locale), Lang::Es) << locale;
}

TEST(Languages, AMissingTextIsShownInTheOther) {
    EXPECT_EQ((L10n{"hola", ""}).in(Lang::En), "hola");
    EXPECT_EQ((L10n{"", "hello"}).in(Lang::Es), "hello");
    EXPECT_EQ((L10n{"hola", "hello"}).in(Lang::En), "hello");
    EXPECT_TRUE(L10n{}.empty());
}

TEST(Languages, TextsFromOutsideAreChecked) {
    EXPECT_EQ(l10n_from_json({{"es", "a"}, {"en", "b"}})->en, "b");
    for (const Json& bad : {Json(),
                            Json("text"),
                            Json::object(),
                            Json{{"fr", "a"}},
                            Json{{"es", 1}},
                            Json{{"es", ""}}})
        EXPECT_FALSE(l10n_from_json(bad)) << dump_json(bad);
    EXPECT_TRUE(l10n_or_empty(Json{{"t", 7}}, "t").empty());
}

TEST(Roles, AreASetThatIgnoresUnknownBits) {
    const Roles roles{Role::Agent, Role::Admin};
    EXPECT_TRUE(roles.has(Role::Agent));
    EXPECT_FALSE(roles.has(Role::Requester));
    EXPECT_EQ(Roles::from_bits(roles.bits()), roles);
    EXPECT_EQ(Roles::from_bits(0xFFFF).bits(), 0x03FF);
    for (unsigned bit = 0; bit < 10; ++bit) {
        const auto each = static_cast<Role>(1U << bit);
        EXPECT_EQ(role(name(each)), each);
    }
    EXPECT_FALSE(role("root"));
}

TEST(People, RoundTrip) {
    User user;
    user.login = "lucia";
    user.display_name = "Lucía Ferreyra";
    user.email = "lucia@andina.example";
    user.lang = Lang::En;
    user.time_zone = "America/Argentina/Buenos_Aires";
    user.site = id("ba");
    user.roles = {Role::Requester, Role::Agent};
    user.desks = {"it", "hr"};
    user.is_active = false;
    expect_round_trip(RowType::User, to_json(user), user_from);
    expect_round_trip(RowType::User, to_json(User{.login = "a", .display_name = "A"}), user_from);
    expect_needed(RowType::User, to_json(user), user_from, {"login", "display_name"});
}

TEST(People, AnUnknownRoleGrantsNothing) {
    const auto user = user_from(row(
        RowType::User, {{"login", "a"}, {"display_name", "A"}, {"roles", {"root", 7, "agent"}}}));
    ASSERT_TRUE(user);
    EXPECT_EQ(user->roles, Roles{Role::Agent});
}

TEST(Places, RoundTrip) {
    const Site site{.key = "madrid", .name = {"Madrid", "Madrid"}, .time_zone = "Europe/Madrid"};
    expect_round_trip(RowType::Site, to_json(site), site_from);
    expect_needed(RowType::Site, to_json(site), site_from, {"key", "name"});
    const Service service{.key = "network",
                          .name = {"Red", "Network"},
                          .description = {"Red y VPN", ""},
                          .desk = "it",
                          .criticality = 1};
    expect_round_trip(RowType::Service, to_json(service), service_from);
    expect_needed(RowType::Service, to_json(service), service_from, {"key", "name"});
}

TEST(Articles, RoundTrip) {
    Article article;
    article.number = "KB0005";
    article.version = 3;
    article.es = {.title = "VPN",
                  .summary = "Errores",
                  .keywords = "809 720",
                  .blocks = {{{"t", "p"}}}};
    expect_round_trip(RowType::Article, to_json(article), article_from);
    article.en = {.title = "VPN errors", .summary = "", .keywords = "", .blocks = {}};
    article.source_path = "vpn/errors.md";
    article.owner = "Redes";
    article.reviewed_at = at(0);
    article.is_internal = true;
    article.votes_helpful = 4;
    article.votes_total = 5;
    article.items = {"INC-03"};
    expect_round_trip(RowType::Article, to_json(article), article_from);
    expect_needed(RowType::Article, to_json(article), article_from, {"number"});
    EXPECT_EQ(article.in(Lang::En).title, "VPN errors");
}

TEST(Articles, ABrokenMarkHidesRatherThanShows) {
    const Json body = {{"number", "KB1"}, {"es", {{"title", "t"}}}, {"is_internal", "no"}};
    EXPECT_TRUE(article_from(row(RowType::Article, body))->is_internal);
    EXPECT_FALSE(article_from(row(RowType::Article, {{"number", "KB1"}, {"es", Json::object()}})));
}

TEST(Articles, OnePersonHasOneVote) {
    EXPECT_EQ(vote_id(id("a"), id("u")), vote_id(id("a"), id("u")));
    EXPECT_NE(vote_id(id("a"), id("u")), vote_id(id("u"), id("a")));
    const Vote vote{.article = id("a"),
                    .version = 2,
                    .user = id("u"),
                    .is_helpful = false,
                    .reason = VoteReason::Outdated,
                    .at = at(1)};
    expect_round_trip(RowType::Vote, to_json(vote), vote_from);
    expect_needed(RowType::Vote, to_json(vote), vote_from, {"article", "user", "is_helpful", "at"});
    Json later = to_json(vote);
    later["reason"] = "of a newer server";
    EXPECT_FALSE(vote_from(row(RowType::Vote, later))->reason);
}

TEST(Articles, EachReasonHasAName) {
    for (const VoteReason reason : kVoteReasons)
        EXPECT_EQ(vote_reason(name(reason)), reason);
}

TEST(Requests, RoundTrip) {
    expect_round_trip(RowType::Request, full_request(), request_from);
    expect_round_trip(RowType::Request, least_request(), request_from);
    expect_needed(RowType::Request,
                  least_request(),
                  request_from,
                  {"kind",
                   "item_key",
                   "requester",
                   "desk",
                   "state",
                   "reported_at",
                   "received_at",
                   "updated_at"});
}

TEST(Requests, RefuseStatesAndReasonsThatAreNone) {
    Json body = least_request();
    body["state"] = "exploded";
    EXPECT_EQ(request_from(row(RowType::Request, body)).error().field, "state");
    body = full_request();
    body["hold_reason"] = "lunch";
    EXPECT_EQ(request_from(row(RowType::Request, body)).error().field, "hold_reason");
}

TEST(Requests, NamesOfStatesReadBack) {
    for (int state = 0; state <= static_cast<int>(RequestState::Cancelled); ++state)
        EXPECT_EQ(request_state(name(static_cast<RequestState>(state))),
                  static_cast<RequestState>(state));
    for (int reason = 0; reason <= static_cast<int>(HoldReason::AwaitingStock); ++reason)
        EXPECT_EQ(hold_reason(name(static_cast<HoldReason>(reason))),
                  static_cast<HoldReason>(reason));
    for (int kind = 0; kind <= static_cast<int>(CommentKind::Linked); ++kind)
        EXPECT_EQ(comment_kind(name(static_cast<CommentKind>(kind))),
                  static_cast<CommentKind>(kind));
}

TEST(Comments, RoundTrip) {
    const Comment comment{.request = id("r"),
                          .kind = CommentKind::Question,
                          .author = id("owen"),
                          .author_name = "Owen",
                          .is_by_staff = true,
                          .text = "¿Qué error?\n\tUno",
                          .at = at(3)};
    expect_round_trip(RowType::Comment, to_json(comment), comment_from);
    expect_needed(RowType::Comment, to_json(comment), comment_from, {"request", "kind", "at"});
}

TEST(Outages, RoundTrip) {
    expect_round_trip(RowType::Outage, full_outage(), outage_from);
    expect_needed(RowType::Outage,
                  full_outage(),
                  outage_from,
                  {"kind", "title", "audience", "started_at", "updates"});
}

TEST(Outages, WithoutAnUpdateAreNone) {
    Json body = full_outage();
    body["updates"] = Json::array();
    EXPECT_EQ(outage_from(row(RowType::Outage, body)).error().field, "updates");
}

TEST(Outages, ShowTheWorstOfTheNewestSnapshotOnly) {
    const Result<Outage> outage = outage_from(row(RowType::Outage, full_outage()));
    ASSERT_TRUE(outage);
    EXPECT_EQ(worst_impact(*outage), Impact::Operational);
    EXPECT_EQ(outage->state(), OutageState::Completed);
    EXPECT_FALSE(is_open(outage->state()));
    Outage earlier = *outage;
    earlier.updates.pop_back();
    EXPECT_EQ(worst_impact(earlier), Impact::Major);
}

TEST(Outages, NamesReadBack) {
    for (int state = 0; state <= static_cast<int>(OutageState::Cancelled); ++state)
        EXPECT_EQ(outage_state(name(static_cast<OutageState>(state))),
                  static_cast<OutageState>(state));
    for (const Impact each :
         {Impact::Operational, Impact::Degraded, Impact::Partial, Impact::Major})
        EXPECT_EQ(impact(name(each)), each);
    EXPECT_EQ(outage_kind("maintenance"), OutageKind::Maintenance);
}

TEST(Outages, CountEachPersonOnce) {
    const Affected affected{.outage = id("o"), .user = id("u"), .at = at(1)};
    expect_round_trip(RowType::Affected, to_json(affected), affected_from);
    expect_needed(RowType::Affected, to_json(affected), affected_from, {"outage", "user", "at"});
    EXPECT_EQ(affected_id(id("o"), id("u")), affected_id(id("o"), id("u")));
}

Json full_form() {
    return *parse_json(R"json({"version": 3, "sections": [
        {"key": "where", "title": {"es": "Dónde", "en": "Where"}, "visible_if": "eq(field.a, 'x')", "fields": [
            {"key": "a", "type": "choice", "label": {"es": "A"}, "help": {"es": "Ayuda"}, "required_if": "true",
             "options": [{"key": "x", "label": {"es": "X"}, "help": {"es": "h"}, "visible_if": "true"},
                         {"key": "y", "label": {"es": "Y"}}]},
            {"key": "b", "type": "text", "label": {"es": "B"}, "placeholder": {"es": "AA999"}, "default": "AB123",
             "visible_if": "eq(field.a, 'y')", "pii": true,
             "validators": [{"kind": "mask", "value": "AA999", "message": {"es": "Dos letras y tres cifras"}}]}]},
        {"key": "people", "repeat": {"min": 1, "max": 20}, "fields": [
            {"key": "person", "type": "user", "label": {"es": "Persona"}}]}]
})json");
}

TEST(Forms, RoundTrip) {
    const Result<Form> form = form_from_json(full_form());
    ASSERT_TRUE(form) << form.error().detail;
    EXPECT_EQ(dump_json(to_json(*form)), dump_json(full_form()));
    EXPECT_EQ(form->sections[1].repeat_max, 20);
    EXPECT_TRUE(form->sections[0].fields[1].is_personal);
}

TEST(Forms, OfANewerVersionAreReadFromRowsButNotAcceptedFromAnEditor) {
    Json newer = full_form();
    newer["sections"][0]["fields"][0]["shiny"] = true;
    EXPECT_EQ(form_from_json(newer).error().field, "a");
    EXPECT_TRUE(stored_form_from_json(newer));
}

TEST(Forms, NameTheKeyAtFault) {
    struct Case {
        const char* what;
        const char* pointer;
        Json value;
        const char* field;
    };
    const Case cases[] = {
        {"an unknown type", "/sections/0/fields/0/type", "hologram", "a"},
        {"a key twice", "/sections/1/fields/0/key", "a", "a"},
        {"a section twice", "/sections/1/key", "where", "where"},
        {"a key with capitals", "/sections/0/fields/1/key", "Bad", "a"},
        {"a key that is empty", "/sections/0/key", "", ""},
        {"a label that is missing", "/sections/0/fields/1/label", nullptr, "b"},
        {"a label in another language", "/sections/0/fields/1/label", {{"fr", "B"}}, "b"},
        {"an option twice", "/sections/0/fields/0/options/1/key", "x", "a"},
        {"an option without a label", "/sections/0/fields/0/options/1/label", nullptr, "a"},
        {"a choice without options", "/sections/0/fields/0/options", Json::array(), "a"},
        {"a text with options",
         "/sections/0/fields/1/options",
         {{{"key", "x"}, {"label", {{"es", "X"}}}}},
         "b"},
        {"an unknown validator", "/sections/0/fields/1/validators/0/kind", "regex", "b"},
        {"a validator without a value", "/sections/0/fields/1/validators/0/value", "", "b"},
        {"a repeat beyond its limit", "/sections/1/repeat/max", 51, "people"},
        {"a repeat upside down", "/sections/1/repeat/min", 21, "people"},
        {"a negative repeat", "/sections/1/repeat/min", -1, "people"},
        {"sections that are no list", "/sections", 7, ""},
        {"a version below 1", "/version", 0, ""},
        {"a pii mark that is a text", "/sections/0/fields/1/pii", "yes", "b"},
        {"an expression beyond its limit",
         "/sections/0/fields/1/visible_if",
         std::string(2001, 'x'),
         "b"},
    };
    for (const Case& each : cases) {
        Json form = full_form();
        form[Json::json_pointer(each.pointer)] = each.value;
        const Result<Form> read = form_from_json(form);
        ASSERT_FALSE(read) << each.what;
        EXPECT_EQ(read.error().field, each.field) << each.what << ": " << read.error().detail;
    }
}

TEST(Forms, HaveBounds) {
    Json many = {{"version", 1}, {"sections", Json::array()}};
    for (int section = 0; section < 3; ++section) {
        Json fields = Json::array();
        for (int field = 0; field < 80; ++field)
            fields.push_back({{"key", "f" + std::to_string(section * 80 + field)},
                              {"type", "text"},
                              {"label", {{"es", "x"}}}});
        many["sections"].push_back({{"key", "s" + std::to_string(section)}, {"fields", fields}});
    }
    EXPECT_FALSE(form_from_json(many));
    many["sections"].erase(2);
    EXPECT_TRUE(form_from_json(many));
}

TEST(Forms, NamesOfTypesReadBack) {
    for (int type = 0; type <= static_cast<int>(FieldType::Info); ++type)
        EXPECT_EQ(field_type(name(static_cast<FieldType>(type))), static_cast<FieldType>(type));
    EXPECT_FALSE(field_type("section"));
}

TEST(Catalogue, RoundTrips) {
    CatalogItem item;
    item.key = "INC-03";
    item.kind = RequestKind::Incident;
    item.service = id("network");
    item.category = id("net");
    item.desk = "it";
    item.title = {"Sin internet o VPN", "No internet or VPN"};
    item.summary = {"Wi-Fi, cable o VPN", ""};
    item.keywords = {"vpn wifi", ""};
    item.icon = "wifi";
    item.lead_time = {"Respuesta en 1 h", ""};
    item.is_offline_allowed = false;
    item.is_kiosk_allowed = true;
    item.needs_approval = true;
    item.order = 2;
    item.form = *form_from_json(full_form());
    expect_round_trip(RowType::CatalogItem, to_json(item), catalog_item_from);
    expect_needed(
        RowType::CatalogItem, to_json(item), catalog_item_from, {"key", "kind", "desk", "title"});
    const Category category{.key = "net", .name = {"Red", "Network"}, .icon = "wifi", .order = 1};
    expect_round_trip(RowType::Category, to_json(category), category_from);
    expect_needed(RowType::Category, to_json(category), category_from, {"key", "name"});
    EXPECT_EQ(request_kind("change_request"), RequestKind::Change);
}

TEST(Catalogue, AnItemWithABrokenFormIsNone) {
    EXPECT_FALSE(catalog_item_from(row(RowType::CatalogItem,
                                       {{"key", "X"},
                                        {"kind", "incident"},
                                        {"desk", "it"},
                                        {"title", {{"es", "X"}}},
                                        {"form", 7}})));
}

}  // namespace
}  // namespace ventanilla::domain

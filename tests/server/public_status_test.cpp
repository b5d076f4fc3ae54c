#include <algorithm>
#include <regex>

#include <gtest/gtest.h>

#include "server/status/calendar_ics.hpp"
#include "server/status/files.hpp"
#include "server/status/xml.hpp"
#include "shared/base/text.hpp"
#include "tests/server/support_desk.hpp"

// What people who have not signed in can read, through the API as the listener calls it.

namespace ventanilla::server_test {
namespace {

using namespace std::chrono_literals;

const Person kNobody;

constexpr const char* kApi[] = {"/api/v2/summary.json",
                                "/api/v2/status.json",
                                "/api/v2/components.json",
                                "/api/v2/incidents.json",
                                "/api/v2/incidents/unresolved.json",
                                "/api/v2/scheduled-maintenances.json",
                                "/api/v2/scheduled-maintenances/upcoming.json",
                                "/api/v2/scheduled-maintenances/active.json"};
constexpr const char* kOthers[] = {"/public/status.es.html",
                                   "/public/status.en.html",
                                   "/public/status.html",
                                   "/public/status.css",
                                   "/public/status.es.atom",
                                   "/public/status.en.rss",
                                   "/public/status.en.json",
                                   "/public/status.es.ics",
                                   "/history.atom",
                                   "/history.rss",
                                   "/history.json",
                                   "/calendar.ics"};

std::vector<std::string> all_paths() {
    std::vector<std::string> paths{std::begin(kApi), std::end(kApi)};
    paths.insert(paths.end(), std::begin(kOthers), std::end(kOthers));
    return paths;
}

class PublicDesk : public Desk {
  public:
    Json services(const char* impact) const {
        const Id network = domain::id_of_key(domain::RowType::Service, "network");
        return Json::array({{{"service", to_text(network)}, {"impact", impact}}});
    }

    Json outage_args(const char* impact) const {
        return {{"kind", "incident"},
                {"title", {{"es", "La VPN no conecta"}, {"en", "The VPN does not connect"}}},
                {"impact", {{"es", "No se puede trabajar desde casa."}}},
                {"workaround", {{"es", "Usa el **móvil** como punto de acceso."}}},
                {"contact", {{"name", "Mesa de IT"}, {"phone", "+34 91 555 01"}}},
                {"audience", {{"everybody", true}}},
                {"services", services(impact)},
                {"body", {{"es", "Lo estamos mirando."}, {"en", "We are looking into it."}}},
                {"state", "investigating"},
                {"started_at", to_ms(now - 5min)},
                {"next_update_due_at", to_ms(now + 30min)}};
    }

    // From in an hour, two hours long.
    Json maintenance_args() const {
        Json args = outage_args("major");
        args["kind"] = "maintenance";
        args["state"] = "scheduled";
        args["title"] = {{"es", "Cambio de routers"}, {"en", "New routers"}};
        args["started_at"] = to_ms(now + 1h);
        args["scheduled_until"] = to_ms(now + 3h);
        return args;
    }

    Id publish(const Json& args) { return speak("outage.publish", args); }

    void update(const Id& outage, const char* state, const char* impact, const char* body = "Va.") {
        const Json args = {{"outage", to_text(outage)},
                           {"state", state},
                           {"body", {{"es", body}}},
                           {"services", services(impact)},
                           {"next_update_due_at", to_ms(now + 30min)}};
        (void)speak("outage.update", args);
    }

    void convert(const Id& outage, const char* impact) {
        const Json args = {{"outage", to_text(outage)},
                           {"state", "identified"},
                           {"title", {{"es", "Los routers no vuelven"}}},
                           {"body", {{"es", "Seguimos."}}},
                           {"services", services(impact)},
                           {"next_update_due_at", to_ms(now + 30min)}};
        (void)speak("outage.convert", args);
    }

    void move(const Id& outage, Instant until) {
        (void)speak("outage.move",
                    {{"outage", to_text(outage)},
                     {"scheduled_until", to_ms(until)},
                     {"body", {{"es", "Se alarga."}}}});
    }

    void merge(const Id& outage, const Id& into) {
        (void)speak("outage.merge",
                    {{"outage", to_text(outage)},
                     {"into", to_text(into)},
                     {"body", {{"es", "Es lo mismo."}}}});
    }

    Json json(const std::string& path) {
        const Answer answer = get(kNobody, path);
        EXPECT_EQ(answer.status, 200) << path << answer.body;
        return answer.json();
    }

    std::string text(const std::string& path) {
        const Answer answer = get(kNobody, path);
        EXPECT_EQ(answer.status, 200) << path << answer.body;
        return answer.body;
    }

    Json only(const std::string& path, const char* list) {
        const Json items = json(path)[list];
        EXPECT_EQ(items.size(), 1U) << path << items;
        return items.empty() ? Json{{"status", ""}} : items[0];
    }

  private:
    // As the spokesperson, who signs in again when hours have passed.
    Id speak(const char* type, const Json& args) {
        const bool is_signed_in = get(diego, "/api/v1/session").status == 200;
        EXPECT_TRUE(is_signed_in || login(diego).status == 200);
        const auto result = push(diego, test_id(concat("o", ++count_)), type, args);
        EXPECT_EQ(result.status, sync::ResultStatus::Applied) << result.message;
        for (const auto& field : result.fields)
            ADD_FAILURE() << field.field << " " << field.message;
        return result.entity;
    }

    int count_ = 0;
};

bool has_text(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// ---- as HTTP ----

TEST(PublicStatus, IsReadByAnybodyFromAnywhereWithAnETag) {
    PublicDesk desk;
    desk.publish(desk.outage_args("major"));
    for (const std::string& path : all_paths()) {
        http::HttpRequest request = request_of(kNobody, "GET", path);
        request.headers = {{"host", "desk.example"},
                           {"origin", "https://elsewhere.example"},
                           {"sec-fetch-site", "cross-site"},
                           {"sec-fetch-mode", "cors"}};
        const Answer full = desk.send(request);
        ASSERT_EQ(full.status, 200) << path;
        EXPECT_EQ(full.header("access-control-allow-origin"), "*") << path;
        EXPECT_TRUE(has_text(full.header("cache-control"), "max-age=15")) << path;
        EXPECT_FALSE(has_text(full.header("content-security-policy"), "script-src")) << path;
        EXPECT_EQ(full.header("etag").front(), '"') << "strong: " << path;
        request.headers.emplace_back("if-none-match", "\"other\", " + full.header("etag"));
        const Answer same = desk.send(request);
        EXPECT_EQ(same.status, 304) << path;
        EXPECT_EQ(same.body, "") << path;
        request.method = "HEAD";
        EXPECT_EQ(desk.send(request).status, 304) << path;
    }
}

TEST(PublicStatus, AnswersWhatItDoesNotHaveAndWhatItDoesNotDo) {
    PublicDesk desk;
    struct Case {
        const char* method;
        const char* path;
        int status;
    };
    constexpr Case kCases[] = {
        {"GET", "/api/v2/subscribers.json", 404},
        {"GET", "/api/v2/summary", 404},
        {"GET", "/public/../main.cpp", 404},
        {"GET", "/public/", 404},
        {"POST", "/api/v2/summary.json", 405},
        {"OPTIONS", "/api/v2/summary.json", 204},
        {"OPTIONS", "/history.atom", 204},
        {"OPTIONS", "/api/v1/session", 405},
        {"HEAD", "/api/v2/summary.json", 200},
        {"HEAD", "/public/status.html", 200},
    };
    for (const Case& each : kCases)
        EXPECT_EQ(desk.send(request_of(kNobody, each.method, each.path)).status, each.status)
            << each.method << " " << each.path;
}

TEST(PublicStatus, SpeaksTheReadersLanguageAtOneAddress) {
    PublicDesk desk;
    http::HttpRequest request = request_of(kNobody, "GET", "/public/status.html");
    EXPECT_TRUE(has_text(desk.send(request).body, "<html lang=\"es\">"));
    request.headers.emplace_back("accept-language", "en-GB");
    const Answer english = desk.send(request);
    EXPECT_TRUE(has_text(english.body, "<html lang=\"en\">"));
    EXPECT_EQ(english.header("vary"), "accept-language");
    EXPECT_EQ(english.header("content-location"), "/public/status.en.html");
}

TEST(PublicStatus, WhatIsForSomeSitesIsNowhere) {
    PublicDesk desk;
    Json args = desk.outage_args("major");
    args["audience"] = {{"sites", {to_text(domain::id_of_key(domain::RowType::Site, "madrid"))}}};
    desk.publish(args);
    for (const std::string& path : all_paths())
        EXPECT_FALSE(has_text(desk.text(path), "VPN")) << path;
    EXPECT_EQ(desk.json("/api/v2/status.json")["status"]["indicator"], "none")
        << "filtered before anything is counted";
}

TEST(PublicStatus, IsNewAfterAChangeAndTheSameWhileNothingChanges) {
    PublicDesk desk;
    std::map<std::string, std::string> before;
    for (const std::string& path : all_paths())
        before[path] = desk.text(path);
    desk.now += 3min;
    desk.submit(desk.ada, test_id("r"), "mi teclado no funciona");
    for (const auto& [path, text] : before) {
        if (has_text(path, ".html"))
            EXPECT_NE(desk.text(path), text) << "says of when it is: " << path;
        else
            EXPECT_EQ(desk.text(path), text) << path;
    }
    desk.publish(desk.outage_args("partial"));
    for (const auto& [path, text] : before) {
        const bool says_nothing_of_it = has_text(path, "ics") || has_text(path, "css");
        EXPECT_EQ(desk.text(path) == text, says_nothing_of_it) << path;
    }
}

TEST(PublicStatus, IsAnsweredOnTheEventLoopOnceItIsRendered) {
    PublicDesk desk;
    EXPECT_FALSE(desk.api().is_quick("/api/v2/summary.json"));
    desk.text("/api/v2/summary.json");
    EXPECT_TRUE(desk.api().is_quick("/api/v2/summary.json"));
    EXPECT_FALSE(desk.api().is_quick("/api/v2/status.json"));
    desk.publish(desk.outage_args("partial"));
    EXPECT_FALSE(desk.api().is_quick("/api/v2/summary.json"));
}

// ---- as Statuspage ----

TEST(StatuspageApi, SaysHowBadItIsInFourWords) {
    struct Case {
        const char* impact;
        const char* indicator;
        const char* component;
        const char* incident;
    };
    constexpr Case kCases[] = {
        {"operational", "none", "operational", "none"},
        {"degraded", "minor", "degraded_performance", "minor"},
        {"partial", "major", "partial_outage", "major"},
        {"major", "critical", "major_outage", "critical"},
    };
    for (const Case& each : kCases) {
        PublicDesk desk;
        desk.publish(desk.outage_args(each.impact));
        const Json summary = desk.json("/api/v2/summary.json");
        EXPECT_EQ(summary["status"]["indicator"], each.indicator) << each.impact;
        EXPECT_EQ(summary["components"][0]["status"], each.component) << each.impact;
        EXPECT_EQ(summary["incidents"][0]["impact"], each.incident) << each.impact;
    }
}

TEST(StatuspageApi, MaintenanceIsNeverAnIndicator) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());
    EXPECT_EQ(desk.json("/api/v2/status.json")["status"]["description"], "All Systems Operational");
    desk.now += 61min;
    desk.update(id, "in_progress", "major");
    const Json summary = desk.json("/api/v2/summary.json");
    EXPECT_EQ(summary["status"]["indicator"], "none");
    EXPECT_EQ(summary["status"]["description"], "Service Under Maintenance");
    EXPECT_EQ(summary["components"][0]["status"], "under_maintenance");
}

TEST(StatuspageApi, MaintenanceGoesFromUpcomingToActiveByItself) {
    PublicDesk desk;
    desk.publish(desk.maintenance_args());
    const std::string base = "/api/v2/scheduled-maintenances";
    EXPECT_EQ(desk.only(base + "/upcoming.json", "scheduled_maintenances")["status"], "scheduled");
    EXPECT_TRUE(desk.json(base + "/active.json")["scheduled_maintenances"].empty());
    desk.now += 1h;
    EXPECT_EQ(desk.only(base + "/active.json", "scheduled_maintenances")["status"], "in_progress");
    EXPECT_TRUE(desk.json(base + "/upcoming.json")["scheduled_maintenances"].empty());
    EXPECT_EQ(desk.only("/api/v2/summary.json", "scheduled_maintenances")["impact"], "maintenance");
}

TEST(StatuspageApi, WhatRunsOverIsAnIncidentFromThePromisedEnd) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());
    const Instant promised = desk.now + 3h;
    desk.now += 1h;
    desk.update(id, "in_progress", "major");
    desk.now = promised + 11min;
    EXPECT_TRUE(desk.json("/api/v2/incidents.json")["incidents"].empty()) << "within the grace";
    desk.now = promised + 12min;
    const Json incident = desk.only("/api/v2/incidents/unresolved.json", "incidents");
    EXPECT_EQ(incident["started_at"], iso8601(promised));
    EXPECT_EQ(incident["impact"], "critical");
    EXPECT_EQ(desk.json("/api/v2/status.json")["status"]["indicator"], "critical");
    EXPECT_EQ(desk.only("/api/v2/summary.json", "scheduled_maintenances")["status"], "in_progress");
    desk.now += 20min;
    desk.update(id, "completed", "operational");
    const Json after = desk.only("/api/v2/incidents.json", "incidents");
    EXPECT_EQ(after["id"], incident["id"]);
    EXPECT_EQ(after["status"], "resolved");
    EXPECT_EQ(after["impact"], "critical") << "what it was, not what is left of it";
    EXPECT_EQ(desk.json("/api/v2/status.json")["status"]["indicator"], "none");
}

TEST(StatuspageApi, WhatIsWorseThanAnnouncedIsAnIncidentInsideTheWindow) {
    PublicDesk desk;
    Json args = desk.maintenance_args();
    args["expected"] = desk.services("degraded");
    const Id id = desk.publish(args);
    desk.now += 1h;
    desk.update(id, "in_progress", "degraded");
    EXPECT_TRUE(desk.json("/api/v2/incidents.json")["incidents"].empty());
    EXPECT_EQ(desk.json("/api/v2/status.json")["status"]["indicator"], "none");
    desk.now += 30min;
    desk.update(id, "in_progress", "major");
    const Json incident = desk.only("/api/v2/incidents/unresolved.json", "incidents");
    EXPECT_EQ(incident["started_at"], iso8601(desk.now));
    EXPECT_EQ(desk.json("/api/v2/status.json")["status"]["indicator"], "critical");
    EXPECT_TRUE(has_text(desk.text("/public/status.es.html"), "afecta más de lo previsto"));
}

TEST(StatuspageApi, AMaintenanceThatIsHandedOverGoesOnAsTheSameIncident) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());
    const Instant promised = desk.now + 3h;
    desk.now += 1h;
    desk.update(id, "in_progress", "major");
    desk.now = promised + 20min;
    const Json before = desk.only("/api/v2/incidents/unresolved.json", "incidents");
    const Json entries = desk.json("/history.json")["items"];
    desk.convert(id, "major");
    const Json after = desk.only("/api/v2/incidents/unresolved.json", "incidents");
    EXPECT_EQ(after["id"], before["id"]);
    EXPECT_EQ(after["started_at"], iso8601(promised));
    EXPECT_EQ(after["incident_updates"].size(), before["incident_updates"].size() + 1);
    const Json feed = desk.json("/history.json")["items"];
    for (const Json& entry : entries) {
        const bool is_there = std::any_of(feed.begin(), feed.end(), [&](const Json& each) {
            return each["id"] == entry["id"] && each["date_published"] == entry["date_published"];
        });
        EXPECT_TRUE(is_there) << "what was read stays: " << entry["title"];
    }
    const Json window = desk.only("/api/v2/scheduled-maintenances.json", "scheduled_maintenances");
    EXPECT_EQ(window["status"], "completed");
    EXPECT_EQ(window["resolved_at"], iso8601(desk.now));
    EXPECT_TRUE(has_text(desk.text("/public/status.es.html"), "Sigue en:"));
}

TEST(StatuspageApi, AnIncidentThatWasMergedIsResolved) {
    PublicDesk desk;
    const Id first = desk.publish(desk.outage_args("partial"));
    desk.now += 5min;
    const Id second = desk.publish(desk.outage_args("major"));
    desk.now += 5min;
    desk.merge(first, second);
    const Json open = desk.only("/api/v2/incidents/unresolved.json", "incidents");
    const Json incidents = desk.json("/api/v2/incidents.json")["incidents"];
    ASSERT_EQ(incidents.size(), 2U);
    for (const Json& each : incidents)
        EXPECT_EQ(each["status"], each["id"] == open["id"] ? "investigating" : "resolved");
}

TEST(StatuspageApi, ACancelledMaintenanceIsCompleted) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());
    desk.update(id, "cancelled", "operational", "No hará falta.");
    const Json one = desk.only("/api/v2/scheduled-maintenances.json", "scheduled_maintenances");
    EXPECT_EQ(one["status"], "completed");
    EXPECT_TRUE(one["resolved_at"].is_string());
    EXPECT_TRUE(desk.json("/api/v2/summary.json")["scheduled_maintenances"].empty());
}

TEST(StatuspageApi, HasTheFieldsIdsAndTimesClientsExpect) {
    PublicDesk desk;
    const Id id = desk.publish(desk.outage_args("major"));
    desk.now += 7min;
    desk.update(id, "monitoring", "degraded");
    const Json incident = desk.only("/api/v2/incidents.json", "incidents");
    for (const char* key : {"id",
                            "name",
                            "status",
                            "created_at",
                            "updated_at",
                            "monitoring_at",
                            "resolved_at",
                            "impact",
                            "shortlink",
                            "started_at",
                            "page_id",
                            "incident_updates",
                            "components"})
        EXPECT_TRUE(incident.contains(key)) << key;
    const std::regex id_form("[a-z0-9]{12}");
    const std::regex time_form(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)");
    const Json newest = incident["incident_updates"][0];
    EXPECT_EQ(newest["status"], "monitoring") << "newest first";
    EXPECT_EQ(newest["affected_components"][0]["old_status"], "major_outage");
    EXPECT_EQ(newest["affected_components"][0]["new_status"], "degraded_performance");
    const Json component = desk.json("/api/v2/components.json")["components"][0];
    EXPECT_EQ(newest["affected_components"][0]["code"], component["id"]);
    for (const Json& value : {incident["id"], incident["page_id"], newest["id"], component["id"]})
        EXPECT_TRUE(std::regex_match(value.get<std::string>(), id_form)) << value;
    for (const Json& value :
         {incident["created_at"], newest["display_at"], incident["monitoring_at"]})
        EXPECT_TRUE(std::regex_match(value.get<std::string>(), time_form)) << value;
    EXPECT_EQ(desk.json("/api/v2/summary.json")["page"]["updated_at"], iso8601(desk.now));
}

TEST(StatuspageApi, ListsTheNewestFifty) {
    PublicDesk desk;
    for (int i = 0; i < 52; ++i) {
        desk.now += 1min;
        desk.publish(desk.outage_args("degraded"));
    }
    const Json incidents = desk.json("/api/v2/incidents.json")["incidents"];
    ASSERT_EQ(incidents.size(), 50U);
    EXPECT_EQ(incidents[0]["created_at"], iso8601(desk.now));
    EXPECT_EQ(desk.json("/api/v2/incidents/unresolved.json")["incidents"].size(), 52U);
}

// ---- feeds ----

TEST(Feeds, AreAsOldAsTheirNewestEntry) {
    PublicDesk desk;
    const Id id = desk.publish(desk.outage_args("major"));
    desk.now += 7min;
    desk.update(id, "identified", "major");
    const std::string newest = iso8601(desk.now);
    desk.now += 2h;
    const std::string text = desk.text("/history.atom");
    EXPECT_EQ(text.find("<updated>"), text.find(concat("<updated>", newest)));
    EXPECT_TRUE(
        has_text(desk.text("/history.rss"),
                 concat("<lastBuildDate>", public_status::http_date(*parse_iso8601(newest)))));
}

TEST(Feeds, KeepTheIdsOfEntriesForEver) {
    PublicDesk desk;
    const auto ids = [&desk] {
        std::vector<std::string> found;
        const Json feed = desk.json("/history.json");
        for (const Json& item : feed["items"])
            found.push_back(item["id"].get<std::string>());
        return found;
    };
    const Id id = desk.publish(desk.outage_args("major"));
    const std::vector<std::string> first = ids();
    ASSERT_EQ(first.size(), 1U);
    desk.now += 7min;
    desk.update(id, "identified", "major");
    const std::vector<std::string> both = ids();
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[1], first[0]);
    EXPECT_NE(both[0], first[0]);
}

TEST(Feeds, SurviveWhateverIsWrittenInAnUpdate) {
    PublicDesk desk;
    Json args = desk.outage_args("major");
    args["title"] = {{"es", "a]]>b <script>alert(1)</script> & \"c\""}};
    args["body"] = {
        {"es", "uno]]>dos\x01\x0B <img src=x onerror=y> [x](javascript:alert(1)) &amp;"}};
    desk.publish(args);
    for (const std::string& path : all_paths()) {
        if (path.ends_with(".json")) continue;  // there a text is a text, and marks are none
        const std::string text = desk.text(path);
        EXPECT_FALSE(has_text(text, "<script")) << path;
        EXPECT_FALSE(has_text(text, "<img")) << path;
        EXPECT_FALSE(has_text(text, "href=\"javascript")) << path;
        EXPECT_FALSE(has_text(text, "\x01")) << path;
        EXPECT_FALSE(has_text(text, "\x0B")) << path;
    }
    const Json item = desk.json("/history.json")["items"][0];
    EXPECT_FALSE(has_text(item["content_html"].get<std::string>(), "<img")) << item;
}

TEST(Feeds, CdataIsNeverEndedByItsText) {
    EXPECT_EQ(public_status::cdata("a]]>b"), "<![CDATA[a]]]]><![CDATA[>b]]>");
    EXPECT_EQ(public_status::cdata("]]>]]>"), "<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>");
    EXPECT_EQ(public_status::xml_text("<\x01&\xEF\xBF\xBE>\n"), "&lt;&amp;&gt;\n");
}

TEST(Feeds, HoldAHundredEntries) {
    PublicDesk desk;
    const Id id = desk.publish(desk.outage_args("major"));
    for (int i = 0; i < 110; ++i) {
        desk.now += 1min;
        desk.update(id, "investigating", "major");
    }
    EXPECT_EQ(desk.json("/history.json")["items"].size(), 100U);
}

// ---- calendar ----

std::string value_of(const std::string& ics, const std::string& name) {
    const std::size_t at = ics.find("\r\n" + name + ":");
    if (at == std::string::npos) return {};
    const std::size_t from = at + name.size() + 3;
    return ics.substr(from, ics.find("\r\n", from) - from);
}

TEST(Calendar, MovesByItselfWhenAWindowRunsOver) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());  // now is 14:20, so 15:20 to 17:20
    const auto field = [&desk](const char* name) {
        return value_of(desk.text("/calendar.ics"), name);
    };
    const std::string uid = field("UID");
    EXPECT_EQ(field("DTSTART"), "20260311T152000Z");
    EXPECT_EQ(field("DTEND"), "20260311T172000Z");
    EXPECT_EQ(field("SEQUENCE"), "0");
    desk.now += 1h;
    desk.update(id, "in_progress", "major");
    EXPECT_EQ(field("DTEND"), "20260311T172000Z");
    int sequence = std::stoi(field("SEQUENCE"));
    for (const char* end : {"20260311T173500Z", "20260311T175000Z"}) {
        desk.now = std::max(desk.now, from_ms(1'773'238'800'000) + 3h - 15min) + 15min;
        EXPECT_EQ(field("DTEND"), end);
        EXPECT_GT(std::stoi(field("SEQUENCE")), sequence) << end;
        sequence = std::stoi(field("SEQUENCE"));
    }
    desk.update(id, "completed", "operational");
    EXPECT_EQ(field("DTEND"), "20260311T173500Z") << "as it was";
    EXPECT_GT(std::stoi(field("SEQUENCE")), sequence);
    EXPECT_EQ(field("UID"), uid);
}

TEST(Calendar, AnExtensionMovesTheEnd) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());
    const int sequence = std::stoi(value_of(desk.text("/calendar.ics"), "SEQUENCE"));
    desk.move(id, desk.now + 4h);
    const std::string ics = desk.text("/calendar.ics");
    EXPECT_EQ(value_of(ics, "DTEND"), "20260311T182000Z");
    EXPECT_GT(std::stoi(value_of(ics, "SEQUENCE")), sequence);
    EXPECT_TRUE(has_text(desk.text("/public/status.en.html"), "It had been announced from"));
}

TEST(Calendar, ACancelledWindowIsCancelledAndStays) {
    PublicDesk desk;
    const Id id = desk.publish(desk.maintenance_args());
    desk.update(id, "cancelled", "operational");
    const std::string ics = desk.text("/calendar.ics");
    EXPECT_EQ(value_of(ics, "STATUS"), "CANCELLED");
    EXPECT_EQ(value_of(ics, "SEQUENCE"), "1000");
}

TEST(Calendar, FoldsAtSeventyFiveOctetsAndNeverInsideALetter) {
    std::string text = "DESCRIPTION:";
    for (int i = 0; i < 60; ++i)
        text += "añ€😀";
    const std::string folded = public_status::ics_line(text);
    std::string unfolded;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = folded.find("\r\n", at);
        const std::string line = folded.substr(at, end - at);
        EXPECT_LE(line.size(), 75U);
        EXPECT_TRUE(is_utf8(line)) << line;
        unfolded += at == 0 ? line : line.substr(1);
        at = end + 2;
    }
    EXPECT_EQ(unfolded, text);
    EXPECT_EQ(public_status::ics_text("a,b;c\\d\r\ne\x07"), "a\\,b\\;c\\\\d\\ne");
}

// ---- page ----

TEST(StatusPage, NeedsNoScriptAndSaysOfWhenItIs) {
    PublicDesk desk;
    desk.publish(desk.outage_args("major"));
    const std::string page = desk.text("/public/status.es.html");
    for (const char* part : {"La VPN no conecta",
                             "No se puede trabajar desde casa.",
                             "Interrumpido",
                             "Mesa de IT",
                             "href=\"tel:+349155501\"",
                             "Así estaba el 11 mar 2026 a las 14:20 (UTC)",
                             "Próxima novedad antes del 11 mar 2026 a las 14:50 (UTC)",
                             "Todos los servicios están"})
        EXPECT_TRUE(has_text(page, part)) << part;
    for (const char* part : {"<script", "style=", "onclick", "http-equiv"})
        EXPECT_FALSE(has_text(page, part)) << part;
    desk.now += 31min;
    EXPECT_TRUE(has_text(desk.text("/public/status.es.html"), "todavía no llegó"));
}

TEST(StatusPage, HasOneBarADayWithNothingGreenBeforeAnybodyWatched) {
    PublicDesk desk;
    desk.publish(desk.outage_args("major"));
    const std::string page = desk.text("/public/status.en.html");
    const auto count = [&page](const std::string& part) {
        int found = 0;
        for (std::size_t at = page.find(part); at != std::string::npos;
             at = page.find(part, at + 1))
            ++found;
        return found;
    };
    EXPECT_EQ(count("<i class="), 90);
    EXPECT_EQ(count("<i class=\"unknown\""), 89);
    EXPECT_EQ(count("<i class=\"major\" title=\"11 Mar 2026: Down\""), 1);
}

TEST(StatusPage, EachServiceHasItsOwn) {
    PublicDesk desk;
    desk.publish(desk.outage_args("major"));
    const std::string id = desk.json("/api/v2/components.json")["components"][0]["id"];
    EXPECT_TRUE(
        has_text(desk.text(concat("/public/", id, ".en.html")), "The VPN does not connect"));
    EXPECT_TRUE(has_text(desk.text(concat("/public/", id, ".es.atom")), "La VPN no conecta"));
    EXPECT_TRUE(has_text(desk.text(concat("/public/", id, ".es.ics")), "BEGIN:VCALENDAR"));
}

TEST(StatusPage, NeverSaysThatAllIsWellFromNothingKnown) {
    const public_status::Model model =
        public_status::public_model({}, {}, from_ms(1'773'238'800'000));
    for (const public_status::File& file : public_status::public_files(model)) {
        const std::string text = file.render();
        EXPECT_FALSE(has_text(text, "All Systems Operational")) << file.path;
        EXPECT_FALSE(has_text(text, "Todo funciona")) << file.path;
        EXPECT_FALSE(has_text(text, "Everything works")) << file.path;
        EXPECT_FALSE(has_text(text, "\"indicator\":\"none\"")) << file.path;
    }
}

}  // namespace
}  // namespace ventanilla::server_test

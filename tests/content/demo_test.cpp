#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "server/content/import.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/person.hpp"
#include "shared/rules/form.hpp"
#include "shared/rules/outage_lint.hpp"

// The demo company as it lies in assets/demo: what a seeder relies on, and what readers would notice.

namespace ventanilla::content {
namespace {

const std::string kDemo = VENTANILLA_SOURCE_DIR "/assets/demo/";

Json read(const std::string& name) {
    std::ifstream in(kDemo + name);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    auto parsed = parse_json(text);
    EXPECT_TRUE(parsed) << name << ": " << (parsed ? "" : parsed.error().detail);
    return parsed ? *parsed : Json::object();
}

std::set<std::string> keys(const Json& list, const char* key = "key") {
    std::set<std::string> out;
    for (const Json& one : list)
        EXPECT_TRUE(out.insert(text_or(one, key)).second) << text_or(one, key) << " twice";
    return out;
}

void expect_bilingual(const Json& value, const std::string& where) {
    if (value.is_object() && has(value, "es")) {
        EXPECT_FALSE(text_or(value, "es").empty()) << where;
        EXPECT_FALSE(text_or(value, "en").empty()) << where << " " << text_or(value, "es");
        return;
    }
    if (!value.is_structured()) return;
    for (const Json& child : value)
        expect_bilingual(child, where);
}

TEST(Demo, TheCompanyHoldsTogether) {
    const Json company = read("company.json");
    expect_bilingual(company, "company.json");
    const auto sites = keys(company["sites"]);
    const auto desks = keys(company["desks"]);
    const auto logins = keys(company["users"], "login");
    const auto calendars = keys(company["calendars"]);
    EXPECT_EQ(sites.size(), 6U);
    EXPECT_EQ(company["services"].size(), 12U);
    for (const Json& site : company["sites"])
        EXPECT_TRUE(calendars.contains(text_or(site, "calendar"))) << site.dump();
    for (const Json& service : company["services"]) {
        EXPECT_TRUE(desks.contains(text_or(service, "desk"))) << service.dump();
        EXPECT_TRUE(logins.contains(text_or(service, "owner"))) << service.dump();
    }
    for (const Json& user : company["users"]) {
        EXPECT_TRUE(sites.contains(text_or(user, "site"))) << user.dump();
        EXPECT_TRUE(text_or(user, "email").ends_with(".example")) << user.dump();
        for (const Json& role : user["roles"])
            EXPECT_TRUE(domain::role(role.get<std::string>())) << role.dump();
        for (const Json& desk : user["desks"])
            EXPECT_TRUE(desks.contains(desk.get<std::string>())) << desk.dump();
    }
}

TEST(Demo, EveryItemOfTheCatalogueIsWholeAndItsFormIsSound) {
    const Json company = read("company.json");
    const Json catalogue = read("catalogue.json");
    expect_bilingual(catalogue, "catalogue.json");
    const auto services = keys(company["services"]);
    const auto categories = keys(catalogue["categories"]);
    const auto items = keys(catalogue["items"]);
    EXPECT_EQ(items.size(), 30U);
    EXPECT_EQ(categories.size(), 6U);
    for (const Json& item : catalogue["items"]) {
        const std::string key = text_or(item, "key");
        EXPECT_TRUE(services.contains(text_or(item, "service"))) << key;
        EXPECT_TRUE(categories.contains(text_or(item, "category"))) << key;
        EXPECT_TRUE(domain::request_kind(text_or(item, "kind"))) << key;
        const auto form = domain::form_from_json(member(item, "form"));
        ASSERT_TRUE(form) << key << " " << form.error().detail;
        for (const rules::FormProblem& problem : rules::check_form(*form))
            ADD_FAILURE() << key << " " << problem.key << ": " << problem.what;
    }
}

TEST(Demo, TheVpnFormAsksOnlyWhatMatters) {
    const Json catalogue = read("catalogue.json");
    for (const Json& item : catalogue["items"]) {
        if (text_or(item, "key") != "INC-03") continue;
        const auto form = domain::form_from_json(member(item, "form"));
        ASSERT_TRUE(form);
        const rules::FormContext context{};
        const auto state = [&](const Json& answers) { return rules::evaluate(*form, answers, context); };
        const auto wifi = state(Json{{"kind", "wifi"}, {"symptom", "error"}});
        EXPECT_FALSE(wifi.find("vpn_error")->is_visible);
        EXPECT_TRUE(wifi.find("error_text")->is_required);
        const auto vpn = state(Json{{"kind", "vpn"}, {"symptom", "error"}, {"vpn_error", "809"}});
        EXPECT_TRUE(vpn.find("vpn_error")->is_required);
        EXPECT_TRUE(vpn.find("tip_809")->is_visible);
        EXPECT_FALSE(vpn.find("error_text")->is_visible);
        const auto done = state(Json{{"kind", "vpn"}, {"symptom", "error"}, {"vpn_error", "809"},
                                     {"place", "home"}, {"other_sites", "yes"}, {"who", "me"}, {"can_work", "no"}});
        EXPECT_TRUE(done.errors().empty()) << done.errors().front().path;
    }
}

TEST(Demo, OutagesTellWhatPeopleNeedToKnow) {
    const Json company = read("company.json");
    const Json outages = read("outages.json");
    expect_bilingual(outages, "outages.json");
    const auto services = keys(company["services"]);
    const auto sites = keys(company["sites"]);
    EXPECT_GE(keys(outages["outages"]).size(), 2U);
    for (const Json& outage : outages["outages"]) {
        const std::string key = text_or(outage, "key");
        EXPECT_TRUE(domain::outage_kind(text_or(outage, "kind"))) << key;
        EXPECT_FALSE(outage["updates"].empty()) << key;
        std::int64_t last = -1'000'000;
        for (const Json& update : outage["updates"]) {
            EXPECT_TRUE(domain::outage_state(text_or(update, "state"))) << key;
            EXPECT_GT(int_or(update, "at_min", -1'000'001), last) << key;
            last = int_or(update, "at_min");
            for (const Json& impact : update["snapshot"]) {
                EXPECT_TRUE(services.contains(text_or(impact, "service"))) << key;
                EXPECT_TRUE(domain::impact(text_or(impact, "impact"))) << key;
            }
        }
        for (const Json& site : outage["audience"]["sites"])
            EXPECT_TRUE(sites.contains(site.get<std::string>())) << key;
    }
}

// The texts that a step of a script publishes.
rules::Announcement announcement(const Json& outage, const Json& update, bool is_first) {
    rules::Announcement out;
    out.body = domain::l10n_or_empty(update, "body");
    out.has_window = text_or(outage, "kind") == "maintenance";
    if (!is_first) return out;
    out.title = domain::l10n_or_empty(outage, "title");
    out.impact = domain::l10n_or_empty(outage, "impact");
    out.workaround = domain::l10n_or_empty(outage, "workaround");
    return out;
}

TEST(Demo, WhatIsSaidOfOutagesReadsWellAndTheBadVariantsDoNot) {
    const Json outages = read("outages.json");
    for (const Json& outage : outages["outages"]) {
        const std::string key = text_or(outage, "key");
        bool is_first = true;
        for (const Json& update : outage["updates"]) {
            for (const rules::LintFinding& each :
                 rules::findings_on(announcement(outage, update, is_first)))
                ADD_FAILURE() << key << " " << each.field << " " << domain::name(each.lang) << " "
                              << static_cast<int>(each.what) << ": " << each.words;
            is_first = false;
        }
        for (const char* lang : {"es", "en"}) {
            rules::Announcement bad;
            (lang[1] == 's' ? bad.body.es : bad.body.en) = text_or(outage["bad"], lang);
            bool is_found = false;
            for (const rules::LintFinding& each : rules::findings_on(bad))
                is_found = is_found || each.what == rules::Lint::Jargon;
            EXPECT_TRUE(is_found) << key << " " << lang;
        }
    }
}

TEST(Demo, ArticlesAreWholeAndTheirLinksLeadSomewhere) {
    const auto report = import_tree(kDemo + "articles", {.source = "demo"});
    ASSERT_TRUE(report);
    for (const PageIssue& issue : report->issues)
        ADD_FAILURE() << issue.path << ": " << name(issue.issue.kind) << " " << issue.issue.what;
    const auto items = keys(read("catalogue.json")["items"]);
    std::set<std::string> numbers;
    for (const ImportedPage& page : report->pages) {
        const domain::Article& article = page.article;
        EXPECT_TRUE(numbers.insert(article.number).second) << article.number;
        EXPECT_EQ(article.number.size(), 6U) << article.source_path;
        EXPECT_FALSE(article.es.empty()) << article.source_path;
        EXPECT_FALSE(article.owner.empty()) << article.source_path;
        for (const std::string& item : article.items)
            EXPECT_TRUE(items.contains(item)) << article.source_path << " " << item;
        for (const domain::ArticleText* text : {&article.es, &article.en}) {
            if (text->empty()) continue;
            EXPECT_FALSE(text->keywords.empty()) << article.source_path;
            EXPECT_LE(text->summary.size(), 220U) << article.source_path;
            EXPECT_GT(plain_text(*text).size(), 500U) << article.source_path;
        }
    }
    EXPECT_GE(numbers.size(), 16U);
}

}  // namespace
}  // namespace ventanilla::content

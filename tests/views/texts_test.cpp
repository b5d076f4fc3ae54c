#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "shared/base/json.hpp"
#include "wasm/views/i18n.hpp"
#include "wasm/views/say.hpp"

// wasm/views/texts.py refuses to build with a half text; here the files themselves are read once
// more, and with them the keys that rules and commands give by name.

namespace ventanilla::views {
namespace {

Json texts(const char* lang) {
    std::ifstream file(std::string(VENTANILLA_SOURCE) + "/assets/i18n/" + lang + ".json");
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const Result<Json> json = parse_json(bytes);
    EXPECT_TRUE(json.has_value()) << lang;
    return json.value_or(Json::object());
}

std::set<std::string> slots(const std::string& text) {
    std::set<std::string> out;
    for (std::size_t open = text.find('{'); open != std::string::npos;
         open = text.find('{', open + 1))
        out.insert(text.substr(open, text.find('}', open) - open + 1));
    return out;
}

TEST(Texts, AreThereInBothLanguagesWithTheSameSlots) {
    const Json es = texts("es");
    const Json en = texts("en");
    for (const auto& each : es.items()) {
        ASSERT_TRUE(has(en, each.key())) << each.key();
        std::set<std::string> spanish = slots(each.value().get<std::string>());
        std::set<std::string> english = slots(text_or(en, each.key()));
        if (each.key().ends_with("_one")) spanish.erase("{n}"), english.erase("{n}");
        EXPECT_EQ(spanish, english) << each.key();
    }
    EXPECT_EQ(es.size(), en.size());
    EXPECT_EQ(es.size(), static_cast<std::size_t>(i18n::kSingles + 2 * i18n::kPlurals));
}

TEST(Texts, CountInBothLanguages) {
    EXPECT_EQ(tr(Lang::Es, P::connection_unsent, 1), "1 sin enviar");
    EXPECT_EQ(tr(Lang::Es, P::connection_unsent, 2), "2 sin enviar");
    EXPECT_EQ(tr(Lang::En, P::connection_unsent, 2), "2 not sent");
    EXPECT_EQ(tr(Lang::En, P::form_missing, 1), "1 thing is missing");
}

TEST(Texts, FillTheirSlotsAndShowThoseThatWereForgotten) {
    EXPECT_EQ(tr(Lang::Es, K::unsent_accepted_number, {{"number", "SOL-1"}}), "Recibida · SOL-1");
    EXPECT_EQ(tr(Lang::Es, K::unsent_accepted_number, {}), "Recibida · {number}");
}

TEST(Texts, OfRulesAreFoundByName) {
    for (const char* name : {"form.error.required",
                             "form.error.mask",
                             "form.error.too_few",
                             "reject.stale_transition",
                             "reject.forbidden",
                             "form.error.body_missing"})
        EXPECT_TRUE(key_named(name).has_value()) << name;
    EXPECT_FALSE(key_named("home.title").has_value())
        << "only those that arrive by name keep their names";
}

// The words of sync.md 2.3 are a closed list: a change here is a change of the specification.
TEST(Texts, OfUnsentWorkAreTheOnlyOnesAllowed) {
    EXPECT_EQ(tr(Lang::Es, K::form_saved_here), "Guardada en este dispositivo");
    EXPECT_EQ(tr(Lang::En, K::form_saved_here), "Saved on this device");
    EXPECT_EQ(tr(Lang::En, K::unsent_volatile), "Kept in this tab only");
    EXPECT_EQ(tr(Lang::En, K::unsent_rejected), "Needs your attention");
    EXPECT_EQ(tr(Lang::Es, K::unsent_rejected), "Necesita tu atención");
    EXPECT_EQ(tr(Lang::En, K::unsent_quarantined), "Could not be processed, kept safely");
}

TEST(Say, TellsTimeAsShortAsItCanBeClear) {
    const FixedLocale locale(60);
    const Instant now = from_ms(1'773'238'800'000);  // 11 Mar 2026, 15:20 in Madrid
    const Say say{.lang = Lang::Es, .locale = &locale, .zone = {}, .now = now};
    using std::chrono::hours;
    using std::chrono::minutes;
    EXPECT_EQ(say.when(now - minutes{8}), "15:12");
    EXPECT_EQ(say.when(now - hours{30}), "10 mar, 09:20");
    EXPECT_EQ(say.ago(now), "ahora mismo");
    EXPECT_EQ(say.ago(now - minutes{3}), "hace 3 min");
    EXPECT_EQ(say.ago(now - hours{49}), "hace 2 días");
    EXPECT_EQ(say.day(now - hours{24 * 365}), "11 mar 2025");
    EXPECT_EQ(say.bytes(3'500'000), "3,3 MB");
}

}  // namespace
}  // namespace ventanilla::views

#include "server/admin/plays.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include <gtest/gtest.h>

#include "server/admin/data_folder.hpp"
#include "server/admin/seed.hpp"
#include "server/admin/tasks.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/request.hpp"

// The scripted days, played in a moment against a store on disk with the demo company in it.

namespace ventanilla::server_test {
namespace {

using admin::Play;
using domain::Outage;
using domain::OutageState;
using domain::Request;
using domain::RequestState;

const std::string kDemo = VENTANILLA_SOURCE_DIR "/assets/demo";

// The demo company, its store, and a clock that waits for nothing. Seeded once for all tests.
class Stage {
  public:
    Stage() {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "ventanilla-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
        const Result<std::string> seeded = admin::seed({.data = folder_, .demo = kDemo});
        EXPECT_TRUE(seeded) << (seeded ? "" : seeded.error().detail);
        auto opened =
            admin::open_store(admin::DataFolder{folder_}, store::SqliteMode::Inline, random_);
        EXPECT_TRUE(opened);
        if (opened) store_ = std::move(*opened);
        now = auth::system_clock()();
    }
    ~Stage() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    Status play(const std::string& key, double speed = 60) {
        const Play play = TRY(admin::read_play(kDemo, key));
        return admin::run_play(play, speed, hooks());
    }

    admin::PlayStage hooks() {
        admin::PlayStage stage;
        stage.take = [this](const Json& step) {
            return admin::run_task({.store = *store_,
                                    .passwords = passwords_,
                                    .clock = [this] { return now; },
                                    .random = random_,
                                    .sign_out = {}},
                                   "demo.step",
                                   step);
        };
        stage.is_served = [this] { return looks_++ % 4 < 2; };  // comes and goes
        stage.now = [this] { return now; };
        stage.wait_until = [this](Instant at) { now = std::max(now, at); };
        stage.say = [this](const std::string& line) { said.push_back(line); };
        return stage;
    }

    template <class Value>
    std::vector<Value> all(domain::RowType type, Result<Value> (*read)(const domain::Row&)) {
        std::vector<Value> values;
        const Status done = store_->read([&](const store::Snapshot& snapshot) -> Status {
            for (const domain::Row& row : snapshot.rows(type))
                values.push_back(TRY(read(row)));
            return ok();
        });
        EXPECT_TRUE(done);
        return values;
    }

    // The newest one with this title.
    std::optional<Outage> outage(const std::string& title) {
        std::optional<Outage> found;
        for (Outage& one : all(domain::RowType::Outage, domain::outage_from))
            if (one.title.es == title && (!found || one.started_at > found->started_at))
                found = std::move(one);
        return found;
    }

    // Those made from now on.
    std::vector<Request> requests_since(Instant from) {
        std::vector<Request> found;
        for (Request& one : all(domain::RowType::Request, domain::request_from))
            if (one.received_at >= from) found.push_back(std::move(one));
        return found;
    }

    Instant now;
    std::vector<std::string> said;

  private:
    std::string folder_;
    auth::SystemRandom random_;
    auth::Passwords passwords_;
    std::unique_ptr<store::Store> store_;
    int looks_ = 0;
};

Stage& stage() {
    static Stage the_stage;
    return the_stage;
}

auto in_state(RequestState state) {
    return [state](const Request& request) { return request.state == state; };
}

TEST(Plays, TheVpnOutageEndsWithWhoItStillHappensTo) {
    const Instant from = stage().now;
    const Status played = stage().play("O1");
    ASSERT_TRUE(played) << played.error().detail;
    const std::optional<Outage> vpn = stage().outage("La VPN no conecta en Madrid");
    ASSERT_TRUE(vpn);
    EXPECT_EQ(vpn->state(), OutageState::Resolved);
    EXPECT_EQ(vpn->updates.size(), 7u);
    EXPECT_EQ(vpn->affected_count, 7) << "everybody of the Madrid office";
    EXPECT_EQ(vpn->workaround_article, "KB0005");
    EXPECT_EQ(vpn->works_count, 2) << "Marta is for whoever watches";
    EXPECT_EQ(vpn->broken_count, 4);
    const auto requests = stage().requests_since(from);
    EXPECT_EQ(requests.size(), 6u) << "five before it was published, one that joined it";
    EXPECT_EQ(std::count_if(requests.begin(), requests.end(), in_state(RequestState::Closed)), 2);
    EXPECT_EQ(std::count_if(requests.begin(),
                            requests.end(),
                            [&](const Request& one) { return one.resolution_cycle == 2; }),
              4)
        << "they say it still does not work";
    EXPECT_EQ(std::count_if(requests.begin(),
                            requests.end(),
                            [&](const Request& one) { return one.outage == vpn->id; }),
              1);
}

TEST(Plays, MinutesAndPromisesAreAsManyTimesFasterAsAsked) {
    const Instant from = stage().now;
    const Status played = stage().play("O4", 60);
    ASSERT_TRUE(played) << played.error().detail;
    EXPECT_EQ(stage().now - from, std::chrono::seconds{106}) << "from minute 3 to minute 109";
    const std::optional<Outage> power = stage().outage("Corte de luz en el depósito de Pilar");
    ASSERT_TRUE(power);
    EXPECT_EQ(power->state(), OutageState::Resolved);
    ASSERT_TRUE(power->updates.front().next_update_due_at);
    EXPECT_EQ(*power->updates.front().next_update_due_at - power->updates.front().at,
              std::chrono::seconds{30});
}

TEST(Plays, AMaintenanceThatRunsOverGoesOnAsAnIncident) {
    const Status played = stage().play("O2");
    ASSERT_TRUE(played) << played.error().detail;
    const std::optional<Outage> planned = stage().outage("Actualización del ERP Andes");
    const std::optional<Outage> incident = stage().outage("El ERP Andes todavía no vuelve");
    ASSERT_TRUE(planned);
    ASSERT_TRUE(incident);
    EXPECT_EQ(planned->state(), OutageState::HandedOver);
    EXPECT_EQ(planned->continued_in, incident->id);
    EXPECT_EQ(incident->state(), OutageState::Resolved);
    EXPECT_EQ(incident->started_at, planned->scheduled_until) << "from the promised end on";
    EXPECT_EQ(incident->works_count, 3);
}

TEST(Plays, AFalseAlarmStaysAmongTheStaff) {
    const Status played = stage().play("O7");
    ASSERT_TRUE(played) << played.error().detail;
    const std::optional<Outage> rejected =
        stage().outage("Posible problema de telefonía en Montevideo");
    ASSERT_TRUE(rejected);
    EXPECT_EQ(rejected->state(), OutageState::Rejected);
    EXPECT_EQ(rejected->affected_count, 5);
}

TEST(Plays, WhatWaitedOnDevicesWhileTheDeskWasDownIsOfWhenItWasMade) {
    const Instant from = stage().now;
    const Status played = stage().play("O3");
    ASSERT_TRUE(played) << played.error().detail;
    const auto requests = stage().requests_since(from);
    EXPECT_EQ(requests.size(), 12u);
    for (const Request& request : requests)
        EXPECT_LT(request.reported_at, request.received_at) << request.number;
    const std::optional<Outage> desk = stage().outage("Este portal no podía enviar solicitudes");
    ASSERT_TRUE(desk);
    EXPECT_EQ(desk->state(), OutageState::Resolved);
    EXPECT_EQ(desk->affected_count, 3);
}

TEST(Plays, EveryDayOfTheDemoPlaysToItsEnd) {
    for (const char* key : {"O5", "O6"}) {
        const Status played = stage().play(key, 1);
        EXPECT_TRUE(played) << key << ": " << (played ? "" : played.error().detail);
    }
    EXPECT_EQ(stage().outage("Correo falso sobre la nómina")->state(), OutageState::Resolved);
    EXPECT_EQ(stage().outage("Los recibos de sueldo tardan en abrir")->state(),
              OutageState::Resolved);
}

TEST(Plays, ARefusedStepStopsTheDayAndIsNamed) {
    const Result<Play> play = admin::play_from_json(
        {{"key", "X"},
         {"title", {{"es", "X"}, {"en", "X"}}},
         {"steps",
          {{{"at_min", 0},
            {"as", "lucia.ferreyra"},
            {"do", "outage.resolve"},
            {"args", {{"outage", "@user:nobody"}, {"body", {{"es", "Ya está"}}}}}}}}});
    ASSERT_TRUE(play) << play.error().detail;
    const Status played = admin::run_play(*play, 60, stage().hooks());
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().detail.find("X, step 1 (outage.resolve): refused"), 0u)
        << played.error().detail;
}

TEST(Plays, AScriptThatMakesNoSenseIsRefusedWithTheStepAtFault) {
    const Json step = {{"at_min", 5}, {"as", "ada"}, {"do", "outage.me_too"}};
    const struct {
        const char* name;
        Json changed;  // members of the second step
        const char* said;
    } kScripts[] = {
        {"time runs back", {{"at_min", 4}}, "it comes before the one above it"},
        {"nobody", {{"as", Json::array()}}, "nobody takes it"},
        {"a word nobody knows", {{"when", 5}}, "when"},
        {"a day too long", {{"at_min", 9'000'000}}, "no day is that long"},
        {"one name for two", {{"as", {"ada", "bob"}}, {"name", "x"}}, "no one name"},
        {"waiting for Godot", {{"wait_for", "godot"}}, "server_gone or server_back"},
        {"arguments in a list", {{"args", Json::array()}}, "an object"},
    };
    for (const auto& script : kScripts) {
        Json second = step;
        second.update(script.changed);
        const Result<Play> play = admin::play_from_json(
            {{"key", "X"}, {"title", {{"es", "X"}}}, {"steps", {step, second}}});
        ASSERT_FALSE(play) << script.name;
        EXPECT_NE(play.error().detail.find("step 2: "), std::string::npos) << script.name;
        EXPECT_NE(play.error().detail.find(script.said), std::string::npos)
            << script.name << ": " << play.error().detail;
    }
}

TEST(Plays, ASignThatStandsForNothingIsNamed) {
    for (const char* sign : {"@nobody", "@min:soon", "@min:99999999", "@colour:red"}) {
        const Result<Play> play = admin::play_from_json({{"key", "X"},
                                                         {"title", {{"es", "X"}}},
                                                         {"steps",
                                                          {{{"at_min", 0},
                                                            {"as", "lucia.ferreyra"},
                                                            {"do", "outage.me_too"},
                                                            {"args", {{"outage", sign}}}}}}});
        ASSERT_TRUE(play);
        const Status played = admin::run_play(*play, 60, stage().hooks());
        ASSERT_FALSE(played) << sign;
        EXPECT_NE(played.error().detail.find(sign + 1), std::string::npos) << played.error().detail;
    }
}

TEST(Plays, AnUnknownOneIsAnsweredWithThoseThereAre) {
    const Result<Play> play = admin::read_play(kDemo, "../company");
    ASSERT_FALSE(play);
    EXPECT_EQ(play.error().code, Errc::NotFound);
    EXPECT_NE(play.error().detail.find("there are: O1 O2 O3 O4 O5 O6 O7"), std::string::npos)
        << play.error().detail;
}

}  // namespace
}  // namespace ventanilla::server_test

#include <gtest/gtest.h>

#include "shared/base/limits.hpp"
#include "shared/domain/article_version.hpp"
#include "shared/domain/blocks.hpp"
#include "tests/unit/support_world.hpp"

// How an article comes to say something else: proposed, looked at by somebody else, published.

namespace ventanilla::commands {
namespace {

using domain::Article;
using domain::ArticleVersion;
using domain::RowRef;
using domain::RowType;
using domain::VersionState;

const Id kArticle = domain::id_of_key(RowType::Article, "KB0005");

Actor reviewer() {
    return actor("Carla Núñez", {domain::Role::Manager, domain::Role::Reviewer}, {"it"}, "madrid");
}
Actor other_reviewer() {
    return actor("Rocío Medina", {domain::Role::Reviewer}, {}, "madrid");
}

Json blocks(std::string_view text) {
    domain::Block paragraph;
    paragraph.inlines = {{.text = std::string(text)}};
    return to_json(domain::Blocks{paragraph});
}

Json text(std::string_view title, std::string_view body) {
    return {{"title", title}, {"summary", "Qué hacer"}, {"blocks", blocks(body)}};
}

World library() {
    World world = company();
    world.put(RowType::Article,
              kArticle,
              {{"number", "KB0005"},
               {"version", 2},
               {"es", text("VPN", "Antes")},
               {"en", text("VPN in English", "Before")},
               {"owner", "Redes"},
               {"votes_total", 7},
               {"votes_helpful", 5},
               {"later", "kept"}},
              {"kb:public"});
    return world;
}

Json proposal(std::string_view body = "Ahora", int base = 2) {
    return {{"article", to_text(kArticle)},
            {"base", base},
            {"es", text("VPN: errores 809 y 720", body)},
            {"change", "El error 720 es nuevo"}};
}

std::string said(const Outcome& outcome) {
    if (const auto* rejection = std::get_if<Rejection>(&outcome)) {
        std::string out = rejection->message;
        for (const FieldError& field : rejection->fields)
            out += " " + field.field;
        return out;
    }
    if (const auto* decision = std::get_if<Decision>(&outcome))
        return decision->changes.empty() ? "nothing new" : "applied";
    return "unknown type";
}

// Proposes and gives the version's id.
Id proposed(World& world, const Actor& who, Json args = proposal()) {
    const Outcome outcome = world.run(who, "article_version.propose", std::move(args));
    EXPECT_EQ(said(outcome), "applied");
    return std::get<Decision>(outcome).entity.id;
}

ArticleVersion version(const World& world, const Id& id) {
    return *domain::article_version_from(*world.find({RowType::ArticleVersion, id}));
}

Json of(const Id& id) {
    return {{"article_version", to_text(id)}};
}

std::string body_of(const domain::ArticleText& text) {
    return plain_text(text);
}

TEST(ArticleVersions, AreProposedByStaffAndSeenByStaffAlone) {
    World world = library();
    EXPECT_EQ(said(world.run(lucia(), "article_version.propose", proposal())), "reject.forbidden");
    const Id id = proposed(world, owen());
    const ArticleVersion kept = version(world, id);
    EXPECT_EQ(kept.state, VersionState::InReview);
    EXPECT_EQ(kept.author_name, "Owen Blake");
    EXPECT_EQ(kept.base, 2);
    EXPECT_EQ(kept.change, "El error 720 es nuevo");
    EXPECT_EQ(world.rows.at({RowType::ArticleVersion, id}).audiences,
              std::vector<std::string>{"staff:all"});
}

TEST(ArticleVersions, KeepWhatTheyDoNotChange) {
    World world = library();
    const ArticleVersion kept = version(world, proposed(world, owen()));
    EXPECT_EQ(kept.en.title, "VPN in English");
    EXPECT_EQ(kept.owner, "Redes");
    EXPECT_EQ(body_of(kept.es), "Ahora\n");
}

TEST(ArticleVersions, ChangeNothingForReadersUntilPublished) {
    World world = library();
    const Id id = proposed(world, owen());
    EXPECT_EQ(world.article(kArticle).es.title, "VPN");
    EXPECT_EQ(said(world.run(reviewer(), "article_version.publish", of(id))), "applied");
    const Article article = world.article(kArticle);
    EXPECT_EQ(article.number, "KB0005");
    EXPECT_EQ(article.version, 3);
    EXPECT_EQ(article.es.title, "VPN: errores 809 y 720");
    EXPECT_EQ(article.en.title, "VPN in English");
    EXPECT_EQ(article.votes_total, 7) << "votes are the readers'";
    EXPECT_EQ(article.reviewed_at, world.now);
    EXPECT_EQ(article.version_row, id);
    EXPECT_EQ(text_or(world.find({RowType::Article, kArticle})->body, "later"), "kept");
    EXPECT_EQ(version(world, id).state, VersionState::Published);
    EXPECT_EQ(version(world, id).version, 3);
    EXPECT_EQ(version(world, id).reviewer_name, "Carla Núñez");
}

TEST(ArticleVersions, KeepWhatWasPublishedBefore) {
    World world = library();
    const Article first = world.article(kArticle);
    const Id second = proposed(world, owen());
    world.run(reviewer(), "article_version.publish", of(second));
    const ArticleVersion kept = version(world, domain::outdated_version(first).id);
    EXPECT_EQ(kept.state, VersionState::Outdated);
    EXPECT_EQ(kept.version, 2);
    EXPECT_EQ(body_of(kept.es), "Antes\n");

    const Id third = proposed(world, owen(), proposal("Y ahora", 3));
    world.run(reviewer(), "article_version.publish", of(third));
    EXPECT_EQ(version(world, second).state, VersionState::Outdated);
    EXPECT_EQ(body_of(version(world, second).es), "Ahora\n") << "as it was published";
    int published = 0;
    for (const auto& [ref, row] : world.rows)
        published += ref.type == RowType::ArticleVersion &&
                     version(world, ref.id).state == VersionState::Published;
    EXPECT_EQ(published, 1);
}

TEST(ArticleVersions, NeedOtherEyesThanTheirAuthors) {
    World world = library();
    const Id id = proposed(world, reviewer());
    EXPECT_EQ(said(world.run(reviewer(), "article_version.publish", of(id))), "reject.forbidden");
    EXPECT_EQ(said(world.run(owen(), "article_version.publish", of(id))), "reject.forbidden");
    EXPECT_EQ(said(world.run(lucia(), "article_version.publish", of(id))), "reject.not_found");
    EXPECT_EQ(said(world.run(other_reviewer(), "article_version.publish", of(id))), "applied");
}

TEST(ArticleVersions, AreNotPublishedOverANewerOne) {
    World world = library();
    const Id mine = proposed(world, owen());
    const Id theirs = proposed(world, rosa(), proposal("De Rosa"));
    world.run(reviewer(), "article_version.publish", of(theirs));
    EXPECT_EQ(said(world.run(reviewer(), "article_version.publish", of(mine))),
              "reject.article_changed");
    EXPECT_EQ(body_of(world.article(kArticle).es), "De Rosa\n");
    Json again = proposal("De los dos", 3);
    again.erase("article");
    again["article_version"] = to_text(mine);
    EXPECT_EQ(said(world.run(owen(), "article_version.propose", again)), "applied");
    EXPECT_EQ(said(world.run(reviewer(), "article_version.publish", of(mine))), "applied");
    EXPECT_EQ(body_of(world.article(kArticle).es), "De los dos\n");
    EXPECT_EQ(world.article(kArticle).version, 4);
}

TEST(ArticleVersions, GoBackToTheirAuthorsWithANote) {
    World world = library();
    const Id id = proposed(world, owen());
    Json note = of(id);
    EXPECT_EQ(said(world.run(reviewer(), "article_version.suggest_edits", note)),
              "reject.invalid note");
    note["note"] = "Falta el paso 2";
    EXPECT_EQ(said(world.run(reviewer(), "article_version.suggest_edits", note)), "applied");
    EXPECT_EQ(said(world.run(reviewer(), "article_version.suggest_edits", note)), "nothing new");
    EXPECT_EQ(version(world, id).state, VersionState::EditsSuggested);
    EXPECT_EQ(version(world, id).note, "Falta el paso 2");

    Json again = proposal("Con el paso 2");
    again["article_version"] = to_text(id);
    EXPECT_EQ(said(world.run(rosa(), "article_version.propose", again)), "reject.forbidden")
        << "not hers";
    EXPECT_EQ(said(world.run(owen(), "article_version.propose", again)), "applied");
    EXPECT_EQ(version(world, id).state, VersionState::InReview);
    EXPECT_EQ(version(world, id).note, "");
}

TEST(ArticleVersions, AreTakenBackByTheirAuthors) {
    World world = library();
    const Id id = proposed(world, owen());
    EXPECT_EQ(said(world.run(reviewer(), "article_version.recall", of(id))), "reject.forbidden");
    EXPECT_EQ(said(world.run(owen(), "article_version.recall", of(id))), "applied");
    EXPECT_EQ(said(world.run(owen(), "article_version.recall", of(id))), "nothing new");
    EXPECT_EQ(said(world.run(reviewer(), "article_version.publish", of(id))),
              "reject.version_decided");
}

TEST(ArticleVersions, ArePublishedOnce) {
    World world = library();
    const Id id = proposed(world, owen());
    world.run(reviewer(), "article_version.publish", of(id));
    EXPECT_EQ(said(world.run(reviewer(), "article_version.publish", of(id))), "nothing new");
    EXPECT_EQ(said(world.run(other_reviewer(), "article_version.publish", of(id))),
              "reject.version_decided");
    EXPECT_EQ(said(world.run(owen(), "article_version.recall", of(id))), "reject.version_decided");
    EXPECT_EQ(world.article(kArticle).version, 3);
}

TEST(ArticleVersions, MakeANewArticle) {
    World world = library();
    const Id id =
        proposed(world, owen(), {{"base", 0}, {"es", text("Impresora nueva", "Se enciende así")}});
    world.run(reviewer(), "article_version.publish", of(id));
    const Article article = world.article(version(world, id).article);
    EXPECT_EQ(article.version, 1);
    EXPECT_EQ(article.es.title, "Impresora nueva");
    EXPECT_TRUE(article.number.starts_with("KB")) << article.number;
    const RowRef ref{RowType::Article, article.id};
    EXPECT_EQ(world.rows.at(ref).audiences, std::vector<std::string>{"kb:public"});
}

TEST(ArticleVersions, OfInternalArticlesStayAmongStaff) {
    World world = library();
    Json args = proposal();
    args["internal"] = true;
    world.run(reviewer(), "article_version.publish", of(proposed(world, owen(), args)));
    EXPECT_EQ(world.rows.at({RowType::Article, kArticle}).audiences,
              std::vector<std::string>{"staff:all"});
}

TEST(ArticleVersions, SayUntilWhenTheyAreTrue) {
    World world = library();
    Json args = proposal();
    args["review_by"] = to_ms(world.now + std::chrono::days(90));
    args["valid_to"] = to_ms(world.now + std::chrono::days(180));
    world.run(reviewer(), "article_version.publish", of(proposed(world, owen(), args)));
    const Article article = world.article(kArticle);
    EXPECT_EQ(article.review_by, world.now + std::chrono::days(90));
    EXPECT_FALSE(article.is_expired(world.now));
    EXPECT_TRUE(article.is_expired(world.now + std::chrono::days(180)));
}

TEST(ArticleVersions, RefuseWhatIsNotRight) {
    const std::string long_title(limits::kTitleBytesMax + 1, 'a');
    struct Case {
        Json change;
        const char* said;
    };
    const Case cases[] = {
        {{{"es", text("", "Sin título")}}, "reject.invalid title"},
        {{{"es", text(long_title, "Larga")}}, "reject.invalid title"},
        {{{"es", {{"title", "Sin cuerpo"}}}}, "reject.invalid blocks"},
        {{{"es", {{"title", "Vacía"}, {"blocks", Json::array()}}}}, "reject.invalid blocks"},
        {{{"es", {{"title", "Rota"}, {"blocks", "<script>"}}}}, "reject.invalid blocks"},
        {{{"es", {{"title", "Otra"}, {"blocks", blocks("x")}, {"html", "<b>"}}}},
         "reject.invalid es"},
        {{{"base", -1}}, "reject.invalid base"},
        {{{"base", "2"}}, "reject.invalid base"},
        {{{"article", "KB0005"}}, "reject.invalid article"},
        {{{"items", {"INC-99"}}}, "reject.invalid items"},
        {{{"valid_to", "mañana"}}, "reject.invalid valid_to"},
        {{{"internal", "sí"}}, "reject.invalid internal"},
        {{{"author", "Carla"}}, "reject.invalid author"},
    };
    for (const Case& each : cases) {
        World world = library();
        Json args = proposal();
        args.update(each.change);
        EXPECT_EQ(said(world.run(owen(), "article_version.propose", args)), each.said)
            << each.change;
    }
}

}  // namespace
}  // namespace ventanilla::commands

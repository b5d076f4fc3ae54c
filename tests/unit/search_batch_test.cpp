#include <vector>

#include <gtest/gtest.h>

#include "shared/base/json.hpp"
#include "shared/base/text.hpp"
#include "shared/search/batch.hpp"

namespace ventanilla::search {
namespace {

struct Outcome {
    std::vector<Json> written;
    std::vector<std::string> complaints;
};

BatchPorts::NextLine lines(const std::vector<std::string>& from, std::size_t& at) {
    return [&from, &at](std::string& line) {
        if (at == from.size()) return false;
        line = from[at++];
        return true;
    };
}

Outcome run(const std::vector<std::string>& docs,
            const std::vector<std::string>& queries,
            const BatchOptions& options = {}) {
    Outcome outcome;
    std::size_t doc = 0;
    std::size_t query = 0;
    std::int64_t now = 0;
    run_batch(
        {.next_document = lines(docs, doc),
         .next_query = lines(queries, query),
         .write = [&](std::string_view line) { outcome.written.push_back(*parse_json(line)); },
         .complain = [&](std::string_view sentence) { outcome.complaints.emplace_back(sentence); },
         .now_us = [&] { return now += 1500; },
         .gzip_bytes = [](std::string_view bytes) { return bytes.size() / 2; }},
        options);
    return outcome;
}

const std::vector<std::string> kDocs = {
    R"({"id":"vpn","lang":"es","title":"Conectarte a la VPN","body":"## Pasos\nAbre Andina."})",
    R"({"id":"print","lang":"es","title":"La impresora no imprime","body":"Mira la cola."})"};

TEST(SearchBatch, AnswersEachQueryOnALineAndSumsUpAtTheEnd) {
    const Outcome outcome = run(kDocs, {R"({"id":"q1","text":"vpn"})", R"({"id":7,"text":""})"});
    ASSERT_EQ(outcome.written.size(), 3U);
    EXPECT_EQ(outcome.written[0]["id"], "q1");
    EXPECT_EQ(outcome.written[0]["hits"][0][0], "vpn");
    EXPECT_TRUE(outcome.written[0]["hits"][0][1].is_number());
    EXPECT_EQ(outcome.written[0]["us"], 1500);
    EXPECT_EQ(outcome.written[1]["id"], 7) << "an id comes back as it was";
    EXPECT_TRUE(outcome.written[1]["hits"].empty());
    EXPECT_EQ(outcome.written[2]["docs"], 2);
    EXPECT_EQ(outcome.written[2]["build_ms"], 1.5);
    EXPECT_GT(outcome.written[2]["index_bytes"], 0);
    EXPECT_EQ(outcome.written[2]["index_gzip_bytes"],
              outcome.written[2]["index_bytes"].get<int>() / 2);
    EXPECT_TRUE(outcome.complaints.empty());
}

TEST(SearchBatch, GivesAsManyHitsAsAskedForAndLeavesNothingOutThatMatches) {
    std::vector<std::string> docs;
    for (int i = 0; i < 120; ++i) {
        const std::string body =
            i == 0 ? "portal portal" : "una mención del portal entre mucho más";
        docs.push_back(
            concat(R"({"id":"d)", i, R"(","title":"Hoja )", i, R"(","body":")", body, "\"}"));
    }
    const std::vector<std::string> query = {R"({"id":"q","text":"portal"})"};
    EXPECT_EQ(run(docs, query, {.depth = 7}).written[0]["hits"].size(), 7U);
    EXPECT_EQ(run(docs, query, {.depth = 1000}).written[0]["hits"].size(), 120U);
}

struct BadLine {
    const char* line;
    const char* why;
};

constexpr BadLine kBadDocs[] = {
    {"{", "documents line 2 is left out: JSON"},
    {"[1,2]", "the line is no JSON object"},
    {R"({"title":"a","body":"b"})", "there is no \"id\""},
    {R"({"id":true,"title":"a","body":"b"})", "\"id\" is no text"},
    {R"({"id":"","title":"a","body":"b"})", "\"id\" is empty"},
    {R"({"id":"x","body":"b"})", "there is no \"title\""},
    {R"({"id":"x","title":"a"})", "there is no \"body\""},
    {R"({"id":"x","title":"a","body":7})", "\"body\" is no text"},
    {R"({"id":"x","title":"a","body":"b","lang":"fr"})", "only es and en are searched"},
};

TEST(SearchBatch, SaysWhatAPlaceIsMadeOf) {
    const Outcome outcome =
        run(kDocs, {R"({"id":"q1","text":"conectarte a la vpn"})"}, {.explains = true});
    const Json& why = outcome.written[0]["why"][0];
    const double product = why["words"].get<double>() * why["coverage"].get<double>() *
                           why["closeness"].get<double>() * why["title"].get<double>() *
                           why["language"].get<double>() * why["prior"].get<double>();
    EXPECT_DOUBLE_EQ(outcome.written[0]["hits"][0][1].get<double>(),
                     product + why["exact"].get<double>());
    EXPECT_GT(why["exact"], 0) << "the query is the title";
    EXPECT_GT(why["closeness"], 1);
}

TEST(SearchBatch, LeavesBrokenLinesOutAndSaysWhichAndWhy) {
    for (const BadLine& bad : kBadDocs) {
        const Outcome outcome = run({kDocs[0], bad.line, kDocs[1]}, {});
        ASSERT_EQ(outcome.complaints.size(), 1U) << bad.line;
        EXPECT_NE(outcome.complaints[0].find("line 2"), std::string::npos) << outcome.complaints[0];
        EXPECT_NE(outcome.complaints[0].find(bad.why), std::string::npos) << outcome.complaints[0];
        EXPECT_EQ(outcome.written.back()["docs"], 2) << bad.line;
    }
    const Outcome outcome = run(kDocs, {"nonsense", R"({"text":"vpn"})", R"({"id":1})"});
    EXPECT_EQ(outcome.complaints.size(), 3U);
    EXPECT_EQ(outcome.written.size(), 1U) << "only the sum";
}

TEST(SearchBatch, ALocaleIsItsLanguageAndALaterLineReplacesAnEarlierOne) {
    const Outcome outcome = run({R"({"id":"a","lang":"es-AR","title":"Mouse","body":"x"})",
                                 R"({"id":"a","lang":"es","title":"Teclado","body":"x"})",
                                 "",
                                 "  "},
                                {R"({"id":1,"text":"mouse"})", R"({"id":2,"text":"teclado"})"});
    EXPECT_TRUE(outcome.complaints.empty());
    EXPECT_EQ(outcome.written[0]["hits"].size(), 0U);
    EXPECT_EQ(outcome.written[1]["hits"].size(), 1U);
    EXPECT_EQ(outcome.written[2]["docs"], 1);
}

}  // namespace
}  // namespace ventanilla::search

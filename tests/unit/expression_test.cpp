#include "shared/rules/expression.hpp"

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::rules {
namespace {

class FakeScope final : public Scope {
  public:
    Json fields = {{"device", "laptop"},
                   {"cost", "1500.50"},
                   {"count", 3},
                   {"tags", Json::array({"vpn", "wifi"})},
                   {"from", "2026-03-13"},
                   {"code", "AB123"},
                   {"agreed", true},
                   {"refused", false},
                   {"blank", "  "},
                   {"none", nullptr},
                   {"list", Json::array()}};
    [[nodiscard]] Json field(std::string_view key) const override { return member(fields, key); }
    [[nodiscard]] Json user(std::string_view fact) const override {
        return fact == "site" ? Json("madrid") : Json();
    }
    // A Wednesday.
    [[nodiscard]] Day today() const override { return *parse_day("2026-03-11"); }
};

Json value(std::string_view text) {
    const Result<Expression> expression = Expression::parse(text);
    EXPECT_TRUE(expression) << text << ": " << expression.error().detail;
    return expression ? expression->value(FakeScope{}) : Json("does not parse");
}

bool is_true_of(std::string_view text) {
    const Result<Expression> expression = Expression::parse(text);
    EXPECT_TRUE(expression) << text << ": " << expression.error().detail;
    return expression && expression->is_true(FakeScope{});
}

TEST(Expressions, SayWhatTheySay) {
    for (const char* text : {
             "true",
             "field.device eq 'laptop'",
             "eq(field.device, 'laptop')",
             "field.device ne \"phone\"",
             "field.device in ['laptop', 'tablet']",
             "in(field.device, ['laptop'])",
             "field.tags contains 'vpn'",
             "contains(field.tags, 'wifi')",
             "field.device contains 'lap'",
             "'vpn' in field.tags",
             "field.cost gt 1500",
             "field.cost ge 1500.5",
             "field.cost le 1500.50",
             "field.cost eq 1500.5",
             "1500 lt field.cost",
             "field.count eq 3",
             "field.count gt -1",
             "count(field.tags) eq 2",
             "count field.tags ge 2",
             "count(field.none) eq 0",
             "count(field.device) eq 1",
             "empty field.none",
             "empty(field.blank)",
             "empty field.list",
             "empty field.unknown",
             "empty ''",
             "not empty field.device",
             "not(empty(field.device))",
             "not not true",
             "field.code matches 'AA999'",
             "matches(field.code, '*****')",
             "field.agreed",
             "not field.refused",
             "field.refused eq false",
             "field.device",
             "user.site eq 'madrid'",
             "user.site in ['madrid', 'austin']",
             "empty user.nickname",
             "field.from eq today()+2d",
             "field.from eq today()+2wd",
             "field.from gt today()+1wd",
             "today()-3wd lt today()",
             "today() eq '2026-03-11'",
             "true and true",
             "and(true, true, true)",
             "or(false, false, true)",
             "false or true",
             "true or false and false",
             "(true or false) and true",
             "field.none eq field.blank",
             "field.none eq ''",
             "['a', 'b'] eq ['a', 'b']",
             "'it''s' eq \"it's\"",
         })
        EXPECT_TRUE(is_true_of(text)) << text;
}

TEST(Expressions, DoNotSayWhatTheyDoNot) {
    for (const char* text : {
             "false",
             "field.device eq 'Laptop'",
             "field.device eq 3",
             "field.agreed eq 'true'",
             "field.none eq 'x'",
             "field.none lt 5",
             "field.none ge 0",
             "field.blank le 'z'",
             "field.none in ['', 'a']",
             "field.device in []",
             "field.device in field.none",
             "field.tags contains ''",
             "field.none contains 'x'",
             "field.tags eq 'vpn'",
             "field.tags lt 5",
             "field.agreed lt true",
             "field.cost gt 1500.50",
             "field.code matches 'AA99'",
             "field.count matches '9'",
             "field.device matches field.none",
             "field.list",
             "field.blank",
             "field.refused",
             "not field.device",
             "today()+1wd lt today()",
             "field.device+1d eq 'laptop'",
             "true and false",
             "false or false",
             "['a', 'b'] eq ['b', 'a']",
             "empty 'x'",
             "empty false",
             "empty 0",
         })
        EXPECT_FALSE(is_true_of(text)) << text;
}

TEST(Expressions, CountWorkingDaysOverTheWeekend) {
    EXPECT_EQ(value("today()+1wd"), "2026-03-12");
    EXPECT_EQ(value("today()+3wd"), "2026-03-16");
    EXPECT_EQ(value("today()+3d"), "2026-03-14");
    EXPECT_EQ(value("today()-3wd"), "2026-03-06");
    EXPECT_EQ(value("'2026-03-14'+1wd"), "2026-03-16");
    EXPECT_EQ(value("'2026-03-14'+0wd"), "2026-03-14");
    EXPECT_EQ(value("today()+1wd+1d"), "2026-03-13");
    EXPECT_EQ(value("field.none+1d"), nullptr);
    EXPECT_EQ(value("field.count+1d"), nullptr);
}

TEST(Expressions, GiveWhatTheyRead) {
    const Result<Expression> expression = Expression::parse(
        "field.b eq user.site or not empty field.a and field.b in [field.c, user.name]");
    ASSERT_TRUE(expression);
    EXPECT_EQ(expression->fields(), (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(expression->user_facts(), (std::vector<std::string>{"name", "site"}));
}

TEST(Expressions, ThatAreNoneAreRefused) {
    for (const char* text : {
             "",
             "   ",
             "field",
             "field.",
             "field.9",
             "field.a eq",
             "eq field.a 'x'",
             "field.a eq 'x",
             "field.a eq \"x'",
             "field.a == 'x'",
             "field.a & field.b",
             "field.a eq 'x' 'y'",
             "field.a eq 'x' field.b",
             "field.a eq 'x' eq 'y'",
             "(field.a",
             "field.a)",
             "['a' 'b']",
             "['a', 'b'",
             "[,]",
             "eq(field.a)",
             "eq(field.a, 'x', 'y')",
             "not()",
             "empty()",
             "and(true)",
             "today",
             "today(1)",
             "today()+",
             "today()+1",
             "today()+1w",
             "today()+1.5d",
             "today()+12345d",
             "today()+field.a",
             "007",
             "1.2.3",
             "1.",
             "-",
             "-'x'",
             "+1",
             "user.",
             "system('rm')",
             "Field.a",
             "true false",
             "and",
             "or or or",
             "\xF0\x9F\x92\xA9",
         })
        EXPECT_FALSE(Expression::parse(text)) << text;
}

TEST(Expressions, ErrorsSayWhere) {
    EXPECT_EQ(Expression::parse("field.a eq explode").error().detail,
              "at byte 11: unknown word: explode");
    EXPECT_EQ(Expression::parse("field.a eq").error().detail,
              "at byte 10: something is missing at the end");
}

TEST(Expressions, AreBounded) {
    EXPECT_TRUE(Expression::parse(std::string(10, '(') + "true" + std::string(10, ')')));
    for (const char* opening :
         {"(", "[", "not ", "not(", "empty ", "count(", "eq(", "empty(not "}) {
        std::string text;
        while (text.size() < 1'900)
            text += opening;
        EXPECT_FALSE(Expression::parse(text)) << opening;
        EXPECT_FALSE(Expression::parse(text + "true")) << opening;
    }
    std::string moved = "today()";
    for (int i = 0; i < 400; ++i)
        moved += "+1d";
    EXPECT_FALSE(Expression::parse(moved));
    std::string wide = "true";
    while (wide.size() < 1'900)
        wide += " and true";
    EXPECT_TRUE(is_true_of(wide));
    EXPECT_FALSE(Expression::parse(std::string(2'001, ' ') + "true"));
}

// Any text either parses, and then has a value, or is refused: nothing else happens.
TEST(Expressions, AreTotal) {
    const std::vector<std::string> words = {"field.device",
                                            "field.tags",
                                            "field.none",
                                            "user.site",
                                            "today()",
                                            "'a'",
                                            "1",
                                            "-2.5",
                                            "true",
                                            "eq",
                                            "ne",
                                            "lt",
                                            "ge",
                                            "in",
                                            "contains",
                                            "matches",
                                            "empty",
                                            "count",
                                            "and",
                                            "or",
                                            "not",
                                            "(",
                                            ")",
                                            "[",
                                            "]",
                                            ",",
                                            "+1d",
                                            "-2wd",
                                            "'",
                                            "."};
    SeededRandom random(20'260'311);
    int parsed = 0;
    for (int round = 0; round < 4'000; ++round) {
        std::string text;
        for (std::uint64_t left = 1 + random.below(9); left > 0; --left)
            text += words[random.below(words.size())] + " ";
        const Result<Expression> expression = Expression::parse(text);
        if (!expression) continue;
        ++parsed;
        const Json first = expression->value(FakeScope{});
        EXPECT_EQ(first, expression->value(FakeScope{})) << text;
        EXPECT_EQ(expression->is_true(FakeScope{}), is_true(first)) << text;
    }
    EXPECT_GT(parsed, 100);
}

TEST(Expressions, ComparingIsConsistent) {
    const std::vector<Json> values = {nullptr,
                                      "",
                                      " ",
                                      "a",
                                      "b",
                                      "10",
                                      "9",
                                      9,
                                      10,
                                      10.5,
                                      "10.5",
                                      true,
                                      false,
                                      Json::array(),
                                      {"a"},
                                      "2026-03-11",
                                      Json::object()};
    for (const Json& a : values) {
        for (const Json& b : values) {
            EXPECT_EQ(is_equal(a, b), is_equal(b, a)) << a << " " << b;
            EXPECT_FALSE(is_less(a, b) && is_less(b, a)) << a << " " << b;
            EXPECT_FALSE(is_less(a, b) && is_equal(a, b)) << a << " " << b;
        }
        EXPECT_TRUE(is_equal(a, a)) << a;
    }
    EXPECT_TRUE(is_less("9", "10"));
    EXPECT_TRUE(is_less("9", 10));
    EXPECT_FALSE(is_less("a", 10));
}

}  // namespace
}  // namespace ventanilla::rules

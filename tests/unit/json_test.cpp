#include "shared/base/json.hpp"

#include <gtest/gtest.h>

namespace ventanilla {
namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(BoundedJson, ReadsWhatItWrote) {
    const Json value = {{"b", {1, 2.5, true, nullptr}}, {"a", "ñandú"}};
    const Result<Json> read = parse_json(dump_json(value));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, value);
}

TEST(BoundedJson, RefusesAKeyThatStandsTwice) {
    EXPECT_FALSE(parse_json(R"({"a":1,"a":2})"));
    EXPECT_FALSE(parse_json(R"({"x":{"a":1,"b":2,"a":3}})"));
    EXPECT_TRUE(parse_json(R"([{"a":1},{"a":2}])"));
}

TEST(BoundedJson, AcceptsTheDepthLimitAndNotOneMore) {
    EXPECT_TRUE(parse_json(nested(limits::kJsonDepthMax)));
    EXPECT_FALSE(parse_json(nested(limits::kJsonDepthMax + 1)));
}

TEST(BoundedJson, RefusesBytesThatAreNotUtf8) {
    EXPECT_FALSE(parse_json("\"\xC3\x28\""));
    EXPECT_FALSE(parse_json("\"\xED\xA0\x80\""));
}

TEST(BoundedJson, RefusesMoreThanItsLimitBeforeReadingIt) {
    const Result<Json> read = parse_json(std::string(101, ' ') + "1", 100);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::TooLarge);
}

TEST(BoundedJson, RefusesAnythingAfterTheValue) {
    for (const char* text : {"{} {}", "1 2", "[1],", "", "nul", "{\"a\":}", "[1"})
        EXPECT_FALSE(parse_json(text)) << text;
}

TEST(BoundedJson, NamesTheFieldThatIsMissingOrOfAnotherType) {
    const Json object = {{"n", -1}, {"t", "text"}};
    EXPECT_EQ(text_at(object, "missing").error().field, "missing");
    EXPECT_EQ(text_at(object, "n").error().field, "n");
    EXPECT_EQ(uint_at(object, "n").error().field, "n");
    EXPECT_EQ(id_at(object, "t").error().field, "t");
    EXPECT_EQ(text_at(Json::array(), "t").error().field, "t");
    EXPECT_EQ(text_at(object, "t", 3).error().field, "t");
}

TEST(BoundedJson, NoArgumentSlipsInBesideTheKnownOnes) {
    EXPECT_TRUE(only_keys({{"a", 1}}, {"a", "b"}));
    EXPECT_EQ(only_keys({{"a", 1}, {"admin", true}}, {"a", "b"}).error().field, "admin");
}

}  // namespace
}  // namespace ventanilla

#include "shared/base/json_peek.hpp"

#include <gtest/gtest.h>

#include "shared/base/json.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"

namespace ventanilla {
namespace {

TEST(JsonPeek, ReadsTheMembersOfAnObject) {
    const std::string id = std::string(32, 'a');
    const std::string text = concat(R"({"a":"uno","n":-7,"yes":true,"id":")", id, R"(","list":["x",1,"y"]})");
    const JsonPeek peek(text);
    EXPECT_EQ(peek.text_or("a"), "uno");
    EXPECT_EQ(peek.int_or("n"), -7);
    EXPECT_TRUE(peek.bool_or("yes"));
    EXPECT_EQ(to_text(peek.id_or_nil("id")), id);
    EXPECT_EQ(peek.texts_or_none("list"), (std::vector<std::string>{"x", "y"}));
}

TEST(JsonPeek, GivesTheFallbackForWhatIsMissingOrOfAnotherType) {
    const JsonPeek peek(R"({"a":"uno","n":1.5,"big":99999999999999999999,"o":null})");
    EXPECT_EQ(peek.text_or("none", "dos"), "dos");
    EXPECT_EQ(peek.text_or("n", "dos"), "dos");
    EXPECT_EQ(peek.int_or("a", 3), 3);
    EXPECT_EQ(peek.int_or("n", 3), 3);
    EXPECT_EQ(peek.int_or("big", 3), 3);
    EXPECT_TRUE(peek.bool_or("a", true));
    EXPECT_TRUE(is_nil(peek.id_or_nil("a")));
    EXPECT_TRUE(peek.texts_or_none("o").empty());
}

TEST(JsonPeek, IsNotMisledByWhatStandsInsideTexts) {
    const JsonPeek peek(R"({"a":"} , \"b\":\"no\" \\","nested":{"b":"no","c":["]","}"]},"b":"sí"})");
    EXPECT_EQ(peek.text_or("b"), "sí");
    EXPECT_EQ(peek.text_or("a"), R"(} , "b":"no" \)");
    EXPECT_EQ(JsonPeek(peek.member("nested")).text_or("b"), "no");
}

TEST(JsonPeek, AllowsSpaceWhereJsonDoes) {
    const JsonPeek peek(" { \"a\" : 1 ,\n\"b\"\t: [ \"x\" , \"y\" ] } ");
    EXPECT_EQ(peek.int_or("a"), 1);
    EXPECT_EQ(peek.texts_or_none("b"), (std::vector<std::string>{"x", "y"}));
}

Json random_value(Random& random, int depth) {
    constexpr std::string_view kTexts[] = {"", "ñandú", "a\"b", "back\\slash", "{\"a\":1}", "línea\nnueva"};
    switch (random.below(depth > 0 ? 6 : 4)) {
        case 0: return std::string(kTexts[random.below(std::size(kTexts))]);
        case 1: return static_cast<std::int64_t>(random.next());
        case 2: return random.chance(1, 2);
        case 3: return nullptr;
        case 4: {
            Json list = Json::array();
            for (std::uint64_t left = random.below(4); left > 0; --left)
                list.push_back(random_value(random, depth - 1));
            return list;
        }
        default: {
            Json object = Json::object();
            for (std::uint64_t left = random.below(5); left > 0; --left)
                object[concat("k", random.below(6))] = random_value(random, depth - 1);
            return object;
        }
    }
}

TEST(JsonPeek, ReadsWhatParsingWouldHaveRead) {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        SeededRandom random(seed);
        Json object = Json::object();
        for (int i = 0; i < 6; ++i)
            object[concat("k", i)] = random_value(random, 3);
        const std::string text = random.chance(1, 2) ? dump_json(object) : object.dump(2);
        const JsonPeek peek(text);
        for (int i = 0; i < 7; ++i) {
            const std::string key = concat("k", i);
            ASSERT_EQ(peek.text_or(key, "?"), text_or(object, key, "?")) << "seed " << seed;
            ASSERT_EQ(peek.int_or(key, 5), int_or(object, key, 5)) << "seed " << seed;
            ASSERT_EQ(peek.bool_or(key, true), bool_or(object, key, true)) << "seed " << seed;
        }
    }
}

TEST(JsonPeek, NeverReadsPastTheEndOfACutText) {
    const std::string whole = R"({"a":"uno\"","n":-7,"list":["x",{"y":[1]}],"b":true})";
    for (std::size_t size = 0; size < whole.find("true"); ++size) {
        const std::string cut(whole, 0, size);  // of its own, so that a sanitizer sees the end
        const JsonPeek peek(cut);
        EXPECT_FALSE(peek.bool_or("b"));
        (void)peek.text_or("a");
        (void)peek.texts_or_none("list");
    }
}

}  // namespace
}  // namespace ventanilla

#include "shared/rules/form_values.hpp"

#include <gtest/gtest.h>

#include "shared/rules/dates.hpp"
#include "shared/rules/decimal.hpp"
#include "shared/rules/words.hpp"

namespace ventanilla::rules {
namespace {

using domain::Field;
using domain::FieldType;
using domain::Lang;

ReadValue read(FieldType type, const Json& typed, Lang lang = Lang::Es) {
    Field field;
    field.key = "f";
    field.type = type;
    return read_value(field, typed, lang);
}

TEST(Decimals, AreExact) {
    struct Case {
        const char* text;
        std::int64_t millionths;
    };
    for (const Case& each : {Case{"0", 0},
                             {"1", 1'000'000},
                             {"-1.5", -1'500'000},
                             {"0.000001", 1},
                             {"007", 7'000'000},
                             {"999999999999.999999", 999'999'999'999'999'999},
                             {"1.10", 1'100'000},
                             {"-0", 0}})
        EXPECT_EQ(parse_decimal(each.text)->millionths, each.millionths) << each.text;
    for (const char* text : {"",
                             "-",
                             ".",
                             "1.",
                             ".5",
                             "1e5",
                             "+1",
                             "1,5",
                             "1 000",
                             "0x10",
                             "1000000000000",
                             "0.0000001",
                             "--1",
                             "1.2.3",
                             "a",
                             "1a",
                             "\xD9\xA1"})
        EXPECT_FALSE(parse_decimal(text)) << text;
}

TEST(Decimals, TypedByPeopleAreReadInTheirLanguage) {
    struct Case {
        const char* typed;
        const char* es;
        const char* en;
    };
    const Case cases[] = {
        {"1500", "1500", "1500"},
        {"1500,50", "1500.5", "1500.5"},
        {"1500.50", "1500.5", "1500.5"},
        {"1.500", "1500", "1.5"},
        {"1,500", "1.5", "1500"},
        {"1.500,25", "1500.25", "1500.25"},
        {"1,500.25", "1500.25", "1500.25"},
        {"1.234.567", "1234567", "1234567"},
        {"1,234,567", "1234567", "1234567"},
        {"1 234 567,8", "1234567.8", "1234567.8"},
        {"1\xC2\xA0"
         "234",
         "1234",
         "1234"},
        {"1'234.5", "1234.5", "1234.5"},
        {"0.500", "0.5", "0.5"},
        {"0,500", "0.5", "0.5"},
        {"-3,25", "-3.25", "-3.25"},
        {" 7 ", "7", "7"},
        {",5", "0.5", "0.5"},
        {"1.12500", "1.1250", "1.1250"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(to_text(typed_decimal(each.typed, Lang::Es).value_or(Decimal{-1})), each.es)
            << each.typed;
        EXPECT_EQ(to_text(typed_decimal(each.typed, Lang::En).value_or(Decimal{-1})), each.en)
            << each.typed;
    }
    for (const char* text : {"",
                             "-",
                             "abc",
                             "1.23.4",
                             "12,34,567",
                             "1.2345,6",
                             "1,2,3",
                             "$5",
                             "1-2",
                             "1.500.",
                             "..",
                             ",",
                             "1.,5"})
        EXPECT_FALSE(typed_decimal(text, Lang::Es)) << text;
}

TEST(Decimals, StoredAreReadBackInEveryLanguage) {
    for (std::int64_t millionths = -3'000'000; millionths <= 3'000'000; millionths += 125) {
        const std::string text = to_text(Decimal{millionths});
        ASSERT_EQ(parse_decimal(text)->millionths, millionths) << text;
        ASSERT_EQ(typed_decimal(text, Lang::Es)->millionths, millionths) << text;
        ASSERT_EQ(typed_decimal(text, Lang::En)->millionths, millionths) << text;
    }
}

TEST(Days, ExistOrAreRefused) {
    for (const char* text : {"2026-03-11", "2024-02-29", "1900-01-01", "9999-12-31"})
        EXPECT_EQ(to_text(*parse_day(text)), text);
    for (const char* text : {"",
                             "2026-3-11",
                             "2026-02-29",
                             "2026-13-01",
                             "2026-00-10",
                             "2026-04-31",
                             "1899-12-31",
                             "11/03/2026",
                             "2026-03-11T00:00",
                             "20260311",
                             "2026-03-1a",
                             "-026-03-11"})
        EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Days, TimesAndDurations) {
    EXPECT_TRUE(is_time("00:00"));
    EXPECT_TRUE(is_time("23:59"));
    for (const char* text : {"24:00", "9:30", "09:60", "09.30", "", "09:3x"})
        EXPECT_FALSE(is_time(text)) << text;
    EXPECT_EQ(local_time("2026-03-11T09:30"), "2026-03-11T09:30");
    EXPECT_EQ(local_time("2026-03-11 09:30:15"), "2026-03-11T09:30");
    for (const char* text : {"2026-03-11",
                             "2026-03-11T25:00",
                             "2026-02-30T09:30",
                             "2026-03-11T09:30Z",
                             "2026-03-11T09:30:61"})
        EXPECT_FALSE(local_time(text)) << text;
    struct Case {
        const char* text;
        int minutes;
    };
    for (const Case& each : {Case{"90", 90},
                             {"1:30", 90},
                             {"1h 30m", 90},
                             {"2 h", 120},
                             {"45m", 45},
                             {"45 min", 45},
                             {"1h5", 65},
                             {"0", 0}})
        EXPECT_EQ(duration_minutes(each.text), each.minutes) << each.text;
    for (const char* text :
         {"", "h", "1:75", "1:", "-5", "1.5h", "1d", "1h 2h", "999999h", "1:30m", "10000000"})
        EXPECT_FALSE(duration_minutes(text)) << text;
}

TEST(Words, AreCleanedNotRefused) {
    EXPECT_EQ(clean_text("  a\r\nb\rc\n\n "), "a\nb\nc");
    EXPECT_EQ(clean_text("a\x01\x1B[31mb\x7F"
                         "c\xC2\x85"),
              "a[31mbc");
    EXPECT_EQ(clean_text(std::string_view("a\0b", 3)), "ab");
    EXPECT_EQ(clean_text("a\tb"), "a\tb");
    EXPECT_EQ(clean_text("bad \xFF byte"), "bad  byte");
    EXPECT_EQ(clean_text("\xE2\x80\xAE"
                         "gpj.exe"),
              "gpj.exe");
    EXPECT_EQ(clean_text("עברית 👍🏽 ñ"), "עברית 👍🏽 ñ");
    EXPECT_EQ(clean_line(" one\n\ttwo \n three "), "one two three");
    EXPECT_EQ(clean_line("\n"), "");
}

TEST(Words, MasksAreShapes) {
    EXPECT_TRUE(fits_mask("AN101", "AA999"));
    EXPECT_TRUE(fits_mask("ñé1", "AA9"));
    EXPECT_TRUE(fits_mask("A-1", "\\A-9"));
    EXPECT_TRUE(fits_mask("99", "\\9\\9"));
    EXPECT_TRUE(fits_mask("x👍", "**"));
    EXPECT_TRUE(fits_mask("", ""));
    EXPECT_TRUE(fits_mask("\\", "\\"));
    for (const char* text : {"AN10", "AN1011", "1N101", "AN10x", "", "AN-101"})
        EXPECT_FALSE(fits_mask(text, "AA999")) << text;
    EXPECT_EQ(length_of("ñandú👍"), 6U);
}

TEST(Values, ReadWhatPeopleType) {
    struct Case {
        FieldType type;
        Json typed;
        Json stored;
    };
    using enum FieldType;
    const Case cases[] = {
        {Text, "  hola\nmundo ", "hola mundo"},
        {LongText, " a\r\nb ", "a\nb"},
        {Text, 42, "42"},
        {Number, "1.500", 1500},
        {Number, 7, 7},
        {Number, -3, -3},
        {Decimal, "2,5", "2.5"},
        {Decimal, 2.5, "2.5"},
        {Money, "1.500,5", "1500.5"},
        {Email, " Lucia.F+x@Andina.Example ", "Lucia.F+x@andina.example"},
        {Phone, "+54 (11) 5555-0100", "+541155550100"},
        {Phone, "0034 600.000.000", "+34600000000"},
        {Url, "https://Andina.example:8443/a?b#c", "https://Andina.example:8443/a?b#c"},
        {Date, "2026-03-11", "2026-03-11"},
        {DateTime, "2026-03-11 09:30:00", "2026-03-11T09:30"},
        {Time, "09:30", "09:30"},
        {Duration, "1h 30m", 90},
        {Duration, 90, 90},
        {Bool, true, true},
        {Bool, "false", false},
        {Choice, "laptop", "laptop"},
        {MultiChoice, {"a", "b", "a"}, {"a", "b"}},
        {MultiChoice, "a", Json::array({"a"})},
        {Scale, 4, 4},
        {User, "Ada Lovelace", "Ada Lovelace"},
        {File, "nda.pdf", nullptr},
        {Info, "x", nullptr},
    };
    for (const Case& each : cases) {
        const ReadValue first = read(each.type, each.typed);
        EXPECT_EQ(first.value, each.stored) << domain::name(each.type) << " " << each.typed;
        EXPECT_EQ(first.message, "") << domain::name(each.type) << " " << each.typed;
        for (const Lang lang : {Lang::Es, Lang::En})
            EXPECT_EQ(read(each.type, first.value, lang).value, first.value)
                << "again: " << each.typed;
    }
}

TEST(Values, EmptyIsEmptyForEveryType) {
    for (int type = 0; type <= static_cast<int>(FieldType::Info); ++type) {
        for (const Json& typed : {Json(), Json(""), Json(" \n"), Json::array(), Json::object()}) {
            const ReadValue value = read(static_cast<FieldType>(type), typed);
            EXPECT_TRUE(value.value.is_null()) << type << " " << typed;
            EXPECT_EQ(value.message, "") << type << " " << typed;
        }
    }
}

TEST(Values, SayWhatIsWrong) {
    struct Case {
        FieldType type;
        Json typed;
        const char* message;
    };
    using enum FieldType;
    const Case cases[] = {
        {Text, std::string(1'001, 'x'), "too_long"},
        {LongText, std::string(20'001, 'x'), "too_long"},
        {Text, {{"a", 1}}, "invalid"},
        {Text, {1, 2}, "invalid"},
        {Number, "2,5", "whole_number"},
        {Number, "two", "whole_number"},
        {Number, 1e30, "invalid"},
        {Decimal, "1,2,3", "number"},
        {Money, "9,999", "decimals"},
        {Email, "lucia", "email"},
        {Email, "@andina.example", "email"},
        {Email, "a@b", "email"},
        {Email, "a..b@c.example", "email"},
        {Email, "a b@c.example", "email"},
        {Email, "a@c_d.example", "email"},
        {Email, "a@.example", "email"},
        {Email, std::string(250, 'a') + "@c.example", "email"},
        {Phone, "5555-0100", "phone"},
        {Phone, "+0123456789", "phone"},
        {Phone, "+54 call me", "phone"},
        {Phone, "+1234567890123456", "phone"},
        {Url, "javascript:alert(1)", "url"},
        {Url, "andina.example", "url"},
        {Url, "https://", "url"},
        {Url, "https://a b.example", "url"},
        {Url, "https://a.example/\"><script>", "url"},
        {Date, "11/03/2026", "date"},
        {Date, "2026-02-30", "date"},
        {DateTime, "2026-03-11", "datetime"},
        {Time, "9:30", "time"},
        {Duration, "soon", "duration"},
        {Bool, "yes", "invalid"},
        {Bool, 1, "invalid"},
        {MultiChoice, {1}, "choice"},
        {MultiChoice, {{"a", 1}}, "choice"},
        {Scale, 11, "too_big"},
        {Scale, -1, "too_small"},
        {Choice, {"a"}, "invalid"},
    };
    for (const Case& each : cases) {
        const ReadValue value = read(each.type, each.typed);
        EXPECT_TRUE(value.value.is_null()) << each.typed;
        EXPECT_EQ(value.message, std::string("form.error.") + each.message) << each.typed;
    }
}

TEST(Values, AreHeldToTheirValidators) {
    struct Case {
        const char* kind;
        const char* limit;
        Json value;
        const char* message;  // empty: nothing against it
    };
    const Case cases[] = {
        {"mask", "AA999", "AB123", ""},
        {"mask", "AA999", "AB12", "form.error.mask"},
        {"min", "1", 1, ""},
        {"min", "1", 0, "form.error.too_small"},
        {"max", "1500.5", "1500.50", ""},
        {"max", "1500.5", "1500.51", "form.error.too_big"},
        {"min_length", "5", "ñandú", ""},
        {"min_length", "6", "ñandú", "form.error.too_short"},
        {"max_length", "5", "ñandú", ""},
        {"max_length", "4", "ñandú", "form.error.too_long"},
        {"after", "2026-03-11", "2026-03-12", ""},
        {"after", "2026-03-11", "2026-03-11", "form.error.after"},
        {"after", "2026-03-11", "2026-03-11T00:30", ""},
        {"before", "2026-03-11", "2026-03-10", ""},
        {"before", "2026-03-11", "2026-03-11", "form.error.before"},
        {"min", "", 5, ""},
        {"of_a_later_version", "1", 5, ""},
    };
    for (const Case& each : cases) {
        const ReadValue checked = check_value({each.kind, each.limit, {}}, each.value, each.limit);
        EXPECT_EQ(checked.message, each.message)
            << each.kind << " " << each.limit << " " << each.value;
        EXPECT_EQ(checked.limit, checked.message.empty() ? "" : each.limit);
    }
}

}  // namespace
}  // namespace ventanilla::rules

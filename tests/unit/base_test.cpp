#include <gtest/gtest.h>

#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/base/time.hpp"

namespace ventanilla {
namespace {

std::string hex(const Sha256& digest) { return to_hex({reinterpret_cast<const char*>(digest.data()), 32}); }

TEST(Hash, Sha256GivesTheDigestsOfTheStandard) {
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(hex(sha256(std::string(1'000'000, 'a'))),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Hash, Crc32cGivesTheValuesOfTheStandard) {
    EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
    EXPECT_EQ(crc32c({}), 0U);
    std::string ascending;  // the rest: RFC 3720, B.4
    for (char c = 0; c < 32; ++c)
        ascending.push_back(c);
    EXPECT_EQ(crc32c(ascending), 0x46DD794EU);
    EXPECT_EQ(crc32c(std::string(ascending.rbegin(), ascending.rend())), 0x113FDB5CU);
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
    EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
}

TEST(Text, Utf8SeesABadByteWhereverItStandsAmongGoodOnes) {
    for (std::size_t at = 0; at < 40; ++at) {
        std::string text(40, 'a');
        EXPECT_TRUE(is_utf8(text.substr(0, at)));
        text[at] = '\xFF';
        EXPECT_FALSE(is_utf8(text)) << at;
        EXPECT_TRUE(is_utf8(std::string(at, 'a') + "ñ" + std::string(40 - at, 'b'))) << at;
    }
}

TEST(Text, Utf8RefusesOverlongFormsSurrogatesAndWhatIsTooHigh) {
    EXPECT_TRUE(is_utf8("ñandú 日本 🙂"));
    for (const char* bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xC3", "\xE2\x82"})
        EXPECT_FALSE(is_utf8(bad));
}

TEST(Text, ACutNeverSplitsACharacter) {
    EXPECT_EQ(cut_utf8("año", 2), "a");
    EXPECT_EQ(cut_utf8("año", 3), "añ");
    EXPECT_EQ(cut_utf8("año", 9), "año");
}

TEST(Text, Base64UrlReadsBackWhatItWroteAndNothingElse) {
    for (std::size_t size = 0; size < 40; ++size) {
        std::string bytes;
        for (std::size_t i = 0; i < size; ++i)
            bytes.push_back(static_cast<char>(i * 37 + size));
        std::string read;
        ASSERT_TRUE(from_base64url(to_base64url(bytes), read));
        EXPECT_EQ(read, bytes);
    }
    std::string out;
    EXPECT_FALSE(from_base64url("AB", out)) << "left-over bits are not zero";
    EXPECT_FALSE(from_base64url("A", out));
    EXPECT_FALSE(from_base64url("A+==", out));
}

TEST(Time, IsWrittenAndReadAsRfc3339) {
    const Instant at = from_ms(1'773'238'805'123);
    EXPECT_EQ(iso8601(at), "2026-03-11T14:20:05.123Z");
    EXPECT_EQ(*parse_iso8601("2026-03-11T14:20:05.123Z"), at);
    EXPECT_EQ(*parse_iso8601("2026-03-11T14:20:05Z"), from_ms(1'773'238'805'000));
    for (const char* bad : {"2026-02-30T00:00:00Z", "2026-03-11 14:20:05Z", "2026-03-11T24:00:00Z", "x", ""})
        EXPECT_FALSE(parse_iso8601(bad)) << bad;
}

TEST(Id, TheSameCommandAlwaysDerivesTheSameEntity) {
    SeededRandom random(7);
    const Id command = random_id(random);
    EXPECT_EQ(derived_id("request", command), derived_id("request", command));
    EXPECT_FALSE(derived_id("request", command) == derived_id("comment", command));
    EXPECT_EQ(*parse_id(to_text(command)), command);
    EXPECT_EQ(short_code(command).size(), 5U);
}

}  // namespace
}  // namespace ventanilla

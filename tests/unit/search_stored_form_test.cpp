#include <gtest/gtest.h>

#include "shared/base/hash.hpp"
#include "shared/base/random.hpp"
#include "shared/base/text.hpp"
#include "shared/search/index.hpp"

// The stored form of an index: what it gives back, and what it refuses.

namespace ventanilla::search {
namespace {

constexpr const char* kSpecial[] = {
    "",
    " ",
    "  dos  espacios ",
    "Wi-Fi, e-mail y rock'n'roll: don't!",
    "## Título\nuna línea\n## Otro\n\n###### Seis\n####### siete\n##sin espacio\n#",
    "## (entre) paréntesis\r\nfin de línea de otros\r\n",
    "OneDrive AN101 0809 año ano Año",
    "日本語 текст العربية 🎉🎉 \xF0\x9F\x98\x80",
    "broken \xC3 bytes \xFF\xFE here",
    "- lista\n- -- _ ' '' 'a' a' 'b",
    "\n\n\n",
};

Document special(std::size_t i) {
    Document d;
    d.id = concat("id", i);
    d.key = i % 2 == 0 ? concat("article:", d.id, ":es") : concat("other", i);
    d.kind = static_cast<Kind>(i % kKinds);
    d.lang = i % 3 == 0 ? Lang::En : Lang::Es;
    d.audience = i % 4 == 0 ? "staff:all" : "kb:public";
    d.title = concat("Texto ", i, " ", kSpecial[(i + 3) % std::size(kSpecial)]);
    d.keywords = kSpecial[(i + 1) % std::size(kSpecial)];
    d.summary = kSpecial[(i + 2) % std::size(kSpecial)];
    d.body = kSpecial[i % std::size(kSpecial)];
    d.prior = i % 5 == 0 ? 0.25 : 0.5;
    return d;
}

Index full() {
    Index index;
    for (std::size_t i = 0; i < std::size(kSpecial); ++i)
        index.put(special(i));
    return index;
}

void expect_same_answers(Index& one, Index& other) {
    for (const char* query : {"título",
                              "wifi",
                              "e mail",
                              "onedrive",
                              "809",
                              "ano",
                              "linea otr",
                              "dont",
                              "日",
                              "texto 4",
                              "parentsis",
                              "siete",
                              "espacios here"}) {
        const Results a = one.search(query, {.limit = 20});
        const Results b = other.search(query, {.limit = 20});
        EXPECT_EQ(a.total, b.total) << query;
        for (std::size_t g = 0; g < kKinds; ++g)
            EXPECT_EQ(a.groups[g].hits, b.groups[g].hits) << query;
    }
}

TEST(StoredForm, GivesBackAnIndexThatAnswersTheSame) {
    Index index = full();
    Index loaded;
    ASSERT_TRUE(loaded.load(index.stored_form()));
    EXPECT_EQ(loaded.size(), index.size());
    expect_same_answers(index, loaded);
    EXPECT_EQ(loaded.stored_form(), index.stored_form());
    Index empty;
    ASSERT_TRUE(loaded.load(empty.stored_form()));
    EXPECT_EQ(loaded.size(), 0U);
}

TEST(StoredForm, DependsOnTheDocumentsAndNotOnHowTheyCame) {
    Index backwards;
    for (std::size_t i = std::size(kSpecial); i-- > 0;) {
        Document before = special(i);
        before.body = "something else first";
        backwards.put(before);
        (void)backwards.search("algo");
        backwards.put(special(i));
    }
    EXPECT_EQ(backwards.stored_form(), full().stored_form());
}

TEST(StoredForm, ALoadedIndexGrowsAndShrinksLikeAnyOther) {
    Index index = full();
    Index loaded;
    ASSERT_TRUE(loaded.load(index.stored_form()));
    for (Index* each : {&index, &loaded}) {
        each->remove(special(4).key);
        Document changed = special(1);
        changed.body = "Un texto nuevo sobre impresoras";
        each->put(changed);
    }
    expect_same_answers(index, loaded);
    EXPECT_EQ(loaded.search("impresora").total, 1U);
    EXPECT_EQ(loaded.stored_form(), index.stored_form());
}

TEST(StoredForm, AnyChangedBitIsNoticedAndNothingIsReplaced) {
    const std::string good = full().stored_form();
    Index index;
    index.put(special(2));
    SeededRandom random(7);
    for (int i = 0; i < 300; ++i) {
        std::string bad = good;
        const auto at = static_cast<std::size_t>(random.below(bad.size()));
        bad[at] = static_cast<char>(bad[at] ^ (1 << random.below(8)));
        const Status loaded = index.load(bad);
        ASSERT_FALSE(loaded);
        EXPECT_EQ(loaded.error().code, Errc::Corrupt);
        EXPECT_FALSE(index.load(std::string_view(good).substr(0, at)));
    }
    EXPECT_EQ(index.size(), 1U);
}

// The checksum keeps accidents out; behind it stands a reader that trusts nothing.
TEST(StoredForm, BytesWithAValidChecksumAreNotTrustedEither) {
    const std::string good = full().stored_form();
    SeededRandom random(11);
    for (int i = 0; i < 2000; ++i) {
        std::string body = good.substr(8);
        for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes)
            body[static_cast<std::size_t>(random.below(body.size()))] =
                static_cast<char>(random.below(256));
        if (i % 4 == 0) body.resize(static_cast<std::size_t>(random.below(body.size())));
        const std::uint32_t crc = crc32c(body);
        std::string bytes = good.substr(0, 4);
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<char>(crc >> shift));
        Index index;
        const Status loaded = index.load(bytes + body);
        if (loaded)
            (void)index.search("título wifi");
        else
            EXPECT_EQ(loaded.error().code, Errc::Corrupt);
    }
}

TEST(StoredForm, IsSmallerThanTheTextItHolds) {
    Index index;
    std::size_t text_bytes = 0;
    SeededRandom random(3);
    constexpr const char* kWords[] = {"red",
                                      "impresora",
                                      "cuenta",
                                      "abre",
                                      "la",
                                      "de",
                                      "y",
                                      "portal",
                                      "error",
                                      "pide",
                                      "ayuda",
                                      "contraseña"};
    for (int i = 0; i < 200; ++i) {
        Document d;
        d.key = d.id = concat("d", i);
        for (int w = 0; w < 200; ++w)
            d.body.append(kWords[random.below(std::size(kWords))]).append(w % 9 == 8 ? ". " : " ");
        text_bytes += d.body.size();
        index.put(d);
    }
    EXPECT_LT(index.stored_form().size(), text_bytes / 4);
}

}  // namespace
}  // namespace ventanilla::search

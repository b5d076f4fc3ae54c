#include "shared/rules/personal_data.hpp"

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"

// What is pointed out before a text becomes an article, and what is left in peace.

namespace ventanilla::rules {
namespace {

std::string told(const std::vector<PersonalData>& found) {
    std::string out;
    for (const PersonalData& each : found)
        out += concat(out.empty() ? "" : ", ", name(each.kind), " ", each.text);
    return out;
}

std::string found_in(std::string_view text) {
    return told(personal_data_in(text));
}

TEST(PersonalData, IsPointedOut) {
    struct Case {
        const char* text;
        const char* found;
    };
    const Case cases[] = {
        {"Escribe a ana.perez@andina.example.", "mail ana.perez@andina.example"},
        {"<lucía@andina.example>", "mail lucía@andina.example"},
        {"Llámame al 600 123 456", "phone 600 123 456"},
        {"Tel. +34 91 555 12 34, por la mañana", "phone +34 91 555 12 34"},
        {"call (512) 555-0134 today", "phone (512) 555-0134"},
        {"Pregunta en la ext. 4410", "phone 4410"},
        {"Soy Lucía Ferreyra, de Madrid", "name Lucía Ferreyra"},
        {"Gracias, Marta", "name Marta"},
        {"Hello, my name is Owen Blake and", "name Owen Blake"},
        {"La Sra. Núñez no puede entrar", "name Núñez"},
        {"Mi DNI es 12345678Z", "code 12345678Z"},
        {"NIE X1234567L", "code X1234567L"},
        {"Cuenta ES91 2100 0418 4502 0005 1332", "code ES91 2100 0418 4502 0005 1332"},
        {"Tarjeta 4111 1111 1111 1111", "code 4111 1111 1111 1111"},
        {"Su equipo es el 10.20.30.44", "code 10.20.30.44"},
        {"MAC 00:1A:2B:3C:4D:5E", "code 00:1A:2B:3C:4D:5E"},
        {"Como en SOL-2026-000123", "code SOL-2026-000123"},
        {"La contraseña es Verano2026.", "code Verano2026"},
        {"password: `hunter22`", "code hunter22"},
    };
    for (const Case& each : cases)
        EXPECT_EQ(found_in(each.text), each.found) << each.text;
}

TEST(PersonalData, IsNotSeenInWhatSuchTextsAreFullOf) {
    for (const char* text : {"Error 809 o 720",
                             "El código 0x80070005",
                             "Windows 10.0.19045.3803",
                             "Actualización KB5034441",
                             "Desde el 12/03/2026 a las 10:15",
                             "2026-03-11 14:20",
                             "Puerto 8443, ruta C:\\Users\\Public",
                             "Mira KB0005 v3",
                             "Cambia la contraseña y la clave de acceso",
                             "Tu contraseña es de ocho caracteres o más",
                             "La clave: elige una que recuerdes",
                             "@todos y el símbolo @",
                             "soy de Madrid",
                             "gracias por avisar",
                             "12345678A",
                             "4111 1111 1111 1112",
                             "1. Abre Ajustes\n2. Pulsa Red",
                             "12 monitores, 34 teclados y 56 ratones",
                             ""})
        EXPECT_EQ(found_in(text), "") << text;
}

TEST(PersonalData, SaysInWhichLineItStands) {
    const auto found = personal_data_in("Hola\n\nescribe a a@b.example\ny a c@d.example");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].line, 3U);
    EXPECT_EQ(found[1].line, 4U);
}

TEST(PersonalData, KnowsThePeopleTheTextIsAbout) {
    const std::vector<std::string> names = {"Lucía Ferreyra", "Owen Blake", ""};
    EXPECT_EQ(told(names_in("Lucía no entra; Owen lo vio. La luz de Ferreyra", names)),
              "name Lucía, name Owen, name Ferreyra");
    EXPECT_EQ(told(names_in("lucía, BLAKE, Luc, Blakes, O", names)), "");
    EXPECT_EQ(told(names_in("", names)), "");
}

TEST(PersonalData, AnyBytesAreLookedThroughInBoundedTime) {
    SeededRandom random{11};
    for (int round = 0; round < 200; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(400); i > 0; --i)
            text.push_back(
                "09 .-+()/@:\nA\xC3\x9Az"
                "ESX=,"[random.below(21)]);
        for (const PersonalData& each : personal_data_in(text))
            EXPECT_NE(text.find(each.text), std::string::npos);
    }
    EXPECT_LE(personal_data_in(std::string(60'000, '9')).size(), 1U);
    EXPECT_LE(personal_data_in(std::string(60'000, '@')).size(), 1U);
}

}  // namespace
}  // namespace ventanilla::rules

#include "shared/rules/form.hpp"

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/rules/answers.hpp"
#include "shared/rules/expression.hpp"
#include "tests/unit/support_forms.hpp"

namespace ventanilla::rules {
namespace {

using domain::Form;
using domain::Lang;

const FormContext kContext{.user = {.name = "Lucía",
                                    .email = "lucia@andina.example",
                                    .lang = Lang::Es,
                                    .site = "madrid",
                                    .roles = {domain::Role::Requester}},
                           .today = *parse_day("2026-03-11")};

std::string errors_of(const Form& form, const Json& answers) {
    std::string out;
    for (const FormError& error : evaluate(form, answers, kContext).errors())
        out += error.path + " " + error.message.substr(std::string("form.error.").size()) + "; ";
    return out;
}

std::string visible_in(const Form& form, const Json& answers) {
    std::string out;
    for (const SectionState& section : evaluate(form, answers, kContext).sections)
        for (const auto& entry : section.entries)
            for (const FieldState& field : entry)
                if (field.is_visible) out += field.path + (field.is_required ? "* " : " ");
    return out;
}

std::string options_of(const Form& form, const Json& answers, std::string_view path) {
    std::string out;
    const FormState state = evaluate(form, answers, kContext);
    for (const domain::Option* option : state.find(path)->options)
        out += option->key + " ";
    return out;
}

TEST(FormFields, ComeAndGoWithTheAnswers) {
    struct Case {
        Json answers;
        const char* visible;
    };
    const Case cases[] = {
        {Json::object(), "what* where* can_work phone* mail* details "},
        {{{"what", "vpn"}}, "what* where* error_code can_work phone* mail* details "},
        {{{"what", "wifi"}}, "what* where* network_name* can_work phone* mail* details "},
        {{{"what", "wifi"}, {"can_work", true}}, "what* where* network_name* can_work "},
        {{{"mail", "a@b.example"}}, "what* where* can_work phone mail* details "},
        {{{"phone", "+34600123456"}}, "what* where* can_work phone* mail details "},
        {{{"phone", "  "}}, "what* where* can_work phone* mail* details "},
    };
    for (const Case& each : cases)
        EXPECT_EQ(visible_in(no_internet_form(), each.answers), each.visible) << each.answers;
}

TEST(FormOptions, ComeAndGoWithTheAnswers) {
    const Form form = new_laptop_form();
    EXPECT_EQ(options_of(form, Json::object(), "model"), "light ");
    EXPECT_EQ(options_of(form, {{"use", "design"}}, "model"), "light power ");
    EXPECT_EQ(options_of(form, {{"use", "design"}, {"model", "power"}}, "accessories"),
              "mouse dock pen ");
    EXPECT_EQ(options_of(form, {{"use", "office"}, {"model", "power"}}, "accessories"),
              "mouse dock ");
}

TEST(FormOptions, ThatWentAreNotChosenAnyMore) {
    const Json answers = {{"use", "office"}, {"model", "power"}, {"accessories", Json::array({"mouse", "pen"})}};
    const Form form = new_laptop_form();  // a FormState points into its form
    const FormState state = evaluate(form, answers, kContext);
    EXPECT_TRUE(state.find("model")->was_deselected);
    EXPECT_TRUE(state.find("model")->value.is_null());
    EXPECT_EQ(state.find("model")->error->message, "form.error.deselected");
    EXPECT_TRUE(state.find("accessories")->was_deselected);
    const Json stored = {{"use", "office"}, {"accessories", Json::array({"mouse"})}};
    EXPECT_EQ(state.answers(), stored);
    EXPECT_FALSE(evaluate(new_laptop_form(), {{"use", "design"}, {"model", "power"}}, kContext)
                     .find("model")
                     ->was_deselected);
}

TEST(FormErrors, LeadToEachWrongAnswer) {
    struct Case {
        Form form;
        Json answers;
        const char* errors;
    };
    const Json laptop = {{"use", "office"}, {"model", "light"}};
    const auto with = [](Json answers, const Json& more) {
        answers.update(more);
        return answers;
    };
    const Json external = {{"name", "Ada"},
                           {"company", "X"},
                           {"from", "2026-03-12"},
                           {"until", "2026-03-20"},
                           {"accept", true}};
    const Case cases[] = {
        {no_internet_form(),
         Json::object(),
         "what required; where required; phone required; mail required; "},
        {no_internet_form(),
         {{"what", "vpn"}, {"where", "home"}, {"mail", "x"}, {"error_code", "80"}},
         "error_code mask; phone required; mail email; "},
        {no_internet_form(),
         {{"what", "cable"}, {"where", "home"}, {"can_work", true}},
         "what deselected; "},
        {no_internet_form(),
         {{"what", "vpn"}, {"where", "home"}, {"can_work", true}, {"error_code", "809"}},
         ""},
        {no_internet_form(),
         {{"what", "vpn"},
          {"where", "home"},
          {"mail", "a@b.example"},
          {"details", std::string(501, 'x')}},
         "details too_long; "},
        {new_laptop_form(), laptop, ""},
        {new_laptop_form(), with(laptop, {{"cost", "1.500"}}), ""},
        {new_laptop_form(), with(laptop, {{"cost", "1.500,01"}}), "why required; "},
        {new_laptop_form(),
         with(laptop, {{"cost", "1.500,01"}, {"why", "poco"}}),
         "why too_short; "},
        {new_laptop_form(), with(laptop, {{"cost", "0,99"}}), "cost too_small; "},
        {new_laptop_form(),
         with(laptop, {{"cost", 10001}, {"why", "es para el equipo"}}),
         "cost too_big; "},
        {new_laptop_form(), with(laptop, {{"cost", "mucho"}}), "cost number; "},
        {new_laptop_form(),
         {{"use", "design"}, {"model", "power"}, {"accessories", {"mouse", "dock", "pen"}}},
         "why required; "},
        {external_user_form(), external, ""},
        {external_user_form(), with(external, {{"accept", false}}), "accept required_tick; "},
        {external_user_form(), with(external, {{"from", "2026-03-11"}}), "from after; "},
        {external_user_form(), with(external, {{"until", "2026-03-12"}}), "until after; "},
        {external_user_form(), with(external, {{"until", "2027-03-11"}}), "until before; "},
        {external_user_form(), with(external, {{"from", ""}}), "from required; "},
    };
    for (const Case& each : cases)
        EXPECT_EQ(errors_of(each.form, each.answers), each.errors) << each.answers;
}

TEST(FormErrors, CarryTheFormsOwnSentenceAndTheLimit) {
    const Json answers = {{"from", "2026-03-12"}, {"until", "2026-03-12"}};
    const Form form = external_user_form();
    const FormState state = evaluate(form, answers, kContext);
    const FormError& error = *state.find("until")->error;
    EXPECT_EQ(error.own.es, "Después del comienzo.");
    EXPECT_EQ(error.limit, "2026-03-12");
    EXPECT_EQ(evaluate(new_laptop_form(), {{"cost", "20000"}}, kContext).find("cost")->error->limit,
              "10000");
}

TEST(FormAnswers, HiddenOnesAreNeverStoredAndComeBack) {
    const Form form = no_internet_form();
    Json draft = {{"what", "vpn"},
                  {"where", "home"},
                  {"error_code", "809"},
                  {"can_work", false},
                  {"phone", "+34 600 123 456"},
                  {"unknown", "x"}};
    EXPECT_EQ(evaluate(form, draft, kContext).answers(),
              (Json{{"what", "vpn"},
                    {"where", "home"},
                    {"error_code", "809"},
                    {"can_work", false},
                    {"phone", "+34600123456"}}));
    draft["what"] = "wifi";
    draft["can_work"] = true;
    EXPECT_EQ(evaluate(form, draft, kContext).answers(),
              (Json{{"what", "wifi"}, {"where", "home"}, {"can_work", true}}));
    draft["what"] = "vpn";
    EXPECT_EQ(evaluate(form, draft, kContext).answers()["error_code"], "809");
}

TEST(FormAnswers, HiddenCountsAsEmptyForWhatDependsOnIt) {
    const Form form = form_of(R"json({"version": 1, "sections": [{"key": "s", "fields": [
        {"key": "a", "type": "text", "label": {"es": "A"}},
        {"key": "b", "type": "text", "label": {"es": "B"}, "visible_if": "field.a eq '1'"},
        {"key": "c", "type": "text", "label": {"es": "C"}, "visible_if": "field.b eq '2'"},
        {"key": "d", "type": "text", "label": {"es": "D"}, "visible_if": "field.c eq '3'", "required_if": "empty field.b"}]}]})json");
    const Json draft = {{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}};
    EXPECT_EQ(visible_in(form, draft), "a b c d ");
    Json without = draft;
    without["a"] = "0";
    EXPECT_EQ(visible_in(form, without), "a ");
    EXPECT_EQ(evaluate(form, without, kContext).answers(), (Json{{"a", "0"}}));
}

TEST(FormRepeats, AskWhatTheirEntriesAsk) {
    const Form form = new_hire_form();
    const Json one = {{"start", "2026-03-20"},
                      {"people", {{{"person", "Ada"}, {"laptop", true}, {"size", "m"}}}}};
    EXPECT_EQ(visible_in(form, one),
              "start* remote note people.0.person* people.0.laptop people.0.size* ");
    EXPECT_EQ(errors_of(form, one), "");
    EXPECT_EQ(errors_of(form, {{"start", "2026-03-20"}}),
              "people.0.person required; people too_few; ");
    EXPECT_EQ(
        errors_of(form,
                  {{"start", "2026-03-20"}, {"people", {{{"person", "Ada"}}, Json::object()}}}),
        "");
    EXPECT_EQ(
        errors_of(form,
                  {{"start", "2026-03-20"}, {"people", {{{"person", "Ada"}}, {{"laptop", true}}}}}),
        "people.1.person required; people.1.size required; ");
}

TEST(FormRepeats, SeeTheirOwnEntryAndTheRestOfTheForm) {
    const Json answers = {{"start", "2026-03-20"},
                          {"remote", true},
                          {"people", {{{"person", "Ada"}, {"laptop", true}}, {{"person", "Bo"}}}}};
    EXPECT_EQ(visible_in(new_hire_form(), answers),
              "start* remote note people.0.person* people.0.laptop people.0.size* people.0.address "
              "people.1.person* people.1.laptop ");
}

TEST(FormRepeats, AreCounted) {
    Json answers = {{"start", "2026-03-20"}, {"people", Json::array()}};
    for (int i = 0; i < 3; ++i)
        answers["people"].push_back({{"person", "P"}});
    EXPECT_EQ(errors_of(new_hire_form(), answers), "bulk required; ");
    answers["bulk"] = "abrimos sede";
    answers["people"].push_back({{"person", "P"}});
    EXPECT_EQ(errors_of(new_hire_form(), answers), "");
    answers["people"].push_back({{"person", "P"}});
    EXPECT_EQ(errors_of(new_hire_form(), answers), "people too_many; ");
}

TEST(FormRepeats, AreStoredWithoutEmptyEntries) {
    const Json answers = {{"people",
                           {Json::object(),
                            {{"person", " Ada "}, {"spy", 1}},
                            {{"person", ""}},
                            7,
                            {{"size", "m"}}}}};
    EXPECT_EQ(evaluate(new_hire_form(), answers, kContext).answers(),
              (Json{{"people", {{{"person", "Ada"}}}}}));
}

TEST(FormDrafts, BeginWithTheirDefaults) {
    EXPECT_EQ(first_answers(no_internet_form(), kContext),
              (Json{{"mail", "lucia@andina.example"}}));
    EXPECT_EQ(first_answers(external_user_form(), kContext), (Json{{"from", "2026-03-12"}}));
    EXPECT_EQ(first_answers(new_hire_form(), kContext), (Json{{"people", {{{"size", "m"}}}}}));
    EXPECT_EQ(first_entry(new_hire_form().sections[1], kContext), (Json{{"size", "m"}}));
    FormContext nobody = kContext;
    nobody.user.email.clear();
    EXPECT_EQ(first_answers(no_internet_form(), nobody), Json::object());
}

TEST(FormFacts, AreThoseOfThePerson) {
    for (const auto& [expression, is_visible] : {std::pair{"user.name eq 'Lucía'", true},
                                                 {"user.site in ['madrid']", true},
                                                 {"user.lang eq 'es'", true},
                                                 {"user.roles contains 'requester'", true},
                                                 {"user.roles contains 'admin'", false},
                                                 {"empty user.email", false},
                                                 {"today() eq '2026-03-11'", true}}) {
        Form form = no_internet_form();
        form.sections[0].fields[0].visible_if = expression;
        EXPECT_EQ(evaluate(form, Json::object(), kContext).find("what")->is_visible, is_visible)
            << expression;
    }
}

TEST(FormState, HasNothingUnderAnUnknownPath) {
    const Form form = new_hire_form();
    const FormState state = evaluate(form, Json::object(), kContext);
    EXPECT_EQ(state.find("nothing"), nullptr);
    EXPECT_EQ(state.find("people.1.person"), nullptr);
    EXPECT_NE(state.find("people.0.person"), nullptr);
}

// Answers that a form never asked for, of any shape, in any field.
Json any_answers(Random& random, const Form& form) {
    const std::vector<Json> values = {nullptr,
                                      "",
                                      "vpn",
                                      "wifi",
                                      "home",
                                      "office",
                                      "design",
                                      "power",
                                      "809",
                                      "1.500,01",
                                      7,
                                      -1,
                                      2.5,
                                      true,
                                      false,
                                      "2026-03-20",
                                      "a@b.example",
                                      "+34600123456",
                                      Json::array(),
                                      {"mouse", "pen"},
                                      Json::object(),
                                      {{"person", "x"}},
                                      "\x01",
                                      "size"};
    Json answers = Json::object();
    for (const domain::Section& section : form.sections) {
        Json entry = Json::object();
        for (const domain::Field& field : section.fields)
            if (random.chance(3, 4)) entry[field.key] = values[random.below(values.size())];
        if (section.repeat_max == 1)
            answers.update(entry);
        else
            answers[section.key] = random.chance(1, 5)
                                       ? values[random.below(values.size())]
                                       : Json(std::vector<Json>(random.below(6), entry));
    }
    return answers;
}

TEST(FormProperties, HoldForAnyAnswers) {
    SeededRandom random(20'260'311);
    for (int round = 0; round < 400; ++round) {
        for (const Form& form :
             {no_internet_form(), new_laptop_form(), external_user_form(), new_hire_form()}) {
            const Json draft = any_answers(random, form);
            const FormState state = evaluate(form, draft, kContext);
            const Json stored = state.answers();
            for (const SectionState& section : state.sections) {
                for (const auto& entry : section.entries) {
                    for (const FieldState& field : entry) {
                        ASSERT_TRUE(field.is_visible || field.value.is_null()) << draft;
                        ASSERT_TRUE(field.is_visible || (!field.error && !field.is_required))
                            << draft;
                        ASSERT_TRUE(section.is_visible || !field.is_visible) << draft;
                        ASSERT_TRUE(!field.is_required || !is_empty(field.value) || field.error ||
                                    section.is_repeated)
                            << draft;
                    }
                }
            }
            // What is stored is a fixed point: seen by the server, sent again, read in the other
            // language.
            if (!state.errors().empty()) continue;
            FormContext english = kContext;
            english.user.lang = Lang::En;
            ASSERT_EQ(evaluate(form, stored, kContext).answers(), stored) << draft;
            ASSERT_EQ(evaluate(form, stored, english).answers(), stored) << draft;
            ASSERT_TRUE(evaluate(form, stored, kContext).errors().empty()) << draft;
        }
    }
}

TEST(FormProperties, AnswersOfAnyShapeAreNoneAtWorst) {
    for (const Json& nonsense : {Json(),
                                 Json(7),
                                 Json("x"),
                                 Json::array({1}),
                                 Json{{"people", 7}},
                                 Json{{"people", {7, "x", nullptr}}}}) {
        EXPECT_EQ(evaluate(new_hire_form(), nonsense, kContext).answers(), Json::object())
            << nonsense;
        EXPECT_FALSE(evaluate(no_internet_form(), nonsense, kContext).errors().empty()) << nonsense;
    }
}

TEST(FormCheck, FindsNothingInSoundForms) {
    for (const Form& form :
         {no_internet_form(), new_laptop_form(), external_user_form(), new_hire_form()})
        for (const FormProblem& problem : check_form(form))
            ADD_FAILURE() << problem.key << ": " << problem.what;
}

TEST(FormCheck, NamesTheCycle) {
    Form form = no_internet_form();
    form.sections[0].fields[0].visible_if = "field.where eq 'home'";
    form.sections[0].fields[1].visible_if = "not empty field.can_work";
    form.sections[0].fields[4].visible_if = "field.what eq 'vpn'";
    const std::vector<FormProblem> problems = check_form(form);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].what, "visible_if: cycle can_work -> what -> where -> can_work");
    // And evaluating it ends all the same.
    EXPECT_FALSE(evaluate(form, {{"what", "vpn"}, {"where", "home"}, {"can_work", true}}, kContext)
                     .sections.empty());
}

TEST(FormCheck, SeesCyclesThroughOptionsSectionsAndRepeats) {
    Form form = new_laptop_form();
    form.sections[0].fields[0].options[0].visible_if = "field.model eq 'power'";
    EXPECT_EQ(check_form(form).at(0).what, "visible_if: cycle model -> use -> model");
    form = no_internet_form();
    form.sections[0].fields[4].visible_if = "empty field.phone";
    EXPECT_EQ(check_form(form).at(0).what, "visible_if: cycle can_work -> phone -> can_work");
    form = new_hire_form();
    form.sections[1].visible_if = "empty field.bulk";
    EXPECT_EQ(check_form(form).at(0).what, "visible_if: cycle address -> bulk -> address");
    form = no_internet_form();
    form.sections[0].fields[0].visible_if = "not empty field.what";
    EXPECT_EQ(check_form(form).at(0).what, "visible_if: cycle what -> what");
}

TEST(FormCheck, NamesWhatIsUnsound) {
    struct Case {
        const char* what;
        void (*spoil)(Form&);
        const char* key;
    };
    const Case cases[] = {
        {"an expression that is none",
         [](Form& f) { f.sections[0].fields[0].visible_if = "field.a =="; },
         "what"},
        {"a field nobody has",
         [](Form& f) { f.sections[0].fields[1].required_if = "field.nothing"; },
         "where"},
        {"a fact nobody has",
         [](Form& f) { f.sections[1].visible_if = "user.salary gt 3"; },
         "contact"},
        {"an option's expression",
         [](Form& f) { f.sections[0].fields[0].options[0].visible_if = "((("; },
         "what"},
        {"a mask for a choice",
         [](Form& f) {
             f.sections[0].fields[0].validators = {{"mask", "AA", {}}};
         },
         "what"},
        {"a date limit for a text",
         [](Form& f) {
             f.sections[0].fields[2].validators = {{"after", "today()", {}}};
         },
         "error_code"},
        {"a length that is none",
         [](Form& f) { f.sections[1].fields[2].validators[0].value = "very long"; },
         "details"},
        {"a default that is no option",
         [](Form& f) { f.sections[0].fields[0].default_value = "satellite"; },
         "what"},
        {"a default that is no phone",
         [](Form& f) { f.sections[1].fields[0].default_value = "123"; },
         "phone"},
        {"a default from another field",
         [](Form& f) { f.sections[1].fields[1].default_value = "today()+field.x"; },
         "mail"},
        {"a default from nowhere",
         [](Form& f) { f.sections[1].fields[1].default_value = "user.salary"; },
         "mail"},
        {"a section called as a field",
         [](Form& f) { f.sections[1].key = "what", f.sections[1].repeat_max = 2; },
         "what"},
        {"an explanation that is required",
         [](Form& f) {
             f.sections[0].fields[2].type = domain::FieldType::Info,
             f.sections[0].fields[2].required_if = "true";
         },
         "error_code"},
    };
    for (const Case& each : cases) {
        Form form = no_internet_form();
        each.spoil(form);
        const std::vector<FormProblem> problems = check_form(form);
        ASSERT_FALSE(problems.empty()) << each.what;
        EXPECT_EQ(problems[0].key, each.key) << each.what << ": " << problems[0].what;
        (void)evaluate(form, {{"what", "vpn"}}, kContext);
    }
}

TEST(FormUnsound, ShowsRatherThanHidesAndRequiresNothing) {
    Form form = no_internet_form();
    form.sections[0].fields[0].visible_if = "(((";
    form.sections[0].fields[0].required_if = ")))";
    const FormState state = evaluate(form, Json::object(), kContext);
    EXPECT_TRUE(state.find("what")->is_visible);
    EXPECT_FALSE(state.find("what")->is_required);
}

domain::CatalogItem item_with(Form form) {
    domain::CatalogItem item;
    item.title = {"Sin internet o VPN", "No internet or VPN"};
    item.form = std::move(form);
    return item;
}

TEST(Titles, SayWhatWasChosenOrSaid) {
    const domain::CatalogItem vpn = item_with(no_internet_form());
    const auto title = [&](const Json& answers, Lang lang) {
        return request_title(vpn, evaluate(vpn.form, answers, kContext), lang);
    };
    EXPECT_EQ(title({{"what", "vpn"}}, Lang::Es), "Sin internet o VPN: La VPN");
    EXPECT_EQ(title({{"what", "vpn"}}, Lang::En), "No internet or VPN: The VPN");
    EXPECT_EQ(title({{"details", "Nada\n  va"}}, Lang::Es), "Sin internet o VPN: Nada va");
    EXPECT_EQ(title(Json::object(), Lang::Es), "Sin internet o VPN");
    EXPECT_EQ(title({{"phone", "+34600123456"}}, Lang::Es), "Sin internet o VPN");
    const std::string cut = title({{"details", "ñ" + std::string(300, 'x')}}, Lang::Es);
    EXPECT_LE(cut.size(), 123U);
    EXPECT_TRUE(cut.ends_with("…"));
}

TEST(Titles, LeavePersonalDataOut) {
    const domain::CatalogItem item = item_with(external_user_form());
    const FormState state =
        evaluate(item.form, {{"name", "Ada Secret"}, {"company", "Analytical"}}, kContext);
    EXPECT_EQ(request_title(item, state, Lang::Es), "Sin internet o VPN: Analytical");
    EXPECT_EQ(request_description(state), "");
}

TEST(AnswerLines, ReadAsTheFormWasAsked) {
    const Json answers = {
        {"start", "2026-03-20"},
        {"gone", "kept"},
        {"people", {{{"person", "Ada"}, {"laptop", true}, {"size", "l"}}, {{"person", "Bo"}}}}};
    std::string out;
    for (const AnswerLine& line : answer_lines(new_hire_form(), answers, Lang::En))
        out += std::to_string(line.entry) + " " + line.label + "=" + line.text +
               (line.is_personal ? " (personal)\n" : "\n");
    EXPECT_EQ(out,
              "-1 Primer día=2026-03-20\n"
              "0 Nombre=Ada (personal)\n"
              "0 Necesita notebook=true\n"
              "0 Tamaño=Grande\n"
              "1 Nombre=Bo (personal)\n"
              "-1 gone=kept\n");
    const auto lines =
        answer_lines(new_laptop_form(), {{"accessories", Json::array({"mouse", "gone"})}}, Lang::Es);
    EXPECT_EQ(lines.at(0).text, "Mouse\ngone");
    EXPECT_TRUE(answer_lines(new_laptop_form(), 7, Lang::Es).empty());
}

}  // namespace
}  // namespace ventanilla::rules

#pragma once

#include <string>

#include "shared/base/result.hpp"

// `ventanilla seed`: the demo company of a folder, dated relative to now, with ids derived from
// keys so that seeding again changes nothing. The folder has
//   company.json    {"name", "sites": […], "services": […], "people": […]}
//   catalogue.json  {"categories": […], "items": […]}
//   articles/       Markdown in two languages
//   outages.json    scripts, see outages.hpp
//   requests.json   [{"as": login, "hours_ago", "item", "answers", "steps": [{"as", "do", "args",
//                   "hours_ago"}]}]: conversations that happened already
// Members are those of the rows (shared/domain), with the keys of sites, services and categories
// for ids. A file that is not there is passed over.

namespace ventanilla::admin {

// Everybody of the demo signs in with it: fictional people, on a machine that serves itself only.
inline constexpr const char* kDemoPassword = "ventanilla-demo";
// Setting: the sign-ins to print when the demo is served.
inline constexpr const char* kSignInsKey = "demo_sign_ins";

struct SeedOptions {
    std::string data = "data";
    std::string demo = "assets/demo";
    bool with_outages = false;
};

// What was written, and who can sign in. Errors: Conflict while a server runs; Invalid with file
// and key.
Result<std::string> seed(const SeedOptions& options);

}  // namespace ventanilla::admin

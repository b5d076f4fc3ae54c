#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/status/model.hpp"

// Everything public as files with addresses: what the server answers and what an export writes are
// the same bytes.
//
//   /public/status.{es,en}.html   the page; /public/ID.{es,en}.html of one service
//   …with .atom, .rss, .json and .ics for .html: feeds and calendar of the same
//   /history.atom, /history.rss, /history.json, /calendar.ics   those of all, in one language
//   /api/v2/*.json                Statuspage's API
//   /public/status.css

namespace ventanilla::public_status {

struct File {
    std::string path;                     // begins with "/"
    std::string type;                     // media type
    bool says_when = false;               // its bytes have the time in them at which they were made
    std::function<std::string()> render;  // the same bytes each time
};

// Shape: each path once. The model must outlive them. Cost: nothing is rendered yet.
std::vector<File> public_files(const Model& model);

}  // namespace ventanilla::public_status

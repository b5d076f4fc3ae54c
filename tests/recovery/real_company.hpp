#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/commands/command.hpp"

// The people of a herd of real clients, in the data folder of a real server: written before it
// starts, and counted after it ended by what their requests say, not by the ids the protocol uses.

namespace ventanilla::herd {

// Somebody signed in on a device of their own.
struct Person {
    std::uint32_t number = 0;
    Id user;
    Id device;
    std::string cookie;  // "sid=…"
};

// What the server shall know of itself when it starts next.
struct Belief {
    double units_per_s = 0;
    double clients = 0;
};

// Errors: Conflict while a server runs on the folder.
Result<std::vector<Person>> hire(const std::string& data, std::uint32_t count);
Status believe(const std::string& data, const Belief& belief);

// The command number `index` of a person: a request whose words are found again.
commands::Command request_of(const Person& person, std::uint32_t index);

struct Found {
    std::map<std::string, int> times;  // how many requests hold these words
    std::uint64_t out_of_order = 0;    // requests older than one their person sent before
};

std::string words_of(const Person& person, std::uint32_t index);
Result<Found> requests_in(const std::string& data);

}  // namespace ventanilla::herd

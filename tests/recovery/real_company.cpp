#include "tests/recovery/real_company.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "server/admin/data_folder.hpp"
#include "server/auth/system.hpp"
#include "server/store/accounts.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/person.hpp"
#include "shared/domain/request.hpp"

namespace ventanilla::herd {
namespace {

constexpr std::string_view kWords = "herd ";
constexpr std::uint32_t kPeoplePerStep = 1'000;  // of one transaction

Result<std::unique_ptr<store::Store>> store_of(const std::string& data, Random& random) {
    return admin::open_store(admin::DataFolder{data}, store::SqliteMode::Inline, random);
}

Status hire_one(store::Transaction& transaction, Person& person, Random& random, Instant now) {
    domain::User user;
    user.id = person.user = derived_id("herd_user", concat(person.number));
    user.login = concat("herd", person.number);
    user.display_name = concat("Persona ", person.number);
    user.time_zone = "Europe/Madrid";
    user.site = domain::id_of_key(domain::RowType::Site, "madrid");
    user.roles = {domain::Role::Requester};
    TRY(store::put_account(transaction, user, {}, now));
    const std::string token = to_base64url(auth::random_bytes(random, 32));
    person.device = random_id(random);
    person.cookie = "sid=" + token;
    transaction.put_session({.token_hash = sha256_bytes(token),
                             .id = random_id(random),
                             .user = person.user,
                             .device = person.device,
                             .created_at = now,
                             .seen_at = now});
    return ok();
}

// "herd 17.2": what a person wrote, and where it stands among what they wrote.
struct Place {
    std::string_view person;
    int index = -1;
};

Place place_of(std::string_view words) {
    const std::size_t dot = words.rfind('.');
    Place place;
    if (words.find(kWords) != 0 || dot == std::string_view::npos) return place;
    place.person = words.substr(0, dot);
    std::from_chars(words.data() + dot + 1, words.data() + words.size(), place.index);
    return place;
}

}  // namespace

Result<std::vector<Person>> hire(const std::string& data, std::uint32_t count) {
    const admin::FolderLock lock = TRY(admin::FolderLock::take(admin::DataFolder{data}));
    auth::SystemRandom random;
    auto store = TRY(store_of(data, random));
    const Instant now = auth::system_clock()();
    std::vector<Person> people(count);
    for (std::uint32_t from = 0; from < count; from += kPeoplePerStep) {
        const std::uint32_t end = std::min(count, from + kPeoplePerStep);
        const auto job = [&](store::Transaction& transaction) -> Status {
            for (std::uint32_t number = from; number < end; ++number) {
                people[number].number = number;
                TRY(hire_one(transaction, people[number], random, now));
            }
            return ok();
        };
        TRY(store->write(job));
    }
    return people;
}

Status believe(const std::string& data, const Belief& belief) {
    const admin::FolderLock lock = TRY(admin::FolderLock::take(admin::DataFolder{data}));
    auth::SystemRandom random;
    auto store = TRY(store_of(data, random));
    const std::string known = dump_json({{"units_per_s", std::lround(belief.units_per_s)},
                                         {"clients", std::lround(belief.clients)}});
    return store->write([&](store::Transaction& transaction) {
        transaction.put_setting("recovery.known", known);
        return ok();
    });
}

std::string words_of(const Person& person, std::uint32_t index) {
    return concat(kWords, person.number, ".", index);
}

commands::Command request_of(const Person& person, std::uint32_t index) {
    const std::string words = words_of(person, index);
    commands::Command command;
    command.cmd_id = derived_id("herd_command", concat(to_text(person.device), words));
    command.type = "request.submit";
    command.args = {
        {"item", "INC-01"}, {"form_version", 1}, {"answers", {{"what", words}}}, {"lang", "es"}};
    command.lane = "request:" + to_text(derived_id("request", command.cmd_id));
    return command;
}

Result<Found> requests_in(const std::string& data) {
    const admin::FolderLock lock = TRY(admin::FolderLock::take(admin::DataFolder{data}));
    auth::SystemRandom random;
    auto store = TRY(store_of(data, random));
    std::vector<domain::Request> requests;
    const auto job = [&](const store::Snapshot& snapshot) -> Status {
        for (const domain::Row& row : snapshot.rows(domain::RowType::Request))
            requests.push_back(TRY(domain::request_from(row)));
        return ok();
    };
    TRY(store->read(job));
    std::sort(requests.begin(), requests.end(), [](const auto& a, const auto& b) {
        return a.number < b.number;
    });
    Found found;
    std::map<std::string, int, std::less<>> newest;  // index by person
    for (const domain::Request& request : requests) {
        const std::string words = text_or(request.answers, "what");
        const Place place = place_of(words);
        if (place.index < 0) continue;
        ++found.times[words];
        const auto [before, is_first] = newest.try_emplace(std::string(place.person), -1);
        if (place.index < before->second) ++found.out_of_order;
        before->second = std::max(before->second, place.index);
    }
    return found;
}

}  // namespace ventanilla::herd

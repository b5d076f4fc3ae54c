#pragma once

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/domain/article.hpp"
#include "shared/recovery/advice.hpp"
#include "shared/sync/client.hpp"

// One sync client against a person, a disk and a server that are played by hand.

namespace ventanilla::sync {

inline Id some(std::string_view seed) {
    return derived_id("test", seed);
}

class Stage {
  public:
    Stage() {
        identity.actor.user = some("ana");
        identity.actor.display_name = "Ana";
        identity.actor.roles = {domain::Role::Requester};
        identity.device = some("device");
        identity.scope = "s_ana";
        identity.boot = "b1";
    }

    // From what is on the device now.
    void boot(TabRole role) { boot(client, role); }
    void boot(Client& which, TabRole role) {
        which.boot({disk.begin(), disk.end()}, identity, role, now());
    }

    // Boots, and lets the first pull bring one article.
    void start() {
        boot(TabRole::Leader);
        collect();
        answer(200, encode(first_page()));
        pass(3'000);
    }

    [[nodiscard]] Now now() const { return {from_ms(1'790'000'000'000 + ms), Millis{ms}}; }

    void collect() {
        for (Effect& effect : client.take_effects()) {
            if (auto* commit = std::get_if<Commit>(&effect)) commits.push_back(*commit);
            if (auto* send = std::get_if<Send>(&effect)) sends.push_back(*send);
            if (auto* note = std::get_if<Notify>(&effect)) notes.push_back(note->notice);
        }
        while (stores_at_once && !commits.empty())
            finish_commit(CommitResult::Ok);
        if (is_well && !sends.empty() && sends.back().target == recovery::kBannerPath)
            answer(200, R"({"recovery":{"mode":"normal","spread_ms":5000,"min_backoff_ms":1000}})");
    }

    void finish_commit(CommitResult result) {
        ASSERT_FALSE(commits.empty());
        const Commit commit = commits.front();
        commits.erase(commits.begin());
        if (result == CommitResult::Ok) {
            for (const auto& [path, bytes] : commit.puts)
                disk[path] = bytes;
            for (const std::string& path : commit.deletes)
                disk.erase(path);
        }
        client.on_commit(commit.id, result, now());
        collect();
    }

    void answer(int status, const std::string& body, Millis retry_after = Millis{0}) {
        ASSERT_FALSE(sends.empty());
        const Send send = sends.back();
        sends.clear();
        client.on_response(send.tag, status, retry_after, body, now());
        collect();
    }

    void pass(std::int64_t by) {
        ms += by;
        client.on_timer(now());
        collect();
    }

    Id vote(bool helpful = true) {
        const SubmitResult result = client.submit(
            "article.vote",
            {{"article", to_text(some("article"))}, {"version", 1}, {"helpful", helpful}},
            now());
        collect();
        const auto* done = std::get_if<Submitted>(&result);
        EXPECT_NE(done, nullptr);
        return done == nullptr ? Id{} : done->cmd_id;
    }

    [[nodiscard]] EntryState state(const Id& id) const {
        const std::optional<Entry> entry = client.entry(id);
        return entry ? entry->state : EntryState::Draft;
    }

    [[nodiscard]] bool is_pushing() const {
        return !sends.empty() && sends.back().target == kPushPath;
    }

    [[nodiscard]] std::vector<Id> pushed() const {
        std::vector<Id> ids;
        if (!is_pushing()) return ids;
        const Result<PushRequest> request = decode_push_request(sends.back().body);
        for (const PushCommand& command : request->commands)
            ids.push_back(command.command.cmd_id);
        return ids;
    }

    static PullResponse first_page() {
        domain::Article article;
        article.id = some("article");
        article.number = "KB0001";
        article.es.title = "VPN";
        article.es.blocks = Json::array();
        PullResponse page;
        page.epoch = some("epoch");
        page.to = page.head = 5;
        page.upsert.push_back({"article", article.id, 1, {1}, domain::to_json(article)});
        page.groups_added.push_back({1, true});
        page.digest[1] = row_digest("article", article.id, 1);
        page.next = "cursor5";
        page.server_ms = 1'790'000'000'000;
        return page;
    }

    static std::string applied(const Id& id, std::uint64_t seq) {
        PushResponse response;
        response.epoch = some("epoch");
        response.head = seq;
        CommandResult result;
        result.cmd_id = id;
        result.seq = seq;
        response.results = {result};
        return encode(response);
    }

    static std::string rejected(const Id& id) {
        PushResponse response;
        response.epoch = some("epoch");
        response.head = 5;
        CommandResult result;
        result.cmd_id = id;
        result.status = ResultStatus::Rejected;
        result.code = commands::RejectCode::Forbidden;
        result.message = "reject.forbidden";
        response.results = {result};
        return encode(response);
    }

    static std::string problem(int status, std::string_view code, std::uint64_t restored_to = 0) {
        Problem problem;
        problem.status = status;
        problem.code = std::string(code);
        problem.restored_to = restored_to;
        if (code == problem::kHistoryChanged) problem.epoch = some("epoch 2");
        return encode(problem);
    }

    SeededRandom random{1};
    Client client{random};
    Identity identity;
    std::map<std::string, std::string> disk;  // path -> bytes
    std::vector<Commit> commits;
    std::vector<Send> sends;
    std::vector<Notice> notes;
    bool stores_at_once = true;
    bool is_well = true;  // a normal server answers banners at once
    std::int64_t ms = 0;
};

}  // namespace ventanilla::sync

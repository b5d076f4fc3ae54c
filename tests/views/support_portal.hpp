#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/catalog.hpp"
#include "shared/domain/outage.hpp"
#include "shared/domain/request.hpp"
#include "shared/sync/protocol.hpp"
#include "wasm/app/app.hpp"

// The whole portal without a browser: the App with a disk, a network and a clock made of memory,
// used by role and name. A Disk outlives a Portal, so that a test can kill one and open the next.

namespace ventanilla::support {

using a11y::Role;

// What the browser keeps: survives the death of a tab.
struct Disk {
    std::map<std::string, std::map<std::string, std::string>> stores;  // scope -> path -> bytes
    std::map<std::string, std::string> prefs;
    bool refuses = false;  // commits fail with Quota
};

// A server that knows one person and their rows.
struct Desk {
    Desk();

    sync::SessionInfo person;
    std::map<domain::RowRef, sync::PulledRow> rows;
    std::vector<commands::Command> received;
    std::map<std::string, sync::CommandResult> answers;  // by type, instead of deciding
    bool is_reachable = true;
    std::optional<Millis> turn;  // it is recovering, and gives this one to whoever asks
    std::uint64_t head = 1;
    Instant now = {};  // its clock is right: the portal sets it with each request

    template <class T>
    void put(domain::RowType type, const T& value) {
        put_row({type, value.id}, domain::to_json(value));
    }
    void put_row(const domain::RowRef& ref, Json body);

    [[nodiscard]] app::HttpReply reply(const app::HttpRequest& request);

  private:
    std::string pull(std::string_view target);
    std::string push(std::string_view body);
    sync::CommandResult apply(const commands::Command& command);

    std::map<domain::RowRef, std::uint64_t> touched_;
};

class Portal {
  public:
    Portal(Disk& disk, Desk& desk, std::string url = "/", float width = 1280);

    // Runs everything that is due: effects, answers, frames. Time stands still.
    void settle();
    void wait(std::int64_t ms);  // time passes, in steps of the portal's own wishes
    void event(const app::Event& event);

    // Opens a link or presses what has that role and name; fails the test when it is not there
    // once.
    void click(Role role, std::string_view name);
    void type(std::string_view label, std::string_view text);
    void choose(std::string_view label);  // a radio or a box by its label
    void sign_in();

    [[nodiscard]] std::string spoken() const;
    [[nodiscard]] bool says(std::string_view text) const;
    [[nodiscard]] bool has(Role role, std::string_view name) const;
    [[nodiscard]] std::string value(std::string_view label) const;
    [[nodiscard]] std::string focused() const;  // name of what was last given the focus
    // What reaches over the edge of the page, one a line; empty is good.
    [[nodiscard]] std::string too_wide() const;
    [[nodiscard]] const std::string& url() const { return addresses_.back(); }
    // The tab's history up to where it stands, oldest first.
    [[nodiscard]] const std::vector<std::string>& addresses() const { return addresses_; }

    std::vector<std::string> heard;  // announcements
    std::vector<app::Effect> done;   // effects with nobody to answer: SaveFile, CopyText …
    bool is_online = true;
    bool reads_markdown = true;  // the module for it can be loaded
    int frames = 0;
    app::App& app() { return *app_; }

  private:
    void carry(const app::Effect& effect);
    void draw(ui::Input input);
    [[nodiscard]] const a11y::Node* find(Role role, std::string_view name) const;
    void act(a11y::Action action);

    Disk& disk_;
    Desk& desk_;
    SeededRandom random_{7};
    std::unique_ptr<views::Locale> locale_;
    std::unique_ptr<ui::Measurer> measurer_;
    std::unique_ptr<app::App> app_;
    app::Now now_;
    std::vector<std::string> addresses_;
    float width_;
    const ui::Ui* ui_ = nullptr;
    a11y::Tree shown_;
    a11y::NodeId focus_ = a11y::kNoNode;
};

// The demo company in small: Lucía in Madrid, INC-03 with a condition, KB0005, the services.
namespace demo {
inline constexpr std::int64_t kNowMs = 1'773'238'800'000;  // 2026-03-11 14:20 UTC
Id id(std::string_view name);
void fill(Desk& desk);
domain::Outage vpn_outage(Instant now);
domain::Request request(std::string_view name, domain::RequestState state);
}  // namespace demo

}  // namespace ventanilla::support

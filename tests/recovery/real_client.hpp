#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "shared/recovery/pacer.hpp"
#include "shared/sync/protocol.hpp"
#include "tests/recovery/real_company.hpp"
#include "tests/recovery/real_line.hpp"

// One device of a herd on real sockets: the product's own Pacer and messages, and as much of a
// portal as coming back needs. It connects and learns what is new; works while the server lives, if
// told to; and when the connection breaks it comes back as the Pacer says, with what its outbox
// holds, until all of that is acknowledged.

namespace ventanilla::herd {

using Steady = std::chrono::steady_clock;

// What all clients of a herd write down.
struct Tally {
    Steady::time_point zero;  // the kill
    std::vector<double> acknowledged_s;
    std::vector<double> banner_wait_ms;
    std::uint64_t attempts = 0;  // of commands, after the kill
    std::uint64_t refusals = 0;
    std::uint64_t silences = 0;
    std::uint64_t accepted_before = 0;
    std::string complaint;  // the first answer that no healthy server gives
};

struct Ground {
    Wires& wires;
    Random& random;
    Tally& tally;
    bool is_dead = false;  // killed: who loses the connection comes back, and nobody adds work
    [[nodiscard]] Millis mono() const {
        return std::chrono::duration_cast<Millis>(Steady::now() - began);
    }
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(Steady::now() - tally.zero).count();
    }
    Steady::time_point began = Steady::now();
};

class Client {
  public:
    // `outbox`: how many commands will wait when the server is gone.
    Client(Ground& ground, Person person, std::uint32_t outbox);

    // Asks for the banner and for everything; `then` follows when both are here.
    void connect(std::function<void()> then);
    // Sends one command after the other until the server is gone.
    void work();
    // The server is gone. The connection says so too, mostly earlier.
    void cut();
    // All that waited is acknowledged.
    void on_done(std::function<void()> listener) { on_done_ = std::move(listener); }

    [[nodiscard]] bool is_done() const { return done_s_.has_value(); }
    [[nodiscard]] std::optional<double> done_s() const { return done_s_; }
    [[nodiscard]] std::optional<double> banner_s() const { return banner_s_; }
    [[nodiscard]] const Person& person() const { return person_; }
    // All it ever made, sent or not.
    [[nodiscard]] std::uint32_t commands() const { return given_; }
    [[nodiscard]] Millis spread() const { return pacer_.advice().spread; }

  private:
    using Handler = Line::Handler;

    void fetch_all(std::function<void()> then);
    void later(Millis wait, std::function<void()> then);
    bool keep_banner(const Reply& reply);
    void act();
    void wake_at(Millis at);
    void ask_banner(Handler handler);
    void ask_slot();
    void pull(Handler handler);
    void push(bool is_interactive, Handler handler);
    void took_banner(const std::optional<Reply>& reply, Steady::time_point asked);
    void took_slot(const std::optional<Reply>& reply);
    void took_pull(const std::optional<Reply>& reply);
    void took_push(const std::optional<Reply>& reply, std::uint32_t end);
    void work_on(const std::optional<Reply>& reply);
    // Whether the answer is one to go on with; otherwise the pacer has been told.
    bool is_answer(const std::optional<Reply>& reply);
    bool read_page(const Reply& reply);
    std::uint32_t applied_in(const Reply& reply);
    void complain(const Reply& reply);
    void check_done();
    [[nodiscard]] std::string head_of(std::string_view method, std::string_view target) const;
    [[nodiscard]] std::string with_body(std::string head, const std::string& body) const;

    Ground& ground_;
    Person person_;
    Line line_;
    boost::asio::steady_timer timer_;
    recovery::Pacer pacer_;
    std::string etag_;         // of the banner
    recovery::Advice advice_;  // and what it said
    std::string cursor_;       // of the last pull
    std::uint32_t given_ = 0;
    std::uint32_t acknowledged_ = 0;
    std::uint32_t outbox_ = 0;
    bool has_read_ = false;
    bool is_back_ = false;  // coming back
    std::optional<double> banner_s_, done_s_;
    std::function<void()> on_done_;
};

}  // namespace ventanilla::herd

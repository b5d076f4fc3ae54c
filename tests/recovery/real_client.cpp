#include "tests/recovery/real_client.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace ventanilla::herd {
namespace {

using recovery::Pacer;
using recovery::Work;

constexpr Millis kPatience{10'000};
constexpr std::uint32_t kBatchCommands = 10;

}  // namespace

Client::Client(Ground& ground, Person person, std::uint32_t outbox)
    : ground_(ground),
      person_(std::move(person)),
      line_(ground.wires, person_.number),
      timer_(ground.wires.loop),
      pacer_(ground.random),
      outbox_(outbox) {
    line_.on_end([this] { cut(); });
}

// ---- Before

void Client::connect(std::function<void()> then) {
    ask_banner([this, then = std::move(then)](const std::optional<Reply>& reply) {
        if (reply) keep_banner(*reply);
        fetch_all(then);
    });
}

void Client::fetch_all(std::function<void()> then) {
    pull([this, then = std::move(then)](const std::optional<Reply>& page) {
        if (page && page->status == 503)
            return later(page->retry_after, [this, then] { fetch_all(then); });
        const bool is_whole = page && page->status == 200 && read_page(*page);
        if (!is_whole) ground_.tally.complaint = "a client could not connect";
        then();
    });
}

void Client::later(Millis wait, std::function<void()> then) {
    timer_.expires_after(wait);
    timer_.async_wait([then = std::move(then)](const auto& error) {
        if (!error) then();
    });
}

bool Client::keep_banner(const Reply& reply) {
    const auto advice = recovery::decode_banner(reply.body);
    if (reply.status != 200 || !advice) return false;
    etag_ = reply.etag;
    advice_ = *advice;
    pacer_.on_banner(advice_, ground_.mono());
    return true;
}

void Client::work() {
    given_ = std::max(given_, acknowledged_ + 1);
    push(true, [this](const std::optional<Reply>& reply) { work_on(reply); });
}

void Client::work_on(const std::optional<Reply>& reply) {
    if (reply && reply->status == 503 && !ground_.is_dead)
        return later(reply->retry_after, [this] { work(); });
    if (reply) {
        const std::uint32_t applied = applied_in(*reply);
        if (applied == 0) return complain(*reply);
        acknowledged_ += applied;
        ground_.tally.accepted_before += applied;
    }
    if (reply && !ground_.is_dead) return work();
    cut();
    if (is_back_) act();
}

// ---- Coming back

void Client::cut() {
    if (!ground_.is_dead || is_back_)
        return;  // the server tidied up; it is asked again when needed
    is_back_ = true;
    timer_.cancel();
    given_ = std::max(given_, acknowledged_ + outbox_);
    pacer_.reconnect(recovery::Attention::Background, ground_.mono());
    act();
}

void Client::wake_at(Millis at) {
    later(std::max(Millis{0}, at - ground_.mono()), [this] { act(); });
}

void Client::act() {
    if (line_.is_asking() || is_done()) return;
    const Work work = has_read_ ? Work::Replay : Work::Read;
    switch (pacer_.step(work, ground_.mono())) {
        case Pacer::Step::Wait: return wake_at(pacer_.until());
        case Pacer::Step::AskBanner:
            return ask_banner([this, asked = Steady::now()](const std::optional<Reply>& reply) {
                took_banner(reply, asked);
                act();
            });
        case Pacer::Step::AskSlot: return ask_slot();
        case Pacer::Step::Go: break;
    }
    if (!has_read_) {
        return pull([this](const std::optional<Reply>& reply) {
            took_pull(reply);
            act();
        });
    }
    const std::uint32_t end = std::min(given_, acknowledged_ + kBatchCommands);
    ground_.tally.attempts += end - acknowledged_;
    push(false, [this, end](const std::optional<Reply>& reply) {
        took_push(reply, end);
        act();
    });
}

bool Client::is_answer(const std::optional<Reply>& reply) {
    if (!reply) {
        ++ground_.tally.silences;
        pacer_.on_silence(ground_.mono());
        return false;
    }
    if (reply->status == 429 || reply->status == 503) {
        ++ground_.tally.refusals;
        pacer_.on_refused(recovery::refusal_of(reply->body, reply->retry_after), ground_.mono());
        return false;
    }
    return true;
}

void Client::took_banner(const std::optional<Reply>& reply, Steady::time_point asked) {
    if (!is_answer(reply)) return;
    const std::chrono::duration<double, std::milli> wait = Steady::now() - asked;
    ground_.tally.banner_wait_ms.push_back(wait.count());
    if (!banner_s_) banner_s_ = ground_.seconds();
    if (reply->status == 304) return pacer_.on_banner(advice_, ground_.mono());
    if (!keep_banner(*reply)) complain(*reply);
}

void Client::took_slot(const std::optional<Reply>& reply) {
    if (!is_answer(reply)) return;
    const auto grant = recovery::decode_grant(reply->body);
    if (reply->status != 200 || !grant) return complain(*reply);
    pacer_.on_grant(*grant, ground_.mono());
}

void Client::took_pull(const std::optional<Reply>& reply) {
    if (!is_answer(reply)) return;
    if (reply->status != 304 && reply->status != 200) return complain(*reply);
    has_read_ = reply->status == 304 || read_page(*reply);
    pacer_.on_success();
    check_done();
}

void Client::took_push(const std::optional<Reply>& reply, std::uint32_t end) {
    if (!is_answer(reply)) return;
    if (reply->status != 200) return complain(*reply);
    const std::uint32_t applied = applied_in(*reply);
    if (acknowledged_ + applied != end) complain(*reply);
    acknowledged_ += applied;
    ground_.tally.acknowledged_s.insert(
        ground_.tally.acknowledged_s.end(), applied, ground_.seconds());
    pacer_.on_success();
    pacer_.spend_ticket();
    check_done();
}

void Client::check_done() {
    if (!is_back_ || is_done() || !has_read_ || acknowledged_ < given_) return;
    done_s_ = ground_.seconds();
    on_done_();
}

// What nobody healthy says: the run is worth nothing.
void Client::complain(const Reply& reply) {
    if (ground_.tally.complaint.empty())
        ground_.tally.complaint = concat(reply.status, " ", reply.body.substr(0, 300));
    ground_.wires.loop.stop();
}

bool Client::read_page(const Reply& reply) {
    const auto page = sync::decode_pull_response(reply.body);
    if (!page) return false;
    cursor_ = page->next;
    return page->is_complete;
}

std::uint32_t Client::applied_in(const Reply& reply) {
    const auto response = sync::decode_push_response(reply.body);
    if (!response) return 0;
    const auto is_applied = [](const sync::CommandResult& result) {
        return result.status == sync::ResultStatus::Applied;
    };
    return static_cast<std::uint32_t>(
        std::count_if(response->results.begin(), response->results.end(), is_applied));
}

// ---- Asking

std::string Client::head_of(std::string_view method, std::string_view target) const {
    return concat(method,
                  " ",
                  target,
                  " HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Requested-By: ventanilla\r\nX-Device: ",
                  to_text(person_.device),
                  "\r\nCookie: ",
                  person_.cookie,
                  "\r\n");
}

std::string Client::with_body(std::string head, const std::string& body) const {
    return concat(
        head, "Content-Type: application/json\r\nContent-Length: ", body.size(), "\r\n\r\n", body);
}

void Client::ask_banner(Handler handler) {
    std::string request = head_of("GET", recovery::kBannerPath);
    if (!etag_.empty()) request += concat("If-None-Match: ", etag_, "\r\n");
    line_.ask(request + "\r\n", kPatience, std::move(handler));
}

void Client::ask_slot() {
    recovery::SlotRequest wanted;
    wanted.items = static_cast<int>(std::min(given_ - acknowledged_, kBatchCommands));
    line_.ask(with_body(head_of("POST", recovery::kSlotPath), recovery::encode(wanted)),
              kPatience,
              [this](const std::optional<Reply>& reply) {
                  took_slot(reply);
                  act();
              });
}

void Client::pull(Handler handler) {
    sync::PullQuery query;
    query.user = person_.user;
    query.cursor = cursor_;
    line_.ask(head_of("GET", sync::pull_target(query)) + "\r\n", kPatience, std::move(handler));
}

void Client::push(bool is_interactive, Handler handler) {
    sync::PushRequest message;
    message.device = person_.device;
    message.user = person_.user;
    const std::uint32_t end = std::min(given_, acknowledged_ + kBatchCommands);
    for (std::uint32_t index = acknowledged_; index < end; ++index) {
        sync::PushCommand pushed;
        pushed.command = request_of(person_, index);
        message.commands.push_back(std::move(pushed));
    }
    std::string head = head_of("POST", sync::kPushPath);
    head += concat(recovery::kItemsHeader, ": ", message.commands.size(), "\r\n");
    const std::string& ticket = pacer_.ticket(ground_.mono());
    if (is_interactive)
        head += concat(recovery::kLaneHeader, ": ", recovery::kInteractive, "\r\n");
    else if (!ticket.empty())
        head += concat(recovery::kTicketHeader, ": ", ticket, "\r\n");
    line_.ask(with_body(std::move(head), sync::encode(message)), kPatience, std::move(handler));
}

}  // namespace ventanilla::herd

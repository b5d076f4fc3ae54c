#include "server/jobs/clerk.hpp"

#include "server/jobs/help_book.hpp"

namespace ventanilla::jobs {
namespace {

constexpr std::chrono::seconds kFirst{60};  // a start has more urgent work
constexpr std::chrono::minutes kEvery{10};

}  // namespace

Clerk::Clerk(store::Store& store, Clock clock, Report on_failure)
    : store_(store),
      clock_(std::move(clock)),
      on_failure_(std::move(on_failure)),
      thread_([this] { work(); }) {}

Clerk::~Clerk() {
    {
        const std::lock_guard lock{mutex_};
        is_over_ = true;
    }
    wake_.notify_all();
    thread_.join();
}

void Clerk::work() {
    std::unique_lock lock{mutex_};
    std::chrono::seconds wait = kFirst;
    while (!wake_.wait_for(lock, wait, [this] { return is_over_; })) {
        lock.unlock();
        const Result<std::string> done = keep_help_book(store_, clock_());
        if (!done) on_failure_(done.error());
        wait = kEvery;
        lock.lock();
    }
}

}  // namespace ventanilla::jobs

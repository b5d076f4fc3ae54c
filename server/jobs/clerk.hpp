#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "server/store/store.hpp"

// Does what a running server has to do by itself every few minutes. A thread of its own, so that
// nobody waits for it; what fails is said and tried again the next time.

namespace ventanilla::jobs {

class Clerk {
  public:
    using Clock = std::function<Instant()>;
    using Report = std::function<void(const Error&)>;

    Clerk(store::Store& store, Clock clock, Report on_failure);
    ~Clerk();
    Clerk(const Clerk&) = delete;
    Clerk& operator=(const Clerk&) = delete;

  private:
    void work();

    store::Store& store_;
    Clock clock_;
    Report on_failure_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_over_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace ventanilla::jobs

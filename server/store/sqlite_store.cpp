#include <condition_variable>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <future>
#include <mutex>
#include <thread>

#include "server/store/sqlite_connection.hpp"
#include "server/store/sqlite_schema.hpp"
#include "server/store/sqlite_transaction.hpp"
#include "server/store/store.hpp"
#include "shared/base/bug_zoo.hpp"

// The store on SQLite in WAL mode with synchronous=FULL. One thread writes: while it waits for the
// disk, jobs queue up and share the next commit, which is where the throughput comes from
// (scale.md 3.3).

namespace ventanilla::store {
namespace {

constexpr std::size_t kJobsPerCommitMax =
    64;  // bounds how long one commit keeps its callers waiting

using WriteJob = std::function<Status(Transaction&)>;

// A failure of the whole transaction, as what every job in it is told.
Error undone(const StoreFailure& failure) {
    return failure.error;
}

// ---- one connection that writes ----

class Writer {
  public:
    Writer(const SqliteOptions& options)
        : db_(options.path,
              SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
              options.vfs),
          on_fatal_(options.on_fatal) {
        // Alone with the file, SQLite needs no shared memory: a simulated disk has none to give.
        if (options.mode == SqliteMode::Inline) db_.run("PRAGMA locking_mode = EXCLUSIVE");
        db_.run("PRAGMA journal_mode = WAL");
        db_.run("PRAGMA synchronous = FULL");
        db_.run("PRAGMA temp_store = MEMORY");
        db_.run("PRAGMA cache_size = -4096");
        db_.run("PRAGMA trusted_schema = OFF");
        db_.run("PRAGMA wal_autocheckpoint = 2000");
        migrate(db_, options);
        check(db_);
    }

    // Runs the jobs in one commit and gives what each is told.
    std::vector<Status> commit(const std::vector<const WriteJob*>& jobs) {
        std::vector<Status> answers;
        try {
            Statement{db_, "BEGIN IMMEDIATE"}.run();
            SqliteTransaction transaction{db_};
            const Seq before = transaction.meta().head;
            for (const WriteJob* job : jobs)
                answers.push_back(run(transaction, *job));
            const Seq head = transaction.meta().head;
            Statement{db_, "COMMIT"}.run();
            if (listener_ && head != before) {
                const auto& touched = transaction.touched_audiences();
                listener_({head, {touched.begin(), touched.end()}});
            }
        } catch (const StoreFailure& failure) {
            roll_back();
            if (failure.is_fatal && on_fatal_) on_fatal_(failure.error);
            if (bug(Bug::AnswerBeforeCommit) && answers.size() == jobs.size()) return answers;
            answers.assign(jobs.size(), undone(failure));
        }
        return answers;
    }

    Status read(const std::function<Status(const Snapshot&)>& job) {
        return job(SqliteTransaction{db_});
    }

    void on_commit(std::function<void(const CommitNote&)> listener) {
        listener_ = std::move(listener);
    }

  private:
    // One job in its savepoint. A failing disk is everybody's failure; anything else only this
    // job's.
    Status run(SqliteTransaction& transaction, const WriteJob& job) {
        Status answer = ok();
        try {
            Statement{db_, "SAVEPOINT job"}.run();
            try {
                answer = job(transaction);
            } catch (const StoreFailure& failure) {
                if (failure.is_disk || failure.is_fatal || !db_.in_transaction()) throw;
                answer = failure.error;
            }
            if (!answer) Statement{db_, "ROLLBACK TO job"}.run();
            Statement{db_, "RELEASE job"}.run();
        } catch (const std::exception& bug) {
            answer = Error{Errc::Unavailable, std::string("a job threw: ") + bug.what(), {}};
            Statement{db_, "ROLLBACK TO job"}.run();
            Statement{db_, "RELEASE job"}.run();
        }
        return answer;
    }

    void roll_back() {
        try {
            if (db_.in_transaction()) Statement{db_, "ROLLBACK"}.run();
        } catch (const StoreFailure&) {
            // The next BEGIN will say so.
        }
    }

    Connection db_;
    std::function<void(const Error&)> on_fatal_;
    std::function<void(const CommitNote&)> listener_;
};

// ---- connections that read ----

class Readers {
  public:
    Readers(const SqliteOptions& options) {
        for (int i = 0; i < options.readers; ++i) {
            auto connection = std::make_unique<Connection>(
                options.path, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, options.vfs);
            connection->run("PRAGMA cache_size = -1024");
            connection->run("PRAGMA temp_store = MEMORY");
            free_.push_back(std::move(connection));
        }
    }

    Status read(const std::function<Status(const Snapshot&)>& job) {
        std::unique_ptr<Connection> connection = take();
        Status answer = ok();
        try {
            Statement{*connection, "BEGIN"}.run();
            answer = job(SqliteTransaction{*connection});
        } catch (const StoreFailure& failure) {
            answer = failure.error;
        } catch (const std::exception& bug) {
            answer = Error{Errc::Unavailable, std::string("a job threw: ") + bug.what(), {}};
        }
        try {
            if (connection->in_transaction()) Statement{*connection, "ROLLBACK"}.run();
        } catch (const StoreFailure& failure) {
            answer = failure.error;
        }
        give(std::move(connection));
        return answer;
    }

  private:
    std::unique_ptr<Connection> take() {
        std::unique_lock lock{mutex_};
        freed_.wait(lock, [this] { return !free_.empty(); });
        std::unique_ptr<Connection> connection = std::move(free_.back());
        free_.pop_back();
        return connection;
    }

    void give(std::unique_ptr<Connection> connection) {
        const std::lock_guard lock{mutex_};
        free_.push_back(std::move(connection));
        freed_.notify_one();
    }

    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Connection>> free_;
};

// ---- the two adapters ----

class ThreadedStore final : public Store {
  public:
    ThreadedStore(const SqliteOptions& options)
        : writer_(options), readers_(options), thread_([this] { work(); }) {}

    ~ThreadedStore() override {
        {
            const std::lock_guard lock{mutex_};
            is_stopping_ = true;
        }
        arrived_.notify_one();
        thread_.join();
    }

    Status read(const std::function<Status(const Snapshot&)>& job) override {
        return readers_.read(job);
    }

    Status write(const WriteJob& job) override {
        std::promise<Status> done;
        std::future<Status> answer = done.get_future();
        {
            const std::lock_guard lock{mutex_};
            queue_.push_back({&job, &done});
        }
        arrived_.notify_one();
        return answer.get();
    }

    void on_commit(std::function<void(const CommitNote&)> listener) override {
        const std::lock_guard lock{listener_mutex_};
        writer_.on_commit(std::move(listener));
    }

  private:
    struct Waiting {
        const WriteJob* job;
        std::promise<Status>* done;
    };

    void work() {
        while (true) {
            std::vector<Waiting> batch = next_batch();
            if (batch.empty()) return;
            std::vector<const WriteJob*> jobs;
            for (const Waiting& waiting : batch)
                jobs.push_back(waiting.job);
            std::vector<Status> answers;
            {
                const std::lock_guard lock{listener_mutex_};
                answers = writer_.commit(jobs);
            }
            for (std::size_t i = 0; i < batch.size(); ++i)
                batch[i].done->set_value(std::move(answers[i]));
        }
    }

    // What waits, at most one commit's worth; empty when the store is closing.
    std::vector<Waiting> next_batch() {
        std::unique_lock lock{mutex_};
        arrived_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
        std::vector<Waiting> batch;
        while (!queue_.empty() && batch.size() < kJobsPerCommitMax) {
            batch.push_back(queue_.front());
            queue_.pop_front();
        }
        return batch;
    }

    Writer writer_;
    Readers readers_;
    std::mutex mutex_;
    std::mutex listener_mutex_;
    std::condition_variable arrived_;
    std::deque<Waiting> queue_;
    bool is_stopping_ = false;
    std::thread thread_;
};

class InlineStore final : public Store {
  public:
    explicit InlineStore(const SqliteOptions& options) : writer_(options) {}

    Status read(const std::function<Status(const Snapshot&)>& job) override {
        try {
            return writer_.read(job);
        } catch (const StoreFailure& failure) {
            return failure.error;
        }
    }

    Status write(const WriteJob& job) override { return std::move(writer_.commit({&job}).front()); }

    void on_commit(std::function<void(const CommitNote&)> listener) override {
        writer_.on_commit(std::move(listener));
    }

  private:
    Writer writer_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(SqliteOptions options) {
    try {
        if (options.mode == SqliteMode::Inline)
            return std::unique_ptr<Store>(new InlineStore(options));
        return std::unique_ptr<Store>(new ThreadedStore(options));
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
}

Status backup_sqlite(const std::string& from, const std::string& to) {
    if (std::filesystem::exists(to)) return Error{Errc::Conflict, to + " exists already", {}};
    try {
        Connection source{from, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, {}};
        Connection target{to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, {}};
        sqlite3_backup* backup = sqlite3_backup_init(target.raw(), "main", source.raw(), "main");
        if (backup == nullptr) target.fail(sqlite3_errcode(target.raw()));
        const int code = sqlite3_backup_step(backup, -1);
        sqlite3_backup_finish(backup);
        if (code != SQLITE_DONE) target.fail(code);
        check(target);
    } catch (const StoreFailure& failure) {
        return failure.error;
    }
    return ok();
}

}  // namespace ventanilla::store

#include "server/admin/serve.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <thread>

#include <malloc.h>

#include "server/admin/control.hpp"
#include "server/admin/data_folder.hpp"
#include "server/admin/seed.hpp"
#include "server/admin/tasks.hpp"
#include "server/api/api.hpp"
#include "server/api/door.hpp"
#include "server/api/public_status.hpp"
#include "server/http/log.hpp"
#include "server/http/site.hpp"
#include "server/jobs/clerk.hpp"
#include "server/status/zones.hpp"
#include "server/store/accounts.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::admin {
namespace {

// A store without people waits for its first administrator: the token is printed, its hash is kept.
// A restart prints a new one.
Status offer_setup(store::Store& store, Random& random, std::uint16_t port) {
    const std::string token = to_base64url(auth::random_bytes(random, 24));
    bool is_offered = false;
    const auto job = [&](store::Transaction& transaction) {
        if (!transaction.rows(domain::RowType::User).empty()) return ok();
        transaction.put_setting(store::kSetupTokenKey, to_hex(sha256_bytes(token)));
        is_offered = true;
        return ok();
    };
    TRY(store.write(job));
    if (is_offered) {
        std::printf(
            "Nobody can sign in yet. Make the first administrator with this token, valid once:\n"
            "  %s\n"
            "  curl -X POST -H 'content-type: application/json' -H 'x-requested-by: setup' \\\n"
            "    -d "
            "'{\"token\":\"%s\",\"login\":\"admin\",\"display_name\":\"Admin\",\"password\":\"..."
            "\"}' \\\n"
            "    http://127.0.0.1:%u/api/v1/setup\n",
            token.c_str(),
            token.c_str(),
            static_cast<unsigned>(port));
        std::fflush(stdout);
    }
    return ok();
}

api::Facts facts_of(const http::Site* site, const http::ServerOptions& options) {
    api::Facts facts;
    facts.is_secure = http::is_secure(options);
    if (site == nullptr) return facts;
    const Result<Json> version = parse_json(site->text_of("/version.json"));
    if (!version) return facts;
    facts.build = text_or(*version, "build", facts.build);
    facts.min_build = text_or(*version, "min_build");
    return facts;
}

// Keeps the door's banner fresh: soon after something that concerns everybody, and once a second.
class Herald {
  public:
    explicit Herald(api::Door& door) : door_(door), thread_([this] { work(); }) {}
    ~Herald() {
        {
            const std::lock_guard lock{mutex_};
            is_over_ = true;
        }
        wake_.notify_all();
        thread_.join();
    }
    Herald(const Herald&) = delete;
    Herald& operator=(const Herald&) = delete;

    // From any thread, also the store's own.
    void committed(const store::CommitNote& note) {
        const auto& touched = note.touched;
        if (std::find(touched.begin(), touched.end(), domain::kEverybody) == touched.end()) return;
        const std::lock_guard lock{mutex_};
        is_stale_ = true;
        wake_.notify_all();
    }

  private:
    void work() {
        std::unique_lock lock{mutex_};
        for (int second = 1; !is_over_; ++second) {
            wake_.wait_for(lock, std::chrono::seconds{1}, [this] { return is_over_ || is_stale_; });
            is_stale_ = false;
            lock.unlock();
            const bool is_fresh = door_.refresh().has_value();
            if (!is_fresh) http::log(http::Level::Warning, "the banner could not be renewed");
            if (second % 60 == 0 && !door_.remember())
                http::log(http::Level::Warning, "what is known of the load could not be kept");
            lock.lock();
        }
    }

    api::Door& door_;
    std::mutex mutex_;
    std::condition_variable wake_;
    bool is_stale_ = false;
    bool is_over_ = false;
    std::thread thread_;
};

// The parts of a running server, in the order they need each other.
class Running {
  public:
    Running(std::unique_ptr<store::Store> store,
            std::optional<http::Site> site,
            const http::ServerOptions& options,
            bool has_public_status)
        : store_(std::move(store)),
          site_(std::move(site)),
          facts_(facts_of(site_ ? &*site_ : nullptr, options)),
          sessions_(*store_, clock_, random_),
          door_(*store_, auth::monotonic_clock(), facts_.is_secure),
          public_status_(*store_, clock_),
          api_({*store_,
                sessions_,
                passwords_,
                throttle_,
                clock_,
                random_,
                facts_,
                door_,
                has_public_status ? &public_status_ : nullptr},
               site_ ? &*site_ : nullptr),
          control_([this](const std::string& name, const Json& args) { return run(name, args); }),
          herald_(door_),
          clerk_(*store_, clock_, [](const Error& error) {
              http::log(http::Level::Warning, concat("the figures are old: ", error.detail));
          }) {}

    ~Running() { store_->on_commit({}); }
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    Status start(const ServeOptions& options) {
        http_ = TRY(http::Server::create(options.http, api_));
        public_status_.configure(TRY(public_facts(options)));
        store_->on_commit([this](const store::CommitNote& note) {
            public_status_.note(note);
            http_->publish(note.head, note.touched);
            herald_.committed(note);
        });
        sessions_.on_end([this](const Id& session) { http_->close_session(to_text(session)); });
        TRY(control_.start(DataFolder{options.data}.socket_file()));
        return offer_setup(*store_, random_, http_->port());
    }

    http::Server& http() { return *http_; }

    [[nodiscard]] std::string url(const ServeOptions& options) const {
        const bool has_tls = !options.http.tls_certificate.empty();
        return concat(has_tls ? "https" : "http", "://", options.http.address, ":", http_->port());
    }

    // Of a demo folder; empty otherwise.
    std::string sign_ins() {
        std::string text;
        const Status done = store_->read([&](const store::Snapshot& snapshot) {
            text = snapshot.setting(kSignInsKey).value_or("");
            return ok();
        });
        return done ? text : std::string{};
    }

  private:
    Result<public_status::Facts> public_facts(const ServeOptions& options) {
        public_status::Facts facts;
        facts.name = options.name;
        facts.url = options.public_url.empty() ? url(options) : options.public_url;
        while (facts.url.ends_with('/'))
            facts.url.pop_back();
        facts.lang = domain::lang_of(options.public_lang);
        facts.zone = zones_->find(options.time_zone);
        if (facts.zone == nullptr)
            return invalid("there is no time zone called " + options.time_zone, "time-zone");
        return facts;
    }

    Result<std::string> run(const std::string& name, const Json& args) {
        const TaskContext context{.store = *store_,
                                  .passwords = passwords_,
                                  .clock = clock_,
                                  .random = random_,
                                  .sign_out = [this](const Id& user) { sign_out(user); }};
        return run_task(context, name, args);
    }

    void sign_out(const Id& user) {
        if (!sessions_.close_all_of(user))
            http::log(http::Level::Problem, "sessions could not be ended");
        http_->close_user(to_text(user));
    }

    auth::Clock clock_ = auth::system_clock();
    auth::SystemRandom random_;
    auth::Passwords passwords_;
    auth::Throttle throttle_;
    std::unique_ptr<http::Server> http_;  // outlives the store, whose last commits it hears of
    std::unique_ptr<store::Store> store_;
    std::optional<http::Site> site_;
    api::Facts facts_;
    auth::Sessions sessions_;
    api::Door door_;
    std::unique_ptr<TimeZones> zones_ = public_status::system_zones();
    api::PublicStatus public_status_;
    api::Api api_;
    ControlServer control_;
    Herald herald_;
    jobs::Clerk clerk_;
};

}  // namespace

Status serve(const ServeOptions& options) {
    // Dozens of threads that mostly wait would each keep a heap of their own.
    mallopt(M_ARENA_MAX, 2);
    // And what a password's hash took goes back at once: a fixed threshold keeps glibc from raising
    // it.
    mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 2 * 1024 * 1024);
    const DataFolder folder{options.data};
    const FolderLock lock = TRY(FolderLock::take(folder));
    auth::SystemRandom random;
    auto store = TRY(open_store(folder, store::SqliteMode::Threads, random));
    std::optional<http::Site> site;
    if (!options.site.empty()) site = TRY(http::Site::load(options.site));

    Running running{std::move(store), std::move(site), options.http, options.has_public_status};
    TRY(running.start(options));
    std::printf(
        "%sVentanilla serves %s\n", running.sign_ins().c_str(), running.url(options).c_str());
    std::fflush(stdout);
    running.http().run(true);
    http::log(http::Level::Info, "stopped");
    return ok();
}

}  // namespace ventanilla::admin

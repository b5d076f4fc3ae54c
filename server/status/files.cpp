#include "server/status/files.hpp"

#include "server/status/calendar_ics.hpp"
#include "server/status/feeds.hpp"
#include "server/status/page.hpp"
#include "server/status/statuspage_json.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::public_status {
namespace {

using domain::Lang;
using domain::Service;

constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kAtom = "application/atom+xml; charset=utf-8";
constexpr const char* kRss = "application/rss+xml; charset=utf-8";
constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kJsonFeed = "application/feed+json";
constexpr const char* kCalendar = "text/calendar; charset=utf-8";

using Render = std::function<std::string()>;

class Files {
  public:
    explicit Files(const Model& model) : model_(model) {}

    std::vector<File> all() {
        add("/public/status.css", "text/css; charset=utf-8", [] {
            return std::string{page_style()};
        });
        for (const std::string_view path : statuspage_paths())
            add(std::string{path}, kJson, [&model = model_, path] {
                return dump_json(statuspage_answer(model, path));
            });
        for (const Lang lang : {Lang::Es, Lang::En}) {
            add_group(lang, nullptr);
            for (const Service& service : model_.services)
                add_group(lang, &service);
        }
        add_feeds("/history", model_.facts.lang, nullptr);
        add("/calendar.ics", kCalendar, [&model = model_] {
            return calendar_ics(model, model.facts.lang, nullptr);
        });
        return std::move(files_);
    }

  private:
    void add(std::string path, const char* type, Render render) {
        files_.push_back({std::move(path), type, type == kHtml, std::move(render)});
    }

    void add_group(Lang lang, const Service* service) {
        const std::string stem =
            concat("/public/",
                   service == nullptr ? std::string{"status"} : public_id(*service),
                   ".",
                   name(lang));
        add(stem + ".html", kHtml, [&model = model_, lang, service] {
            return status_page(model, lang, service);
        });
        add_feeds(stem, lang, service);
        add(stem + ".ics", kCalendar, [&model = model_, lang, service] {
            return calendar_ics(model, lang, service);
        });
    }

    void add_feeds(const std::string& stem, Lang lang, const Service* service) {
        const auto feed = [&](const char* ending,
                              const char* type,
                              std::string (*write)(const Feed&, const std::string&)) {
            add(stem + ending, type, [&model = model_, lang, service, stem, ending, write] {
                return write(feed_of(model, lang, service), model.facts.url + stem + ending);
            });
        };
        feed(".atom", kAtom, atom);
        feed(".rss", kRss, rss);
        feed(".json", kJsonFeed, json_feed);
    }

    const Model& model_;
    std::vector<File> files_;
};

}  // namespace

std::vector<File> public_files(const Model& model) {
    return Files{model}.all();
}

}  // namespace ventanilla::public_status

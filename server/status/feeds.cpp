#include "server/status/feeds.hpp"

#include <algorithm>

#include "server/content/html.hpp"
#include "shared/content/markdown.hpp"
#include "server/status/texts.hpp"
#include "server/status/xml.hpp"
#include "shared/base/json.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::public_status {
namespace {

using domain::Outage;
using domain::OutageUpdate;
using domain::Service;

std::string id_of(std::string_view kind, const Id& id) {
    return urn_uuid(to_text(derived_id(kind, id)));
}

std::vector<std::string> service_names(const Model& model, const OutageUpdate& update, Lang lang) {
    std::vector<std::string> names;
    for (const domain::ServiceImpact& entry : update.snapshot)
        if (const Service* service = model.service(entry.service))
            names.push_back(service->name.in(lang));
    return names;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += concat(text.empty() ? "" : ", ", name);
    return text;
}

FeedEntry entry_of(const Model& model,
                   const Outage& outage,
                   const OutageUpdate& update,
                   Lang lang) {
    FeedEntry entry;
    entry.id = id_of("feed_entry", update.id);
    entry.title = concat(tr(lang, key_of(update.state)), ": ", outage.title.in(lang));
    entry.link =
        concat(model.facts.url, "/public/status.", name(lang), ".html#", public_id(outage));
    entry.services = service_names(model, update, lang);
    entry.at = update.at;
    const std::string affects = joined(entry.services);
    entry.text = update.body.in(lang);
    entry.html = content::to_html(content::parse_markdown(entry.text).blocks);
    if (!affects.empty())
        entry.html += concat("<p>",
                             content::escaped(tr(lang, K::page_affects)),
                             " ",
                             content::escaped(affects),
                             "</p>\n");
    return entry;
}

}  // namespace

Feed feed_of(const Model& model, Lang lang, const Service* service) {
    Feed feed;
    feed.id = urn_uuid(to_text(derived_id("feed", model.facts.name)));
    feed.title = tr(lang, K::feed_title, {{"name", model.facts.name}});
    feed.home = concat(model.facts.url, "/public/status.", name(lang), ".html");
    if (service != nullptr) {
        feed.id = id_of("feed", service->id);
        feed.title = concat(service->name.in(lang), " · ", feed.title);
        feed.home =
            concat(model.facts.url, "/public/", public_id(*service), ".", name(lang), ".html");
    }
    feed.lang = name(lang);
    feed.updated = model.known_since;
    for (const Outage& outage : model.outages) {
        if (!concerns(outage, service)) continue;
        for (const OutageUpdate& update : outage.updates) {
            // A series was announced once, with its first; each time it comes has a word of its own.
            const bool is_repeated = update.state == domain::OutageState::Scheduled &&
                                     !is_nil(outage.series) && outage.series != outage.id &&
                                     &update == &outage.updates.front();
            if (is_repeated) continue;
            feed.entries.push_back(entry_of(model, outage, update, lang));
        }
    }
    std::stable_sort(feed.entries.begin(), feed.entries.end(), [](const auto& a, const auto& b) {
        return a.at != b.at ? a.at > b.at : a.id < b.id;
    });
    if (feed.entries.size() > kFeedEntriesMax) feed.entries.resize(kFeedEntriesMax);
    if (!feed.entries.empty()) feed.updated = feed.entries.front().at;
    return feed;
}

std::string atom(const Feed& feed, const std::string& self) {
    std::string out = concat(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"",
        feed.lang,
        "\">\n<id>",
        xml_text(feed.id),
        "</id>\n<title>",
        xml_text(feed.title),
        "</title>\n<updated>",
        iso8601(feed.updated),
        "</updated>\n<author><name>",
        xml_text(feed.title),
        "</name></author>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"",
        xml_text(self),
        "\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"",
        xml_text(feed.home),
        "\"/>\n");
    for (const FeedEntry& entry : feed.entries) {
        out += concat("<entry>\n<id>", xml_text(entry.id), "</id>\n<title>", xml_text(entry.title));
        out += concat("</title>\n<updated>", iso8601(entry.at), "</updated>\n<published>");
        out += concat(iso8601(entry.at), "</published>\n<link rel=\"alternate\" href=\"");
        out += concat(xml_text(entry.link), "\"/>\n");
        for (const std::string& service : entry.services)
            out += concat("<category term=\"", xml_text(service), "\"/>\n");
        out += concat("<content type=\"html\">", xml_text(entry.html), "</content>\n</entry>\n");
    }
    return out + "</feed>\n";
}

std::string rss(const Feed& feed, const std::string& self) {
    std::string out = concat(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" "
        "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>",
        xml_text(feed.title),
        "</title>\n<link>",
        xml_text(feed.home),
        "</link>\n<description>",
        xml_text(feed.title),
        "</description>\n<language>",
        feed.lang,
        "</language>\n<lastBuildDate>",
        http_date(feed.updated),
        "</lastBuildDate>\n<atom:link rel=\"self\" type=\"application/rss+xml\" "
        "href=\"",
        xml_text(self),
        "\"/>\n");
    for (const FeedEntry& entry : feed.entries) {
        out +=
            concat("<item>\n<guid isPermaLink=\"false\">", xml_text(entry.id), "</guid>\n<title>");
        out += concat(xml_text(entry.title), "</title>\n<link>", xml_text(entry.link), "</link>\n");
        out += concat("<pubDate>", http_date(entry.at), "</pubDate>\n");
        for (const std::string& service : entry.services)
            out += concat("<category>", xml_text(service), "</category>\n");
        out += concat("<description>", cdata(entry.html), "</description>\n</item>\n");
    }
    return out + "</channel>\n</rss>\n";
}

std::string json_feed(const Feed& feed, const std::string& self) {
    Json items = Json::array();
    for (const FeedEntry& entry : feed.entries)
        items.push_back({{"id", entry.id},
                         {"url", entry.link},
                         {"title", entry.title},
                         {"content_html", entry.html},
                         {"content_text", entry.text},
                         {"date_published", iso8601(entry.at)},
                         {"date_modified", iso8601(entry.at)},
                         {"tags", entry.services}});
    return dump_json({{"version", "https://jsonfeed.org/version/1.1"},
                      {"title", feed.title},
                      {"home_page_url", feed.home},
                      {"feed_url", self},
                      {"language", feed.lang},
                      {"items", items}});
}

}  // namespace ventanilla::public_status

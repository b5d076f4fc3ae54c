#pragma once

#include <string>
#include <vector>

#include "server/status/model.hpp"

// The updates as feeds: an entry for each, newest first, incidents and maintenance alike. An entry
// keeps its id for ever; the feed is as old as its newest entry, never "now", so that nothing
// changes until something did. Sources: RFC 4287, RSS 2.0, JSON Feed 1.1; outage.md 5.3.

namespace ventanilla::public_status {

inline constexpr std::size_t kFeedEntriesMax = 100;

struct FeedEntry {
    std::string id;     // urn:uuid:…
    std::string title;  // "Resolved: The VPN does not connect"
    std::string link;
    std::string html;  // what the update says, and what it concerns
    std::string text;  // the same without marks
    std::vector<std::string> services;
    Instant at;
};

struct Feed {
    std::string id;
    std::string title;
    std::string home;  // the page it belongs to
    std::string lang;
    Instant updated;
    std::vector<FeedEntry> entries;
};

// Of the service alone when there is one.
Feed feed_of(const Model& model, domain::Lang lang, const domain::Service* service);

// `self`: the address the feed itself is at.
std::string atom(const Feed& feed, const std::string& self);
std::string rss(const Feed& feed, const std::string& self);
std::string json_feed(const Feed& feed, const std::string& self);

}  // namespace ventanilla::public_status

#include "shared/base/text.hpp"
#include "wasm/app/core.hpp"
#include "wasm/views/shell_view.hpp"

// Where somebody is: routes, the address bar, what is said on arrival, and search, which lives in
// the URL.

namespace ventanilla::app {

namespace {

using views::Page;
using views::Route;

constexpr std::size_t kTrailMax = 8;
constexpr std::size_t kHintsEach = 4;     // answers of each kind under the home field
constexpr std::size_t kResultsEach = 20;  // on the results page
// Changing the address costs a browser as much as the answers do, and WebKit allows 100 in 10 s.
constexpr std::int64_t kAddressRestMs = 300;

// What a page leaves behind when it is left.
void leave(Core& core, const Route& route, const Route& to) {
    if (route.page != to.page || route.key != to.key) help_moved(core, route, to);
    for (auto& [number, writing] : core.state.writings)
        writing.wants_send = false;  // nothing is sent behind somebody's back
    if (route.page == Page::Form) {
        const auto form = core.state.forms.find(route.key);
        if (form == core.state.forms.end()) return;
        if (form->second.solved) form->second.opened.clear();
        form->second.solved.reset();
        if (form->second.sent) core.state.forms.erase(form);
    }
}

void arrive(Core& core, const Route& from) {
    const Route& route = core.state.route;
    if (route.page == Page::Search) search_for(core, route.query);
    const bool is_same_page = from.page == route.page && from.key == route.key;
    if (is_same_page) return;
    std::erase_if(core.state.sources, [](const auto& each) { return each.second.is_failed; });  // tried again
    core.state.focus_heading = true;
    core.say(views::page_name(core.state, core.now.wall));
    if (route.page == Page::Form) look_for_similar(core, route.key);
    if (route.page == Page::Device) core.effect(EstimateStorage{});
    follow_former_address(core);
}

std::string address(const Core& core, const Route& route) {
    const std::string url = views::to_url(route);
    if (!core.is_kiosk) return url;
    return concat(url, url.find('?') == std::string::npos ? "?" : "&", "kiosk=1");
}

}  // namespace

void go(Core& core, const Route& route, History history) {
    settle_address(core);  // Back leads to what was asked, not to its beginning
    const Route from = core.state.route;
    core.effect(Navigate{address(core, route), history});
    if (from == route) return;
    leave(core, from, route);
    if (history == History::Push) {
        core.state.trail.push_back(from);
        if (core.state.trail.size() > kTrailMax) core.state.trail.erase(core.state.trail.begin());
    }
    core.state.route = route;
    core.is_dirty = true;
    arrive(core, from);
    // Whoever goes home begins anew; Back brings the question along.
    if (route.page == Page::Home && from.page != Page::Home) search_for(core, {});
}

void url_changed(Core& core, const std::string& url) {
    core.address_due_ms = -1;  // the entry it was for has been left
    const Route from = core.state.route;
    const Route route = views::parse_route(url);
    if (from == route) return;
    leave(core, from, route);
    if (!core.state.trail.empty() && core.state.trail.back() == route)
        core.state.trail.pop_back();
    else
        core.state.trail.push_back(from);
    core.state.route = route;
    core.is_dirty = true;
    arrive(core, from);
}

void search_for(Core& core, std::string query) {
    const bool is_page = core.state.route.page == Page::Search;
    core.state.search.query = std::string(cut_utf8(query, limits::kQueryBytesMax));
    core.state.search.results = core.indexer.search(
        core.state.search.query, core.state.lang, is_page ? kResultsEach : kHintsEach, false);
    core.state.search.is_ready = core.indexer.is_ready();
}

void typed_query(Core& core, std::string query) {
    query_replaced(core, query);
    search_for(core, std::move(query));
    if (core.state.route.page != Page::Search) return;
    core.state.route.query = core.state.search.query;
    core.address_due_ms = core.now.mono_ms + kAddressRestMs;
}

void settle_address(Core& core) {
    if (core.address_due_ms < 0) return;
    core.address_due_ms = -1;
    core.effect(Navigate{address(core, core.state.route), History::Replace});
}

void follow_former_address(Core& core) {
    const Route& route = core.state.route;
    if (route.page != Page::NotFound || route.key.empty()) return;
    const views::ArticleCard* article = core.state.library.article_formerly_at(route.key);
    if (article != nullptr) go(core, {Page::Article, article->number, {}}, History::Replace);
}

}  // namespace ventanilla::app

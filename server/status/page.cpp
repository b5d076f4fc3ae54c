#include "server/status/page.hpp"

#include <algorithm>
#include <array>

#include "server/content/html.hpp"
#include "shared/content/markdown.hpp"
#include "server/status/texts.hpp"
#include "server/status/xml.hpp"
#include "shared/base/text.hpp"
#include "shared/rules/outage_flow.hpp"
#include "shared/status/phase.hpp"
#include "shared/status/service_history.hpp"

namespace ventanilla::public_status {
namespace {

using domain::Outage;
using domain::OutageKind;
using domain::OutageUpdate;
using domain::Service;
using status::ServiceStatus;

// The classes of the style sheet, in the order of ServiceStatus.
constexpr std::array<std::string_view, 6> kClasses = {
    "ok", "unknown", "maintenance", "degraded", "partial", "major"};

std::string_view class_of(ServiceStatus status) {
    return kClasses[static_cast<std::size_t>(status)];
}

ServiceStatus as_status(const Outage& outage) {
    if (outage.kind == OutageKind::Maintenance) return ServiceStatus::Maintenance;
    switch (weight_of(outage)) {
        case domain::Impact::Major: return ServiceStatus::Major;
        case domain::Impact::Partial: return ServiceStatus::Partial;
        case domain::Impact::Degraded: return ServiceStatus::Degraded;
        case domain::Impact::Operational: break;
    }
    return ServiceStatus::Operational;
}

class Page {
  public:
    Page(const Model& model, Lang lang, const Service* service)
        : model_(model), lang_(lang), service_(service) {}

    std::string render() {
        std::string title{tr(lang_, K::page_title)};
        if (service_ != nullptr) title = concat(service_->name.in(lang_), " · ", title);
        head(title);
        put("<h1>", xml_text(title), "</h1>\n");
        as_of();
        if (service_ == nullptr) headline();
        open_outages();
        services();
        past();
        follow();
        put("</main>\n</body>\n</html>\n");
        return std::move(out_);
    }

  private:
    template <class... Parts>
    void put(const Parts&... parts) {
        (append(out_, parts), ...);
    }

    [[nodiscard]] std::string say(K key) const { return xml_text(tr(lang_, key)); }
    [[nodiscard]] std::string say(K key, std::initializer_list<Slot> slots) const {
        return xml_text(tr(lang_, key, slots));
    }

    // A sentence about a moment, with its day, time and zone.
    [[nodiscard]] std::string say_when(K key, Instant at) const {
        const std::string day = day_text(at);
        const std::string time = time_text(at);
        return say(key, {{"day", day}, {"time", time}, {"zone", model_.facts.zone->name()}});
    }

    [[nodiscard]] std::string day_text(Instant at) const {
        return date_text(std::chrono::floor<std::chrono::days>(local_time(*model_.facts.zone, at)),
                         lang_);
    }
    [[nodiscard]] std::string time_text(Instant at) const {
        return to_text(local_time(*model_.facts.zone, at)).substr(11, 5);
    }
    [[nodiscard]] std::string time_element(Instant at) const {
        return concat(
            "<time datetime=\"", iso8601(at), "\">", say_when(K::page_when, at), "</time>");
    }

    [[nodiscard]] std::string file_of(const Service* service,
                                      Lang lang,
                                      std::string_view kind) const {
        const std::string stem = service == nullptr ? std::string{"status"} : public_id(*service);
        return concat("/public/", stem, ".", name(lang), ".", kind);
    }

    void head(const std::string& title) {
        const Lang other = lang_ == Lang::Es ? Lang::En : Lang::Es;
        put("<!doctype html>\n<html lang=\"",
            name(lang_),
            "\">\n<head>\n<meta charset=\"utf-8\">\n");
        put("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        put("<meta name=\"color-scheme\" content=\"light dark\">\n");
        put("<title>", xml_text(title), " · ", xml_text(model_.facts.name), "</title>\n");
        put("<link rel=\"stylesheet\" href=\"/public/status.css\">\n");
        alternate("application/atom+xml", "atom");
        alternate("application/rss+xml", "rss");
        alternate("application/feed+json", "json");
        put("</head>\n<body>\n<a class=\"skip\" href=\"#main\">", say(K::page_skip), "</a>\n");
        put("<header><a class=\"brand\" href=\"/\">", xml_text(model_.facts.name), "</a>\n");
        put("<a lang=\"", name(other), "\" hreflang=\"", name(other), "\" href=\"");
        put(file_of(service_, other, "html"), "\">", say(K::page_language), "</a></header>\n");
        put("<main id=\"main\">\n");
        if (service_ != nullptr)
            put("<p><a href=\"",
                file_of(nullptr, lang_, "html"),
                "\">",
                say(K::page_back),
                "</a></p>\n");
    }

    void alternate(std::string_view type, std::string_view kind) {
        put("<link rel=\"alternate\" type=\"", type, "\" href=\"", file_of(service_, lang_, kind));
        put("\">\n");
    }

    void as_of() {
        put("<p class=\"as-of\">", say_when(K::page_as_of, model_.as_of), " ");
        put(say(K::page_as_of_text), "</p>\n");
    }

    void headline() {
        ServiceStatus worst = ServiceStatus::Operational;
        for (const status::ServiceLine& line : model_.rollup.services)
            worst = std::max(worst, line.status);
        if (model_.rollup.headline == status::Headline::Unknown) worst = ServiceStatus::Unknown;
        put("<p class=\"headline ", class_of(worst), "\" role=\"status\">");
        put(say(key_of(model_.rollup.headline)), "</p>\n");
    }

    [[nodiscard]] std::vector<const Outage*> those_in(bool (*wanted)(const Outage&,
                                                                     status::Phase)) const {
        std::vector<const Outage*> chosen;
        for (const Outage& outage : model_.outages)
            if (concerns(outage, service_) &&
                wanted(outage, status::phase_of(outage, model_.as_of)) &&
                !rules::is_later_occurrence(outage, model_.outages))
                chosen.push_back(&outage);
        return chosen;
    }

    void section(K title, const std::vector<const Outage*>& outages) {
        if (outages.empty()) return;
        put("<section>\n<h2>", say(title), "</h2>\n");
        for (const Outage* outage : outages)
            article(*outage);
        put("</section>\n");
    }

    void open_outages() {
        section(K::page_open, those_in([](const Outage&, status::Phase phase) {
                    return status::is_active(phase);
                }));
        section(K::page_planned, those_in([](const Outage&, status::Phase phase) {
                    return phase == status::Phase::Announced;
                }));
    }

    void article(const Outage& outage) {
        const bool is_open = domain::is_open(outage.state());
        put("<article id=\"",
            public_id(outage),
            "\" class=\"",
            class_of(as_status(outage)),
            "\">\n");
        put("<h3>", xml_text(outage.title.in(lang_)), " <span class=\"state\">");
        put(say(key_of(outage.state())), "</span></h3>\n");
        if (is_open && !outage.impact.empty())
            put("<p class=\"impact\">", xml_text(outage.impact.in(lang_)), "</p>\n");
        if (outage.scheduled_until) window(outage);
        affected(outage);
        continued(outage);
        if (is_open) help(outage);
        put("<ol class=\"updates\">\n");
        for (auto update = outage.updates.rbegin(); update != outage.updates.rend(); ++update)
            one_update(*update);
        put("</ol>\n</article>\n");
    }

    void window(const Outage& outage) {
        const std::string from =
            concat(day_text(outage.started_at), ", ", time_text(outage.started_at));
        const Instant end = *outage.scheduled_until;
        const std::string to = concat(day_text(end), ", ", time_text(end));
        put("<p>",
            say(K::page_window, {{"from", from}, {"to", to}, {"zone", model_.facts.zone->name()}}));
        put("</p>\n");
        if (!outage.former.empty()) former(outage.former.front());
    }

    // What was promised at first: whoever planned by it must see that it moved.
    void former(const domain::FormerPromise& promise) {
        const std::string from = concat(day_text(promise.from), ", ", time_text(promise.from));
        const std::string to = concat(day_text(promise.until), ", ", time_text(promise.until));
        put("<p>",
            say(K::page_moved, {{"from", from}, {"to", to}, {"zone", model_.facts.zone->name()}}));
        put("</p>\n");
    }

    void continued(const Outage& outage) {
        for (const Outage& each : model_.outages)
            if (!is_nil(outage.continued_in) && each.id == outage.continued_in)
                put("<p>", say(K::page_continued), " <a href=\"#", public_id(each), "\">",
                    xml_text(each.title.in(lang_)), "</a></p>\n");
    }

    void affected(const Outage& outage) {
        std::string names;
        for (const domain::ServiceImpact& entry : outage.latest().snapshot) {
            const Service* service = model_.service(entry.service);
            if (service == nullptr) continue;
            names +=
                concat(names.empty() ? "" : ", ", "<a href=\"", file_of(service, lang_, "html"));
            names += concat("\">", xml_text(service->name.in(lang_)), "</a>");
        }
        if (!names.empty()) put("<p>", say(K::page_affects), " ", names, "</p>\n");
    }

    void help(const Outage& outage) {
        if (!outage.workaround.empty())
            put("<p><strong>",
                say(K::page_workaround),
                "</strong> ",
                xml_text(outage.workaround.in(lang_)),
                "</p>\n");
        contact(outage.contact);
        if (status::is_eta_missed(outage, model_.as_of))
            put("<p class=\"late\">", say(K::page_eta_missed), "</p>\n");
        else if (const auto eta = status::shown_eta(outage))
            put("<p>", say_when(K::page_eta, *eta), "</p>\n");
        const std::optional<Instant>& next = outage.latest().next_update_due_at;
        if (!next) return;
        const bool is_late = status::is_update_overdue(outage, model_.as_of);
        put(is_late ? "<p class=\"late\">" : "<p>");
        put(say_when(is_late ? K::page_overdue : K::page_next, *next), "</p>\n");
    }

    void contact(const domain::Contact& contact) {
        put("<p>", say(K::page_contact), " ", xml_text(contact.name));
        if (!contact.phone.empty())
            put(" · <a href=\"tel:",
                dialled(contact.phone),
                "\">",
                xml_text(contact.phone),
                "</a>");
        if (!contact.mail.empty())
            put(" · <a href=\"mailto:",
                xml_text(contact.mail),
                "\">",
                xml_text(contact.mail),
                "</a>");
        put("</p>\n");
    }

    // "+54 11 5550 4000" without what a telephone does not dial.
    static std::string dialled(const std::string& phone) {
        std::string digits;
        for (const char c : phone)
            if ((c >= '0' && c <= '9') || c == '+' || c == '*' || c == '#') digits.push_back(c);
        return digits;
    }

    void one_update(const OutageUpdate& update) {
        put("<li><p class=\"when\"><strong>", say(key_of(update.state)), "</strong> · ");
        put(time_element(update.at), "</p>\n");
        put(content::to_html(content::parse_markdown(xml_clean(update.body.in(lang_))).blocks),
            "</li>\n");
    }

    // ---- services ----

    void services() {
        put("<section>\n<h2>", say(K::page_services), "</h2>\n<ul class=\"services\">\n");
        for (std::size_t i = 0; i < model_.services.size(); ++i)
            if (service_ == nullptr || service_->id == model_.services[i].id)
                service_row(model_.services[i], model_.rollup.services[i].status);
        put("</ul>\n</section>\n");
    }

    void service_row(const Service& service, ServiceStatus status) {
        const status::ServiceHistory history = status::service_history(model_.outages,
                                                                       service.id,
                                                                       *model_.facts.zone,
                                                                       model_.as_of,
                                                                       kHistoryDays,
                                                                       model_.known_since);
        put("<li>\n<p class=\"name\"><a href=\"", file_of(&service, lang_, "html"), "\">");
        put(xml_text(service.name.in(lang_)), "</a> <span class=\"state ", class_of(status), "\">");
        put(say(key_of(status)), "</span></p>\n");
        bars(history);
        std::string share = status::percent_text(history.uptime);
        if (lang_ == Lang::Es) std::replace(share.begin(), share.end(), '.', ',');
        put("<p class=\"share\">",
            share.empty() ? say(K::page_share_none) : say(K::page_share, {{"share", share}}));
        put("</p>\n</li>\n");
    }

    [[nodiscard]] std::string summary(const status::ServiceHistory& history) const {
        int outage = 0, degraded = 0, maintenance = 0;
        for (const status::DayOfService& day : history.days) {
            outage += day.worst >= ServiceStatus::Partial ? 1 : 0;
            degraded += day.worst == ServiceStatus::Degraded ? 1 : 0;
            maintenance += day.worst == ServiceStatus::Maintenance ? 1 : 0;
        }
        std::string text;
        const auto add = [&](P key, int count) {
            if (count > 0) text += concat(text.empty() ? "" : ", ", tr(lang_, key, count));
        };
        add(P::page_days_outage, outage);
        add(P::page_days_degraded, degraded);
        add(P::page_days_maintenance, maintenance);
        return text.empty() ? std::string{tr(lang_, K::page_days_clean)} : text;
    }

    void bars(const status::ServiceHistory& history) {
        const std::string text = summary(history);
        put("<div class=\"bars\" role=\"img\" aria-label=\"",
            say(K::page_days, {{"summary", text}}),
            "\">");
        for (const status::DayOfService& day : history.days) {
            const std::string date = date_text(day.date, lang_);
            put("<i class=\"", class_of(day.worst), "\" title=\"");
            put(say(K::page_day, {{"day", date}, {"status", tr(lang_, key_of(day.worst))}}),
                "\"></i>");
        }
        put("</div>\n<p class=\"scale\"><span>", say(K::page_first_day), "</span><span>");
        put(say(K::page_last_day), "</span></p>\n");
    }

    void past() {
        put("<section>\n<h2>", say(K::page_past), "</h2>\n");
        const Instant begin = model_.as_of - std::chrono::days{kHistoryDays};
        bool is_empty = true;
        for (const Outage& outage : model_.outages) {
            if (domain::is_open(outage.state()) || !concerns(outage, service_)) continue;
            if (outage.ended_at.value_or(outage.latest().at) < begin) continue;
            article(outage);
            is_empty = false;
        }
        if (is_empty)
            put("<p>", say(service_ ? K::page_service_past_none : K::page_past_none), "</p>\n");
        put("</section>\n");
    }

    void follow() {
        put("<section>\n<h2>", say(K::page_follow), "</h2>\n<ul class=\"follow\">\n");
        link(K::page_follow_atom, "atom");
        link(K::page_follow_rss, "rss");
        link(K::page_follow_json, "json");
        link(K::page_follow_calendar, "ics");
        put("</ul>\n<p><a href=\"/\">", say(K::page_portal), "</a></p>\n</section>\n");
    }

    void link(K text, std::string_view kind) {
        put("<li><a href=\"", file_of(service_, lang_, kind), "\">", say(text), "</a></li>\n");
    }

    const Model& model_;
    Lang lang_;
    const Service* service_;  // null: all
    std::string out_;
};

}  // namespace

std::string status_page(const Model& model, Lang lang, const Service* service) {
    return Page{model, lang, service}.render();
}

}  // namespace ventanilla::public_status

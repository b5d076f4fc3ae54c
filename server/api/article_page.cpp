#include "server/api/article_page.hpp"

#include <algorithm>

#include "server/content/html.hpp"
#include "server/status/texts.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::api {
namespace {

using content::escaped;
using domain::Lang;
using public_status::K;
using public_status::tr;

constexpr std::size_t kDescriptionBytesMax = 300;

// A hole reaches from behind `after` to before `until`; an empty `until` makes it a mere slit.
struct Cut {
    std::string_view after;
    std::string_view until;
    bool takes_mark = false;  // the hole begins before `after`
};

constexpr std::array<Cut, PortalPage::kHoles> kCuts = {{
    {"<html lang=\"", "\""},
    {"<title>", "</title>"},
    {"</title>", ""},
    {"content=\"", "\""},
    {"<div id=\"skeleton\"", "<section id=\"trouble\"", true},
    {"<noscript>", "</noscript>"},
    {"</noscript>", ""},
}};
constexpr std::string_view kDescription = "name=\"description\"";

std::string said(Lang lang, K key) {
    return escaped(tr(lang, key));
}

std::string day_element(Instant at, Lang lang) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::local_days date{day.time_since_epoch()};
    const std::string text =
        tr(lang, K::article_reviewed, {{"day", public_status::date_text(date, lang)}});
    return concat("<time datetime=\"", iso8601(day).substr(0, 10), "\">", escaped(text), "</time>");
}

std::string meta_of(const domain::Article& article, const domain::Blocks& blocks, Lang lang) {
    std::string out = concat(escaped(article.number), " v", article.version);
    if (to_ms(article.reviewed_at) > 0)
        out += concat(" · ", day_element(article.reviewed_at, lang));
    if (!article.owner.empty()) out += concat(" · ", escaped(article.owner));
    const std::string minutes = std::to_string(reading_minutes(blocks));
    return out + concat(" · ", escaped(tr(lang, K::article_minutes, {{"n", minutes}})));
}

std::string body_of(const domain::Blocks& blocks, Lang lang) {
    return content::to_html(blocks,
                            {.anchors = content::Anchors::Names,
                             .heading_level_min = 2,
                             .callout_titles = {tr(lang, K::article_callout_note),
                                                tr(lang, K::article_callout_tip),
                                                tr(lang, K::article_callout_warning),
                                                tr(lang, K::article_callout_danger)}});
}

std::string items_of(const std::vector<domain::CatalogItem>& items, Lang lang) {
    if (items.empty()) return {};
    std::string out = concat("<section>\n<h2>", said(lang, K::article_items), "</h2>\n<ul>\n");
    for (const domain::CatalogItem& item : items)
        out += concat("<li><a href=\"/pedir/",
                      escaped(item.key),
                      "\">",
                      escaped(item.title.in(lang)),
                      "</a></li>\n");
    return out + "</ul>\n</section>\n";
}

std::string description_of(const std::string& summary, const domain::Blocks& blocks) {
    if (!summary.empty()) return summary;
    const std::string text = plain_text(blocks);
    std::string begins(cut_utf8(text, kDescriptionBytesMax));
    std::replace(begins.begin(), begins.end(), '\n', ' ');
    return std::string(trimmed(begins));
}

std::string expired_note(Instant valid_to, Lang lang) {
    const auto last = std::chrono::floor<std::chrono::days>(valid_to);
    const std::chrono::local_days date{last.time_since_epoch()};
    const std::string day = public_status::date_text(date, lang);
    return concat("<p class=\"article-note\">",
                  escaped(tr(lang, K::article_expired, {{"day", day}})),
                  "</p>\n");
}

std::string no_script_note(Lang lang) {
    return concat("\n<p class=\"article-note\">",
                  said(lang, K::article_no_script),
                  " <a href=\"/public/status.",
                  name(lang),
                  ".html\">",
                  said(lang, K::page_title),
                  "</a></p>\n");
}

}  // namespace

Result<PortalPage> PortalPage::cut(std::string_view page) {
    PortalPage out;
    std::size_t at = 0;
    for (std::size_t hole = 0; hole < kHoles; ++hole) {
        const Cut& cut = kCuts[hole];
        const std::size_t from = hole == Description ? page.find(kDescription, at) : at;
        const std::size_t mark = page.find(cut.after, from);
        if (from == std::string_view::npos || mark == std::string_view::npos)
            return invalid(concat("the portal's page has no ", cut.after));
        const std::size_t begin = cut.takes_mark ? mark : mark + cut.after.size();
        const std::size_t end = page.find(cut.until, begin);
        if (end == std::string_view::npos)
            return invalid(concat("the portal's page has no ", cut.until));
        out.between_[hole] = std::string(page.substr(at, begin - at));
        // The next mark may be the one this hole ended at.
        at = end;
    }
    out.between_[kHoles] = std::string(page.substr(at));
    return out;
}

std::string PortalPage::filled(const Fillings& fillings) const {
    std::string out = between_[0];
    for (std::size_t hole = 0; hole < kHoles; ++hole)
        out.append(fillings[hole]).append(between_[hole + 1]);
    return out;
}

std::string article_page(const PortalPage& page,
                         const domain::Article& article,
                         const std::vector<domain::CatalogItem>& items,
                         Lang lang,
                         Instant now) {
    const domain::ArticleText& text = article.in(lang);
    const domain::Blocks blocks = domain::blocks_from_json(text.blocks).value_or(domain::Blocks{});
    const Lang said_in = &text == &article.es ? Lang::Es : Lang::En;
    const std::string in_lang = concat(" lang=\"", name(said_in), "\"");
    const std::string style_tag = concat("\n<link rel=\"stylesheet\" href=\"",
                                         kArticleStylePath,
                                         "?",
                                         to_hex(sha256_bytes(article_style())).substr(0, 12),
                                         "\" />");
    std::string main = concat("\n<main class=\"article-page\">\n<h1",
                              in_lang,
                              ">",
                              escaped(text.title),
                              "</h1>\n<p class=\"article-meta\">",
                              meta_of(article, blocks, lang),
                              "</p>\n");
    if (said_in != lang)
        main += concat("<p class=\"article-note\">", said(lang, K::article_other_lang), "</p>\n");
    if (article.is_expired(now)) main += expired_note(*article.valid_to, lang);
    main += concat("<article", in_lang, ">\n", body_of(blocks, said_in), "</article>\n");
    main += items_of(items, lang) + "</main>\n";
    PortalPage::Fillings fillings;
    fillings[PortalPage::Language] = name(lang);
    fillings[PortalPage::Title] = escaped(tr(lang, K::article_title, {{"title", text.title}}));
    fillings[PortalPage::Style] = style_tag;
    fillings[PortalPage::Description] = escaped(description_of(text.summary, blocks));
    fillings[PortalPage::NoScript] = no_script_note(lang);
    fillings[PortalPage::Body] = std::move(main);
    return page.filled(fillings);
}

}  // namespace ventanilla::api

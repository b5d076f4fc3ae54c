#include "server/content/page_source.hpp"

#include <algorithm>
#include <charconv>

#include "server/content/front_matter.hpp"
#include "server/content/shortcodes.hpp"
#include "shared/base/text.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::content {
namespace {

using domain::Lang;

constexpr std::size_t kSampleBytes = 4'000;
constexpr int kReviewedDaysMax = 36'500;
constexpr int kVersionMax = 1'000'000;

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() > end.size() && text.substr(text.size() - end.size()) == end;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts)
        out.append(out.empty() ? "" : " ").append(part);
    std::replace(out.begin(), out.end(), ',', ' ');
    return out;
}

// Counts the commonest words of both languages; few enough that neither wins by its list's length.
Lang guessed(std::string_view text, Lang fallback) {
    static constexpr std::string_view kEs[] = {
        "el", "la", "de", "que", "los", "las", "una", "para", "con"};
    static constexpr std::string_view kEn[] = {
        "the", "of", "and", "to", "is", "are", "your", "for", "with"};
    int balance = 0;
    for (const search::Token& token : search::tokens(cut_utf8(text, kSampleBytes))) {
        balance += std::find(std::begin(kEs), std::end(kEs), token.term) != std::end(kEs) ? 1 : 0;
        balance -= std::find(std::begin(kEn), std::end(kEn), token.term) != std::end(kEn) ? 1 : 0;
    }
    if (balance == 0) return fallback;
    return balance > 0 ? Lang::Es : Lang::En;
}

std::string first_of(const FrontMatter& head, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        std::string value = head.text(key);
        if (!value.empty()) return value;
    }
    return {};
}

void take_stem(PageSource& page) {
    const std::string_view path = page.path;
    page.folder = std::string(path.substr(0, path.rfind('/') + 1));
    page.stem_with_lang = std::string(path.substr(0, path.rfind('.')));
    page.stem = page.stem_with_lang;
    for (const std::string_view suffix : {".es", ".en"}) {
        if (ends_with(page.stem, suffix)) page.stem.resize(page.stem.size() - suffix.size());
    }
    if (page.stem == "index" || ends_with(page.stem, "/index"))
        page.stem.resize(page.stem.size() - std::min<std::size_t>(6, page.stem.size()));
    if (page.stem.empty()) page.stem = "index";
}

Lang lang_of_page(const PageSource& page, const FrontMatter& head, Lang fallback) {
    if (ends_with(page.stem_with_lang, ".es")) return Lang::Es;
    if (ends_with(page.stem_with_lang, ".en")) return Lang::En;
    const std::string said = head.text("lang");
    return said.empty() ? guessed(page.body, fallback) : domain::lang_of(said);
}

// A number from `least` to `most`; the nearest of them otherwise, and `least` for no number.
int number_or(const std::string& text, int least, int most) {
    int number = least;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::clamp(number, least, most);
}

std::optional<Instant> moment_of(const FrontMatter& head, std::string_view key) {
    const Result<Instant> at = parse_iso8601(head.text(key));
    return at ? std::optional(*at) : std::nullopt;
}

void take_identity(const FrontMatter& head, PageSource& page) {
    const Result<Id> id = parse_id(head.text("id"));
    if (!id || is_nil(*id)) return;
    page.id = *id;
    page.source_path = head.text("source_path");
    page.version = number_or(head.text("version"), 1, kVersionMax);
    page.reviewed_at = moment_of(head, "reviewed_at");
}

}  // namespace

PageSource read_page(std::string_view path, std::string_view text, Lang fallback) {
    const FrontMatter head = read_front_matter(text);
    PageSource page;
    page.path = std::string(path);
    page.body_line = head.body_line;
    const bool has_instructions = head.text("templates") != "none";
    page.body = has_instructions ? without_shortcodes(head.body, head.body_line, page.issues)
                                 : std::string(head.body);
    take_stem(page);
    page.lang = lang_of_page(page, head, fallback);
    page.title = head.text("title");
    page.summary = first_of(head, {"summary", "description", "subtitle"});
    page.keywords = joined(head.list("keywords"));
    if (page.keywords.empty()) page.keywords = joined(head.list("tags"));
    page.number = head.text("number");
    page.review_by = moment_of(head, "review_by");
    page.valid_to = moment_of(head, "valid_to");
    page.owner = head.text("owner");
    page.items = head.list("items");
    page.is_internal = head.text("internal") == "true";
    page.redirect_to = head.text("redirect_to");
    for (const std::string_view key : {"redirect_from", "aliases", "permalink"}) {
        for (std::string& address : head.list(key))
            page.addresses.push_back(std::move(address));
    }
    page.reviewed_days_ago = number_or(head.text("reviewed_days_ago"), 0, kReviewedDaysMax);
    take_identity(head, page);
    return page;
}

std::string title_from(const domain::Blocks& blocks, std::string_view stem) {
    if (!blocks.empty() && blocks.front().kind == domain::BlockKind::Heading) {
        std::string title = domain::plain_text(blocks.front().inlines);
        if (!trimmed(title).empty()) return title;
    }
    std::string title(stem.substr(stem.rfind('/') + 1));
    std::replace_if(
        title.begin(), title.end(), [](char c) { return c == '-' || c == '_'; }, ' ');
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
        title[0] = static_cast<char>(title[0] - 32);
    return title;
}

}  // namespace ventanilla::content

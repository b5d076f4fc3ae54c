#include "server/content/page_links.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/content/slug.hpp"

namespace ventanilla::content {
namespace {

using domain::Block;
using domain::Blocks;
using domain::Inline;
using domain::InlineKind;
using domain::Inlines;

constexpr int kRedirectsMax = 5;

bool has_scheme(std::string_view target) {
    const std::size_t colon = target.find(':');
    return colon != std::string_view::npos &&
           colon < std::min(target.find_first_of("/?#"), target.size());
}

// "contrase%C3%B1a" is how Markdown hands on what a person wrote with its letters. What is no such
// sequence stays.
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string byte;
        if (text[i] == '%' && from_hex(text.substr(i + 1, 2), byte) && byte.size() == 1) {
            out += byte;
            i += 2;
        } else {
            out.push_back(text[i]);
        }
    }
    return out;
}

// Calls visit(inlines) for every paragraph, heading, title and cell.
template <class Visit>
void each_text(Blocks& blocks, Visit& visit) {
    for (Block& block : blocks) {
        visit(block.inlines);
        each_text(block.children, visit);
        for (Blocks& item : block.items)
            each_text(item, visit);
        for (Inlines& cell : block.header)
            visit(cell);
        for (auto& row : block.rows) {
            for (Inlines& cell : row)
                visit(cell);
        }
    }
}

void heading_ids(const Blocks& blocks, std::map<std::string, std::string>& ids) {
    for (const Block& block : blocks) {
        if (!block.id.empty()) ids.try_emplace(block.id, block.id);
        heading_ids(block.children, ids);
        for (const Blocks& item : block.items)
            heading_ids(item, ids);
    }
}

// Texts beside each other are one, as the reader of Markdown makes them.
void add_part(Inlines& inlines, Inline part) {
    const bool joins = part.kind == InlineKind::Text && !inlines.empty() &&
                       inlines.back().kind == InlineKind::Text;
    if (joins)
        inlines.back().text += part.text;
    else
        inlines.push_back(std::move(part));
}

// Leads "#part" links to the headings of `ids`; those that find none become their text.
void resolve_parts(Inlines& inlines,
                   const std::map<std::string, std::string>& ids,
                   std::vector<std::string>& broken) {
    Inlines out;
    for (Inline& part : inlines) {
        resolve_parts(part.children, ids, broken);
        const bool is_own = part.kind == InlineKind::Link && part.target.front() == '#';
        const auto found =
            is_own ? ids.find(slug(percent_decoded(part.target.substr(1)))) : ids.end();
        if (found != ids.end()) part.target = "#" + found->second;
        if (!is_own || found != ids.end()) {
            add_part(out, std::move(part));
            continue;
        }
        broken.push_back(part.target);
        for (Inline& child : part.children)
            add_part(out, std::move(child));
    }
    inlines = std::move(out);
}

}  // namespace

void PageLinks::add_page(std::string_view stem, const std::string& number) {
    numbers_[domain::normal_address(stem)] = number;
}

void PageLinks::add_address(std::string_view address, const std::string& number) {
    numbers_.try_emplace(domain::normal_address(address), number);
}

void PageLinks::add_redirect(std::string_view address, std::string_view to) {
    redirects_.try_emplace(domain::normal_address(address), std::string(to));
}

const std::string* PageLinks::find(std::string_view path) const {
    const auto at = numbers_.find(domain::normal_address(path));
    return at == numbers_.end() ? nullptr : &at->second;
}

std::optional<std::string> PageLinks::resolve(const From& from, std::string_view target) const {
    for (int hop = 0; hop < kRedirectsMax; ++hop) {
        if (target.empty()) return std::nullopt;
        if (has_scheme(target) || target.front() == '#') return std::string(target);
        const std::size_t hash = std::min(target.find('#'), target.size());
        const std::string path =
            percent_decoded(target.substr(0, std::min(target.find('?'), hash)));
        const std::string fragment =
            slug(percent_decoded(target.substr(std::min(hash + 1, target.size()))));
        const std::string beside = concat(from.folder, path);
        const std::string below = concat(from.stem, "/", path);
        const bool is_rooted = !path.empty() && path.front() == '/';
        const std::string* number = is_rooted ? find(path) : find(beside);
        if (number == nullptr && !is_rooted) number = find(below);
        if (number == nullptr) number = find(path);
        if (number != nullptr) {
            return fragment.empty() ? concat("/articulos/", *number)
                                    : concat("/articulos/", *number, "#", fragment);
        }
        const auto redirect = redirects_.find(domain::normal_address(path));
        if (redirect == redirects_.end()) return std::nullopt;
        target = redirect->second;
    }
    return std::nullopt;
}

std::vector<std::string> resolve_fragments(Blocks& blocks) {
    std::map<std::string, std::string> ids;
    heading_ids(blocks, ids);
    std::vector<std::string> broken;
    auto visit = [&](Inlines& inlines) { resolve_parts(inlines, ids, broken); };
    each_text(blocks, visit);
    return broken;
}

}  // namespace ventanilla::content

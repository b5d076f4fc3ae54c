#include "server/content/page_links.hpp"

#include <algorithm>
#include <iterator>

#include "server/content/slug.hpp"
#include "shared/base/text.hpp"

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

void drop_end(std::string& path, std::string_view end) {
    if (path.size() > end.size() && path.compare(path.size() - end.size(), end.size(), end) == 0)
        path.resize(path.size() - end.size());
}

// "/Travel//leave/index.md" and "travel/leave/" are one page: lower case, no dots, no ends.
std::string normal(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        std::string part(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
        std::transform(part.begin(), part.end(), part.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        });
        if (part == ".." && !parts.empty()) parts.pop_back();
        if (!part.empty() && part != "." && part != "..") parts.push_back(std::move(part));
    }
    std::string out;
    for (const std::string& part : parts)
        out.append(out.empty() ? "" : "/").append(part);
    drop_end(out, ".md");
    drop_end(out, ".markdown");
    drop_end(out, ".html");
    drop_end(out, "/index");
    return out;
}

std::string folder_of(std::string_view stem) {
    const std::size_t slash = stem.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(stem.substr(0, slash + 1));
}

// Calls visit(list, index) for every link, innermost last; visit may replace the node by its
// children.
template <class Visit>
void each_link(Inlines& inlines, Visit& visit) {
    for (std::size_t i = 0; i < inlines.size(); ++i) {
        each_link(inlines[i].children, visit);
        if (inlines[i].kind == InlineKind::Link) visit(inlines, i);
    }
}

template <class Visit>
void each_link(Blocks& blocks, Visit& visit) {
    for (Block& block : blocks) {
        each_link(block.inlines, visit);
        each_link(block.children, visit);
        for (Blocks& item : block.items)
            each_link(item, visit);
        for (Inlines& cell : block.header)
            each_link(cell, visit);
        for (auto& row : block.rows) {
            for (Inlines& cell : row)
                each_link(cell, visit);
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

}  // namespace

void PageLinks::add_page(std::string_view stem, const std::string& number) {
    numbers_[normal(stem)] = number;
}

void PageLinks::add_address(std::string_view address, const std::string& number) {
    numbers_.try_emplace(normal(address), number);
}

void PageLinks::add_redirect(std::string_view address, std::string_view to) {
    redirects_.try_emplace(normal(address), std::string(to));
}

const std::string* PageLinks::find(std::string_view path) const {
    const auto at = numbers_.find(normal(path));
    return at == numbers_.end() ? nullptr : &at->second;
}

std::optional<std::string> PageLinks::resolve(std::string_view stem,
                                              std::string_view target) const {
    for (int hop = 0; hop < kRedirectsMax; ++hop) {
        if (target.empty()) return std::nullopt;
        if (has_scheme(target) || target.front() == '#') return std::string(target);
        const std::size_t hash = std::min(target.find('#'), target.size());
        const std::string_view path = target.substr(0, std::min(target.find('?'), hash));
        const std::string fragment = slug(target.substr(std::min(hash + 1, target.size())));
        const std::string rooted(path);
        const std::string beside = concat(folder_of(stem), path);
        const std::string below = concat(stem, "/", path);
        const bool is_rooted = !path.empty() && path.front() == '/';
        const std::string* number = is_rooted ? find(rooted) : find(beside);
        if (number == nullptr && !is_rooted) number = find(below);
        if (number == nullptr) number = find(rooted);
        if (number != nullptr) {
            return fragment.empty() ? concat("/articulos/", *number)
                                    : concat("/articulos/", *number, "#", fragment);
        }
        const auto redirect = redirects_.find(normal(path));
        if (redirect == redirects_.end()) return std::nullopt;
        target = redirect->second;
    }
    return std::nullopt;
}

std::vector<std::string> resolve_fragments(Blocks& blocks) {
    std::map<std::string, std::string> ids;
    heading_ids(blocks, ids);
    std::vector<std::string> broken;
    auto visit = [&](Inlines& inlines, std::size_t& i) {
        Inline& link = inlines[i];
        if (link.target.front() != '#') return;
        const auto found = ids.find(slug(link.target.substr(1)));
        if (found != ids.end()) {
            link.target = "#" + found->second;
            return;
        }
        broken.push_back(link.target);
        Inlines children = std::move(link.children);
        const auto at = inlines.begin() + static_cast<std::ptrdiff_t>(i);
        const auto next = inlines.erase(at);
        inlines.insert(next,
                       std::make_move_iterator(children.begin()),
                       std::make_move_iterator(children.end()));
        i += children.size();
        --i;
    };
    each_link(blocks, visit);
    return broken;
}

}  // namespace ventanilla::content

#include "shared/domain/article_sections.hpp"

#include <algorithm>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/article.hpp"
#include "shared/domain/blocks.hpp"

namespace ventanilla::domain {
namespace {

constexpr std::size_t kSectionsMax = 100;  // they are compared each with each; the rest is one more

struct TextPart {
    std::string heading;
    std::uint64_t print = 0;  // of all it says
};

std::vector<TextPart> text_parts(const ArticleText& text) {
    std::vector<TextPart> out;
    if (text.empty()) return out;
    Blocks part;
    std::string said = concat(text.title, '\n', text.summary);
    std::string heading;
    const auto end = [&] {
        out.push_back({heading, hash64(said + dump_json(to_json(part)))});
        part.clear();
        said.clear();
    };
    const Blocks blocks = blocks_from_json(text.blocks).value_or(Blocks{});
    for (const Block& block : blocks) {
        if (block.kind == BlockKind::Heading && out.size() + 1 < kSectionsMax) {
            end();
            heading = plain_text(block.inlines);
        }
        part.push_back(block);
        part.back().id.clear();  // of a heading: made of its text and its place
    }
    end();
    return out;
}

// One language on its way from one version to the next.
struct Side {
    std::vector<TextPart> old_sections;
    std::vector<TextPart> sections;
    SectionMarks old_marks;
    std::vector<int> from = {};  // place in old_sections; -1: new

    [[nodiscard]] const SectionMark* old_of(int key) const {
        const auto at = std::find_if(old_marks.begin(),
                                     old_marks.end(),
                                     [&](const SectionMark& each) { return each.key == key; });
        return at == old_marks.end() ? nullptr : &*at;
    }
};

// Marks for sections that have none, by their places.
SectionMarks filled(SectionMarks marks, std::size_t count) {
    if (marks.size() == count) return marks;
    marks.clear();
    for (std::size_t i = 0; i < count; ++i)
        marks.push_back({static_cast<int>(i), 0});
    return marks;
}

template <class Same>
void match(Side& side, std::vector<bool>& is_used, const Same& same) {
    for (std::size_t i = 0; i < side.sections.size(); ++i) {
        for (std::size_t j = 0; side.from[i] < 0 && j < side.old_sections.size(); ++j) {
            if (is_used[j] || !same(i, j)) continue;
            side.from[i] = static_cast<int>(j);
            is_used[j] = true;
        }
    }
}

Side side_of(const ArticleText& before, const SectionMarks& marks, const ArticleText& now) {
    Side side{.old_sections = text_parts(before), .sections = text_parts(now), .old_marks = {}};
    side.old_marks = filled(marks, side.old_sections.size());
    side.from.assign(side.sections.size(), -1);
    std::vector<bool> is_used(side.old_sections.size());
    const auto& a = side.sections;
    const auto& b = side.old_sections;
    if (!a.empty() && !b.empty())
        is_used[0] = true, side.from[0] = 0;  // the beginning is the beginning
    match(side, is_used, [&](auto i, auto j) { return a[i].print == b[j].print; });
    match(side, is_used, [&](auto i, auto j) { return a[i].heading == b[j].heading; });
    match(side, is_used, [](auto i, auto j) { return i == j; });
    return side;
}

bool is_changed(const Side& side, std::size_t at) {
    const int from = side.from[at];
    return from < 0 ||
           side.sections[at].print != side.old_sections[static_cast<std::size_t>(from)].print;
}

int key_after(const SectionMarks& marks, int key) {
    for (const SectionMark& each : marks)
        key = std::max(key, each.key + 1);
    return key;
}

// A section that is not in `side` yet, though the other language has it: what a translator adds.
const SectionMark* untranslated(const Side& side,
                                const SectionMarks& there,
                                const SectionMarks& so_far) {
    for (const SectionMark& each : there) {
        const bool is_taken =
            std::any_of(so_far.begin(), so_far.end(), [&](const SectionMark& mark) {
                return mark.key == each.key;
            });
        if (side.old_of(each.key) == nullptr && !is_taken) return &each;
    }
    return nullptr;
}

const SectionMark* mark_in(const SectionMarks& marks, int key) {
    const auto at = std::find_if(
        marks.begin(), marks.end(), [&](const SectionMark& each) { return each.key == key; });
    return at == marks.end() ? nullptr : &*at;
}

SectionMarks marks_of(
    const Side& side, const SectionMarks& there, int& next_key, int version, Change change) {
    SectionMarks out;
    for (std::size_t i = 0; i < side.sections.size(); ++i) {
        if (side.from[i] < 0) {
            const SectionMark* known = untranslated(side, there, out);
            out.push_back(known != nullptr ? *known : SectionMark{next_key++, version});
            continue;
        }
        SectionMark mark = side.old_marks[static_cast<std::size_t>(side.from[i])];
        const SectionMark* other = mark_in(there, mark.key);
        const bool is_behind = other != nullptr && other->since > mark.since;
        if (is_changed(side, i) && change == Change::Facts)
            mark.since = is_behind ? other->since : version;
        out.push_back(mark);
    }
    return out;
}

bool is_changed_key(const Side& side, const SectionMarks& marks, int key) {
    for (std::size_t i = 0; i < marks.size(); ++i)
        if (marks[i].key == key) return is_changed(side, i);
    return false;
}

Json marks_json(const SectionMarks& marks) {
    Json out = Json::array();
    for (const SectionMark& each : marks)
        out.push_back({each.key, each.since});
    return out;
}

SectionMarks marks_from(const Json& value) {
    SectionMarks out;
    for (const Json& each : value) {
        const bool is_mark = each.is_array() && each.size() == 2 && each[0].is_number_integer() &&
                             each[1].is_number_integer();
        if (!is_mark) return {};
        out.push_back({each[0].get<int>(), each[1].get<int>()});
    }
    return out;
}

}  // namespace

std::vector<std::string> section_headings(const ArticleText& text) {
    std::vector<std::string> out;
    for (TextPart& each : text_parts(text))
        out.push_back(std::move(each.heading));
    return out;
}

BothMarks marks_after(const BothTexts& before,
                      const BothMarks& marks,
                      const BothTexts& now,
                      int version,
                      Change change) {
    const Side es = side_of(before.es, marks.es, now.es);
    const Side en = side_of(before.en, marks.en, now.en);
    int next_key = key_after(en.old_marks, key_after(es.old_marks, 0));
    BothMarks out;
    out.es = marks_of(es, en.old_marks, next_key, version, change);
    out.en = marks_of(en, out.es, next_key, version, change);
    if (change == Change::FormOnly) return out;
    for (SectionMark& each : out.es)
        for (SectionMark& other : out.en)
            if (each.key == other.key && is_changed_key(es, out.es, each.key) &&
                is_changed_key(en, out.en, each.key))
                each.since = other.since = version;
    return out;
}

std::vector<std::size_t> newer_sections(const SectionMarks& here, const SectionMarks& there) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; !here.empty() && i < there.size(); ++i) {
        const SectionMark* mark = mark_in(here, there[i].key);
        const int since = mark == nullptr ? 0 : mark->since;
        if (there[i].since > since) out.push_back(i);
    }
    return out;
}

Json to_json(const BothMarks& marks) {
    Json out = Json::object();
    if (!marks.es.empty()) out["es"] = marks_json(marks.es);
    if (!marks.en.empty()) out["en"] = marks_json(marks.en);
    return out;
}

BothMarks section_marks_or_none(const Json& value) {
    return {marks_from(member(value, "es")), marks_from(member(value, "en"))};
}

}  // namespace ventanilla::domain

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"
#include "shared/domain/blocks.hpp"

// Blocks as text: plain, as runs, and which links may be followed.

namespace ventanilla::domain {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

void add_runs(const Inlines& inlines, Run style, int& links, std::vector<Run>& out) {
    for (const Inline& part : inlines) {
        Run run = style;
        run.text = part.text;
        switch (part.kind) {
            case InlineKind::Text: break;
            case InlineKind::Strong: run.is_strong = true; break;
            case InlineKind::Emphasis: run.is_emphasis = true; break;
            case InlineKind::Strike: run.is_strike = true; break;
            case InlineKind::Code: run.is_code = true; break;
            case InlineKind::Link:
                run.href = part.target;
                run.link = links++;
                break;
            case InlineKind::Image: run.image = part.target; break;
            case InlineKind::Break:
                run.text = "\n";
                run.is_break = true;
                break;
        }
        if (is_container(part.kind))
            add_runs(part.children, run, links, out);
        else
            out.push_back(run);
    }
}

class PlainWriter {
  public:
    void blocks(const Blocks& blocks, int depth) {
        for (const Block& block : blocks)
            one(block, depth);
    }
    std::string take() { return std::move(out_); }

  private:
    void line(std::string_view text, int depth) {
        out_.append(static_cast<std::size_t>(depth) * 2, ' ');
        out_.append(lead_).append(text).push_back('\n');
        lead_.clear();
    }

    void one(const Block& block, int depth) {
        switch (block.kind) {
            case BlockKind::Paragraph: line(plain_text(block.inlines), depth); break;
            case BlockKind::Heading: line(concat("## ", plain_text(block.inlines)), 0); break;
            case BlockKind::List: list(block, depth); break;
            case BlockKind::Code: line(trimmed(block.text), depth); break;
            case BlockKind::Quote: blocks(block.children, depth); break;
            case BlockKind::Table: table(block, depth); break;
            case BlockKind::Rule: break;
            case BlockKind::Callout:
                if (!block.inlines.empty()) line(plain_text(block.inlines), depth);
                blocks(block.children, depth);
                break;
        }
    }

    void list(const Block& block, int depth) {
        int number = block.start;
        for (const Blocks& item : block.items) {
            lead_ = block.is_ordered ? concat(number++, ". ") : "- ";
            if (item.empty()) line("", depth);
            for (std::size_t i = 0; i < item.size(); ++i)
                one(item[i], i == 0 && item[i].kind != BlockKind::List ? depth : depth + 1);
        }
    }

    void table(const Block& block, int depth) {
        row(block.header, depth);
        for (const auto& cells : block.rows)
            row(cells, depth);
    }

    void row(const std::vector<Inlines>& cells, int depth) {
        std::string text;
        for (const Inlines& cell : cells)
            text.append(text.empty() ? "" : " | ").append(plain_text(cell));
        line(text, depth);
    }

    std::string out_;
    std::string lead_;  // "- " or "1. ", before the next line
};

}  // namespace

bool is_safe_link(std::string_view target) {
    if (target.empty() || target.size() > limits::kFieldBytesMax) return false;
    const bool is_printable = std::all_of(target.begin(), target.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte != 0x7F && c != '\\' && c != '"' && c != '<' && c != '>';
    });
    if (!is_printable || target.substr(0, 2) == "//") return false;
    const std::size_t end = std::min(target.find_first_of("/?#"), target.size());
    const std::string_view start = target.substr(0, end);
    const std::size_t colon = start.find(':');
    if (colon == std::string_view::npos) return start.find('&') == std::string_view::npos;
    const std::string_view scheme = start.substr(0, colon);
    if (equals_ignoring_case(scheme, "http") || equals_ignoring_case(scheme, "https"))
        return target.substr(colon + 1, 2) == "//" && target.size() > colon + 3;
    const bool is_known =
        equals_ignoring_case(scheme, "mailto") || equals_ignoring_case(scheme, "tel");
    return is_known && target.size() > colon + 1;
}

std::vector<Run> runs(const Inlines& inlines) {
    std::vector<Run> out;
    int links = 0;
    add_runs(inlines, Run{}, links, out);
    return out;
}

std::string plain_text(const Inlines& inlines) {
    std::string out;
    for (const Run& run : runs(inlines))
        out.append(run.is_break ? std::string_view(" ") : run.text);
    return out;
}

std::string plain_text(const Blocks& blocks) {
    PlainWriter writer;
    writer.blocks(blocks, 0);
    return writer.take();
}

std::size_t reading_minutes(const Blocks& blocks) {
    constexpr std::size_t kBytesAMinute = 1200;
    return std::max<std::size_t>(1, plain_text(blocks).size() / kBytesAMinute);
}

}  // namespace ventanilla::domain

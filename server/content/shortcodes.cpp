#include "server/content/shortcodes.hpp"

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using std::string_view;

struct Instruction {
    string_view open, close;
};
constexpr std::array<Instruction, 5> kInstructions = {
    {{"{{<", ">}}"}, {"{{%", "%}}"}, {"{{", "}}"}, {"{%", "%}"}, {"{:", "}"}}};
constexpr std::size_t kInstructionBytesMax = 1'000;

// The first quoted argument of an instruction, or its second word.
std::string argument(string_view inside, int which) {
    std::size_t at = 0;
    for (int i = 0;; ++i) {
        const std::size_t open = inside.find_first_of("\"'", at);
        if (open == string_view::npos) break;
        const std::size_t close = inside.find(inside[open], open + 1);
        if (close == string_view::npos) break;
        if (i == which) return std::string(inside.substr(open + 1, close - open - 1));
        at = close + 1;
    }
    if (which > 0) return {};
    const std::size_t space = inside.find(' ');
    return space == string_view::npos ? std::string() : std::string(trimmed(inside.substr(space)));
}

std::string rooted(std::string path) {
    const bool is_absolute = path.find("://") != std::string::npos;
    return path.empty() || is_absolute || path.front() == '/' ? path : "/" + path;
}

class Rewriter {
  public:
    Rewriter(string_view text, int first_line, std::vector<Issue>& issues)
        : text_(text), line_(first_line), issues_(issues) {}

    std::string run() {
        while (at_ < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            const string_view line = text_.substr(at_, end - at_);
            const string_view start = trimmed(line);
            const bool is_fence = start.substr(0, 3) == "```" || start.substr(0, 3) == "~~~";
            if (is_fence) in_code_ = !in_code_;
            begin_line();
            if (in_code_ || is_fence)
                take(end - at_);
            else
                rewrite_to(end);
            if (at_ < text_.size()) take(1);
        }
        return std::move(out_);
    }

  private:
    void begin_line() {
        if (in_alert_ && !text_.substr(at_, 60).starts_with("{% endalert")) out_ += "> ";
    }

    void take(std::size_t count) {
        for (const char c : text_.substr(at_, count))
            line_ += c == '\n' ? 1 : 0;
        out_.append(text_.substr(at_, count));
        at_ += count;
    }

    // Skips to `end`, keeping the lines.
    void skip_to(std::size_t end) {
        for (; at_ < end; ++at_) {
            if (text_[at_] != '\n') continue;
            out_.push_back('\n');
            ++line_;
        }
    }

    // Copies the line up to `end`; an instruction may reach beyond it.
    void rewrite_to(std::size_t end) {
        while (at_ < end) {
            const std::size_t brace = std::min(text_.find('{', at_), end);
            take(brace - at_);
            if (brace == end) return;
            const Instruction* found = nullptr;
            for (const Instruction& one : kInstructions) {
                if (text_.substr(at_, one.open.size()) == one.open) {
                    found = &one;
                    break;
                }
            }
            const std::size_t open = found == nullptr ? 1 : found->open.size();
            const std::size_t close =
                found == nullptr
                    ? string_view::npos
                    : text_.substr(0, at_ + kInstructionBytesMax).find(found->close, at_ + open);
            if (close == string_view::npos) {
                take(open);
                continue;
            }
            const string_view inside = trimmed(text_.substr(at_ + open, close - at_ - open));
            const std::size_t after = close + found->close.size();
            if (found->open == "{%")
                tag(inside, after);
            else
                other(inside, after);
        }
    }

    void other(string_view inside, std::size_t after) {
        const bool is_base =
            inside.find("base") != string_view::npos && inside.find("url") != string_view::npos;
        if (!is_base) report(issues_, IssueKind::Shortcode, line_, text_.substr(at_, after - at_));
        skip_to(after);
    }

    void tag(string_view inside, std::size_t after) {
        inside = trimmed(inside.substr(inside.starts_with('-') ? 1 : 0));
        const string_view name = inside.substr(0, inside.find_first_of(" \t\n"));
        if (name == "comment") {
            const std::size_t end = text_.find("endcomment", after);
            const std::size_t close = end == string_view::npos ? end : text_.find("%}", end);
            skip_to(close == string_view::npos ? text_.size() : close + 2);
            return;
        }
        if (name == "raw") {
            skip_to(after);
            const std::size_t end = std::min(text_.find("{%", at_), text_.size());
            take((has_end_of_raw() ? end : at_) - at_);
            return;
        }
        const std::string value = argument(inside, 0);
        if (name == "page" || name == "link" || name == "post_url" || name == "download") {
            out_ += rooted(value);
        } else if (name == "slack_channel") {
            out_ += "#" + value;
        } else if (name == "image" || name == "image_with_class") {
            out_ += concat("![", argument(inside, 1), "](", rooted(value), ")");
        } else if (name == "alert") {
            in_alert_ = true;
            out_ += concat("> [!NOTE] ", value);
        } else if (name == "endalert") {
            in_alert_ = false;
        } else if (name != "endraw") {
            report(issues_, IssueKind::Shortcode, line_, text_.substr(at_, after - at_));
        }
        skip_to(after);
    }

    // Whether raw text ends somewhere ahead. Looked for once, not once for each that begins.
    bool has_end_of_raw() {
        if (end_of_raw_ < at_) end_of_raw_ = text_.find("endraw", at_);
        return end_of_raw_ != string_view::npos;
    }

    string_view text_;
    int line_;
    std::vector<Issue>& issues_;
    std::size_t at_ = 0;
    std::size_t end_of_raw_ = 0;  // the next one when not behind at_
    bool in_code_ = false;
    bool in_alert_ = false;
    std::string out_;
};

}  // namespace

std::string without_shortcodes(string_view text, int first_line, std::vector<Issue>& issues) {
    return Rewriter(text, first_line, issues).run();
}

}  // namespace ventanilla::content

#include <algorithm>
#include <cmath>

#include "shared/base/text.hpp"
#include "wasm/ui/layout.hpp"

// Line breaking: at spaces, after hyphens before a letter, after slashes, between ideographs, and
// inside a word only when it is wider than the line. Source: a small part of UAX 14.

namespace ventanilla::ui {

namespace {

bool is_ideograph(char32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

// Ideographic stops and closing brackets never begin a line.
bool is_closing(char32_t c) {
    return c == 0x3001 || c == 0x3002 || c == 0x300D || c == 0x300F || c == 0xFF01 || c == 0xFF0C ||
           c == 0xFF1F || c == 0xFF09;
}

bool is_letter(char32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

bool breaks_between(char32_t before, char32_t after) {
    if (is_closing(after)) return false;
    if (is_ideograph(before) || is_ideograph(after)) return before != ' ' && after != ' ';
    if (before == '-' || before == 0x2013) return is_letter(after);
    return before == '/' && is_letter(after);
}

// Walks the code points of a block with the face each is set in.
class Walker {
  public:
    Walker(const Scene& scene, const TextBlock& block, Measurer& measurer)
        : text_(scene.text_of(block)),
          block_(block),
          measurer_(measurer),
          runs_(std::span(scene.runs).subspan(block.runs.at, block.runs.count)) {}

    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t at() const { return at_; }
    void go_to(std::size_t at) {
        at_ = at;
        run_ = 0;
    }

    struct Step {
        std::size_t begin = 0;
        std::size_t end = 0;
        char32_t c = 0;
        float advance = 0;
    };
    Step next() {
        Step step;
        step.begin = at_;
        step.c = next_code_point(text_, at_);
        step.end = at_;
        if (step.c != '\n') {
            step.advance = measurer_.advance(step.c, face_at(step.begin), block_.style.size_px);
        }
        return step;
    }

  private:
    Face face_at(std::size_t at) {
        while (run_ < runs_.size() && runs_[run_].end <= at)
            ++run_;
        if (run_ < runs_.size() && runs_[run_].begin <= at) {
            return face_of(runs_[run_].weight, runs_[run_].mono);
        }
        return face_of(block_.style.weight, block_.style.mono);
    }

    std::string_view text_;
    const TextBlock& block_;
    Measurer& measurer_;
    std::span<const InkRun> runs_;
    std::size_t at_ = 0;
    std::size_t run_ = 0;
};

constexpr float kSlack = 0.02F;  // floating point: a text fits the width it said it needs

// Where the line could end.
struct Chance {
    std::size_t line_end = 0;    // the line's text ends here
    std::size_t next_begin = 0;  // the next line's text begins here
    float width = 0;
    a11y::Break::Kind kind = a11y::Break::kSoft;
    bool exists = false;
};

class Breaker {
  public:
    Breaker(Scene& scene, TextBlock& block, float width, Measurer& measurer)
        : scene_(scene), block_(block), width_(width), walker_(scene, block, measurer) {}

    void run() {
        block_.lines.at = static_cast<std::uint32_t>(scene_.lines.size());
        while (!walker_.done())
            step(walker_.next());
        end_line(walker_.at(), pen_, a11y::Break::kHard);
        block_.lines.count = static_cast<std::uint32_t>(scene_.lines.size()) - block_.lines.at;
    }

  private:
    void step(const Walker::Step& s) {
        if (s.c == '\n') {
            end_line(s.begin, pen_, a11y::Break::kHard);
            start_line(s.end);
            return;
        }
        if (s.begin > begin_ && previous_ != 0 && breaks_between(previous_, s.c)) {
            chance_ = {s.begin, s.begin, pen_, a11y::Break::kWord, true};
        }
        const bool is_space = s.c == ' ' && !block_.keep_spaces;
        if (!is_space && pen_ + s.advance > width_ + kSlack && s.begin > begin_) {
            wrap(s);
            return;
        }
        if (is_space && s.begin > begin_) {
            chance_ = {s.begin, s.end, pen_, a11y::Break::kSoft, true};
        }
        pen_ += s.advance;
        previous_ = s.c;
    }

    void wrap(const Walker::Step& s) {
        if (!chance_.exists) chance_ = {s.begin, s.begin, pen_, a11y::Break::kWord, true};
        end_line(chance_.line_end, chance_.width, chance_.kind);
        start_line(chance_.next_begin);
        walker_.go_to(chance_.next_begin);
        chance_.exists = false;
    }

    void start_line(std::size_t begin) {
        begin_ = begin;
        pen_ = 0;
        previous_ = 0;
        chance_.exists = false;
    }

    void end_line(std::size_t end, float width, a11y::Break::Kind kind) {
        scene_.lines.push_back(
            {static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end), width, kind});
        block_.width = std::max(block_.width, width);
    }

    Scene& scene_;
    TextBlock& block_;
    float width_;
    Walker walker_;
    std::size_t begin_ = 0;
    float pen_ = 0;
    char32_t previous_ = 0;
    Chance chance_;
};

}  // namespace

float break_lines(Scene& scene, TextBlock& block, float width, Measurer& measurer) {
    if (block.laid_out_for < 0 || std::fabs(block.laid_out_for - width) > 0.001F) {
        block.width = 0;
        Breaker(scene, block, width, measurer).run();
        block.laid_out_for = width;
    }
    const std::uint32_t shown =
        block.lines_max == 0 ? block.lines.count : std::min(block.lines.count, block.lines_max);
    return static_cast<float>(shown) * block.style.line_px;
}

TextWidths widths_of(const Scene& scene, const TextBlock& block, Measurer& measurer) {
    TextWidths out{0, 0};
    float line = 0, word = 0;
    char32_t previous = 0;
    for (Walker walker(scene, block, measurer); !walker.done();) {
        const Walker::Step s = walker.next();
        if (s.c == '\n') {
            line = word = 0;
            previous = 0;
            continue;
        }
        if (previous != 0 && (s.c == ' ' || breaks_between(previous, s.c))) word = 0;
        line += s.advance;
        if (s.c != ' ') word += s.advance;
        out.wide = std::max(out.wide, line);
        out.narrow = std::max(out.narrow, word);
        previous = s.c;
    }
    return out;
}

}  // namespace ventanilla::ui

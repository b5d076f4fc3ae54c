#include "shared/content/markdown.hpp"

#include <algorithm>
#include <functional>

#include "md4c.h"
#include "shared/content/builder.hpp"
#include "shared/content/entities.hpp"
#include "shared/content/html_fragment.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"

namespace ventanilla::content {
namespace {

using domain::Align;
using domain::InlineKind;

std::string text_of(const MD_ATTRIBUTE& attribute) {
    return attribute.text == nullptr ? std::string() : decoded({attribute.text, attribute.size});
}

Align align_of(MD_ALIGN align) {
    switch (align) {
        case MD_ALIGN_LEFT: return Align::Left;
        case MD_ALIGN_CENTER: return Align::Center;
        case MD_ALIGN_RIGHT: return Align::Right;
        case MD_ALIGN_DEFAULT: break;
    }
    return Align::Default;
}

// Turns md4c's callbacks into the builder's events.
class Reader {
  public:
    Reader(std::string_view text, const MarkdownOptions& options)
        : text_(text), first_line_(options.first_line), builder_(options) {}

    Markdown run() {
        MD_PARSER parser{};
        parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEURLAUTOLINKS;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            return static_cast<Reader*>(self)->enter(type, detail);
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            return static_cast<Reader*>(self)->leave(type, detail);
        };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            return static_cast<Reader*>(self)->enter(type, detail);
        };
        parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
            return static_cast<Reader*>(self)->leave(type);
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
            return static_cast<Reader*>(self)->text(type, {text, size});
        };
        md_parse(text_.data(), static_cast<MD_SIZE>(text_.size()), &parser, this);
        return builder_.finish();
    }

    void issue(IssueKind kind, std::string_view what) { builder_.issue(kind, what); }

  private:
    [[nodiscard]] int go_on() const { return builder_.has_room() ? 0 : 1; }

    int enter(MD_BLOCKTYPE type, void* detail) {
        verbatim_.clear();
        switch (type) {
            case MD_BLOCK_QUOTE: builder_.open_quote(); break;
            case MD_BLOCK_UL:
                builder_.open_list(
                    false, 1, static_cast<MD_BLOCK_UL_DETAIL*>(detail)->is_tight != 0);
                break;
            case MD_BLOCK_OL: {
                const auto* list = static_cast<MD_BLOCK_OL_DETAIL*>(detail);
                builder_.open_list(true,
                                   static_cast<int>(std::min(list->start, 999'999'999U)),
                                   list->is_tight != 0);
                break;
            }
            case MD_BLOCK_LI: builder_.open_item(); break;
            case MD_BLOCK_H:
                builder_.open_heading(
                    static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
                break;
            case MD_BLOCK_P: builder_.open_paragraph(); break;
            case MD_BLOCK_TABLE:
                builder_.open_table(static_cast<MD_BLOCK_TABLE_DETAIL*>(detail)->col_count);
                break;
            case MD_BLOCK_THEAD: is_header_ = true; break;
            case MD_BLOCK_TBODY: is_header_ = false; break;
            case MD_BLOCK_TR: builder_.open_row(is_header_); break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD:
                builder_.open_cell(align_of(static_cast<MD_BLOCK_TD_DETAIL*>(detail)->align));
                break;
            case MD_BLOCK_HR: builder_.rule(); break;
            case MD_BLOCK_CODE:
            case MD_BLOCK_HTML: is_verbatim_ = true; break;
            case MD_BLOCK_DOC: break;
        }
        return go_on();
    }

    int leave(MD_BLOCKTYPE type, void* detail) {
        is_verbatim_ = false;
        switch (type) {
            case MD_BLOCK_QUOTE:
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
            case MD_BLOCK_LI:
            case MD_BLOCK_TABLE:
            case MD_BLOCK_TR: builder_.close(); break;
            case MD_BLOCK_H:
            case MD_BLOCK_P:
            case MD_BLOCK_TH:
            case MD_BLOCK_TD: builder_.close_leaf(); break;
            case MD_BLOCK_CODE:
                builder_.code_block(verbatim_,
                                    text_of(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang));
                break;
            case MD_BLOCK_HTML: html_block(verbatim_, builder_); break;
            default: break;
        }
        return go_on();
    }

    int enter(MD_SPANTYPE type, void* detail) {
        switch (type) {
            case MD_SPAN_EM: builder_.open_mark(InlineKind::Emphasis, {}, "em"); break;
            case MD_SPAN_STRONG: builder_.open_mark(InlineKind::Strong, {}, "strong"); break;
            case MD_SPAN_DEL: builder_.open_mark(InlineKind::Strike, {}, "del"); break;
            case MD_SPAN_CODE: builder_.open_mark(InlineKind::Code, {}, "code"); break;
            case MD_SPAN_A: {
                const std::string href = text_of(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
                builder_.open_mark(InlineKind::Link, href, "a");
                break;
            }
            case MD_SPAN_IMG: {
                const std::string src = text_of(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src);
                builder_.open_mark(InlineKind::Image, src, "img");
                break;
            }
            default: break;
        }
        return go_on();
    }

    int leave(MD_SPANTYPE type) {
        switch (type) {
            case MD_SPAN_EM: builder_.close_mark("em"); break;
            case MD_SPAN_STRONG: builder_.close_mark("strong"); break;
            case MD_SPAN_DEL: builder_.close_mark("del"); break;
            case MD_SPAN_CODE: builder_.close_mark("code"); break;
            case MD_SPAN_A: builder_.close_mark("a"); break;
            case MD_SPAN_IMG: builder_.close_mark("img"); break;
            default: break;
        }
        return go_on();
    }

    int text(MD_TEXTTYPE type, std::string_view piece) {
        note_line(piece);
        if (is_verbatim_) {
            if (type == MD_TEXT_NULLCHAR) piece = "\xEF\xBF\xBD";
            verbatim_.append(piece);
            return go_on();
        }
        switch (type) {
            case MD_TEXT_NULLCHAR: builder_.text("\xEF\xBF\xBD"); break;
            case MD_TEXT_BR: builder_.line_break(); break;
            case MD_TEXT_SOFTBR: builder_.text("\n"); break;
            case MD_TEXT_ENTITY: builder_.text(decoded_entity(piece)); break;
            case MD_TEXT_CODE: builder_.code(piece); break;
            case MD_TEXT_HTML: html_inline(piece, builder_); break;
            default: builder_.text(piece); break;
        }
        return go_on();
    }

    // Pieces point into the text, in order, so lines are counted once.
    void note_line(std::string_view piece) {
        const std::less<> before;
        const char* const end = text_.data() + text_.size();
        if (before(piece.data(), text_.data() + counted_) || !before(piece.data(), end)) return;
        const auto at = static_cast<std::size_t>(piece.data() - text_.data());
        for (; counted_ < at; ++counted_)
            lines_ += text_[counted_] == '\n' ? 1 : 0;
        builder_.at_line(first_line_ + lines_);
    }

    std::string_view text_;
    int first_line_;
    Builder builder_;
    bool is_header_ = false;
    bool is_verbatim_ = false;
    std::string verbatim_;
    std::size_t counted_ = 0;
    int lines_ = 0;
};

}  // namespace

std::string repaired(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();)
        append_utf8(out, next_code_point(text, at));
    return out;
}

Markdown parse_markdown(std::string_view text, const MarkdownOptions& options) {
    const std::string_view cut = cut_utf8(text, limits::kArticleBytesMax);
    const bool is_clean = is_utf8(cut);
    const std::string mended = is_clean ? std::string() : repaired(cut);
    Reader reader(is_clean ? cut : std::string_view(mended), options);
    if (cut.size() < text.size()) reader.issue(IssueKind::TooLarge, "cut at one megabyte");
    if (!is_clean) reader.issue(IssueKind::BadEncoding, "broken bytes were replaced");
    return reader.run();
}

}  // namespace ventanilla::content

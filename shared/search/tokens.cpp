#include "shared/search/tokens.hpp"

#include <algorithm>
#include <array>

#include "shared/base/text.hpp"
#include "shared/search/fold.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kCompoundPartsMax = 4;

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2BC;
}
bool is_joiner(char32_t c) {
    return c == '-' || c == '_' || c == 0x2010 || c == 0x2011;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Walks a text once, one character of look-ahead, and collects its words.
class Tokenizer {
  public:
    explicit Tokenizer(std::string_view text) : text_(text) {}

    std::vector<Token> run() {
        while (at_ < text_.size()) {
            const std::size_t from = at_;
            const char32_t c = next();
            if (is_word(c)) {
                take_letter(c, from);
            } else if (c >= 0x300 && is_combining_mark(c)) {
                take_mark(c);
            } else if (!(is_apostrophe(c) && in_word_ && next_is_word())) {
                end_word();
                if (!(is_joiner(c) && next_is_word())) end_compound();
            }
        }
        end_word();
        end_compound();
        return std::move(out_);
    }

  private:
    // Most of every text is ASCII, and this loop is most of the time of indexing.
    char32_t next() {
        const auto byte = static_cast<unsigned char>(text_[at_]);
        if (byte >= 0x80) return next_code_point(text_, at_);
        ++at_;
        return byte;
    }

    static bool is_word(char32_t c) {
        if (c >= 0x80) return is_word_char(c);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static bool is_capital(char32_t c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : is_upper(c); }

    [[nodiscard]] bool next_is_word() const {
        std::size_t at = at_;
        return at < text_.size() && is_word_char(next_code_point(text_, at));
    }

    void take_letter(char32_t c, std::size_t from) {
        const bool is_alone = c >= 0x3000 && is_ideograph(c);
        if (is_alone) {
            end_word();
            end_compound();
        }
        if (!in_word_) {
            in_word_ = true;
            word_ = Token{{}, static_cast<std::uint32_t>(from), 0, false};
            humps_.clear();
        } else if (was_lower_ && is_capital(c)) {
            humps_.push_back(word_.term.size());
        }
        was_lower_ = !is_capital(c) && !(c >= '0' && c <= '9');
        if (word_.term.size() + 4 <= kTermBytesMax) add_folded(c);
        word_.to = static_cast<std::uint32_t>(at_);
        if (is_alone) {
            end_word();
            end_compound();
        }
    }

    void add_folded(char32_t c) {
        if (c >= 0x80)
            append_folded(word_.term, c);
        else
            word_.term.push_back(static_cast<char>(is_capital(c) ? c + 32 : c));
    }

    // A tilde after n makes ñ when the text came decomposed; other marks are accents and go.
    void take_mark(char32_t c) {
        if (!in_word_) return;
        if (c == 0x303 && !word_.term.empty() && word_.term.back() == 'n') {
            word_.term.pop_back();
            append_folded(word_.term, 0xF1);
        }
        word_.to = static_cast<std::uint32_t>(at_);
    }

    void end_word() {
        if (!in_word_) return;
        in_word_ = false;
        if (word_.term.empty()) return;
        out_.push_back(word_);
        parts_.push_back(out_.size() - 1);
        if (humps_.empty() || humps_.size() >= kCompoundPartsMax) return;
        std::size_t begin = 0;
        humps_.push_back(word_.term.size());
        for (const std::size_t end : humps_) {
            Token part = word_;
            part.term = word_.term.substr(begin, end - begin);
            part.is_extra = true;
            if (part.term.size() > 1) out_.push_back(std::move(part));
            begin = end;
        }
    }

    // "wi-fi": the whole comes behind its parts.
    void end_compound() {
        if (parts_.size() > 1 && parts_.size() <= kCompoundPartsMax) {
            Token whole{{}, out_[parts_.front()].from, out_[parts_.back()].to, true};
            for (const std::size_t part : parts_)
                whole.term += out_[part].term;
            if (whole.term.size() <= kTermBytesMax) out_.push_back(std::move(whole));
        }
        parts_.clear();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> out_;
    Token word_;
    bool in_word_ = false;
    bool was_lower_ = false;
    std::vector<std::size_t> humps_;  // where capitals begin inside word_.term
    std::vector<std::size_t> parts_;  // the words joined by hyphens so far, as indices of out_
};

}  // namespace

std::vector<Token> tokens(std::string_view text) {
    return Tokenizer(text).run();
}

std::string folded(std::string_view text) {
    std::string out;
    for (const Token& token : tokens(text)) {
        if (token.is_extra) continue;
        if (!out.empty()) out.push_back(' ');
        out += token.term;
    }
    return out;
}

std::string without_tilde(std::string_view term) {
    std::string out;
    for (std::size_t i = 0; i < term.size(); ++i) {
        const bool is_enye = term[i] == '\xC3' && i + 1 < term.size() && term[i + 1] == '\xB1';
        out.push_back(is_enye ? 'n' : term[i]);
        if (is_enye) ++i;
    }
    return out;
}

std::vector<std::string_view> digit_parts(std::string_view term) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= term.size(); ++i) {
        if (i < term.size() && is_digit(term[i]) == is_digit(term[i - 1])) continue;
        parts.push_back(term.substr(begin, i - begin));
        begin = i;
    }
    if (parts.size() < 2 || parts.size() > kCompoundPartsMax) return {};
    return parts;
}

}  // namespace ventanilla::search

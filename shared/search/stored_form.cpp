#include "shared/search/stored_form.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <unordered_map>

#include "shared/base/hash.hpp"
#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "shared/search/cut.hpp"
#include "shared/search/huffman.hpp"
#include "shared/search/pieces.hpp"
#include "shared/search/tokens.hpp"

// Layout: mark, CRC-32C of the rest, audiences, a record for each document by key, the pieces in
// byte order (front-coded), the lengths of their codes, and the texts of all documents as one
// stream of codes. Between two words a single space is not written.

namespace ventanilla::search {
namespace {

constexpr std::size_t kHeaderBytes = 8;
constexpr std::size_t kTextBytesMax = std::size_t{256} << 20;  // of all texts together
constexpr std::string_view kSpace = " ";

Error corrupt(const char* what) {
    return {Errc::Corrupt, concat("the stored index is damaged: ", what), {}};
}

std::array<std::string_view, kTextFields> texts_of(const Document& d) {
    return {d.title, d.keywords, d.summary, d.body};
}

// Bytes of one kind, coded by how often each occurs.
void put_bytes(BitWriter& out, const std::string& bytes) {
    std::vector<std::uint32_t> counts(256, 0);
    for (const char byte : bytes)
        ++counts[static_cast<unsigned char>(byte)];
    const std::vector<std::uint8_t> lengths = code_lengths(counts);
    out.number(bytes.size());
    for (const std::uint8_t length : lengths)
        out.put(length, 5);
    const HuffmanWriter code(lengths);
    for (const char byte : bytes)
        code.put(out, static_cast<unsigned char>(byte));
    out.align();
}

Result<std::string> get_bytes(BitReader& in) {
    const std::uint64_t size = in.number();
    if (size > 8 * in.bytes_left()) return corrupt("a part is longer than the whole");
    std::vector<std::uint8_t> lengths;
    for (int i = 0; i < 256; ++i)
        lengths.push_back(static_cast<std::uint8_t>(in.get(5)));
    const HuffmanReader code = TRY(HuffmanReader::of(lengths));
    std::string bytes;
    bytes.reserve(static_cast<std::size_t>(size));
    for (std::uint64_t i = 0; i < size && !in.is_past_end(); ++i)
        bytes.push_back(static_cast<char>(code.get(in)));
    in.align();
    if (in.is_past_end()) return corrupt("a part is cut short");
    return bytes;
}

// Lengths that mostly fit a byte.
void put_length(std::string& out, std::size_t length) {
    for (; length >= 255; length -= 255)
        out.push_back('\xFF');
    out.push_back(static_cast<char>(length));
}

class LengthReader {
  public:
    explicit LengthReader(std::string_view bytes) : bytes_(bytes) {}
    std::size_t next() {
        std::size_t length = 0;
        while (at_ < bytes_.size()) {
            const auto byte = static_cast<unsigned char>(bytes_[at_++]);
            length += byte;
            if (byte < 255) return length;
        }
        is_past_end_ = true;
        return 0;
    }
    [[nodiscard]] bool is_past_end() const { return is_past_end_; }

  private:
    std::string_view bytes_;
    std::size_t at_ = 0;
    bool is_past_end_ = false;
};

// Sorted texts, each as what it shares with the one before and what is new.
void put_sorted(BitWriter& out, const std::vector<std::string_view>& texts) {
    std::string shared;
    std::string fresh;
    std::string letters;
    std::string_view before;
    for (const std::string_view text : texts) {
        std::size_t n = 0;
        while (n < before.size() && n < text.size() && before[n] == text[n])
            ++n;
        put_length(shared, n);
        put_length(fresh, text.size() - n);
        letters.append(text.substr(n));
        before = text;
    }
    out.number(texts.size());
    for (const std::string* part : {&shared, &fresh, &letters})
        put_bytes(out, *part);
}

Result<std::vector<std::string>> get_sorted(BitReader& in) {
    const std::uint64_t count = in.number();
    const std::string shared = TRY(get_bytes(in));
    const std::string fresh = TRY(get_bytes(in));
    const std::string letters = TRY(get_bytes(in));
    if (count > shared.size()) return corrupt("texts are missing");
    LengthReader shared_lengths(shared);
    LengthReader fresh_lengths(fresh);
    std::vector<std::string> texts;
    texts.reserve(static_cast<std::size_t>(count));
    std::size_t at = 0;
    std::size_t bytes = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::size_t kept = shared_lengths.next();
        const std::size_t more = fresh_lengths.next();
        const std::string_view before = texts.empty() ? std::string_view() : texts.back();
        bytes += kept + more;
        if (kept > before.size() || more > letters.size() - at || bytes > kTextBytesMax)
            return corrupt("texts do not fit together");
        std::string text(before.substr(0, kept));
        texts.push_back(std::move(text.append(letters, at, more)));
        at += more;
    }
    if (shared_lengths.is_past_end() || fresh_lengths.is_past_end())
        return corrupt("texts are cut short");
    return texts;
}

class FormWriter {
  public:
    explicit FormWriter(const Corpus& corpus) {
        for (const StoredDocument& document : corpus.documents()) {
            if (document.is_alive) documents_.push_back(&document);
        }
        std::sort(documents_.begin(), documents_.end(), [](const auto* a, const auto* b) {
            return a->document.key < b->document.key;
        });
    }

    std::string run() {
        put_audiences();
        put_records();
        put_pieces();
        put_texts();
        const std::string body = std::move(out_).take();
        BitWriter framed;
        framed.put(crc32c(body), 32);
        return concat(kStoredFormMark, std::move(framed).take(), body);
    }

  private:
    void put_audiences() {
        for (const StoredDocument* document : documents_)
            audiences_.push_back(document->document.audience);
        std::sort(audiences_.begin(), audiences_.end());
        audiences_.erase(std::unique(audiences_.begin(), audiences_.end()), audiences_.end());
        out_.number(audiences_.size());
        for (const std::string_view audience : audiences_)
            out_.text(audience);
    }

    void put_records() {
        std::vector<std::string_view> keys;
        for (const StoredDocument* document : documents_)
            keys.emplace_back(document->document.key);
        put_sorted(out_, keys);
        for (const StoredDocument* document : documents_)
            put_record(document->document);
        out_.align();
    }

    // The id is mostly a part of the key.
    void put_record(const Document& d) {
        const std::size_t at = d.key.find(d.id);
        out_.number(at == std::string::npos ? 0 : at + 1);
        if (at == std::string::npos)
            out_.text(d.id);
        else
            out_.number(d.id.size());
        out_.put(static_cast<std::uint32_t>(d.kind), 2);
        out_.put(static_cast<std::uint32_t>(d.lang), 1);
        const bool has_prior = d.prior != 0.5;
        out_.put(has_prior ? 1 : 0, 1);
        if (has_prior) {
            std::uint64_t bits = 0;
            static_assert(sizeof bits == sizeof d.prior);
            std::memcpy(&bits, &d.prior, sizeof bits);
            out_.put(static_cast<std::uint32_t>(bits >> 32), 32);
            out_.put(static_cast<std::uint32_t>(bits), 32);
        }
        const auto audience = std::lower_bound(audiences_.begin(), audiences_.end(), d.audience);
        out_.number(static_cast<std::uint64_t>(audience - audiences_.begin()));
    }

    template <class Take>
    static void each_coded_piece(std::string_view text, Take take) {
        std::size_t at = 0;
        each_piece(text, [&](std::string_view piece) {
            const bool is_inside = at > 0 && at + piece.size() < text.size();
            at += piece.size();
            if (piece != kSpace || !is_inside) take(piece);
        });
    }

    void put_pieces() {
        std::unordered_map<std::string_view, std::uint32_t> counts;
        for (const StoredDocument* document : documents_) {
            for (const std::string_view text : texts_of(document->document))
                each_coded_piece(text, [&](std::string_view piece) { ++counts[piece]; });
        }
        std::vector<std::string_view> pieces;
        pieces.reserve(counts.size());
        for (const auto& [piece, count] : counts)
            pieces.push_back(piece);
        std::sort(pieces.begin(), pieces.end());
        std::vector<std::uint32_t> by_symbol;
        for (const std::string_view piece : pieces) {
            symbols_[piece] = static_cast<std::uint32_t>(by_symbol.size());
            by_symbol.push_back(counts[piece]);
        }
        put_sorted(out_, pieces);
        lengths_ = code_lengths(by_symbol);
        put_bytes(out_, std::string(lengths_.begin(), lengths_.end()));
    }

    void put_texts() {
        const HuffmanWriter code(lengths_);
        for (const StoredDocument* document : documents_) {
            for (const std::string_view text : texts_of(document->document)) {
                std::uint64_t count = 0;
                each_coded_piece(text, [&](std::string_view) { ++count; });
                out_.number(count);
                each_coded_piece(
                    text, [&](std::string_view piece) { code.put(out_, symbols_.at(piece)); });
            }
        }
    }

    std::vector<const StoredDocument*> documents_;
    std::vector<std::string_view> audiences_;
    std::unordered_map<std::string_view, std::uint32_t> symbols_;
    std::vector<std::uint8_t> lengths_;
    BitWriter out_;
};

// A piece of text and the words in it, cut once however often it occurs.
struct Piece {
    std::string text;
    bool is_gap = false;
    std::vector<std::uint32_t> words;  // as in StoredDocument::words
    std::vector<std::uint32_t> froms;  // bytes in the piece
};

class FormReader {
  public:
    explicit FormReader(std::string_view body) : in_(body) {}

    Result<Corpus> run() {
        TRY(get_audiences());
        TRY(get_records());
        TRY(get_pieces());
        TRY(get_texts());
        return std::move(corpus_);
    }

  private:
    Status get_audiences() {
        const std::uint64_t count = in_.number();
        if (count > in_.bytes_left() || count > 0xFFFF) return corrupt("too many audiences");
        for (std::uint64_t i = 0; i < count; ++i)
            audiences_.emplace_back(in_.text());
        return in_.is_past_end() ? Status(corrupt("audiences are cut short")) : ok();
    }

    Status get_records() {
        for (std::string& key : TRY(get_sorted(in_))) {
            Document document;
            document.key = std::move(key);
            TRY(get_record(document));
            documents_.push_back(std::move(document));
        }
        in_.align();
        return ok();
    }

    Status get_record(Document& d) {
        const std::uint64_t at = in_.number();
        if (at == 0) {
            d.id = std::string(in_.text());
        } else {
            const std::uint64_t size = in_.number();
            if (at > d.key.size() || size > d.key.size())
                return corrupt("an id is outside its key");
            d.id = d.key.substr(static_cast<std::size_t>(at) - 1, static_cast<std::size_t>(size));
        }
        d.kind = static_cast<Kind>(in_.get(2));
        d.lang = static_cast<Lang>(in_.get(1));
        if (in_.get(1) != 0) {
            const std::uint64_t high = in_.get(32);
            const std::uint64_t bits = (high << 32) | in_.get(32);
            std::memcpy(&d.prior, &bits, sizeof bits);
            if (!(d.prior >= 0 && d.prior <= 1)) return corrupt("a prior is out of range");
        }
        const std::uint64_t audience = in_.number();
        if (in_.is_past_end() || audience >= audiences_.size())
            return corrupt("an unknown audience");
        d.audience = audiences_[static_cast<std::size_t>(audience)];
        return ok();
    }

    Status get_pieces() {
        for (std::string& text : TRY(get_sorted(in_))) {
            Piece piece;
            piece.text = std::move(text);
            piece.is_gap = piece.text.empty() || is_gap_byte(piece.text.front());
            for (const Token& token : tokens(piece.text)) {
                piece.words.push_back(corpus_.intern(token.term) |
                                      (token.is_extra ? kExtraWord : 0));
                piece.froms.push_back(token.from);
            }
            pieces_.push_back(std::move(piece));
        }
        const std::string lengths = TRY(get_bytes(in_));
        if (lengths.size() != pieces_.size()) return corrupt("codes are missing");
        code_ = TRY(HuffmanReader::of({lengths.begin(), lengths.end()}));
        return ok();
    }

    Status get_texts() {
        for (Document& document : documents_) {
            StoredDocument out;
            WordWriter words(out);
            for (std::string* text : {&document.title, &document.keywords, &document.summary}) {
                TRY(get_text(*text, [&words](const Piece& piece, std::size_t) {
                    for (const std::uint32_t word : piece.words)
                        words.word(word);
                }));
                words.end_field();
            }
            TRY(get_body(document.body, words));
            out.folded_title = folded(document.title);
            out.document = std::move(document);
            corpus_.adopt(std::move(out));
        }
        return ok();
    }

    Status get_body(std::string& body, WordWriter& words) {
        std::size_t line_at = 0;
        bool is_line_begun = false;
        TRY(get_text(body, [&](const Piece& piece, std::size_t at) {
            const std::size_t line_break =
                piece.is_gap ? piece.text.rfind('\n') : std::string::npos;
            if (line_break != std::string::npos) {
                if (is_line_begun) words.end_line();
                is_line_begun = false;
                line_at = at + line_break + 1;
            } else if (!piece.is_gap && !is_line_begun) {
                words.begin_line(is_heading(std::string_view(body).substr(line_at)));
                is_line_begun = true;
            }
            for (std::size_t i = 0; i < piece.words.size(); ++i)
                words.body_word(piece.words[i], at + piece.froms[i]);
        }));
        if (is_line_begun) words.end_line();
        words.end_field();
        return body.size() > limits::kArticleBytesMax ? Status(corrupt("a text is too long"))
                                                      : ok();
    }

    // Calls take(piece, its place in `text`) for each piece, after it was appended.
    template <class Take>
    Status get_text(std::string& text, Take take) {
        const std::uint64_t count = in_.number();
        bool after_word = false;
        for (std::uint64_t i = 0; i < count && !in_.is_past_end(); ++i) {
            const std::uint32_t symbol = code_->get(in_);
            if (symbol >= pieces_.size()) return corrupt("a text names no piece");
            const Piece& piece = pieces_[symbol];
            if (after_word && !piece.is_gap) text.append(kSpace);
            after_word = !piece.is_gap;
            const std::size_t at = text.size();
            text.append(piece.text);
            text_bytes_ += piece.text.size() + 1;
            if (text_bytes_ > kTextBytesMax) return corrupt("texts are too long");
            take(piece, at);
        }
        return in_.is_past_end() ? Status(corrupt("texts are cut short")) : ok();
    }

    BitReader in_;
    Corpus corpus_;
    std::vector<std::string> audiences_;
    std::vector<Document> documents_;
    std::vector<Piece> pieces_;
    std::optional<HuffmanReader> code_;
    std::size_t text_bytes_ = 0;
};

}  // namespace

std::string stored_form(const Corpus& corpus) {
    return FormWriter(corpus).run();
}

Result<Corpus> corpus_from(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes || bytes.substr(0, 4) != kStoredFormMark)
        return corrupt("it does not begin with its mark");
    const std::string_view body = bytes.substr(kHeaderBytes);
    if (BitReader(bytes.substr(4, 4)).get(32) != crc32c(body))
        return corrupt("its checksum does not fit");
    return FormReader(body).run();
}

}  // namespace ventanilla::search

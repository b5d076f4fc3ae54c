#include "shared/search/cut.hpp"

#include <algorithm>

#include "shared/base/limits.hpp"
#include "shared/base/text.hpp"
#include "shared/search/tokens.hpp"

namespace ventanilla::search {
namespace {

constexpr std::size_t kCheckpointBytes =
    64 * 64;  // words of ordinary length; longer stretches are cut

}  // namespace

bool is_heading(std::string_view line) {
    const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
    return marks > 0 && marks <= 6 && marks < line.size() && line[marks] == ' ';
}

void WordWriter::begin_line(bool is_heading) {
    is_in_heading_ = is_heading;
    line_begin_ = count();
}

void WordWriter::end_line() {
    if (is_in_heading_ && count() > line_begin_) out_.headings.push_back({line_begin_, count()});
    is_in_heading_ = false;
}

void WordWriter::word(std::uint32_t marked) {
    constexpr std::array<Field, kTextFields> kPlain = {
        Field::Title, Field::Keywords, Field::Summary, Field::Body};
    const Field field = is_in_heading_ ? Field::Headings : kPlain[field_];
    out_.words.push_back(marked);
    if ((marked & kExtraWord) == 0) ++out_.lengths[static_cast<std::size_t>(field)];
}

void WordWriter::body_word(std::uint32_t marked, std::size_t byte) {
    // Checkpoints stand at words proper, so that reading can start again from them.
    const std::size_t in_body = out_.words.size() - out_.body_begin();
    while ((marked & kExtraWord) == 0 && out_.checkpoints.size() * kCheckpointWords <= in_body)
        out_.checkpoints.push_back(static_cast<std::uint32_t>(byte));
    word(marked);
}

StoredDocument stored(const Document& document, Vocabulary& vocabulary) {
    StoredDocument out;
    out.document = document;
    out.document.body = std::string(cut_utf8(document.body, limits::kArticleBytesMax));
    out.folded_title = folded(document.title);
    WordWriter writer(out);
    const auto marked = [&vocabulary](const Token& token) {
        return vocabulary.intern(token.term) | (token.is_extra ? kExtraWord : 0);
    };
    for (const std::string* text : {&document.title, &document.keywords, &document.summary}) {
        for (const Token& token : tokens(*text))
            writer.word(marked(token));
        writer.end_field();
    }
    const std::string_view body = out.document.body;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        const std::string_view line = body.substr(at, end - at);
        writer.begin_line(is_heading(line));
        for (const Token& token : tokens(line))
            writer.body_word(marked(token), at + token.from);
        writer.end_line();
        at = end + 1;
    }
    writer.end_field();
    return out;
}

WordRange bytes_of_word(const StoredDocument& document, std::uint32_t word) {
    const std::uint32_t index = word - document.body_begin();
    const std::size_t checkpoint = index / kCheckpointWords;
    if (checkpoint >= document.checkpoints.size()) return {};
    const std::uint32_t base = document.checkpoints[checkpoint];
    const auto first =
        static_cast<std::uint32_t>(document.body_begin() + checkpoint * kCheckpointWords);
    std::size_t skip = 0;  // words proper between the checkpoint and the one wanted
    for (std::uint32_t i = first; i < word; ++i)
        skip += (document.words[i] & kExtraWord) == 0 ? 1U : 0U;
    const std::string_view body = document.document.body;
    for (const Token& token : tokens(body.substr(base, kCheckpointBytes))) {
        if (token.is_extra) continue;
        if (skip == 0) return {base + token.from, base + token.to};
        --skip;
    }
    return {base, base};
}

}  // namespace ventanilla::search

#pragma once

#include <string_view>

#include "shared/search/postings.hpp"

// From a document to its words in order, field by field, with what is needed to find a word's place
// in the text again.

namespace ventanilla::search {

inline constexpr std::size_t kTextFields =
    4;  // title, keywords, summary, body; headings are in the body

// "## Title": a heading line as plain_text writes it.
bool is_heading(std::string_view line);

// Appends words to a document under construction, whose fields come in order.
class WordWriter {
  public:
    explicit WordWriter(StoredDocument& out) : out_(out) {}

    // `marked` is a term, with kExtraWord where it is a second reading.
    void word(std::uint32_t marked);
    void body_word(std::uint32_t marked, std::size_t byte);  // `byte` is its place in the body
    void begin_line(bool is_heading);                        // in the body
    void end_line();
    void end_field() { out_.ends[field_++] = count(); }

  private:
    [[nodiscard]] std::uint32_t count() const {
        return static_cast<std::uint32_t>(out_.words.size());
    }

    StoredDocument& out_;
    std::size_t field_ = 0;
    std::uint32_t line_begin_ = 0;
    bool is_in_heading_ = false;
};

// Cuts `document` into words and interns them. The body is cut at limits::kArticleBytesMax.
StoredDocument stored(const Document& document, Vocabulary& vocabulary);

// The bytes in the body of word `word` (an index into `words` inside the body).
WordRange bytes_of_word(const StoredDocument& document, std::uint32_t word);

}  // namespace ventanilla::search

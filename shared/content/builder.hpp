#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/content/markdown.hpp"

// Builds a block tree from events, whoever sends them: the Markdown parser or the reader of HTML
// fragments. Keeps every bound of the tree, and closes what its caller forgot to close.

namespace ventanilla::content {

class Builder {
  public:
    explicit Builder(const MarkdownOptions& options) : options_(options) {}

    // Containers. Beyond kBlockDepthMax their content goes to the container around them.
    void open_list(bool is_ordered, int start, bool is_tight);
    void open_item();
    void open_quote();
    void open_table(std::size_t columns);
    void open_row(bool is_header);
    void close();  // the innermost container, row or table
    [[nodiscard]] std::size_t depth() const { return frames_.size(); }
    [[nodiscard]] bool is_inside(
        char what) const;  // 'l'ist, 'i'tem, 't'able, 'r'ow: anywhere around

    // Leaves. Text outside one opens a paragraph of its own.
    void open_paragraph();
    void open_heading(int level);
    void open_cell(domain::Align align);
    void close_leaf();
    [[nodiscard]] bool is_leaf_open() const { return is_leaf_open_; }
    void code_block(std::string_view text, std::string_view language);
    void rule();

    // Inlines, between open and close of a leaf.
    void text(std::string_view text);
    void code(std::string_view text);
    void line_break();
    void open_mark(domain::InlineKind kind, std::string_view target, std::string_view by);
    void close_mark(
        std::string_view by);  // the innermost mark `by` opened, and what is open inside it

    void issue(IssueKind kind, std::string_view what) { report(issues_, kind, line_, what); }
    void at_line(int line) { line_ = line; }

    // False once a bound is reached; events are ignored from then on. What is open then still finds
    // room to be closed in.
    [[nodiscard]] bool has_room() const {
        return nodes_ < domain::kBlockNodesMax - kClosingNodesMax;
    }

    Markdown finish();

  private:
    // More than the containers, rows and cells that can be open at once.
    static constexpr std::size_t kClosingNodesMax = 500;

    struct Frame {
        char what = 'q';  // quote, list, item, table, row
        bool is_flattened = false;
        domain::Block block;      // list, table
        domain::Blocks children;  // quote, item
        std::vector<domain::Inlines> cells;
        bool is_header = false;
    };
    struct Mark {
        domain::Inline node;
        std::string by;
        bool is_flattened = false;
    };

    void open(Frame frame);
    void put(domain::Block block);
    void put_inline(domain::Inline part);
    void splice(domain::Inlines parts);
    void close_top_mark();
    void close_quote(Frame frame);
    void close_list(Frame frame);
    void close_table(Frame frame);
    void close_row(Frame frame);
    domain::Inlines& target();
    void need_leaf();
    bool count(std::size_t nodes = 1);
    bool pad(std::vector<domain::Inlines>& cells, std::size_t columns);
    std::string heading_id(const domain::Inlines& inlines);

    const MarkdownOptions& options_;
    std::vector<Frame> frames_;
    domain::Blocks blocks_;
    bool is_leaf_open_ = false;
    domain::Block leaf_;
    bool is_cell_ = false;
    std::vector<Mark> marks_;
    std::map<std::string, int, std::less<>> ignored_marks_;  // opened beyond the bound, by `by`
    std::size_t nodes_ = 0;
    int line_ = 0;
    int nesting_ = 0;  // containers that are not flattened
    std::set<std::string> ids_;
    std::map<std::string, int> next_id_;
    std::vector<Issue> issues_;
};

}  // namespace ventanilla::content

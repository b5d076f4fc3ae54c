#include <unordered_map>

#include "shared/base/text.hpp"
#include "wasm/a11y/tree.hpp"

// Names and the golden text of a tree: what a listener gets, in the order in which they get it.

namespace ventanilla::a11y {

namespace {

bool takes_name_from_content(Role role) {
    switch (role) {
        case Role::Link:
        case Role::Button:
        case Role::ListOption:
        case Role::Heading:
        case Role::Cell:
        case Role::ColumnHeader:
        case Role::RowHeader:
        case Role::Label:
        case Role::Text:
        case Role::Paragraph:
        case Role::SelectOption:
        case Role::Code: return true;
        default: return false;
    }
}

// Index one past the subtree that starts at `at`.
std::size_t subtree_end(const Tree& tree, std::size_t at) {
    std::size_t end = at + 1;
    std::unordered_map<NodeId, bool> inside{{tree.nodes[at].id, true}};
    while (end < tree.nodes.size() && inside.count(tree.nodes[end].parent) != 0) {
        inside[tree.nodes[end].id] = true;
        ++end;
    }
    return end;
}

std::string content_of(const Tree& tree, std::size_t at) {
    std::string out(tree.text(tree.nodes[at].text));
    const std::size_t end = subtree_end(tree, at);
    for (std::size_t i = at + 1; i < end; ++i) {
        const Node& node = tree.nodes[i];
        if (node.is(kInline)) continue;
        std::string_view part = tree.text(node.text);
        if (part.empty() && (node.role == Role::Image || node.role == Role::Progress)) {
            part = tree.text(node.name);
        }
        if (part.empty()) continue;
        if (!out.empty()) out += ' ';
        out += part;
    }
    return out;
}

}  // namespace

std::string name_of(const Tree& tree, const Node& node) {
    if (!node.name.empty()) return std::string(tree.text(node.name));
    if (node.labelled_by != kNoNode) {
        if (const Node* label = tree.find(node.labelled_by)) return name_of(tree, *label);
    }
    if (!takes_name_from_content(node.role)) return {};
    return content_of(tree, static_cast<std::size_t>(&node - tree.nodes.data()));
}

const char* role_name(Role role) {
    static constexpr const char* kNames[] = {
        "root",     "header",  "navigation", "main",      "footer",     "aside",    "search",
        "region",   "article", "form",       "group",     "radiogroup", "list",     "item",
        "table",    "row",     "column",     "rowheader", "cell",       "dialog",   "alert",
        "status",   "listbox", "group",      "option",    "quote",      "code",     "link",
        "button",   "field",   "combobox",   "select",    "option",     "checkbox", "radio",
        "file",     "heading", "text",       "text",      "label",      "image",    "progress",
        "separator"};
    return kNames[static_cast<std::size_t>(role)];
}

namespace {

void append_states(std::string& out, const Tree& tree, const Node& node) {
    struct Word {
        Flag flag;
        const char* word;
    };
    static constexpr Word kWords[] = {{kCurrent, "current"},
                                      {kChecked, "checked"},
                                      {kSelected, "selected"},
                                      {kRequired, "required"},
                                      {kInvalid, "invalid"},
                                      {kBusy, "busy"},
                                      {kDisabled, "disabled"},
                                      {kPressed, "pressed"}};
    for (const Word& word : kWords) {
        if (node.is(word.flag)) out += concat(" [", word.word, "]");
    }
    if (node.is(kExpandable)) out += node.is(kExpanded) ? " [expanded]" : " [collapsed]";
    if (!node.value.empty()) out += concat(" = ", tree.text(node.value));
    if (!node.href.empty()) out += concat(" -> ", tree.text(node.href));
    if (node.error_by != kNoNode) {
        if (const Node* error = tree.find(node.error_by)) {
            out += concat(" error: ", tree.text(error->text));
        }
    }
    if (!node.description.empty()) out += concat(" (", tree.text(node.description), ")");
}

bool is_silent_container(const Tree& tree, const Node& node) {
    switch (node.role) {
        case Role::Root: return true;
        case Role::Group:
        case Role::Region: return node.name.empty() && node.labelled_by == kNoNode;
        case Role::Separator: return true;
        case Role::SelectOption: return true;
        default: return node.is(kVisuallyHidden) && name_of(tree, node).empty();
    }
}

// Role, name and states of one node, or nothing when it is heard as a part of another.
std::string line_of(const Tree& tree, const Node& node) {
    std::string out = role_name(node.role);
    if (node.role == Role::Heading) out += concat(" ", static_cast<int>(node.level));
    if (node.set_size > 0 && node.role != Role::ListItem) {
        out += concat(" ", node.pos_in_set, " of ", node.set_size);
    }
    if (node.role != Role::ListItem && node.role != Role::TableRow) {
        const std::string name = name_of(tree, node);
        if (!name.empty()) out += concat(" ", name);
    }
    append_states(out, tree, node);
    return out;
}

}  // namespace

std::string spoken(const Tree& tree) {
    std::string out;
    std::unordered_map<NodeId, int> depth{{kNoNode, 0}};
    std::unordered_map<NodeId, bool> covered;  // its text was heard as the name of a node above it
    for (const Node& node : tree.nodes) {
        const auto parent = depth.find(node.parent);
        const int level = parent == depth.end() ? 0 : parent->second;
        const bool is_covered = covered.count(node.parent) != 0;
        const bool is_label = node.role == Role::Label || node.role == Role::Text ||
                              node.role == Role::Paragraph || node.role == Role::Image;
        if (is_covered && is_label) {
            covered[node.id] = true;
            depth[node.id] = level;
            continue;
        }
        if (is_silent_container(tree, node)) {
            depth[node.id] = level;
            if (is_covered) covered[node.id] = true;
            continue;
        }
        // A label is heard with its field.
        const bool heard_elsewhere = node.role == Role::Label;
        if (!heard_elsewhere) {
            out.append(static_cast<std::size_t>(level) * 2, ' ');
            out += line_of(tree, node);
            out += '\n';
        }
        depth[node.id] = level + (heard_elsewhere ? 0 : 1);
        const bool named = node.role == Role::Link || node.role == Role::Button ||
                           node.role == Role::ListOption || node.role == Role::Cell ||
                           node.role == Role::ColumnHeader || node.role == Role::RowHeader;
        if (named || (is_covered && !named)) covered[node.id] = true;
    }
    return out;
}

}  // namespace ventanilla::a11y

#include <algorithm>
#include <cassert>
#include <unordered_map>

#include "wasm/a11y/diff.hpp"

// A model of the browser's side of a diff, for the tests: elements with ordered children.

namespace ventanilla::a11y {

namespace {

struct Element {
    Node node;                   // rect relative to the parent's element
    const Tree* tree = nullptr;  // where its texts lie
    std::vector<NodeId> children;
};

using Elements = std::unordered_map<NodeId, Element>;

void insert(Elements& all, NodeId id, NodeId parent, NodeId after) {
    std::vector<NodeId>& siblings = all.at(parent).children;
    auto at = siblings.begin();
    if (after != kNoNode) {
        at = std::find(siblings.begin(), siblings.end(), after);
        assert(at != siblings.end());
        ++at;
    }
    siblings.insert(at, id);
    all.at(id).node.parent = parent;
}

void detach(Elements& all, NodeId id) {
    std::vector<NodeId>& siblings = all.at(all.at(id).node.parent).children;
    siblings.erase(std::remove(siblings.begin(), siblings.end(), id), siblings.end());
}

void erase(Elements& all, NodeId id) {
    const std::vector<NodeId> children = all.at(id).children;
    for (const NodeId child : children)
        erase(all, child);
    all.erase(id);
}

void collect(const Elements& all, NodeId id, Rect origin, Tree& out) {
    const Element& element = all.at(id);
    Node node = element.node;
    const Tree& from = *element.tree;
    if (node.parent != kRootId && id != kRootId && !node.is(kFixed)) {
        node.rect.x += origin.x;
        node.rect.y += origin.y;
    } else if (node.is(kFixed) && node.parent != kNoNode && node.parent != kRootId &&
               all.at(node.parent).node.is(kFixed)) {
        node.rect.x += origin.x;
        node.rect.y += origin.y;
    }
    for (StrRef* ref :
         {&node.name, &node.text, &node.description, &node.value, &node.href, &node.lang}) {
        *ref = out.keep(from.text(*ref));
    }
    const Slice runs = node.runs, breaks = node.breaks;
    node.runs.at = static_cast<std::uint32_t>(out.runs.size());
    node.breaks.at = static_cast<std::uint32_t>(out.breaks.size());
    for (std::uint32_t i = 0; i < runs.count; ++i)
        out.runs.push_back(from.runs[runs.at + i]);
    for (std::uint32_t i = 0; i < breaks.count; ++i) {
        out.breaks.push_back(from.breaks[breaks.at + i]);
    }
    if (node.field >= 0) {
        Field field = from.fields[static_cast<std::size_t>(node.field)];
        for (StrRef* ref : {&field.name,
                            &field.autocomplete,
                            &field.placeholder,
                            &field.min,
                            &field.max,
                            &field.step,
                            &field.list}) {
            *ref = out.keep(from.text(*ref));
        }
        node.field = static_cast<std::int32_t>(out.fields.size());
        out.fields.push_back(field);
    }
    out.nodes.push_back(node);
    const Rect at = node.rect;
    for (const NodeId child : element.children)
        collect(all, child, at, out);
}

Elements elements_of(const Tree& tree) {
    Elements all;
    for (const Node& node : tree.nodes) {
        if (node.is(kInline)) continue;
        Node copy = node;
        copy.rect = rect_in_parent(tree, node);
        all[node.id] = Element{copy, &tree, {}};
        if (node.id != kRootId) all.at(node.parent).children.push_back(node.id);
    }
    if (all.empty()) {
        Node root;
        root.id = kRootId;
        root.role = Role::Root;
        all[kRootId] = Element{root, &tree, {}};
    }
    return all;
}

}  // namespace

Tree applied(const Diff& diff, const Tree& before, const Tree& after) {
    Elements all = elements_of(before);
    for (const Op& op : diff.ops) {
        const Node* node =
            op.kind == Op::Create || op.kind == Op::Update ? &after.nodes[op.index] : nullptr;
        switch (op.kind) {
            case Op::Create:
                assert(all.count(op.id) == 0);
                all[op.id] = Element{*node, &after, {}};
                all[op.id].node.rect = rect_in_parent(after, *node);
                insert(all, op.id, op.parent, op.after);
                break;
            case Op::Move:
                detach(all, op.id);
                insert(all, op.id, op.parent, op.after);
                break;
            case Op::Update: {
                Element& element = all.at(op.id);
                const NodeId parent = element.node.parent;
                const Rect rect = element.node.rect;
                element.node = *node;
                element.tree = &after;
                element.node.parent = parent;
                element.node.rect =
                    (op.mask & kMaskRect) != 0 ? rect_in_parent(after, *node) : rect;
                break;
            }
            case Op::Remove:
                detach(all, op.id);
                erase(all, op.id);
                break;
        }
    }
    Tree out;
    out.width = after.width;
    out.height = after.height;
    out.modal = after.modal;
    out.title = after.title;
    out.lang = after.lang;
    // The root has no operations: its element exists from the start.
    if (!after.nodes.empty()) {
        all.at(kRootId).node = after.nodes[0];
        all.at(kRootId).tree = &after;
    }
    collect(all, kRootId, {}, out);
    return out;
}

}  // namespace ventanilla::a11y

#include "wasm/a11y/diff.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <unordered_map>

namespace ventanilla::a11y {

namespace {

using IndexOf = std::unordered_map<NodeId, std::uint32_t>;

IndexOf index_of(const Tree& tree) {
    IndexOf index;
    index.reserve(tree.nodes.size() * 2);
    for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
        if (!tree.nodes[i].is(kInline)) index.emplace(tree.nodes[i].id, i);
    }
    return index;
}

// Children of every node, by index, in order: one vector of indices and a slice for each node.
struct Children {
    std::vector<std::uint32_t> order;
    std::vector<Slice> of;
};

Children children_of(const Tree& tree, const IndexOf& index) {
    Children out;
    const std::size_t count = tree.nodes.size();
    out.of.resize(count);
    std::vector<std::uint32_t> parent(count, 0);
    for (std::uint32_t i = 1; i < count; ++i) {
        if (tree.nodes[i].is(kInline)) continue;
        parent[i] = index.at(tree.nodes[i].parent);
        ++out.of[parent[i]].count;
    }
    std::uint32_t at = 0;
    for (Slice& slice : out.of) {
        slice.at = at;
        at += slice.count;
        slice.count = 0;
    }
    out.order.resize(at);
    for (std::uint32_t i = 1; i < count; ++i) {
        if (tree.nodes[i].is(kInline)) continue;
        Slice& slice = out.of[parent[i]];
        out.order[slice.at + slice.count++] = i;
    }
    return out;
}

bool close_to(float a, float b) {
    return std::fabs(a - b) < 0.5F;
}

bool same_rect(const Rect& a, const Rect& b) {
    return close_to(a.x, b.x) && close_to(a.y, b.y) && close_to(a.w, b.w) && close_to(a.h, b.h);
}

Rect relative(const Node& node, const Node& parent) {
    if (parent.id == kRootId || (node.is(kFixed) && !parent.is(kFixed))) return node.rect;
    return {node.rect.x - parent.rect.x, node.rect.y - parent.rect.y, node.rect.w, node.rect.h};
}

struct Side {
    const Tree& tree;
    const Node& node;
    const Node& parent;
};

bool text_differs(const Side& a, const Side& b) {
    if (a.tree.text(a.node.text) != b.tree.text(b.node.text) || !(a.node.style == b.node.style)) {
        return true;
    }
    const auto ra = a.tree.runs_of(a.node), rb = b.tree.runs_of(b.node);
    const auto ba = a.tree.breaks_of(a.node), bb = b.tree.breaks_of(b.node);
    if (!std::equal(ra.begin(), ra.end(), rb.begin(), rb.end()) ||
        !std::equal(ba.begin(), ba.end(), bb.begin(), bb.end())) {
        return true;
    }
    for (const Run& run : ra) {
        if (run.link == kNoNode) continue;
        const Node* x = a.tree.find(run.link);
        const Node* y = b.tree.find(run.link);
        if (x == nullptr || y == nullptr || a.tree.text(x->href) != b.tree.text(y->href) ||
            x->flags != y->flags) {
            return true;
        }
    }
    return false;
}

bool field_differs(const Side& a, const Side& b) {
    const bool has_a = a.node.field >= 0, has_b = b.node.field >= 0;
    if (has_a != has_b) return true;
    if (!has_a) return false;
    const Field& x = a.tree.fields[static_cast<std::size_t>(a.node.field)];
    const Field& y = b.tree.fields[static_cast<std::size_t>(b.node.field)];
    const auto differ = [&](StrRef p, StrRef q) { return a.tree.text(p) != b.tree.text(q); };
    return x.type != y.type || x.mode != y.mode || x.length_max != y.length_max ||
           x.rows != y.rows || x.pad_left != y.pad_left || x.pad_right != y.pad_right ||
           x.pad_top != y.pad_top || x.pad_bottom != y.pad_bottom || x.spellcheck != y.spellcheck ||
           x.once != y.once || differ(x.name, y.name) || differ(x.autocomplete, y.autocomplete) ||
           differ(x.placeholder, y.placeholder) || differ(x.min, y.min) || differ(x.max, y.max) ||
           differ(x.step, y.step) || differ(x.list, y.list);
}

std::uint32_t changes(const Side& a, const Side& b) {
    const Node& x = a.node;
    const Node& y = b.node;
    const auto differ = [&](StrRef p, StrRef q) { return a.tree.text(p) != b.tree.text(q); };
    std::uint32_t mask = 0;
    if (!same_rect(relative(x, a.parent), relative(y, b.parent))) mask |= kMaskRect;
    if (text_differs(a, b)) mask |= kMaskText;
    if (differ(x.name, y.name) || differ(x.description, y.description) || differ(x.lang, y.lang)) {
        mask |= kMaskName;
    }
    if (differ(x.value, y.value)) mask |= kMaskValue;
    if (differ(x.href, y.href)) mask |= kMaskHref;
    if (x.flags != y.flags || x.keys != y.keys) mask |= kMaskFlags;
    if (x.labelled_by != y.labelled_by || x.described_by != y.described_by ||
        x.described_also != y.described_also || x.error_by != y.error_by ||
        x.controls != y.controls || x.active != y.active || x.labels != y.labels) {
        mask |= kMaskLinks;
    }
    if (x.level != y.level || x.pos_in_set != y.pos_in_set || x.set_size != y.set_size ||
        x.now != y.now || x.min != y.min || x.max != y.max) {
        mask |= kMaskSet;
    }
    if (field_differs(a, b)) mask |= kMaskField;
    if (!close_to(x.content_height, y.content_height) || x.scroll_to != y.scroll_to) {
        mask |= kMaskScroll;
    }
    return mask;
}

// Marks in `keeps` a longest increasing subsequence of `values` (entries < 0 take no part).
void mark_longest_increasing(const std::vector<std::int64_t>& values, std::vector<bool>& keeps) {
    std::vector<std::size_t> tails;
    std::vector<std::size_t> before(values.size(), SIZE_MAX);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < 0) continue;
        const auto at = std::lower_bound(
            tails.begin(), tails.end(), values[i], [&](std::size_t t, std::int64_t v) {
                return values[t] < v;
            });
        if (at != tails.begin()) before[i] = *(at - 1);
        if (at == tails.end()) {
            tails.push_back(i);
        } else {
            *at = i;
        }
    }
    keeps.assign(values.size(), false);
    for (std::size_t i = tails.empty() ? SIZE_MAX : tails.back(); i != SIZE_MAX; i = before[i]) {
        keeps[i] = true;
    }
}

class Differ {
  public:
    Differ(const Tree& before, const Tree& after)
        : a_(before),
          b_(after),
          in_a_(index_of(before)),
          in_b_(index_of(after)),
          children_(children_of(after, in_b_)) {}

    Diff run() {
        for (std::uint32_t i = 0; i < b_.nodes.size(); ++i) {
            if (!b_.nodes[i].is(kInline)) order_children(i);
        }
        remove_gone();
        diff_.document_changed = a_.width != b_.width || a_.height != b_.height ||
                                 a_.title != b_.title || a_.lang != b_.lang || a_.modal != b_.modal;
        return std::move(diff_);
    }

  private:
    // The old node that lives on as `node`.
    const Node* survivor(const Node& node) const {
        const auto at = in_a_.find(node.id);
        if (at == in_a_.end()) return nullptr;
        const Node& old = a_.nodes[at->second];
        assert(old.role == node.role && "an id never changes its role");
        return &old;
    }

    void order_children(std::uint32_t parent_index) {
        const Node& parent = b_.nodes[parent_index];
        const Slice slice = children_.of[parent_index];
        places_.clear();
        for (std::uint32_t k = 0; k < slice.count; ++k) {
            const Node& child = b_.nodes[children_.order[slice.at + k]];
            const Node* old = survivor(child);
            const bool stays =
                old != nullptr && old->parent == parent.id && parent_survives(parent);
            // Siblings have the order of their indices.
            places_.push_back(stays ? old - a_.nodes.data() : -1);
        }
        mark_longest_increasing(places_, keeps_);
        NodeId last = kNoNode;
        for (std::uint32_t k = 0; k < slice.count; ++k) {
            const std::uint32_t index = children_.order[slice.at + k];
            place(index, parent, last, keeps_[k]);
            last = b_.nodes[index].id;
        }
    }

    bool parent_survives(const Node& parent) const {
        return parent.role == Role::Root || survivor(parent) != nullptr;
    }

    void place(std::uint32_t index, const Node& parent, NodeId last, bool keeps) {
        const Node& child = b_.nodes[index];
        const Node* old = survivor(child);
        if (old == nullptr) {
            diff_.ops.push_back({Op::Create, child.id, parent.id, last, kMaskAll, index});
            return;
        }
        if (!keeps) diff_.ops.push_back({Op::Move, child.id, parent.id, last, 0, index});
        const Node& old_parent = a_.nodes[in_a_.at(old->parent)];
        const std::uint32_t mask = changes({a_, *old, old_parent}, {b_, child, parent});
        if (mask != 0) diff_.ops.push_back({Op::Update, child.id, kNoNode, kNoNode, mask, index});
    }

    // One Remove for the top of every vanished subtree.
    void remove_gone() {
        for (const Node& old : a_.nodes) {
            if (old.role == Role::Root || old.is(kInline)) continue;
            if (in_b_.count(old.id) != 0) continue;
            const bool parent_gone = old.parent != kRootId && in_b_.count(old.parent) == 0;
            if (!parent_gone) diff_.ops.push_back({Op::Remove, old.id, kNoNode, kNoNode, 0, 0});
        }
    }

    const Tree& a_;
    const Tree& b_;
    IndexOf in_a_;
    IndexOf in_b_;
    Children children_;
    Diff diff_;
    std::vector<std::int64_t> places_;
    std::vector<bool> keeps_;
};

}  // namespace

Rect rect_in_parent(const Tree& tree, const Node& node) {
    const Node* parent = tree.find(node.parent);
    return parent == nullptr ? node.rect : relative(node, *parent);
}

Diff diff(const Tree& before, const Tree& after) {
    return Differ(before, after).run();
}

}  // namespace ventanilla::a11y

#include "wasm/ui/builder.hpp"

#include <algorithm>
#include <cassert>

#include "wasm/ui/layout.hpp"

namespace ventanilla::ui {

using a11y::Action;
using a11y::Node;
using a11y::NodeId;
using a11y::Role;

namespace {

std::uint64_t mix(std::uint64_t seed, std::string_view text) {
    std::uint64_t h = seed ^ 0xCBF29CE484222325ULL;
    for (const char c : text) {
        h ^= static_cast<unsigned char>(c);
        h *= 0x100000001B3ULL;
    }
    h ^= h >> 29U;
    h *= 0xBF58476D1CE4E5B9ULL;
    return h ^ (h >> 32U);
}

std::uint64_t mix(std::uint64_t seed, std::uint64_t value) {
    std::uint64_t h = seed ^ (value + 0x9E3779B97F4A7C15ULL + (seed << 6U) + (seed >> 2U));
    h *= 0x94D049BB133111EBULL;
    return h ^ (h >> 31U);
}

NodeId folded(std::uint64_t hash) {
    const auto id = static_cast<NodeId>(hash ^ (hash >> 32U)) & a11y::kNodeIdMax;
    return id <= a11y::kRootId ? id + 2 : id;
}

// 600 and 1024: portal.md 9.
Breakpoint breakpoint_of(const FrameInfo& info) {
    // Large letters need a narrower layout, as if the page were zoomed.
    const float width = info.width / std::max(1.0F, info.prefs.root_font_px / 16);
    if (width < 600) return Breakpoint::Phone;
    return width < 1024 ? Breakpoint::Rail : Breakpoint::Desk;
}

}  // namespace

void Builder::begin(const FrameInfo& info, Input now) {
    input = std::move(now);
    note_touched();
    scene.clear();
    scene.info = info;
    scene.look = look_of(info);
    breakpoint = breakpoint_of(info);
    frames.clear();
    used_.clear();
    fields.clear();
    virtual_lists.clear();
    hoisted.clear();
    announcements.clear();
    navigated.clear();
    wake_ms = -1;
    keys_repeated = 0;
    heading_focus = false;
    field_focus.clear();
    node_focus = first_heading = a11y::kNoNode;
    main_depth = 0;
    account_label.clear();
    for (auto& [id, memory] : memory_)
        memory.seen = false;

    Box page;
    page.fill = scene.look.c.bg;
    page.min_height = info.height;
    scene.boxes.push_back(page);
    Node root;
    root.id = a11y::kRootId;
    root.role = Role::Root;
    scene.tree.nodes.push_back(root);
    scene.tree.lang = info.lang;
    scene.boxes[0].node = 0;
    Frame frame;
    frame.key = 0x56454E54ULL;
    frame.node = 0;
    frames.push_back(frame);
}

void Builder::end() {
    close_to(1);
    scene.tree.width = scene.info.width;
    scene.tree.height = lay_out(scene, measurer_);
    place_nodes();
    settle_focus();
    finish_nodes();
    for (const VirtualList& list : virtual_lists) {
        Memory& m = memory(list.id);
        m.y = box(list.box).y;
        m.h = box(list.box).h;
    }
    forget_unseen();
}

BoxId Builder::add(Box b) {
    const auto id = static_cast<BoxId>(scene.boxes.size());
    const Frame& frame = top();
    b.parent = frame.box;
    b.first = b.last = b.next = 0;
    b.gone = b.gone || frame.gone;
    if (b.press == a11y::kNoNode) b.press = frame.press;
    scene.boxes.push_back(b);
    Box& parent = scene.boxes[frame.box];
    if (parent.first == 0) {
        parent.first = id;
    } else {
        scene.boxes[parent.last].next = id;
    }
    parent.last = id;
    if (b.plane != Plane::Page) scene.layers.push_back(id);
    return id;
}

BoxId Builder::open(const Box& b) {
    const BoxId id = add(b);
    Frame frame = top();
    frame.box = id;
    frame.joined = false;
    frame.rules = 0;
    frame.gone = scene.boxes[id].gone;
    frame.press = scene.boxes[id].press;
    frames.push_back(frame);
    return id;
}

BoxId Builder::open(const Box& b, const NodeSpec& spec) {
    const std::int32_t index = add_node(spec);
    const BoxId id = add(b);
    scene.boxes[id].node = index;
    Frame frame;
    frame.key =
        mix(mix(top().key, static_cast<std::uint64_t>(spec.role)), std::uint64_t{id_of(index)});
    frame.counters = frames.size();
    frame.box = id;
    frame.node = index;
    frame.node_id = id_of(index);
    frame.press = scene.boxes[id].press;
    frame.gone = scene.boxes[id].gone;
    frame.lang = top().lang;
    frames.push_back(frame);
    return id;
}

void Builder::close() {
    bool joined = true;
    while (joined) {
        assert(frames.size() > 1 && "more containers closed than opened");
        joined = top().joined;
        frames.pop_back();
    }
}

NodeId Builder::fresh_id(Role role, std::string_view key, std::uint64_t& hash) {
    const Frame& frame = top();
    hash = mix(frame.key, static_cast<std::uint64_t>(role) + 1);
    if (key.empty()) {
        Frame& counting = frames[frame.counters];
        hash = mix(hash, std::uint64_t{++counting.unnamed[static_cast<std::size_t>(role)]});
    } else {
        hash = mix(hash, key);
    }
    NodeId id = folded(hash);
    while (!used_.insert(id).second) {
        if (!key.empty()) ++keys_repeated;
        hash = mix(hash, std::uint64_t{1});
        id = folded(hash);
    }
    return id;
}

std::int32_t Builder::add_node(const NodeSpec& spec) {
    std::uint64_t hash = 0;
    Node node;
    node.id = fresh_id(spec.role, spec.key, hash);
    node.role = spec.role;
    node.parent = top().node_id;
    node.flags = spec.flags;
    node.name = keep(spec.name);
    node.lang = top().lang;
    scene.tree.nodes.push_back(node);
    return static_cast<std::int32_t>(scene.tree.nodes.size() - 1);
}

std::int32_t Builder::add_block(std::string_view text, const Type& type, a11y::Align align) {
    TextBlock block;
    block.text = keep(text);
    block.style = {type.size_px, type.line_px, type.weight, type.mono, align};
    block.ink = type.ink;
    scene.texts.push_back(block);
    return static_cast<std::int32_t>(scene.texts.size() - 1);
}

BoxId Builder::add_text(const TextSpec& spec) {
    Box b;
    b.flow = Flow::Text;
    b.text = add_block(spec.text, spec.type, spec.align);
    if (!spec.silent) {
        b.node = add_node({.role = spec.role, .key = spec.key});
        node(b.node).text = scene.texts.back().text;
    }
    return add(b);
}

BoxId Builder::add_icon(Icon icon, float px, Colour ink) {
    Box b;
    b.flow = Flow::Leaf;
    b.width = b.height = px;
    b.icon = icon;
    b.icon_px = px;
    b.ink = ink;
    return add(b);
}

bool Builder::clicked(NodeId id) const {
    return action(id, Action::Click) != nullptr;
}

const Action* Builder::action(NodeId id, Action::Kind kind) const {
    const Action* found = nullptr;
    for (const Action& a : input.actions) {
        if (a.node == id && a.kind == kind) found = &a;
    }
    return found;
}

bool Builder::key_pressed(NodeId id, a11y::Key key) const {
    return std::any_of(input.actions.begin(), input.actions.end(), [&](const Action& a) {
        return a.node == id && a.kind == Action::KeyPress && a.number == key;
    });
}

void Builder::note_touched() {
    touched_.clear();
    for (const Action& a : input.actions) {
        if (a.kind != Action::Click && a.kind != Action::Focus) continue;
        for (const Node* n = scene.tree.find(a.node); n != nullptr;
             n = scene.tree.find(n->parent)) {
            touched_.insert(n->id);
        }
    }
}

bool Builder::pressed_outside(NodeId button, NodeId panel) const {
    return !touched_.empty() && touched_.count(button) == 0 && touched_.count(panel) == 0;
}

NodeId Builder::reserve_id(Role role, std::string_view key) const {
    return folded(mix(mix(top().key, static_cast<std::uint64_t>(role) + 1), key));
}

Memory& Builder::memory(NodeId id) {
    Memory& m = memory_[id];
    m.seen = true;
    return m;
}

void Builder::forget_unseen() {
    for (auto at = memory_.begin(); at != memory_.end();) {
        at = at->second.seen ? std::next(at) : memory_.erase(at);
    }
}

// ---- after the layout
// ----------------------------------------------------------------------------------

void Builder::fill_text(Node& n, const Box& b) {
    const TextBlock& block = scene.texts[static_cast<std::size_t>(b.text)];
    n.text = block.text;
    n.style = block.style;
    n.runs.at = static_cast<std::uint32_t>(scene.tree.runs.size());
    for (std::uint32_t i = 0; i < block.runs.count; ++i) {
        const InkRun& run = scene.runs[block.runs.at + i];
        scene.tree.runs.push_back(
            {run.begin, run.end, run.link, run.weight, run.mono, run.emphasis, run.mark});
    }
    n.runs.count = block.runs.count;
    n.breaks.at = static_cast<std::uint32_t>(scene.tree.breaks.size());
    for (std::uint32_t i = 0; i + 1 < block.lines.count; ++i) {
        const Line& line = scene.lines[block.lines.at + i];
        scene.tree.breaks.push_back({line.end, line.kind});
    }
    n.breaks.count = block.lines.count == 0 ? 0 : block.lines.count - 1;
}

void Builder::place_nodes() {
    for (const Box& b : scene.boxes) {
        if (b.node < 0) continue;
        Node& n = node(b.node);
        n.rect = {b.x, b.y, b.w, b.h};
        if (b.text >= 0 && n.text.size > 0) fill_text(n, b);
        if (n.is(a11y::kScroll)) n.content_height = b.content_h;
    }
    node(0).rect = {0, 0, scene.tree.width, scene.tree.height};
    // Inline links stand where their text stands: rect of the whole text is good enough for tests,
    // the browser places the element itself.
    for (std::size_t i = 1; i < scene.tree.nodes.size(); ++i) {
        Node& n = scene.tree.nodes[i];
        if (!n.is(a11y::kInline)) continue;
        if (const Node* parent = scene.tree.find(n.parent)) n.rect = parent->rect;
    }
}

void Builder::settle_focus() {
    NodeId wanted = node_focus;
    if (wanted == a11y::kNoNode && !field_focus.empty()) {
        const auto at = fields.find(field_focus);
        if (at != fields.end()) wanted = at->second;
    }
    if (wanted == a11y::kNoNode && heading_focus) wanted = first_heading;
    scene.tree.focus = wanted;
}

// Moves the subtrees of dialogs and toasts to the end, below the root, and drops what is gone.
void Builder::finish_nodes() {
    std::unordered_set<NodeId> dropped;
    for (const Box& b : scene.boxes) {
        if (b.gone && b.node >= 0) dropped.insert(node(b.node).id);
    }
    if (hoisted.empty() && dropped.empty()) return;
    std::vector<Node>& nodes = scene.tree.nodes;
    std::vector<int> group(nodes.size(), 0);  // 0 stays, k > 0: k-th hoisted subtree, -1: dropped
    std::unordered_map<NodeId, int> group_of;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto parent = group_of.find(nodes[i].parent);
        int g = parent == group_of.end() ? 0 : parent->second;
        const auto top_of = std::find(hoisted.begin(), hoisted.end(), nodes[i].id);
        if (top_of != hoisted.end()) {
            g = static_cast<int>(top_of - hoisted.begin()) + 1;
            nodes[i].parent = a11y::kRootId;
        }
        if (dropped.count(nodes[i].id) != 0) g = -1;
        group[i] = group_of[nodes[i].id] = g;
    }
    std::vector<std::int32_t> place(nodes.size(), -1);
    std::vector<Node> sorted;
    for (int g = 0; g <= static_cast<int>(hoisted.size()); ++g) {
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (group[i] != g) continue;
            place[i] = static_cast<std::int32_t>(sorted.size());
            sorted.push_back(nodes[i]);
        }
    }
    nodes = std::move(sorted);
    for (Box& b : scene.boxes) {
        if (b.node >= 0) b.node = place[static_cast<std::size_t>(b.node)];
    }
}

void shade(Box& box, NodeId press, Colour normal, Colour hover, Colour pressed) {
    box.press = press;
    box.fill = normal;
    box.fill_hover = hover;
    box.fill_press = pressed;
}

}  // namespace ventanilla::ui

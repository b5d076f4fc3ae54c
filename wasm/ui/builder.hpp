#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "wasm/ui/scene.hpp"
#include "wasm/ui/ui.hpp"

// What the verbs of ui.hpp are made of: a stack of open containers, ids, boxes and nodes. Internal.

namespace ventanilla::ui {

// What the Ui remembers of a node between frames; nothing of it belongs to the application.
struct Memory {
    bool open = false;
    int active = -1;    // chosen answer of a search box
    std::string value;  // query for which `open` was decided
    NodeId panel = a11y::kNoNode;
    float y = 0, h = 0;  // where it was, for virtual lists
    bool seen = false;   // in this frame; forgotten when it was not
};

// An open container.
struct Frame {
    std::uint64_t key = 0;
    std::size_t counters = 0;  // frame whose counters number unnamed nodes
    BoxId box = 0;
    std::int32_t node = -1;
    NodeId node_id = a11y::kRootId;
    NodeId press = a11y::kNoNode;
    bool gone = false;
    bool joined = false;  // closes together with the container around it
    a11y::StrRef lang;
    int cell = 0;  // of a table row: the next column
    std::int32_t columns_at = 0, columns = 0;
    BoxId rules = 0;  // list box whose items are divided
    int items = 0;
    std::array<std::uint16_t, 48> unnamed{};
};

struct NodeSpec {
    a11y::Role role = a11y::Role::Group;
    std::string_view key = {};
    std::string_view name = {};
    std::uint32_t flags = 0;
};

struct TextSpec {
    std::string_view text;
    Type type{};
    a11y::Align align = a11y::Align::Start;
    a11y::Role role = a11y::Role::Text;
    std::string_view key = {};
    bool silent = false;  // painted only: its meaning stands in another node
};

class Builder {
  public:
    explicit Builder(Measurer& measurer) : measurer_(measurer) {}

    // ---- frame
    void begin(const FrameInfo& info, Input input);
    void end();

    // ---- boxes. A Box is a template; its links and results are set here.
    BoxId add(Box box);          // child of the open container
    BoxId open(const Box& box);  // … and the new open container
    BoxId open(const Box& box, const NodeSpec& node);
    void join() { top().joined = true; }  // the innermost closes together with the one around it
    void close();                         // the innermost container and those it is joined with
    void close_to(std::size_t depth) {
        while (frames.size() > depth)
            close();
    }
    Box& box(BoxId id) { return scene.boxes[id]; }

    // ---- nodes
    std::int32_t add_node(
        const NodeSpec& spec);  // child of the open container's node; gives its index
    a11y::Node& node(std::int32_t index) {
        return scene.tree.nodes[static_cast<std::size_t>(index)];
    }
    NodeId id_of(std::int32_t index) { return node(index).id; }
    a11y::StrRef keep(std::string_view text) { return scene.tree.keep(text); }

    // ---- text
    BoxId add_text(const TextSpec& spec);
    BoxId add_icon(Icon icon, float px, Colour ink);
    std::int32_t add_block(std::string_view text, const Type& type, a11y::Align align);

    // ---- input
    [[nodiscard]] bool clicked(NodeId id) const;
    const a11y::Action* action(NodeId id, a11y::Action::Kind kind) const;
    [[nodiscard]] bool key_pressed(NodeId id, a11y::Key key) const;
    Memory& memory(NodeId id);
    // Whether the person clicked or focused something that is neither `button` nor inside `panel`.
    [[nodiscard]] bool pressed_outside(NodeId button, NodeId panel) const;
    // The id that a node of that role and explicit key will get in the open container.
    NodeId reserve_id(a11y::Role role, std::string_view key) const;

    [[nodiscard]] const Look& look() const { return scene.look; }
    Frame& top() { return frames.back(); }
    [[nodiscard]] const Frame& top() const { return frames.back(); }
    [[nodiscard]] bool phone() const { return breakpoint == Breakpoint::Phone; }

    Scene scene;
    Input input;
    std::vector<Frame> frames;
    std::vector<a11y::Announcement> announcements;
    std::string navigated;
    Breakpoint breakpoint = Breakpoint::Desk;
    std::int64_t wake_ms = -1;
    float scroll_y = 0;
    int keys_repeated = 0;  // explicit keys used twice in one scope: a bug of a view
    bool heading_focus = false;
    std::string field_focus;
    NodeId node_focus = a11y::kNoNode;
    NodeId first_heading = a11y::kNoNode;
    std::size_t main_depth = 0;  // of the frame of <main>
    std::string account_label,
        account_href;  // told at the end of <main> where there is no side bar
    std::unordered_map<std::string, NodeId> fields;
    struct VirtualList {
        NodeId id;
        BoxId box;
        int total;
        float row_px;
        int first, count;
    };
    std::vector<VirtualList> virtual_lists;
    std::vector<NodeId> hoisted;  // dialogs and toasts: their nodes move below the root

  private:
    void note_touched();
    NodeId fresh_id(a11y::Role role, std::string_view key, std::uint64_t& hash);
    void finish_nodes();
    void place_nodes();
    void fill_text(a11y::Node& node, const Box& box);
    void settle_focus();
    void forget_unseen();

    Measurer& measurer_;
    std::unordered_set<NodeId>
        touched_;  // nodes of this frame's clicks and focus moves, with those around them
    std::unordered_set<NodeId> used_;
    std::unordered_map<NodeId, Memory> memory_;
};

// Colours of a pressable surface.
void shade(Box& box, NodeId press, Colour normal, Colour hover, Colour pressed);

}  // namespace ventanilla::ui

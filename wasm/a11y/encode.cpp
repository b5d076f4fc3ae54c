#include <cstring>

#include "wasm/a11y/diff.hpp"

// Diff to words and bytes; the format is described in diff.hpp.

namespace ventanilla::a11y {

namespace {

class Encoder {
  public:
    Encoder(const Tree& tree, Encoded& out) : tree_(tree), out_(out) {}

    void word(std::uint32_t value) { out_.words.push_back(value); }
    void word(std::int32_t value) { word(static_cast<std::uint32_t>(value)); }

    void real(float value) {
        std::uint32_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        word(bits);
    }

    void text(StrRef ref) {
        word(static_cast<std::uint32_t>(out_.bytes.size()));
        word(ref.size);
        out_.bytes.append(tree_.text(ref));
    }

    void node(const Node& node, std::uint32_t mask) {
        if ((mask & kMaskRect) != 0) rect(rect_in_parent(tree_, node));
        if ((mask & kMaskText) != 0) set_text(node);
        if ((mask & kMaskName) != 0) {
            text(node.name);
            text(node.description);
            text(node.lang);
        }
        if ((mask & kMaskValue) != 0) text(node.value);
        if ((mask & kMaskHref) != 0) text(node.href);
        if ((mask & kMaskFlags) != 0) {
            word(node.flags);
            word(std::uint32_t{node.keys});
        }
        if ((mask & kMaskLinks) != 0) {
            for (const NodeId id : {node.labelled_by,
                                    node.described_by,
                                    node.described_also,
                                    node.error_by,
                                    node.controls,
                                    node.active,
                                    node.labels}) {
                word(id);
            }
        }
        if ((mask & kMaskSet) != 0) {
            word(std::uint32_t{node.level});
            for (const std::int32_t n :
                 {node.pos_in_set, node.set_size, node.now, node.min, node.max}) {
                word(n);
            }
        }
        if ((mask & kMaskField) != 0) field(node);
        if ((mask & kMaskScroll) != 0) {
            real(node.content_height);
            real(node.scroll_to);
        }
    }

  private:
    void rect(const Rect& r) {
        real(r.x);
        real(r.y);
        real(r.w);
        real(r.h);
    }

    static std::uint32_t look(Weight weight, bool mono) {
        return static_cast<std::uint32_t>(weight) | (mono ? 1U << 8 : 0U);
    }

    void set_text(const Node& node) {
        text(node.text);
        real(node.style.size_px);
        real(node.style.line_px);
        word(look(node.style.weight, node.style.mono) | static_cast<std::uint32_t>(node.style.align)
                                                            << 16);
        word(node.runs.count);
        for (const Run& run : tree_.runs_of(node)) {
            word(run.begin);
            word(run.end);
            word(run.link);
            word(look(run.weight, run.mono) | (run.emphasis ? 1U << 9 : 0U) |
                 (run.mark ? 1U << 10 : 0U));
            const Node* link = run.link == kNoNode ? nullptr : tree_.find(run.link);
            text(link == nullptr ? StrRef{} : link->href);
            word(link == nullptr ? 0U : link->flags);
        }
        word(node.breaks.count);
        for (const Break& at : tree_.breaks_of(node)) {
            word(at.at);
            word(static_cast<std::uint32_t>(at.kind));
        }
    }

    void field(const Node& node) {
        word(node.field >= 0 ? 1U : 0U);
        if (node.field < 0) return;
        const Field& field = tree_.fields[static_cast<std::size_t>(node.field)];
        word(static_cast<std::uint32_t>(field.type));
        word(static_cast<std::uint32_t>(field.mode));
        word(field.length_max);
        word(std::uint32_t{field.rows});
        word((field.spellcheck ? 1U : 0U) | (field.once ? 2U : 0U));
        for (const float pad : {field.pad_left, field.pad_right, field.pad_top, field.pad_bottom}) {
            real(pad);
        }
        for (const StrRef ref : {field.name,
                                 field.autocomplete,
                                 field.placeholder,
                                 field.min,
                                 field.max,
                                 field.step,
                                 field.list}) {
            text(ref);
        }
    }

    const Tree& tree_;
    Encoded& out_;
};

}  // namespace

Encoded encode(const Tree& after, const Diff& diff) {
    Encoded out;
    Encoder to(after, out);
    for (const Op& op : diff.ops) {
        to.word(static_cast<std::uint32_t>(op.kind));
        to.word(op.id);
        switch (op.kind) {
            case Op::Create:
                to.word(op.parent);
                to.word(op.after);
                to.word(static_cast<std::uint32_t>(after.nodes[op.index].role));
                to.node(after.nodes[op.index], kMaskAll);
                break;
            case Op::Update:
                to.word(op.mask);
                to.node(after.nodes[op.index], op.mask);
                break;
            case Op::Move:
                to.word(op.parent);
                to.word(op.after);
                break;
            case Op::Remove: break;
        }
    }
    return out;
}

}  // namespace ventanilla::a11y

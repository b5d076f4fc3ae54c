#include "wasm/a11y/diff.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "shared/base/random.hpp"
#include "shared/base/text.hpp"

// The differences between two trees, applied to the first, give the second: shown for random pairs.

namespace ventanilla::a11y {
namespace {

Role role_of(NodeId id) {
    static constexpr Role kRoles[] = {
        Role::Group, Role::Text, Role::Button, Role::List, Role::ListItem, Role::TextField};
    return kRoles[id % 6];
}

Tree empty_tree() {
    Tree tree;
    Node root;
    root.id = kRootId;
    root.role = Role::Root;
    tree.nodes.push_back(root);
    return tree;
}

// A random tree over the ids 2..60, in pre-order, with whole-pixel places.
class Gardener {
  public:
    explicit Gardener(Random& random) : random_(random) {}

    Tree grow() {
        tree_ = empty_tree();
        ids_.clear();
        for (NodeId id = 2; id <= 60; ++id) {
            if (random_.chance(2, 3)) ids_.push_back(id);
        }
        for (std::size_t i = ids_.size(); i > 1; --i)
            std::swap(ids_[i - 1], ids_[random_.below(i)]);
        children(kRootId, 0);
        while (!ids_.empty())
            children(kRootId, 0);
        return tree_;
    }

  private:
    void children(NodeId parent, int depth) {
        const std::uint64_t count = 1 + random_.below(5);
        for (std::uint64_t i = 0; i < count && !ids_.empty(); ++i) {
            const NodeId id = ids_.back();
            ids_.pop_back();
            tree_.nodes.push_back(node(id, parent));
            if (depth < 5 && random_.chance(1, 2)) children(id, depth + 1);
        }
    }

    Node node(NodeId id, NodeId parent) {
        Node n;
        n.id = id;
        n.parent = parent;
        n.role = role_of(id);
        n.rect = {
            static_cast<float>(random_.below(4)), static_cast<float>(random_.below(4)), 10, 20};
        n.text = tree_.keep(concat("text ", random_.below(3)));
        n.name = random_.chance(1, 2) ? tree_.keep(concat("name ", random_.below(3))) : StrRef{};
        if (random_.chance(1, 3)) n.flags = kChecked;
        n.level = static_cast<std::uint8_t>(random_.below(3));
        if (n.role == Role::TextField) {
            Field field;
            field.name = tree_.keep(concat("f", id));
            field.rows = static_cast<std::uint16_t>(random_.below(3));
            tree_.fields.push_back(field);
            n.field = static_cast<std::int32_t>(tree_.fields.size() - 1);
        }
        return n;
    }

    Random& random_;
    Tree tree_;
    std::vector<NodeId> ids_;
};

TEST(Diff, AppliedToTheOldTreeGivesTheNew) {
    SeededRandom random(20261122);
    for (int round = 0; round < 400; ++round) {
        Gardener gardener(random);
        const Tree before = gardener.grow();
        const Tree after = gardener.grow();
        const Diff d = diff(before, after);
        EXPECT_TRUE(same(applied(d, before, after), after)) << "round " << round;
        EXPECT_TRUE(same(applied(diff(Tree{}, after), Tree{}, after), after)) << "round " << round;
    }
}

TEST(Diff, OfATreeWithItselfIsEmpty) {
    SeededRandom random(7);
    const Tree tree = Gardener(random).grow();
    EXPECT_TRUE(diff(tree, tree).ops.empty());
    EXPECT_FALSE(diff(tree, tree).document_changed);
}

Tree list_of(std::initializer_list<NodeId> ids) {
    Tree tree = empty_tree();
    for (const NodeId id : ids) {
        Node n;
        n.id = id;
        n.parent = kRootId;
        n.role = Role::ListItem;
        tree.nodes.push_back(n);
    }
    return tree;
}

TEST(Diff, MovesOnlyTheRowThatChangedItsPlace) {
    const Diff d = diff(list_of({10, 11, 12, 13, 14}), list_of({14, 10, 11, 12, 13}));
    ASSERT_EQ(d.ops.size(), 1U);
    EXPECT_EQ(d.ops[0].kind, Op::Move);
    EXPECT_EQ(d.ops[0].id, 14U);
    EXPECT_EQ(d.ops[0].after, kNoNode);
}

TEST(Diff, RemovesOnlyTheTopOfWhatVanished) {
    Tree before = list_of({10});
    Node inner;
    inner.id = 11;
    inner.parent = 10;
    before.nodes.push_back(inner);
    const Diff d = diff(before, list_of({}));
    ASSERT_EQ(d.ops.size(), 1U);
    EXPECT_EQ(d.ops[0].kind, Op::Remove);
    EXPECT_EQ(d.ops[0].id, 10U);
}

TEST(Diff, AShiftedParentMovesItsChildrenAlong) {
    Tree before = list_of({10});
    Node inner;
    inner.id = 11;
    inner.parent = 10;
    inner.rect = {5, 5, 1, 1};
    before.nodes.push_back(inner);
    Tree after = before;
    after.nodes[1].rect.y += 100;
    after.nodes[2].rect.y += 100;
    const Diff d = diff(before, after);
    ASSERT_EQ(d.ops.size(), 1U);
    EXPECT_EQ(d.ops[0].id, 10U);
    EXPECT_EQ(d.ops[0].mask, kMaskRect);
}

TEST(Encode, SaysWhatItsHeaderPromises) {
    Tree before = list_of({});
    Tree after = list_of({10});
    after.nodes[1].text = after.keep("Hola");
    after.nodes[1].rect = {1, 2, 3, 4};
    const Encoded e = encode(after, diff(before, after));
    ASSERT_GE(e.words.size(), 11U);
    EXPECT_EQ(e.words[0], static_cast<std::uint32_t>(Op::Create));
    EXPECT_EQ(e.words[1], 10U);
    EXPECT_EQ(e.words[2], kRootId);
    EXPECT_EQ(e.words[3], kNoNode);
    EXPECT_EQ(e.words[4], static_cast<std::uint32_t>(Role::ListItem));
    EXPECT_EQ(e.words[5], 0x3F800000U);  // 1.0F
    EXPECT_EQ(e.words[9], 0U);
    EXPECT_EQ(e.words[10], 4U);
    EXPECT_EQ(e.bytes.substr(0, 4), "Hola");
}

}  // namespace
}  // namespace ventanilla::a11y

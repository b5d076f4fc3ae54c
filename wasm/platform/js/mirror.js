// The page a person's browser, screen reader and keyboard meet: one real element for each node of
// the semantic tree, laid over the canvas. Applies the differences of a frame in one call; knows
// nothing of what the nodes mean. Events go the other way, in actions.js.
mergeInto(LibraryManager.library, {
    $makeMirror__deps: ['$Nodes', '$readNode', '$makeElements', '$makeReader'],
    $makeMirror: function(root) {
        const ROOT_ID = 1;
        const R = Nodes.role;
        const elements = makeElements();
        const nodes = new Map();       // id -> { id, role, element, … attributes as last told }
        const owners = new WeakMap();  // element -> node
        let composing = 0;     // id of the field in which a composition (IME, dead key) is going on
        let patching = false;  // the focus that moves now moves because of us
        let inert = [];        // what the open dialog has put out of reach
        nodes.set(
            ROOT_ID, {id: ROOT_ID, role: R.Root, element: root, flags: 0, keys: 0, inline: []});

        // The node an event of `target` belongs to, or null.
        function nodeAt(target) {
            for (let at = target; at && at !== root; at = at.parentElement)
                if (owners.has(at)) return owners.get(at);
            return null;
        }

        function keep(node) {
            nodes.set(node.id, node);
            owners.set(node.element, node);
        }

        function place(node, parentId, afterId) {
            const parent = nodes.get(parentId).element;
            const after = afterId === 0 ? null : nodes.get(afterId).element;
            parent.insertBefore(node.element, after ? after.nextSibling : parent.firstChild);
        }

        // Inline links live inside a text; they are nodes to the person but not to the differences.
        function inlineLink(owner, run, content) {
            const link = document.createElement('a');
            link.id = elements.domId(run.link);
            link.setAttribute('href', run.href);
            elements.setTarget(link, run.flags);
            link.append(content);
            owner.inline.push(run.link);
            keep(
                {id: run.link, role: R.Link, element: link, flags: run.flags, keys: 0, inline: []});
            return link;
        }

        // The frame that reaches us has seen every input event before it, so a value that differs
        // was changed by the portal. A composition is never disturbed: its end reports the value
        // once more.
        function setValue(node) {
            const element = node.element;
            if (node.role === R.Progress) return element.setAttribute('aria-valuetext', node.value);
            if (node.role === R.SelectOption || node.role === R.Radio || node.role === R.CheckBox) {
                element.value = node.value;
            } else if (
                elements.isEdited(node.role) && composing !== node.id &&
                element.value !== node.value) {
                element.value = node.value;
            }
        }

        function update(node, changed) {
            Object.assign(node, changed);
            if (changed.text && node.inline.length > 0)
                node.inline.splice(0).forEach((id) => nodes.delete(id));
            elements.update(
                node.element, node, changed, (run, content) => inlineLink(node, run, content));
            if (changed.value !== undefined) setValue(node);
        }

        // A select shows its value only once the option is there.
        function settleSelects(touched) {
            touched.forEach((node) => {
                if (node.role === R.Select && node.element.isConnected)
                    node.element.value = node.value;
            });
        }

        function create(reader, id) {
            const parent = reader.word();
            const after = reader.word();
            const role = reader.word();
            const changed = readNode(reader, Nodes.mask.All);
            const node = Object.assign({id, role, inline: []}, changed);
            node.element = elements.create(node);
            keep(node);
            update(node, changed);
            place(node, parent, after);
            return node;
        }

        function remove(id) {
            const node = nodes.get(id);
            if (!node) return;
            node.inline.forEach((link) => nodes.delete(link));
            nodes.delete(id);
            node.element.remove();
        }

        function applyOne(reader, touched) {
            const kind = reader.word();
            const id = reader.word();
            if (kind === Nodes.op.Create)
                touched.push(create(reader, id));
            else if (kind === Nodes.op.Move)
                place(nodes.get(id), reader.word(), reader.word());
            else if (kind === Nodes.op.Remove)
                remove(id);
            else {
                const node = nodes.get(id);
                update(node, readNode(reader, reader.word()));
                touched.push(node);
            }
        }

        function ancestors(element) {
            const chain = [];
            for (let at = element; at && at !== root; at = at.parentElement)
                chain.push(at);
            return chain;
        }

        // Focus that a patch dropped goes back to its element, to the one that took its id, or
        // upwards.
        function keepFocus(held) {
            if (held.length === 0 || document.activeElement === held[0]) return;
            const again =
                held.map((each) => (each.isConnected ? each : document.getElementById(each.id)))
                    .find((each) => each);
            const target = again || root.querySelector('h1, main');
            if (!target) return;
            if (target.tabIndex < 0 && !target.hasAttribute('tabindex')) target.tabIndex = -1;
            patching = target.id === held[0].id;  // C++ hears of it only when it is another node
            target.focus({preventScroll: true});
        }

        // Applies encode(diff) of wasm/a11y/diff.hpp.
        function apply(words, floats, bytes) {
            const reader = makeReader(words, floats, bytes);
            const held =
                root.contains(document.activeElement) ? ancestors(document.activeElement) : [];
            const touched = [];
            patching = true;
            while (!reader.done())
                applyOne(reader, touched);
            settleSelects(touched);
            keepFocus(held);
            patching = false;
        }

        // Everything but the dialog and what it stands in is put out of reach.
        function setModal(id) {
            const out = [];
            for (let at = nodes.has(id) ? nodes.get(id).element : root; at !== root;
                 at = at.parentElement)
                for (const sibling of at.parentElement.children)
                    if (sibling !== at) out.push(sibling);
            inert.filter((element) => !out.includes(element)).forEach((element) => {
                element.inert = false;
            });
            out.filter((element) => !element.inert).forEach((element) => {
                element.inert = true;
            });
            inert = out;
        }

        function focus(id) {
            const node = nodes.get(id);
            if (node) node.element.focus({preventScroll: true});
            return node ? node.element : null;
        }

        return {
            apply,
            setModal,
            focus,
            nodeAt,
            root,
            setComposing: (id) => {
                composing = id;
            },
            isPatching: () => patching,
            find: (id) => nodes.get(id) || null
        };
    },
});

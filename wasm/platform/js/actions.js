// What a person does to the mirror, told to C++ by node id. A click is the only way a thing is
// activated, so mouse, touch, Enter, Space, screen readers, switches and test drivers all mean the
// same. Editing stays with the browser: only whole values are told, never keys.
//
// on: { action(id, kind, number, text), hover(id), press(id), scrolled(id, top) }
mergeInto(LibraryManager.library, {
    $listenToMirror__deps: ['$Nodes'],
    $listenToMirror: function(mirror, on) {
        const R = Nodes.role;
        const F = Nodes.flag;
        const A = Nodes.action;
        const root = mirror.root;
        const CHOSEN = [R.CheckBox, R.Radio, R.Select];
        let hovered = 0;
        let pressed = 0;

        const isField = (node) => node.role >= R.TextField && node.role <= R.FileField;
        const acts = (node) => isField(node) || node.role === R.Link || node.role === R.Button ||
            node.role === R.ListOption;

        // The innermost thing to act on at `target`.
        function actor(target) {
            let node = mirror.nodeAt(target);
            while (node && !acts(node))
                node = mirror.nodeAt(node.element.parentElement);
            return node;
        }

        function setHover(id) {
            if (id !== hovered) on.hover(hovered = id);
        }

        function setPress(id) {
            if (id !== pressed) on.press(pressed = id);
        }

        function files(list) {
            return JSON.stringify(
                Array.from(list, (file) => ({name: file.name, bytes: file.size, type: file.type})));
        }

        // A plain press on a link is ours; with a modifier, another button or another target it is
        // the browser's.
        function isPlain(event) {
            return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey &&
                !event.altKey;
        }

        function clicked(event) {
            const node = actor(event.target);
            if (!node || isField(node)) return;
            if (node.role === R.Link) {
                if (!isPlain(event) || node.flags & (F.External | F.Download)) return;
                event.preventDefault();
            }
            if (!(node.flags & F.Disabled)) on.action(node.id, A.Click, 0, '');
        }

        function edited(event) {
            const node = mirror.nodeAt(event.target);
            if (!node || CHOSEN.includes(node.role) || node.role === R.FileField) return;
            on.action(node.id, A.SetValue, 0, event.target.value);
        }

        function chosen(event) {
            const node = mirror.nodeAt(event.target);
            if (!node) return;
            if (node.role === R.CheckBox)
                on.action(node.id, A.SetChecked, event.target.checked ? 1 : 0, '');
            else if (node.role === R.FileField)
                on.action(node.id, A.Files, 0, files(event.target.files));
            else if (CHOSEN.includes(node.role))
                on.action(node.id, A.SetValue, 0, event.target.value);
        }

        function composed(event) {
            const node = mirror.nodeAt(event.target);
            mirror.setComposing(event.type === 'compositionend' || !node ? 0 : node.id);
        }

        // Only keys the node asked for, only without modifiers, never during a composition.
        function key(event) {
            const bit = Nodes.key[event.key];
            if (!bit || event.isComposing || event.ctrlKey || event.metaKey || event.altKey ||
                event.shiftKey)
                return;
            let node = mirror.nodeAt(event.target);
            while (node && !(node.keys & bit))
                node = mirror.nodeAt(node.element.parentElement);
            if (!node) return;
            event.preventDefault();
            on.action(node.id, A.KeyPress, bit, '');
        }

        function focusMoved(event) {
            if (mirror.isPatching()) return;
            const node = mirror.nodeAt(event.target);
            if (!node) return;
            const isIn = event.type === 'focusin';
            on.action(
                node.id,
                isIn ? A.Focus : A.Blur,
                isIn && event.target.matches(':focus-visible') ? 1 : 0,
                '');
        }

        function pointed(event) {
            const node = actor(event.target);
            setHover(event.pointerType === 'touch' || !node ? 0 : node.id);
        }

        // Choosing an answer leaves the focus in the field that asked.
        root.addEventListener('mousedown', (event) => {
            const node = actor(event.target);
            if (node && node.role === R.ListOption) event.preventDefault();
        });
        root.addEventListener('click', clicked);
        root.addEventListener('input', edited);
        root.addEventListener('change', chosen);
        root.addEventListener('submit', (event) => event.preventDefault());
        for (const type of ['compositionstart', 'compositionupdate', 'compositionend'])
            root.addEventListener(type, composed);
        root.addEventListener('keydown', key);
        root.addEventListener('focusin', focusMoved);
        root.addEventListener('focusout', focusMoved);
        root.addEventListener('pointerover', pointed);
        root.addEventListener('pointerleave', () => setHover(0));
        document.addEventListener('pointerover', (event) => {
            if (!root.contains(event.target)) setHover(0);
        });
        root.addEventListener('pointerdown', (event) => {
            const node = actor(event.target);
            setPress(node ? node.id : 0);
        });
        for (const type of ['pointerup', 'pointercancel', 'dragend'])
            document.addEventListener(type, () => setPress(0));
        root.addEventListener('scroll', (event) => {
            const node = mirror.nodeAt(event.target);
            if (node) on.scrolled(node.id, event.target.scrollTop);
        }, {capture: true, passive: true});
    },
});

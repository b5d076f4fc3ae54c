// The codes of wasm/a11y/tree.hpp and diff.hpp as the mirror reads them, and the reading of one
// node. tests/browser/platform/codes.mjs holds both sides together.
mergeInto(LibraryManager.library, {
    $Nodes: {
        role: {
            Root: 0,
            Header: 1,
            Navigation: 2,
            Main: 3,
            Footer: 4,
            Aside: 5,
            Search: 6,
            Region: 7,
            Article: 8,
            Form: 9,
            Group: 10,
            RadioGroup: 11,
            List: 12,
            ListItem: 13,
            Table: 14,
            TableRow: 15,
            ColumnHeader: 16,
            RowHeader: 17,
            Cell: 18,
            Dialog: 19,
            Alert: 20,
            Status: 21,
            ListBox: 22,
            OptionGroup: 23,
            ListOption: 24,
            Blockquote: 25,
            Code: 26,
            Link: 27,
            Button: 28,
            TextField: 29,
            ComboBox: 30,
            Select: 31,
            SelectOption: 32,
            CheckBox: 33,
            Radio: 34,
            FileField: 35,
            Heading: 36,
            Paragraph: 37,
            Text: 38,
            Label: 39,
            Image: 40,
            Progress: 41,
            Separator: 42
        },
        flag: {
            Disabled: 1,
            Checked: 2,
            Mixed: 4,
            Expandable: 8,
            Expanded: 16,
            Selected: 32,
            Required: 64,
            Invalid: 128,
            Busy: 256,
            Current: 512,
            Pressable: 1024,
            Pressed: 2048,
            Submit: 4096,
            Ordered: 8192,
            Fixed: 16384,
            Scroll: 32768,
            Focusable: 65536,
            Inline: 131072,
            VisuallyHidden: 262144,
            External: 524288,
            Download: 1048576,
            Live: 2097152,
            Modal: 4194304,
            AbovePage: 8388608,
            Clipped: 16777216
        },
        mask: {
            Rect: 1,
            Text: 2,
            Name: 4,
            Value: 8,
            Href: 16,
            Flags: 32,
            Links: 64,
            Set: 128,
            Field: 256,
            Scroll: 512,
            All: 1023
        },
        op: {Create: 1, Update: 2, Move: 3, Remove: 4},
        action: {Click: 1, SetValue: 2, SetChecked: 3, KeyPress: 4, Focus: 5, Blur: 6, Files: 7},
        key: {
            ArrowUp: 1,
            ArrowDown: 2,
            Enter: 4,
            Escape: 8,
            Home: 16,
            End: 32,
            ArrowLeft: 64,
            ArrowRight: 128
        },
    },

    // Reads a node-block (diff.hpp): the groups of attributes whose bit is set in `mask`.
    $readNode__deps: ['$Nodes'],
    $readNode: function(reader, mask) {
        const m = Nodes.mask;
        const list = (item) => Array.from({length: reader.word()}, item);

        // An object literal is evaluated in the order it is written, which is the order of the
        // words.
        const readRun = () => {
            const run = {begin: reader.word(), end: reader.word(), link: reader.word()};
            const style = reader.word();
            return Object.assign(run, {
                weight: style & 255,
                mono: (style & 256) !== 0,
                emphasis: (style & 512) !== 0,
                mark: (style & 1024) !== 0,
                href: reader.string(),
                flags: reader.word()
            });
        };
        const readStyle = (size, line, bits) =>
            ({size, line, weight: bits & 255, mono: (bits & 256) !== 0, align: (bits >> 16) & 255});
        const readText = () => ({
            bytes: reader.block().slice(),
            style: readStyle(reader.float(), reader.float(), reader.word()),
            runs: list(readRun),
            breaks: list(() => ({at: reader.word(), kind: reader.word()})),
        });
        const readField = () => {
            if (reader.word() === 0) return null;
            const field = {
                type: reader.word(),
                mode: reader.word(),
                length: reader.word(),
                rows: reader.word()
            };
            const bits = reader.word();
            return Object.assign(field, {
                spellcheck: (bits & 1) !== 0,
                once: (bits & 2) !== 0,
                pad: {
                    left: reader.float(),
                    right: reader.float(),
                    top: reader.float(),
                    bottom: reader.float()
                },
                name: reader.string(),
                autocomplete: reader.string(),
                placeholder: reader.string(),
                min: reader.string(),
                max: reader.string(),
                step: reader.string(),
                list: reader.string()
            });
        };

        const node = {};
        if (mask & m.Rect)
            node.rect = [reader.float(), reader.float(), reader.float(), reader.float()];
        if (mask & m.Text) node.text = readText();
        if (mask & m.Name)
            [node.name, node.description, node.lang] =
                [reader.string(), reader.string(), reader.string()];
        if (mask & m.Value) node.value = reader.string();
        if (mask & m.Href) node.href = reader.string();
        if (mask & m.Flags) [node.flags, node.keys] = [reader.word(), reader.word()];
        if (mask & m.Links) {
            node.links = {
                labelledBy: reader.word(),
                describedBy: reader.word(),
                describedAlso: reader.word(),
                errorBy: reader.word(),
                controls: reader.word(),
                active: reader.word(),
                labels: reader.word()
            };
        }
        if (mask & m.Set) {
            node.set = {
                level: reader.word(),
                pos: reader.int(),
                size: reader.int(),
                now: reader.int(),
                min: reader.int(),
                max: reader.int()
            };
        }
        if (mask & m.Field) node.field = readField();
        if (mask & m.Scroll) node.scroll = {height: reader.float(), to: reader.float()};
        return node;
    },
});

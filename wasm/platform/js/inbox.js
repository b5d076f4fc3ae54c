// What happened, on its way to C++: fixed records of 32 bytes in a block that C++ owns, so that a
// busy pointer costs no allocation. Text and bytes travel in their own block, which C++ frees after
// reading. When the block is full the rest waits in a list; nothing is dropped.
//
// Layout (wasm/platform/wire.hpp): u32 kind, a, b, c; f64 number; u32 address, size.
mergeInto(LibraryManager.library, {
    $Heard: {
        Action: 1,
        Hover: 2,
        Press: 3,
        Scroll: 4,
        Resize: 5,
        Prefs: 6,
        ContextLost: 7,
        ContextRestored: 8,
        Url: 9,
        HttpReply: 10,
        LiveOpened: 11,
        LiveMessage: 12,
        LiveClosed: 13,
        Online: 14,
        Visible: 15,
        Tick: 16,
        StoreOpened: 17,
        Committed: 18,
        Lead: 19,
        Peer: 20,
        Update: 21,
        Fonts: 22,
        Copied: 23,
        Persisted: 24,
        Estimated: 25,
        Redraw: 26,
        Booted: 27,
        Leaving: 28,
        Markdown: 29
    },

    // Words, strings and bytes one after another, as Payload of wasm/platform/block.hpp reads them:
    // a number is a word, anything else a word with its size and then its bytes. They are copied
    // once, to where C++ reads them.
    $pack: function(parts) {
        const utf8 = new TextEncoder();
        const blocks = parts.map((part) => (typeof part === 'string' ? utf8.encode(part) : part));
        const length = blocks.reduce(
            (sum, block) => sum + 4 + (typeof block === 'number' ? 0 : block.length), 0);
        function copyTo(bytes, at) {
            const view = new DataView(bytes.buffer);
            for (const block of blocks) {
                view.setUint32(at, typeof block === 'number' ? block : block.length, true);
                at += 4;
                if (typeof block === 'number') continue;
                bytes.set(block, at);
                at += block.length;
            }
        }
        return {length, copyTo};
    },

    // memory: { words(), doubles(), bytes(), allocate(size) }; wake() is called when something
    // waits.
    $makeInbox: function(memory, address, capacity, wake) {
        const WORDS = 8;
        const utf8 = new TextEncoder();
        const waiting = [];
        let count = 0;

        function write(slot, event) {
            const at = (address >> 2) + slot * WORDS;
            let block = 0;
            const size = event.payload ? event.payload.length : 0;
            if (size > 0) {
                block = memory.allocate(size);  // may move the heap: views are taken after it
                if (event.payload.copyTo)
                    event.payload.copyTo(memory.bytes(), block);
                else
                    memory.bytes().set(event.payload, block);
            }
            const words = memory.words();
            words[at] = event.kind;
            words[at + 1] = event.a;
            words[at + 2] = event.b;
            words[at + 3] = event.c;
            memory.doubles()[(at >> 1) + 2] = event.number;
            words[at + 6] = block;
            words[at + 7] = size;
        }

        // payload: a string, a Uint8Array, what pack() gave, or nothing.
        function push(kind, {a = 0, b = 0, c = 0, number = 0, payload = null} = {}) {
            waiting.push({
                kind,
                a,
                b,
                c,
                number,
                payload: typeof payload === 'string' ? utf8.encode(payload) : payload
            });
            wake();
        }

        // Fills C++'s block; gives how many records stand in it.
        function fill() {
            count = Math.min(waiting.length, capacity);
            for (let slot = 0; slot < count; slot++)
                write(slot, waiting[slot]);
            waiting.splice(0, count);
            return count;
        }

        return {push, fill, isEmpty: () => waiting.length === 0};
    },
});

// Reads what C++ laid out as one block of 32-bit words and one block of UTF-8 bytes. The views are
// taken anew for every block: the heap moves when it grows.
mergeInto(LibraryManager.library, {
    $makeReader: function(words, floats, bytes) {
        const utf8 = new TextDecoder();
        let at = 0;

        const slice = (from, size) => bytes.subarray(from, from + size);
        const text = (block) => (block.length > 0 ? utf8.decode(block) : '');
        const word = () => words[at++];
        const block = () => slice(words[at++], words[at++]);

        return {
            word,
            text,
            block,
            int: () => words[at++] | 0,
            float: () => floats[at++],
            string: () => text(block()),
            done: () => at >= words.length,
        };
    },
});

// Markdown for who writes articles: a module of its own, fetched when it is first needed and kept by
// the service worker like the rest of the bundle (wasm/markdown/module.cpp).
//
// done(id, text): text is null when the module could not be had, or gave up.
mergeInto(LibraryManager.library, {
    $makeMarkdown: function(done) {
        let loading = null;  // of the module's exports

        // The module asks for nothing it needs: what a trap or growing memory would call.
        function imports(module) {
            const out = {};
            WebAssembly.Module.imports(module).forEach((wanted) => {
                out[wanted.module] = out[wanted.module] || {};
                out[wanted.module][wanted.name] = () => 0;
            });
            return out;
        }

        async function load() {
            const response = await fetch(document.documentElement.dataset.markdown);
            if (!response.ok) throw new Error(String(response.status));
            const module = await WebAssembly.compile(await response.arrayBuffer());
            const instance = await WebAssembly.instantiate(module, imports(module));
            const exports = instance.exports;
            if (exports._initialize) exports._initialize();
            return exports;
        }

        function call(exports, isWriting, bytes) {
            const address = exports.room(bytes.length);
            new Uint8Array(exports.memory.buffer).set(bytes, address);
            const at = isWriting ? exports.write() : exports.read();
            const size = new DataView(exports.memory.buffer).getUint32(at, true);
            return new Uint8Array(exports.memory.buffer, at + 4, size).slice();
        }

        async function run(id, isWriting, bytes) {
            try {
                loading = loading || load();
                done(id, call(await loading, isWriting, bytes));
            } catch (error) {
                loading = null;  // the next try begins anew
                done(id, null);
            }
        }

        return {run};
    },
});

// Loaded by the laboratory page: the shortest way to a store, a reading and a refusal by name.
var LibraryManager = {library: {}};
var lab = {};
function mergeInto(library, nouns) {
    for (const name in nouns)
        lab[name.replace(/^\$/, '')] = nouns[name];
}

lab.lost = 0;
lab.open = (name, other) => lab.makeDurable(
    '/data/' + name,
    Object.assign(
        {
            indexedDB,
            setTimeout: setTimeout.bind(window),
            clearTimeout: clearTimeout.bind(window),
            onLost: () => lab.lost++
        },
        other));
lab.bytes = (text) => new TextEncoder().encode(text);
lab.read = async (store) => Object.fromEntries(
    (await store.readAll())
        .map(
            (file) =>
                [file.path.split('/').pop(), file.bytes && new TextDecoder().decode(file.bytes)]));
lab.result = (promise) => promise.then(() => 'stored', (error) => error.name);

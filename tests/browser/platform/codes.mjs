// C++ and JavaScript name the same things by the same numbers. No browser: reads both sides and
// compares.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../../..');
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8').replace(/\/\/[^\n]*/g, '');

// { Name: number } of an enum, counting on where no number stands.
function enumOf(file, name) {
    const body = read(file).match(new RegExp(`enum (?:class )?${name}\\b[^{]*{([^}]*)}`))[1];
    let next = 0;
    return Object.fromEntries(
        body.split(',').map((each) => each.trim()).filter(Boolean).map((each) => {
            const [key, value] = each.split('=').map((part) => part.trim());
            next = value === undefined ? next : eval(value.replace(/(\d)U/g, '$1'));
            return [key.replace(/^k(?:Key|Mask)?(?=[A-Z])/, ''), next++];
        }));
}

const nouns = {};
globalThis.LibraryManager = {
    library: {}
};
globalThis.mergeInto = (library, more) => Object.assign(nouns, more);
for (const file of ['nodes', 'inbox', 'effects'])
    (0, eval)(read(`wasm/platform/js/${file}.js`));

const arrows = {
    ArrowUp: 'Up',
    ArrowDown: 'Down',
    ArrowLeft: 'Left',
    ArrowRight: 'Right'
};
const keys = Object.fromEntries(
    Object.entries(nouns.$Nodes.key).map(([key, bit]) => [arrows[key] ?? key, bit]));
assert.deepEqual(nouns.$Nodes.role, enumOf('wasm/a11y/tree.hpp', 'Role'));
assert.deepEqual(nouns.$Nodes.flag, enumOf('wasm/a11y/tree.hpp', 'Flag'));
assert.deepEqual(keys, enumOf('wasm/a11y/tree.hpp', 'Key'));
assert.deepEqual(nouns.$Nodes.mask, enumOf('wasm/a11y/diff.hpp', 'Mask'));
assert.deepEqual(nouns.$Nodes.op, enumOf('wasm/a11y/diff.hpp', 'Kind'));
assert.deepEqual(nouns.$Nodes.action, enumOf('wasm/a11y/action.hpp', 'Kind'));
assert.deepEqual(nouns.$Heard, enumOf('wasm/platform/wire.hpp', 'Heard'));
assert.deepEqual(nouns.$Wish, enumOf('wasm/platform/wire.hpp', 'Wish'));
// Emscripten's optimizer drops declarations by pattern (`const [a, b] = …`) as unused.
const folder = path.join(root, 'wasm/platform/js');
for (const file of fs.readdirSync(folder))
    assert.doesNotMatch(
        fs.readFileSync(path.join(folder, file), 'utf8'), /\b(const|let|var) [[{]/, file);
console.log('ok   both sides of the boundary use the same codes');

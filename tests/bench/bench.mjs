// The table of numbers: what | wanted | seen | the machine meanwhile. Everything is measured now,
// on this machine, on the release server and the portal as it is served; nothing is asserted here.
//   node bench.mjs [--only PART]
// Exit code 1 when a part could not be measured.
import {parseArgs} from 'node:util';

import {describe, watch} from './machine.mjs';

const {values} = parseArgs({options: {only: {type: 'string', default: ''}}});

// Each file exports measure(): the lines of its part.
const kParts = ['transfer', 'server', 'storage', 'search', 'portal', 'list'];

async function measured(part) {
    const seen = watch();
    const started = Date.now();
    let rows;
    try {
        const {measure} = await import(`./${part}.mjs`);
        rows = await measure();
    } catch (error) {
        rows = [
            {what: part, wanted: '', seen: `could not be measured: ${error.message}`, failed: true}
        ];
        console.error(error.stack);
    }
    console.error(`${part}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
    const machine = seen();
    return rows.map((row) => ({...row, machine}));
}

const mark = ({holds}) => (holds === undefined ? '' : holds ? '' : ' (missed)');
const line = (cells) => `| ${cells.join(' | ')} |`;

const rows = [];
for (const part of kParts.filter((each) => each.includes(values.only)))
    rows.push(...(await measured(part)));

console.log(`${describe().join('\n')}\n`);
console.log(line(['what', 'wanted', 'seen', 'machine meanwhile']));
console.log(line(['---', '---', '---', '---']));
for (const row of rows)
    console.log(line([row.what, row.wanted, row.seen + mark(row), row.machine]));
process.exit(rows.some((row) => row.failed) ? 1 : 0);

// The query alone: the portal's own engine, compiled as for the portal, in Node (the same V8 as
// Chromium's), over as many articles in two languages as the portal's part has on the device. One
// query for each letter that part types.
import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

import {count, kb, ms, p50, p99, row} from './figures.mjs';
import {kArticles, kQueries} from './portal.mjs';
import {articleOf, writeVolume} from './volume.mjs';

const kRoot = path.resolve(import.meta.dirname, '../..');
const kProgram = path.join(kRoot, 'build/wasm/search-batch.js');

const lines = (values) => values.map((each) => JSON.stringify(each) + '\n').join('');

async function writeDocs(folder, file) {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).sort();
    const docs = await Promise.all(names.map(
        async (name) => ({
            id: name,
            lang: name.split('.')[1],
            ...articleOf(await readFile(path.join(folder, name), 'utf8')),
        })));
    await writeFile(file, lines(docs));
    return docs.length;
}

const prefixes = (query) => [...query].map((_, at, all) => all.slice(0, at + 1).join(''));

export async function measure() {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'ventanilla-bench-'));
    try {
        const file = (name) => path.join(folder, name);
        await writeVolume(path.join(kRoot, 'assets/demo'), file('demo'), {articles: kArticles});
        const docs = await writeDocs(file('demo/articles'), file('docs'));
        const typed = kQueries.flatMap(prefixes).map((text, at) => ({id: `q${at}`, text}));
        await writeFile(file('queries'), lines(typed));
        const words = ['--docs', file('docs'), '--queries', file('queries')];
        const run = async (...more) => {
            const {stdout} = await promisify(execFile)(
                'node',
                [kProgram, ...words, '--lang', 'es', '--depth', '20', ...more],
                {maxBuffer: 2 ** 28});
            return stdout.trim().split('\n').map((line) => JSON.parse(line));
        };
        const answers = await run();
        const about = answers.pop();
        const sliced = (await run('--slices')).pop();
        const times = answers.map(({us}) => us / 1000);
        return [
            row(`search as one types, ${count(docs)} texts of ${count(kArticles)} articles: ` +
                    'the query, p99',
                '≤ 10 ms',
                `${ms(p99(times))} (p50 ${ms(p50(times))}, ${times.length} queries; index built in ` +
                    `${ms(about.build_ms)}, ${kb(about.index_bytes)})`,
                p99(times) <= 10),
            row('the index, ready from its stored form',
                '≤ 150 ms',
                `${ms(about.load_ms)} (${kb(about.index_bytes)}, gzipped ${kb(about.index_gzip_bytes)})`,
                about.load_ms <= 150),
            row('the index, made anew in slices as in the portal',
                '≤ 2,500 ms, a slice < 8 ms',
                `${ms(sliced.build_ms)}; ${sliced.slices} slices, p99 ${ms(sliced.slice_ms_p99)}, ` +
                    `longest ${ms(sliced.slice_ms_max)}`,
                sliced.build_ms <= 2500 && sliced.slice_ms_max < 8),
        ];
    } finally {
        await rm(folder, {recursive: true, force: true});
    }
}

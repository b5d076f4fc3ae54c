// How fast the search engine is over 2,500 articles, natively and as wasm under Node:
//   node speed.mjs [--docs N] [--handbook FOLDER]
// The articles are the sections of the handbook and of this folder's Spanish set, one or two to an
// article until there are enough; the queries are those of the sets. Build optimised programs first:
// PRESET=release names the native one.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';

import { handbook } from './handbook.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const build = join(here, '../../build');
const { values: words } = parseArgs({
  options: {
    docs: { type: 'string', default: '2500' },
    handbook: { type: 'string', default: join(here, '../../../shared/data/kb-18f-handbook') },
  },
});

const linesOf = (name) =>
  readFileSync(join(here, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const jsonLines = (all) => all.map((one) => JSON.stringify(one)).join('\n') + '\n';

// Articles of about the length that help articles have, each different from every other.
function articles(count) {
  const sections = [...handbook(words.handbook), ...linesOf('es.documents.jsonl')].flatMap((doc) =>
    doc.body.split(/^(?=## )/m).filter((text) => text.length > 200)
      .map((text) => ({ lang: doc.lang, title: `${doc.title}: ${/^## (.*)/.exec(text)?.[1] ?? ''}`, text })));
  return Array.from({ length: count }, (_, i) => {
    const [one, two] = [sections[i % sections.length], sections[(i * 7 + 3) % sections.length]];
    const body = i < sections.length ? one.text : `${one.text}\n${two.text}`;
    return { id: `a${i}`, lang: one.lang, title: one.title, body };
  });
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

function measure(name, command, documents, queries, folder) {
  const [docs, asked] = [join(folder, 'docs'), join(folder, 'queries')];
  writeFileSync(docs, jsonLines(documents));
  writeFileSync(asked, jsonLines(queries));
  const [program, ...first] = command;
  const out = execFileSync(program, [...first, '--docs', docs, '--queries', asked, '--lang', 'es', '--depth', '10'],
    { maxBuffer: 1 << 28 }).toString().trim().split('\n').map((line) => JSON.parse(line));
  const sum = out.pop();
  const times = out.map(({ us }) => us / 1000).sort((a, b) => a - b);
  const row = [quantile(times, 0.5), quantile(times, 0.99), times.at(-1), sum.build_ms, sum.load_ms]
    .map((ms) => ms.toFixed(1));
  console.log(`| ${name} | ${row.join(' | ')} | ${sum.index_bytes} | ${sum.index_gzip_bytes} |`);
}

const documents = articles(Number(words.docs));
const queries = [...linesOf('es.queries.jsonl'), ...linesOf('en.queries.jsonl')];
const texts = documents.map(({ title, body }) => `${title}\n${body}`).join('\n');
console.log(`${documents.length} articles, ${texts.length} characters, ${gzipSync(texts).length} bytes gzipped; ` +
  `${queries.length} queries\n`);
console.log('| | query p50 ms | p99 | max | build ms | load ms | stored bytes | gzipped |\n|---|---|---|---|---|---|---|---|');
const folder = mkdtempSync(join(tmpdir(), 'ventanilla-speed-'));
const native = join(build, process.env.PRESET ?? 'dev', 'server/ventanilla');
const wasm = join(build, 'wasm/search-batch.js');
if (existsSync(native)) measure('native', [native, 'kb', 'search-batch'], documents, queries, folder);
if (existsSync(wasm)) measure('wasm, Node', ['node', wasm], documents, queries, folder);
rmSync(folder, { recursive: true });

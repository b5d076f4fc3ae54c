// What ranks: each engine as its own documentation sets it up for a search box over help articles, with
// accents folded, titles weighed three times and tolerance for typing errors where that helps it: Orama
// ranks better without its own, and of FlexSearch's encoders the best was taken (both on the tune half).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { withoutAccents } from './derive.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const TITLE_WEIGHT = 3;
const folded = (text) => withoutAccents(text.toLowerCase());
const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];
const jsonLines = (all) => all.map((one) => JSON.stringify(one)).join('\n') + '\n';

// {query id: [document ids]} from a function of one query's text.
const each = (queries, ids) => new Map(queries.map(({ id, text }) => [id, ids(text)]));

function ventanilla(documents, queries, lang, depth) {
  const program = process.env.VENTANILLA ?? join(here, '../../build/dev/server/ventanilla');
  if (!existsSync(program)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-relevance-'));
  const [docs, asked] = [join(folder, 'docs'), join(folder, 'queries')];
  writeFileSync(docs, jsonLines(documents));
  writeFileSync(asked, jsonLines(queries));
  const words = ['kb', 'search-batch', '--docs', docs, '--queries', asked, '--lang', lang, '--depth', `${depth}`];
  const out = execFileSync(program, words, { maxBuffer: 1 << 28 }).toString();
  rmSync(folder, { recursive: true });
  const lines = out.trim().split('\n').slice(0, -1).map((line) => JSON.parse(line));
  return new Map(lines.map(({ id, hits }) => [id, hits.map(([document]) => document)]));
}

async function minisearch(documents, queries, lang, depth) {
  const { default: MiniSearch } = await import('minisearch');
  const index = new MiniSearch({ fields: ['title', 'body'], processTerm: folded });
  index.addAll(documents);
  const options = { boost: { title: TITLE_WEIGHT }, fuzzy: 0.2, prefix: true };
  return each(queries, (text) => index.search(text, options).slice(0, depth).map(({ id }) => id));
}

async function orama(documents, queries, lang, depth) {
  const { create, insertMultiple, search } = await import('@orama/orama');
  const language = { es: 'spanish', en: 'english' }[lang];
  const { stemmer } = await import(`@orama/stemmers/${language}`);
  const index = create({
    schema: { id: 'string', title: 'string', body: 'string' },
    components: { tokenizer: { language, stemming: true, stemmer } },
  });
  await insertMultiple(index, documents.map(({ id, title, body }) => ({ id, title, body })));
  const answers = new Map();
  for (const { id, text } of queries) {
    const { hits } = await search(index, {
      term: text, properties: ['title', 'body'], boost: { title: TITLE_WEIGHT }, limit: depth,
    });
    answers.set(id, hits.map(({ document }) => document.id));
  }
  return answers;
}

async function lunr(documents, queries, lang, depth) {
  const { default: lunr } = await import('lunr');
  if (lang === 'es') {
    (await import('lunr-languages/lunr.stemmer.support.js')).default(lunr);
    (await import('lunr-languages/lunr.es.js')).default(lunr);
  }
  const index = lunr(function build() {
    if (lang === 'es') this.use(lunr.es);
    this.field('title', { boost: TITLE_WEIGHT });
    this.field('body');
    for (const { id, title, body } of documents) this.add({ id, title: folded(title), body: folded(body) });
  });
  // A term as it is, as a beginning, and with one error: what its guide recommends for search boxes.
  const ask = (text) => index.query((query) => {
    for (const word of wordsOf(text)) {
      query.term(word, { boost: 10 });
      query.term(word, { boost: 2, wildcard: lunr.Query.wildcard.TRAILING, usePipeline: false });
      if (word.length > 3) query.term(word, { editDistance: 1 });
    }
  });
  return each(queries, (text) => ask(text).slice(0, depth).map(({ ref }) => ref));
}

async function flexsearch(documents, queries, lang, depth) {
  const { default: FlexSearch } = await import('flexsearch');
  const { Document, Charset } = FlexSearch;
  const index = new Document({
    document: { id: 'id', index: ['title', 'body'] }, tokenize: 'forward', encoder: Charset.LatinSimple,
  });
  for (const document of documents) index.add(document);
  return each(queries, (text) =>
    index.search(text, { suggest: true, merge: true, limit: depth }).slice(0, depth).map(({ id }) => id));
}

async function fuse(documents, queries, lang, depth) {
  const { default: Fuse } = await import('fuse.js');
  const index = new Fuse(documents, {
    keys: [{ name: 'title', weight: TITLE_WEIGHT }, { name: 'body', weight: 1 }],
    ignoreLocation: true, ignoreDiacritics: true, useTokenSearch: true, threshold: 0.4,
  });
  return each(queries, (text) => index.search(text, { limit: depth }).map(({ item }) => item.id));
}

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

function fts5(documents, queries, lang, depth) {
  const inserts = documents.map(({ id, title, body }) =>
    `INSERT INTO page VALUES(${[id, title, body].map(quoted).join(',')});`);
  const asks = queries.map(({ id, text }) => {
    const words = wordsOf(text);
    const match = words.map((word, i) => `"${word}"${i === words.length - 1 ? '*' : ''}`).join(' OR ');
    return `SELECT ${quoted(id)}, id FROM page WHERE page MATCH ${quoted(match)}
      ORDER BY bm25(page, 0, ${TITLE_WEIGHT}, 1) LIMIT ${depth};`;
  });
  const script = ['.mode tabs',
    `CREATE VIRTUAL TABLE page USING fts5(id UNINDEXED, title, body, tokenize='porter unicode61 remove_diacritics 2');`,
    ...inserts, ...asks].join('\n');
  const out = execFileSync('sqlite3', [':memory:'], { input: script, maxBuffer: 1 << 28 }).toString();
  const answers = new Map();
  for (const line of out.trim().split('\n')) {
    const [query, id] = line.split('\t');
    answers.set(query, [...(answers.get(query) ?? []), id]);
  }
  return answers;
}

function xapian(documents, queries, lang, depth) {
  const input = JSON.stringify({ documents, queries, lang, depth });
  const out = execFileSync(process.env.PYTHON ?? '/usr/bin/python3', [join(here, 'xapian_rank.py')], { input, maxBuffer: 1 << 28 });
  return new Map(Object.entries(JSON.parse(out)));
}

const ALL = [
  ['Ventanilla', ventanilla], ['MiniSearch', minisearch], ['Orama', orama], ['lunr', lunr],
  ['FlexSearch', flexsearch], ['Fuse.js', fuse], ['SQLite FTS5', fts5], ['Xapian', xapian],
];

const isMissing = (error) => ['ERR_MODULE_NOT_FOUND', 'ENOENT'].includes(error.code) ||
  /No module named 'xapian'/.test(`${error.stderr}`);

// The engines, or those of `names`: {name, answer(documents, queries, lang, depth)}, which gives document
// ids by query id, or null when the engine is not installed.
export function engines(names) {
  return ALL.filter(([name]) => names === undefined || names.includes(name)).map(([name, run]) => ({
    name,
    async answer(...work) {
      try {
        return await run(...work);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
  }));
}

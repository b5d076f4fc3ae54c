// Ranks the sets of this folder with Ventanilla and with what else people use, in one run:
//   node measure.mjs [--half tune|held|all] [--only NAME,…] [--lang es|en] [--by-kind]
// docs/search.md has the table. Needs the native program (make build); engines that are not installed
// are named and left out.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { engines } from './engines.mjs';
import { handbook } from './handbook.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const DEPTH = 10;
const { values: words } = parseArgs({
  options: {
    half: { type: 'string', default: 'all' },
    only: { type: 'string' },
    lang: { type: 'string' },
    'by-kind': { type: 'boolean', default: false },
    handbook: { type: 'string', default: join(here, '../../../shared/data/kb-18f-handbook') },
  },
});

const linesOf = (name) =>
  readFileSync(join(here, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

function documentsOf(lang) {
  if (lang === 'es') return linesOf('es.documents.jsonl');
  return existsSync(words.handbook) ? handbook(words.handbook) : null;
}

// Of one query: what its list of document ids is worth. `relevant` are grades by id.
function worth(ids, relevant) {
  const gain = (grade, place) => (2 ** grade - 1) / Math.log2(place + 2);
  const ideal = Object.values(relevant)
    .sort((a, b) => b - a)
    .slice(0, DEPTH)
    .reduce((sum, grade, place) => sum + gain(grade, place), 0);
  const found = ids.reduce((sum, id, place) => sum + gain(relevant[id] ?? 0, place), 0);
  const first = ids.findIndex((id) => relevant[id] > 0);
  return { ndcg: found / ideal, mrr: first < 0 ? 0 : 1 / (first + 1), top3: first >= 0 && first < 3 ? 1 : 0 };
}

const mean = (worths, key) => worths.reduce((sum, one) => sum + one[key], 0) / worths.length;
const figures = (worths) => ['ndcg', 'mrr', 'top3'].map((key) => mean(worths, key).toFixed(3));

function report(name, queries, answers) {
  const byKind = new Map([['all', []]]);
  for (const query of queries) {
    const ids = (answers.get(query.id) ?? []).slice(0, DEPTH);
    const one = worth(ids, query.relevant);
    byKind.get('all').push(one);
    byKind.set(query.kind, [...(byKind.get(query.kind) ?? []), one]);
  }
  for (const [kind, worths] of byKind) {
    if (kind !== 'all' && !words['by-kind']) continue;
    console.log(`| ${name} | ${kind} | ${worths.length} | ${figures(worths).join(' | ')} |`);
  }
}

for (const lang of words.lang ? [words.lang] : ['es', 'en']) {
  const documents = documentsOf(lang);
  if (documents === null) {
    console.log(`no handbook in ${words.handbook}: ${lang} is left out (--handbook FOLDER)`);
    continue;
  }
  const queries = linesOf(`${lang}.queries.jsonl`).filter(
    (query) => words.half === 'all' || query.half === words.half);
  console.log(`\n${lang}: ${documents.length} documents, ${queries.length} queries (${words.half})\n`);
  console.log('| engine | kind | queries | nDCG@10 | MRR@10 | success@3 |\n|---|---|---|---|---|---|');
  for (const { name, answer } of engines(words.only?.split(','))) {
    const answers = await answer(documents, queries, lang, DEPTH);
    if (answers === null) console.log(`| ${name} | not installed | | | | |`);
    else report(name, queries, answers);
  }
}

// Makes the queries of a set again from its questions, after these or the documents have changed:
//   node make_queries.mjs es|en [--handbook FOLDER]
// A new question is a line with its kind, text and relevant documents; the rest is derived.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { derive } from './derive.mjs';
import { handbook } from './handbook.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const [lang, , folder = join(here, '../../../shared/data/kb-18f-handbook')] = process.argv.slice(2);
const linesOf = (name) =>
  readFileSync(join(here, name), 'utf8').trim().split('\n').map((line) => JSON.parse(line));

const documents = lang === 'es' ? linesOf('es.documents.jsonl') : handbook(folder);
const known = new Set(documents.map(({ id }) => id));
const questions = linesOf(`${lang}.queries.jsonl`).filter(({ kind }) => kind === 'question');
for (const { text, relevant } of questions) {
  const strange = Object.keys(relevant).filter((id) => !known.has(id));
  if (strange.length > 0) throw new Error(`"${text}" wants ${strange.join(', ')}, which is no document`);
}
const queries = derive(lang, documents, questions);
writeFileSync(join(here, `${lang}.queries.jsonl`), queries.map((query) => JSON.stringify(query)).join('\n') + '\n');

// Makes a set of queries from questions people would ask and from the headings of the documents:
// as they are, misspelt, without accents, and cut off while typing. A set is made once and committed;
// the same input gives the same set. A query made of another stays in the half of that one.
import { createHash } from 'node:crypto';

const hash = (text) => createHash('sha256').update(text).digest();
export const halfOf = (text) => (hash(`half ${text}`)[0] % 2 === 0 ? 'tune' : 'held');
export const withoutAccents = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '');

// Numbers that depend on nothing but the text.
function dice(text) {
  const bytes = hash(text);
  let at = 0;
  return (sides) => (bytes[at % 32] * 256 + bytes[(at++ * 7 + 3) % 32]) % sides;
}

const NEIGHBOURS = {
  q: 'wa', w: 'qe', e: 'wr', r: 'et', t: 'ry', y: 'tu', u: 'yi', i: 'uo', o: 'ip', p: 'ol', a: 'sq',
  s: 'ad', d: 'sf', f: 'dg', g: 'fh', h: 'gj', j: 'hk', k: 'jl', l: 'kp', z: 'xs', x: 'zc', c: 'xv',
  v: 'cb', b: 'vn', n: 'bm', m: 'nk',
};
const SOUNDS = {
  es: [['v', 'b'], ['b', 'v'], ['ci', 'si'], ['ce', 'se'], ['z', 's'], ['h', ''], ['ll', 'y'], ['ge', 'je'],
    ['gi', 'ji'], ['qui', 'ki'], ['cc', 'c'], ['x', 's']],
  en: [['ie', 'ei'], ['ei', 'ie'], ['ss', 's'], ['mm', 'm'], ['tt', 't'], ['cc', 'c'], ['able', 'ible'],
    ['ent', 'ant'], ['ance', 'ence'], ['ph', 'f'], ['tion', 'sion'], ['ough', 'uff']],
};

function misspelt(word, lang, roll) {
  const sounds = SOUNDS[lang].filter(([from]) => word.slice(1).includes(from));
  const at = 1 + roll(word.length - 1);
  switch (roll(sounds.length > 0 ? 5 : 4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + word[at] + word.slice(at);
    case 2: {
      const i = Math.min(at, word.length - 2);
      return word.slice(0, i) + word[i + 1] + word[i] + word.slice(i + 2);
    }
    case 3: {
      const near = NEIGHBOURS[withoutAccents(word[at])] ?? 'e';
      return word.slice(0, at) + near[roll(near.length)] + word.slice(at + 1);
    }
    default: {
      const [from, to] = sounds[roll(sounds.length)];
      const i = word.indexOf(from, 1);
      return word.slice(0, i) + to + word.slice(i + from.length);
    }
  }
}

// `count` of the longer words, each with one error. Null when there are not so many.
function withErrors(text, lang, count) {
  const roll = dice(`errors ${count} ${text}`);
  const words = text.split(' ');
  const able = words.map((_, i) => i).filter((i) => /^\p{L}{5,}$/u.test(words[i]));
  if (able.length < count) return null;
  for (let done = 0; done < count; ++done) {
    const [i] = able.splice(roll(able.length), 1);
    for (let tries = 0, was = words[i]; words[i] === was && tries < 9; ++tries)
      words[i] = misspelt(was, lang, roll);
  }
  return words.join(' ');
}

// Cut inside a word: the last one, or in every other query an earlier one.
function cutOff(text) {
  const roll = dice(`cut ${text}`);
  const words = text.split(' ');
  const long = words.map((_, i) => i).filter((i) => i > 0 && words[i].length >= 5);
  if (long.length === 0) return null;
  const last = roll(2) === 0 ? long.at(-1) : long[Math.floor(long.length / 2)];
  const cut = words[last].slice(0, 3 + roll(words[last].length - 3));
  return [...words.slice(0, last), cut].join(' ');
}

const typed = (text) => text.toLowerCase().replace(/[¿?¡!.,;:"“”()]/g, '').replace(/\s+/g, ' ').trim();

function headings(docs) {
  const owners = new Map();
  for (const doc of docs) {
    for (const [, heading] of doc.body.matchAll(/^## (.+)$/gm)) {
      const text = heading.trim().replace(/^\d+\. /, '');
      if (text.split(/\s+/).length < 2 || text.split(/\s+/).length > 9 || /https?:|@/.test(text)) continue;
      owners.set(text, (owners.get(text) ?? new Set()).add(doc.id));
    }
  }
  return [...owners].filter(([, ids]) => ids.size === 1).map(([text, ids]) => [text, { [[...ids][0]]: 2 }]);
}

// One text in `of`, chosen by itself.
const oneIn = (of, salt) => (base) => hash(`${salt} ${base.text}`)[1] % of === 0;

// `questions` are {text, relevant}. Gives {id, kind, half, text, relevant}, relevant being grades of 1
// and 2 by document.
export function derive(lang, docs, questions) {
  const bases = [
    ...questions.map(({ text, relevant }) => ({ kind: 'question', text, relevant })),
    ...headings(docs)
      .map(([text, relevant]) => ({ kind: 'heading', text, relevant }))
      .filter(oneIn(lang === 'es' ? 2 : 6, 'heading')),
  ];
  const out = [];
  const add = (kind, base, text) => {
    if (text === null || text === typed(base.text) && kind !== base.kind) return;
    out.push({ id: `${lang}-${out.length + 1}`, kind, half: halfOf(base.text), text, relevant: base.relevant });
  };
  for (const base of bases) {
    const text = typed(base.text);
    add(base.kind, base, base.text);
    if (oneIn(2, 'one')(base)) add('misspelt', base, withErrors(text, lang, 1));
    if (oneIn(3, 'two')(base)) add('misspelt-two', base, withErrors(text, lang, 2));
    if (oneIn(2, 'cut')(base)) add('cut', base, cutOff(text));
    if (lang === 'es' && oneIn(3, 'bare')(base)) add('unaccented', base, withoutAccents(text));
  }
  return out;
}

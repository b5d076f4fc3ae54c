// The handbook of ../shared/data as documents for `kb search-batch`: plain text with `## ` headings.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SHORTCODE = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}|\{#[^}]*\}/g;

function plain(markdown) {
  return markdown
    .replace(SHORTCODE, '')
    .replace(/<!--[\s\S]*?-->|<[^>\n]+>/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^#{1,6} +/gm, '## ')
    .replace(/[*`|]|^ *>/gm, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function document(root, path) {
  const text = readFileSync(join(root, path), 'utf8');
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text);
  const title = front && /^title:(.*(?:\n {2,}.+)*)/m.exec(front[1]);
  if (!title) return null;
  return {
    id: path.replace(/\.md$/, ''),
    lang: 'en',
    title: plain(title[1].replace(/\s+/g, ' ')).replace(/^"|"$/g, ''),
    body: plain(text.slice(front[0].length)),
  };
}

// Every page with a title, ordered by id.
export function handbook(folder) {
  const root = join(folder, 'pages');
  return readdirSync(root, { recursive: true })
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => document(root, path))
    .filter((doc) => doc !== null);
}

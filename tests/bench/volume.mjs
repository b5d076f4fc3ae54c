// A demo company as it is after years: the same people and catalogue as assets/demo, with as many
// requests and articles as asked for. It is only a folder of demo files; `ventanilla seed` makes
// the data of it, by the same commands and the same import as everything else.
import {cp, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';

const kHoursOfYears = 3 * 365 * 24;

// xorshift32: the same volume on every machine.
function seeded(seed) {
    let state = seed;
    return (below) => {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return (state >>> 0) % below;
    };
}

// ---- requests

const kSymptoms = ['none', 'drops', 'slow'];
const kKinds = ['vpn', 'wifi', 'cable', 'internet'];
const kPlaces = [
    'Se corta cada diez minutos',
    'Desde esta mañana',
    'Solo en la sala 3',
    'Después de actualizar',
    'Con cable pasa lo mismo',
    'En las videollamadas'
];

// What happened to one, from most to least usual: done and confirmed, untouched, taken, a question.
function story(chance, hours) {
    const agent = ['owen.blake', 'sofia.arrieta', 'bruno.tedesco'][chance(3)];
    const at = (part) => Math.floor(hours * part);
    const take = {as: agent, do: 'request.take', hours_ago: at(0.9)};
    const kind = chance(10);
    if (kind < 2) return [];
    if (kind < 4) return [take];
    if (kind < 5) {
        const args = {
            reason: 'awaiting_requester',
            question: '¿Puedes decirnos desde qué edificio?'
        };
        return [take, {as: agent, do: 'request.hold', hours_ago: at(0.8), args}];
    }
    const notes = 'Cambiamos el punto de acceso.';
    return [
        take,
        {as: agent, do: 'request.comment', hours_ago: at(0.8), args: {text: 'Lo miramos hoy.'}},
        {as: agent, do: 'request.resolve', hours_ago: at(0.6), args: {notes}},
        {do: 'request.confirm', hours_ago: at(0.5)},
    ];
}

function request(chance, login, number) {
    const hours = 1 + chance(kHoursOfYears);
    const [kind, symptom] = [kKinds[chance(4)], kSymptoms[chance(3)]];
    const answers = {
        kind,
        symptom,
        place: 'home',
        other_sites: 'yes',
        who: 'me',
        can_work: 'partly',
        details: `${kPlaces[chance(kPlaces.length)]} (${number}).`,
    };
    const steps = story(chance, hours).map((step) => ({as: login, ...step}));
    return {as: login, hours_ago: hours, item: 'INC-03', answers, steps};
}

// ---- articles

// A company's own names and codes, rare as such words are: the n-th one n times rarer than the
// first.
function rareWord(chance) {
    const kSyllables = [
        'ba',
        'cor',
        'dan',
        'es',
        'fi',
        'gar',
        'lum',
        'mi',
        'nor',
        'pa',
        'qui',
        'rel',
        'sol',
        'tur',
        'vin',
        'zar'
    ];
    let rank = Math.floor(20000 ** (chance(10000) / 10000));
    let word = '';
    for (; rank > 0; rank = Math.floor(rank / 16))
        word += kSyllables[rank % 16];
    return word;
}

const unfold = (text) => text.replace(/^---\n[\s\S]*?\n---\n/, '');
const titleOf = (text) => (/^title: *(.*)$/m.exec(text)?.[1] ?? '').replaceAll('"', '');

// {title, body} of an article's file.
export const articleOf = (text) => ({title: titleOf(text), body: unfold(text)});

// The paragraphs and titles of the demo's articles in one language.
async function material(folder, lang) {
    const files = (await readdir(folder)).filter((name) => name.endsWith(`.${lang}.md`)).sort();
    const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
    const paragraphs = texts.flatMap((text) => unfold(text).split(/\n{2,}/))
                           .map((one) => one.trim())
                           .filter((one) => one.length > 40 && !/[\[|>]/.test(one));
    return {titles: texts.map(titleOf), paragraphs};
}

// As long as the demo's own: a title, and five to eleven paragraphs with something of its own in
// each.
function article(chance, source, number) {
    const own = () => rareWord(chance);
    const titled = () => `${source.titles[chance(source.titles.length)]} ${own()}`;
    const head = `---\nnumber: KB${number}\ntitle: "${titled()}"\n` +
        `keywords: ${own()}, ${own()}, ${own()}\n---`;
    const parts = [head];
    const sections = 5 + chance(7);
    for (let n = 0; n < sections; n++) {
        if (n % 3 === 1) parts.push(`## ${titled()}`);
        parts.push(source.paragraphs[chance(source.paragraphs.length)]);
        parts.push(`${own()} ${own()} ${own()}.`);
    }
    return `${parts.join('\n\n')}\n`;
}

async function writeArticles(demo, folder, many) {
    const chance = seeded(41);
    await mkdir(folder, {recursive: true});
    for (const lang of ['es', 'en']) {
        const source = await material(path.join(demo, 'articles'), lang);
        for (let n = 0; n < many; n++) {
            const name = `${String(n).padStart(5, '0')}.${lang}.md`;
            await writeFile(path.join(folder, name), article(chance, source, 10000 + n));
        }
    }
}

// Writes the folder `out` for `ventanilla seed --demo`, with `requests` of one person.
export async function writeVolume(demo, out, {login, requests, articles}) {
    await mkdir(out, {recursive: true});
    for (const name of ['company.json', 'catalogue.json', 'outages.json'])
        await cp(path.join(demo, name), path.join(out, name));
    const chance = seeded(7);
    const told = Array.from({length: requests}, (_, n) => request(chance, login, n));
    await writeFile(path.join(out, 'requests.json'), JSON.stringify(told));
    if (articles > 0) await writeArticles(demo, path.join(out, 'articles'), articles);
}

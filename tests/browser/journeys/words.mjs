// The portal's own texts, by key, so that a journey says what a person reads and a changed text
// changes here.
import {readFileSync} from 'node:fs';

const read = (lang) =>
    JSON.parse(readFileSync(new URL(`../../../assets/i18n/${lang}.json`, import.meta.url), 'utf8'));
const kTexts = {
    es: read('es'),
    en: read('en')
};

// The text of `key` with its slots filled. Errors: a key that is in no table.
export function tr(key, slots = {}, lang = 'es') {
    const text = kTexts[lang][key];
    if (text === undefined) throw new Error(`assets/i18n/${lang}.json has no ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) => slots[name] ?? whole);
}
export const en = (key, slots) => tr(key, slots, 'en');

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

// A pattern that any filling of the slots matches, from the start of the text.
export function pattern(key, lang = 'es') {
    return new RegExp(`^${tr(key, {}, lang).split(/\{\w+\}/).map(escaped).join('.*')}`);
}

// A pattern for a name that begins with these words; a required mark or a count may follow.
export const begins = (text) => new RegExp(`^${escaped(text)}`);
export const has = (text) => new RegExp(escaped(text));

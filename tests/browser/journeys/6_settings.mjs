// Point 6: language and theme change at once and lose no draft.
import {readFile} from 'node:fs/promises';

import {until} from '../harness.mjs';

import {fillNoInternet} from './forms.mjs';
import {check, kPeople, signIn} from './steps.mjs';
import {begins, en, tr} from './words.mjs';

const kMark = 'Esto no se debe perder';

const kThemes = Object.fromEntries(await Promise.all(
    ['dark', 'contrast', 'light'].map(async (name) => {
        const file = new URL(`../../../assets/theme/${name}.json`, import.meta.url);
        return [name, JSON.parse(await readFile(file, 'utf8'))];
    })));

// The six colours that most of the picture is made of: {'#f5f7fa': 0.71, …}. What a person sees;
// everything else here reads what the page says.
async function partsOfPicture(browser) {
    const png = (await browser.page.screenshot()).toString('base64');
    return browser.evaluate(async (t, base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes], {type: 'image/png'}));
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [picture.width, picture.height];
        const context = canvas.getContext('2d');
        context.drawImage(picture, 0, 0);
        const {data} = context.getImageData(0, 0, canvas.width, canvas.height);
        const counts = new Map();
        for (let at = 0; at < data.length; at += 4) {
            const colour = '#' +
                [0, 1, 2].map((n) => data[at + n].toString(16).padStart(2, '0')).join('');
            counts.set(colour, (counts.get(colour) ?? 0) + 4 / data.length);
        }
        return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]).slice(0, 6));
    }, png);
}

const background = (browser) => browser.evaluate(async () => {
    const canvas = document.querySelector('canvas');
    return `${document.documentElement.dataset.theme ?? ''}|${
        getComputedStyle(document.body).backgroundColor}|${canvas ? canvas.width : 0}`;
});

export default async function(world, say) {
    const browser = await world.browser('requester');
    await signIn(browser, kPeople.requester);
    await fillNoInternet(browser, kMark);

    say('changing the theme');
    for (const theme of ['dark', 'contrast', 'light']) {
        await browser.open('/ajustes');
        await browser.byRole('radio', tr(`theme.${theme}`)).click();
        await until(
            async () => (await background(browser)).startsWith(theme), `the theme is ${theme}`);
        await browser.waitForIdle();
        const parts = await partsOfPicture(browser);
        for (const token of ['bg', 'surface']) {
            const colour = kThemes[theme][token].toLowerCase();
            check(parts[colour] > 0.03, `${theme}: ${token} is painted: ${JSON.stringify(parts)}`);
        }
    }

    say('changing the language');
    await browser.byRole('radio', 'English').click();
    await browser.byRole('heading', en('nav.settings')).wait();
    check(
        await browser.page.evaluate('document.documentElement.lang') === 'en', 'the page says so');
    await browser.open('/ask/INC-03');
    await browser.byRole('heading', /No internet/).wait();
    const values = (await browser.byRole('main').byRole('textbox').states()).map((s) => s.value);
    check(values.includes(kMark), `the draft is still there: ${JSON.stringify(values)}`);
    await browser.open('/settings');
    await browser.byRole('radio', 'Español').click();
    await browser.byRole('heading', tr('nav.settings')).wait();
    const errors = await browser.takeErrors();
    check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
}

// Point 6: language and theme change at once and lose no draft.
import {until} from '../harness.mjs';

import {fillNoInternet} from './forms.mjs';
import {check, kPeople, signIn} from './steps.mjs';
import {begins, en, tr} from './words.mjs';

const kMark = 'Esto no se debe perder';

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
    const shots = [];
    for (const theme of ['dark', 'contrast', 'light']) {
        await browser.open('/ajustes');
        await browser.byRole('radio', tr(`theme.${theme}`)).click();
        await until(
            async () => (await background(browser)).startsWith(theme), `the theme is ${theme}`);
        shots.push((await browser.page.screenshot()).toString('base64').length);
    }
    check(new Set(shots).size > 1, 'the pictures differ');

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

// Point 2, first half: find an answer while typing, read it as a web page, say that it helped, go
// back.
import {until} from '../harness.mjs';

import {pick} from './forms.mjs';
import {answers, check, kPeople, searchField, signIn} from './steps.mjs';
import {tr} from './words.mjs';

const kTitle = /809/;

export default async function(world, say) {
    const browser = await world.browser('requester');
    say('signing in');
    await signIn(browser, kPeople.requester);

    say('searching at home and seeing answers while typing');
    await searchField(browser).type('vpn no con');
    const options = answers(browser).byRole('option');
    await options.wait();
    await browser.page.type('ecta 809');
    await until(async () => kTitle.test((await options.names())[0] ?? ''),
                'the first answer is the article about error 809');

    say('opening the article');
    await answers(browser).byRole('option', kTitle).click();
    await until(async () => /\/articulos\//.test(await browser.address()),
                'the article has its own address');
    await browser.waitForIdle();
    await browser.byRole('heading', kTitle).wait();

    say('finding a word with the browser\'s own find');
    const sentence = await browser.evaluate(() => {
        const lines =
            [...document.querySelectorAll('main p, main li')].map((p) => p.textContent.trim());
        return lines.find((line) => line.length > 40) ?? '';
    });
    check(sentence.length > 40, `the article has a sentence: ${await browser.outline()}`);
    const word = sentence.split(/[\s.,;:()«»"]+/).find((w) => w.length > 5);
    check(await browser.evaluate((t, w) => {
        getSelection().removeAllRanges();
        return window.find(w);
    }, word), `the browser finds "${word}"`);
    check(
        (await browser.page.evaluate('String(getSelection())')).toLowerCase() ===
            word.toLowerCase(),
        'and selects it');

    say('selecting and copying a sentence with the mouse');
    const line = await browser.evaluate((t, text) => {
        const p = [...document.querySelectorAll('main p, main li')].find(
            (e) => e.textContent.trim() === text);
        p.scrollIntoView({block: 'center'});
        const node = document.createTreeWalker(p, NodeFilter.SHOW_TEXT).nextNode();
        const range = document.createRange();
        range.setStart(node, 0);
        range.setEnd(node, Math.min(node.data.length, 20));
        const {x, y, width, height} = range.getClientRects()[0];
        return {
            from: {x: x + 1, y: y + height / 2},
            to: {x: x + width - 1, y: y + height / 2},
            text: node.data.slice(0, 12)
        };
    }, sentence);
    await browser.page.drag(line.from, line.to);
    const selected = await browser.page.evaluate('String(getSelection())');
    check(selected.trim().length > 3, `dragging selects text, not "${selected}"`);
    const copied = await browser.evaluate(
        () => new Promise((resolve) => {
            document.addEventListener('copy', () => resolve(String(getSelection())), {once: true});
            setTimeout(() => resolve(null), 5000);
            document.execCommand('copy');
        }));
    check(copied === null || copied === selected, `copying gives what is selected: ${copied}`);

    say('voting that it did not help, and why');
    await browser.byRole('button', tr('article.vote_no')).click();
    await pick(browser, tr('article.reason'), tr('article.reason_outdated'));
    await browser.waitForText(tr('article.voted_reason'));
    say('changing that into helpful');
    await browser.byRole('button', tr('article.vote_yes')).click();
    await browser.waitForText(tr('article.voted_yes'));

    say('going back');
    await browser.back();
    await until(
        async () => !/\/articulos\//.test(await browser.address()), 'Back leaves the article');
    await searchField(browser).wait();
    const errors = await browser.takeErrors();
    check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
}

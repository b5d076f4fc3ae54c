// An article is changed: its author writes beside the preview, loses the browser and not the text;
// somebody else compares and publishes; a reader who was away has the new version after coming
// back, and keeps it without a network.
import {allSent, check, draftSaved, kPeople, signIn, signInForGood} from './steps.mjs';
import {begins, has, tr} from './words.mjs';

const kArticle = 'KB0005';
const kStep = 'Apaga el punto de acceso y vuelve a encenderlo.';
const kWhy = 'Reiniciar el punto de acceso resuelve la mitad de los casos';
const kNetworkErrors = /Failed to fetch|NetworkError|Load failed|ERR_|not connect|EventSource/i;

export default async function(world, say) {
    const reader = await world.browser('requester');
    const author = await world.browser('author');
    const reviewer = await world.browser('reviewer');

    say('a reader has the article and leaves');
    await signInForGood(reader, kPeople.requester);
    await reader.open(`/articulos/${kArticle}`);
    await reader.byRole('heading', /809/).wait();
    await allSent(reader, 60);
    await reader.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    check(!await reader.byRole('link', tr('article.write')).isThere(), 'readers propose nothing');
    await reader.close();

    say('its author writes and sees how it will look');
    await signInForGood(author, kPeople.agent);
    await author.open(`/articulos/${kArticle}`);
    await author.byRole('link', tr('article.write')).click();
    const body = author.byRole('textbox', begins(tr('writing.body')));
    const before = await body.value();
    check(before.includes('809'), `the text is there as Markdown, not ${before.slice(0, 60)}`);
    await body.fill(`${before}\n\n1. ${kStep}\n`);
    await author.waitForText(kStep);
    await draftSaved(author);

    say('the browser dies, the text does not');
    await author.kill();
    await author.reopen('/articulos');
    await author.byRole('link', /809/).click();
    check((await body.value()).includes(kStep), 'what was written is still there');
    await author.byRole('textbox', begins(tr('writing.change'))).fill(kWhy);
    await author.byRole('button', tr('writing.send')).click();
    await author.waitForText(has(tr('version.in_review')));
    await allSent(author, 60);
    check(!await author.byRole('button', tr('review.publish')).isThere(), 'not by its author');

    say('somebody else compares and publishes');
    await signIn(reviewer, kPeople.reviewer);
    await reviewer.open('/articulos');
    await reviewer.byRole('main').byRole('link', /809/).click();
    await reviewer.waitForText(kWhy);
    await reviewer.waitForText(kStep);
    await reviewer.byRole('button', tr('review.publish')).click();
    await reviewer.waitForText(has(tr('version.published')));
    await allSent(reviewer, 60);

    say('the reader comes back and sees it, and keeps it without a network');
    await reader.reopen(`/articulos/${kArticle}`);
    await reader.waitForText(kStep, 60);
    await allSent(reader, 60);
    await reader.kill();
    await world.wire.cut();
    await reader.reopen(`/articulos/${kArticle}`);
    await reader.waitForText(kStep, 60);
    await world.wire.heal();
    for (const browser of [reader, author, reviewer]) {
        const errors = (await browser.takeErrors()).filter((e) => !kNetworkErrors.test(e));
        check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
    }
}

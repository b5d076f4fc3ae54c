// What helps before a request is sent, and what those who keep the articles learn of it: three people
// search for something that is not there and read an article beside a form; the sums say so without
// saying who, and the search becomes the beginning of an article.
import {check, kPeople, signIn} from './steps.mjs';
import {begins, has, tr} from './words.mjs';

const kMissing = 'megafonía del salón';
const kArticle = /VPN \(Windows\)/;

async function seek(browser, who, say) {
    await signIn(browser, who);
    say(`${who.name} searches for what is not there`);
    await browser.open(`/buscar?q=${encodeURIComponent(kMissing)}`);
    await browser.waitForText(has(tr('search.none_text')));
    await browser.byRole('link', tr('nav.ask')).click();
    await browser.byRole('link', /^Sin internet o VPN/).click();
    say(`${who.name} reads what stands beside the form`);
    await browser.byRole('main').byRole('link', kArticle).click();
    await browser.byRole('button', tr('article.solved')).wait();
}

export default async function(world, say) {
    const people = [kPeople.requester, kPeople.madrid, kPeople.reviewer];
    for (const who of people) {
        const browser = await world.browser(who.login);
        await seek(browser, who, say);
        if (who === people[0]) await browser.screenshot('help-article');
        await browser.byRole('button', tr('article.solved')).click();
        await browser.waitForText(has(tr('form.solved_text')));
        if (who === people[0]) await browser.screenshot('help-solved');
        await browser.byRole('button', tr('form.not_solved')).click();
        await browser.byRole('button', new RegExp(tr('form.solved_by', {title: ''}))).wait();
        if (who === people[0]) {
            await browser.screenshot('help-form');
            await browser.resize(390, 844);
            await browser.byRole('button', tr('form.send')).wait();
            await browser.screenshot('help-form-phone');
        }
        await browser.waitForIdle(30);
        await browser.close();
    }

    say('the sums say what is missing, and not for whom');
    await world.server.cli('kb', 'count');
    const agent = await world.browser('agent');
    await signIn(agent, kPeople.agent);
    await agent.open('/articulos');
    await agent.byRole('link', tr('knowledge.title')).click();
    await agent.waitForText(kMissing, 60);
    await agent.waitForText(has(tr('knowledge.people_other', {n: 3})));
    await agent.screenshot('knowledge');
    for (const line of await agent.axe()) check(false, line);

    say('the gap becomes an article');
    await agent.byRole('link', kMissing).click();
    const title = await agent.byRole('textbox', begins(tr('writing.title_field'))).value();
    check(title === 'Megafonía del salón', `the title is filled in, not ${title}`);
    await agent.byRole('textbox', begins(tr('writing.body'))).fill('Llama a Ana al 600 123 456.');
    await agent.waitForText(has('600 123 456»'), 30);
    await agent.screenshot('knowledge-personal');
    await agent.resize(390, 844);
    await agent.open('/conocimiento');
    await agent.waitForText(kMissing, 60);
    await agent.screenshot('knowledge-phone');
}

// A spokesperson speaks: a template, advice on words, who will see it, a browser that dies; a
// colleague who was faster; the person it happens to, who is asked whether it works again.
import {allSent, check, draftSaved, kPeople, signIn, signInForGood} from './steps.mjs';
import {begins, has, tr} from './words.mjs';

const kTitle = 'Correo y calendario: no funciona';
const kDiego = {login: 'diego.paz', name: 'Diego'};
const kMonica = {login: 'monica.estevez', name: 'Mónica'};
const kNetworkErrors = /Failed to fetch|NetworkError|Load failed|ERR_|not connect|EventSource/i;

const box = (browser, key) => browser.byRole('textbox', begins(tr(key)));
const list = (browser, key, slots) => browser.byRole('combobox', begins(tr(key, slots)));

export default async function(world, say) {
    const diego = await world.browser('spokesperson');
    const monica = await world.browser('colleague');
    const lucia = await world.browser('requester');
    await signInForGood(diego, kDiego);
    await signIn(lucia, kPeople.requester);
    await lucia.open('/');

    say('a spokesperson begins with a template and reads the advice');
    await diego.open('/interrupciones/nueva');
    await diego.byRole('checkbox', 'Correo y calendario').click();
    await list(diego, 'tpl.label').choose(tr('tpl.down'));
    await box(diego, 'outage.title_es').wait((state) => state.value === kTitle);
    await diego.waitForText(/Lo verán \d+ personas/);
    await box(diego, 'outage.workaround_es').fill('El backend está caído: usa el teléfono.');
    await diego.waitForText('«backend»');
    await box(diego, 'outage.workaround_es').fill('Usa el teléfono para lo urgente.');
    await box(diego, 'outage.workaround_en').fill('Use the phone for anything urgent.');
    await draftSaved(diego);

    say('the browser dies, the draft does not');
    await diego.kill();
    await diego.reopen('/interrupciones/nueva');
    await box(diego, 'outage.title_es').wait((state) => state.value === kTitle);
    await box(diego, 'outage.contact_name').fill('Mesa de ayuda');
    await diego.byRole('button', tr('outage.publish')).click();
    await diego.waitForText(has(tr('form.error.contact_missing')));
    await box(diego, 'outage.contact_phone').fill('interno 4000');
    await diego.byRole('button', tr('outage.publish')).click();
    await allSent(diego, 60);

    say('the people it happens to read it and say so');
    await lucia.byRole('region', has(kTitle)).wait(undefined, 60);
    await lucia.byRole('button', tr('banner.me_too')).click();
    await lucia.waitForText(has(tr('banner.joined')));
    await allSent(lucia, 60);

    say('two write at once, and the second is told');
    await signIn(monica, kMonica);
    for (const browser of [diego, monica]) {
        await browser.open('/estado');
        await browser.byRole('main').byRole('link', has(kTitle)).click();
        await box(browser, 'outage.body_es').wait();
    }
    await list(diego, 'tpl.label').choose(tr('tpl.same'));
    await list(monica, 'tpl.label').choose(tr('tpl.cause'));
    await list(monica, 'outage.state').choose(tr('outage.identified'));
    await monica.byRole('button', tr('outage.publish')).click();
    await diego.waitForText(has(tr('outage.moved_on_title')), 60);
    await diego.byRole('button', tr('outage.publish')).click();
    await diego.waitForText(has(tr('reject.outage_moved')));
    await diego.byRole('button', tr('outage.moved_on_read')).click();
    await diego.byRole('button', tr('outage.moved_on_read')).gone();

    say('it is over, and whoever was affected is asked once');
    await list(diego, 'outage.act').choose(tr('outage.resolve'));
    await diego.byRole('button', tr('outage.resolve')).click();
    await diego.byRole('button', tr('ask.resolve_yes')).click();
    await allSent(diego, 60);
    await lucia.waitForText(has(tr('works.title', {title: kTitle})), 60);
    await lucia.byRole('button', tr('works.no')).click();
    await lucia.byRole('button', tr('works.no')).gone();
    await diego.byRole('main').byRole('link', has(kTitle)).click();
    await diego.waitForText(has(tr('outage.broken_one')), 60);
    for (const browser of [diego, monica, lucia]) {
        const errors = (await browser.takeErrors()).filter((e) => !kNetworkErrors.test(e));
        check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
    }
}

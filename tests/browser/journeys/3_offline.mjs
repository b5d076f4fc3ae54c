// Point 3: the network is cut, the request is kept, the browser is killed, and it is sent exactly
// once.
import {until} from '../harness.mjs';

import {kNoInternet} from './forms.mjs';
import {allSent, check, fillNoInternet, kPeople, searchField, signInForGood} from './steps.mjs';
import {begins, has, tr} from './words.mjs';

const kMark = 'La VPN se cae cada diez minutos';

export default async function(world, say) {
    const browser = await world.browser('requester');
    say('signing in while there is a network');
    await signInForGood(browser, kPeople.requester);
    await allSent(browser);
    await browser.evaluate(() => navigator.serviceWorker.ready.then(() => true));

    say('cutting the network and submitting');
    await world.wire.cut();
    await fillNoInternet(browser, kNoInternet(kMark));
    await browser.byRole('button', tr('form.submit')).click();
    await browser.waitForText(has('Guardada en este dispositivo'));
    const code = /\b[0-9A-HJKMNP-TV-Z]{5}\b/.exec(await browser.text())?.[0];
    check(code, `a short code stands there: ${await browser.outline()}`);

    say('killing the browser and opening it again, still offline');
    await browser.kill();
    await browser.reopen('/solicitudes');
    await browser.waitForText(has(tr('connection.offline')), 60);
    await browser.waitForText(code);
    await browser.open('/');
    await searchField(browser).type('vpn no conecta 809');
    await browser.byRole('region', begins(tr('search.group_solve'))).byRole('link', /809/).wait();
    await browser.open('/pedir');
    await browser.byRole('link', /Sin internet o VPN/).wait();
    await browser.open('/estado');
    await browser.waitForText(/\bhace \d|información de las|lo último que sabemos/);

    say('restoring the network');
    await world.wire.heal();
    await browser.open('/solicitudes');
    await allSent(browser, 60);
    await browser.waitForText(/SOL-\d{4}-\d+/, 60);
    const links = (await browser.byRole('main').byRole('link').names())
                      .filter((name) => /SOL-\d{4}-\d+/.test(name));
    say('counting it on the server');
    const agent = await world.browser('agent');
    const {signIn} = await import('./steps.mjs');
    await signIn(agent, kPeople.agent);
    await agent.open('/cola');
    await agent.waitForText(/SOL-\d{4}-\d+/);
    const count = await world.requestsWith(kMark);
    check(count === 1, `the server has it exactly once, not ${count} times (${links})`);
    const errors = (await browser.takeErrors())
                       .filter((e) => !/Failed to fetch|NetworkError|Load failed|ERR_/.test(e));
    check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
}

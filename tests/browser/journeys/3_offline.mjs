// Point 3: the network is cut, the request is kept, the browser is killed, and it is sent exactly
// once.
import {fillNoInternet} from './forms.mjs';
import {allSent, answers, check, kPeople, searchField, signInForGood} from './steps.mjs';
import {has, tr} from './words.mjs';

const kMark = 'La VPN se cae cada diez minutos';
const kNetworkErrors = /Failed to fetch|NetworkError|Load failed|ERR_|not connect|EventSource/i;

export default async function(world, say) {
    const browser = await world.browser('requester');
    say('signing in while there is a network');
    await signInForGood(browser, kPeople.requester);
    await allSent(browser, 60);
    await browser.evaluate(() => navigator.serviceWorker.ready.then(() => true));

    say('cutting the network and submitting');
    await world.wire.cut();
    await fillNoInternet(browser, kMark);
    await browser.byRole('button', tr('form.send')).click();
    await browser.waitForText(has(tr('form.saved_here')));
    const [code] = /~[0-9A-Z]{4,5}/.exec(await browser.text()) ?? [];
    check(code, `a short code stands there: ${await browser.outline()}`);

    say('killing the browser and opening it again, still offline');
    await browser.kill();
    await browser.reopen('/solicitudes');
    await browser.waitForText(has(tr('connection.offline')), 60);
    await browser.waitForText(code);
    say('finding articles offline');
    await browser.open('/');
    await searchField(browser).type('vpn no conecta 809');
    await answers(browser).byRole('option', /809/).wait();
    say('finding the catalogue and the status offline');
    await browser.open('/pedir');
    await browser.byRole('link', /Sin internet o VPN/).wait();
    await browser.open('/estado');
    await browser.waitForText(/hace \d|información de las|lo último que sabemos/i);

    say('restoring the network');
    await world.wire.heal();
    await browser.open('/solicitudes');
    await browser.waitForText(/SOL-\d{4}-\d+/, 90);
    await allSent(browser, 60);
    await browser.reload();
    await browser.waitForText(/SOL-\d{4}-\d+/, 60);
    const count = await world.server.requestsWith(kMark);
    check(count === 1, `the server has it exactly once, not ${count} times`);
    const errors = (await browser.takeErrors()).filter((e) => !kNetworkErrors.test(e));
    check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
}

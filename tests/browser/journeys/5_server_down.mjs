// The scripted day O3: the server itself is killed. The portal says so, goes on taking requests, and
// sends them once when it is back; what others kept meanwhile arrives by the same play.
import {fillNoInternet} from './forms.mjs';
import {allSent, check, kPeople, signIn} from './steps.mjs';
import {has, tr} from './words.mjs';

const kMark = 'La escribí con la mesa caída';
const kTitle = 'Este portal no podía enviar solicitudes';

export default async function(world, say) {
    const browser = await world.browser('requester');
    await signIn(browser, kPeople.requester);
    await allSent(browser, 60);
    await browser.open('/');

    say('killing the server');
    const day = world.server.cli('demo', 'play', 'O3', '--speed', '600');
    await world.server.kill();
    await browser.byRole('region', has(tr('self_outage.title'))).wait(undefined, 90);
    await browser.waitForText(has(tr('self_outage.contacts')));
    await browser.screenshot('server-down');

    say('submitting all the same');
    await fillNoInternet(browser, kMark);
    await browser.byRole('button', tr('form.send')).click();
    await browser.waitForText(has(tr('form.saved_here')));

    say('starting it again');
    await world.server.up();
    await browser.open('/solicitudes');
    await browser.waitForText(/SOL-\d{4}-\d+/, 90);
    await allSent(browser, 90);
    const count = await world.server.requestsWith(kMark);
    check(count === 1, `the server has it exactly once, not ${count} times`);

    say('reading what happened');
    await browser.open('/');
    await browser.byRole('region', has(kTitle)).wait(undefined, 60);
    await day;
    await browser.byRole('region', has(kTitle)).gone();
    await browser.byRole('region', has(tr('self_outage.title'))).gone();
}

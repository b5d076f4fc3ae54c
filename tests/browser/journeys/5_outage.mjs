// Point 5: an outage published from the command line stands in the open portal of those it
// concerns.
import {until} from '../harness.mjs';

import {check, kPeople, signIn} from './steps.mjs';
import {has, tr} from './words.mjs';

const kTitle = 'La VPN no conecta en Madrid';

export default async function(world, say) {
    const madrid = await world.browser('madrid');
    const elsewhere = await world.browser('requester');
    await signIn(madrid, kPeople.madrid);
    await signIn(elsewhere, kPeople.requester);
    await madrid.open('/');
    await elsewhere.open('/');
    await madrid.evaluate(() => {
        globalThis.heard = [];
        for (const live of document.querySelectorAll('[role=alert], [role=status], [aria-live]')) {
            new MutationObserver(() => globalThis.heard.push(live.textContent))
                .observe(live, {childList: true, subtree: true, characterData: true});
        }
        return true;
    });

    say('publishing it');
    await world.server.cli('outage', 'publish', 'O1');
    const banner = madrid.byRole('region', has(kTitle));
    await banner.wait();

    say('reading it');
    const {text} = await banner.wait();
    for (const part
             of [tr('banner.meanwhile'),
                 'punto de acceso',
                 tr('banner.contact').split('{')[0].trim(),
                 tr('banner.updated').split('{')[0].trim(),
                 'próxima antes de'])
        check(text.includes(part), `the banner says "${part}": ${text}`);
    await until(
        async () => (await madrid.evaluate(() => globalThis.heard.join('|'))).includes(kTitle),
        'a live region says it');

    say('seeing nothing elsewhere');
    check(!(await elsewhere.text()).includes(kTitle), 'who is not concerned sees nothing');

    say('keeping it offline, with its age');
    await world.wire.cut();
    await madrid.reload();
    await madrid.byRole('region', has(kTitle)).wait(undefined, 60);
    await madrid.waitForText(has(tr('connection.offline')), 60);
    await madrid.waitForText(/Actualizado/);
    await world.wire.heal();
}

// The scripted day O1 in the portal that somebody of Madrid has open: the banner comes, changes with
// each update, offers the way around, asks whether it works again, and goes when it is over.
import {check, kPeople, signIn} from './steps.mjs';
import {has, tr} from './words.mjs';

const kTitle = 'La VPN no conecta en Madrid';

export default async function(world, say) {
    const browser = await world.browser('madrid');
    await signIn(browser, kPeople.madrid);
    await browser.open('/');
    const banner = browser.byRole('region', has(kTitle));
    check(!(await banner.isThere()), 'nothing is wrong yet');

    say('playing the day');
    const day = world.server.cli('demo', 'play', 'O1', '--speed', '240');
    // An early failure is this journey's, not a rejection nobody waits for.
    const failed = day.then(() => new Promise(() => {}));
    const sees = (what) => Promise.race([what, failed]);

    // What is waited for stays until the day is over: a slow browser misses nothing.
    say('seeing that it is known');
    await sees(banner.wait(undefined, 60));
    say('being counted, as the play says: Marta tapped that it happens to her too');
    await sees(banner.wait(({text}) => text.includes(tr('banner.joined')), 60));
    say('reading the way around and when it should be over');
    await sees(banner.wait(({text}) => text.includes('punto de acceso'), 60));
    await sees(banner.wait(({text}) => text.includes('próxima antes de')));
    say('being asked whether it works again, and saying that it does');
    const asked = browser.byRole('region', tr('works.title', {title: kTitle}));
    await sees(asked.wait(({text}) => text.includes('La VPN vuelve a conectar'), 60));
    await browser.screenshot('play-asked');
    await asked.byRole('button', tr('works.yes')).click();
    await asked.gone();
    say('seeing it go');
    await day;
    await banner.gone();

    say('finding her own request answered and closed');
    await browser.open('/solicitudes');
    await browser.waitForText(/SOL-\d{4}-\d+/);
    check((await browser.takeErrors()).length === 0, 'the page had no errors');
}

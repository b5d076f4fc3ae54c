// Budgets that are counts, not times: no frame while nothing happens, hardly a DOM write while
// scrolling.
import {idleFrames, scrolled} from '../frames.mjs';

import {check, kPeople, signIn} from './steps.mjs';

const kIdleSeconds = 10;

export default async function(world, say) {
    const browser = await world.browser('requester');
    await signIn(browser, kPeople.requester);
    await browser.open('/');
    await browser.waitForIdle();

    say(`${kIdleSeconds} idle seconds`);
    const frames = await idleFrames(browser, kIdleSeconds);
    check(frames === 0, `${frames} frames in ${kIdleSeconds} idle seconds`);

    say('scrolling a long page');
    await browser.open('/pedir');
    await browser.waitForIdle();
    await browser.resize(800, 500);
    const seen = await scrolled(browser, 30);
    check(seen.height > 50, `the page is long enough: ${JSON.stringify(seen)}`);
    check(
        seen.writes <= 2 * seen.steps,
        `${seen.writes} DOM writes in ${seen.steps} scrolled frames`);
}

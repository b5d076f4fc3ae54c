// Budgets that are counts, not times: no frame while nothing happens, hardly a DOM write while
// scrolling.
import {check, kPeople, signIn} from './steps.mjs';

const kIdleSeconds = 10;

export default async function(world, say) {
    const browser = await world.browser('requester');
    await signIn(browser, kPeople.requester);
    await browser.open('/');
    await browser.waitForIdle();

    say(`${kIdleSeconds} idle seconds`);
    const frames = await browser.evaluate(async (t, seconds) => {
        const count = () => globalThis.portal_frame_count();
        const quiet = async (ms) => {
            for (let last = count(), still = 0; still < ms;) {
                await new Promise((r) => setTimeout(r, 100));
                still = count() === last ? still + 100 : 0;
                last = count();
            }
        };
        await quiet(1000);
        const before = count();
        await new Promise((r) => setTimeout(r, seconds * 1000));
        return count() - before;
    }, kIdleSeconds);
    check(frames === 0, `${frames} frames in ${kIdleSeconds} idle seconds`);

    say('scrolling a long page');
    await browser.open('/pedir');
    await browser.waitForIdle();
    await browser.resize(800, 500);
    const scrolled = await browser.evaluate(async () => {
        const nextFrame = () => new Promise((r) => requestAnimationFrame(() => setTimeout(r, 0)));
        for (let n = 0; n < 20; n++)
            await nextFrame();
        let writes = 0;
        const watch = new MutationObserver((list) => {
            writes += list.length;
        });
        watch.observe(
            document.documentElement,
            {subtree: true, childList: true, attributes: true, characterData: true});
        const height = document.documentElement.scrollHeight - innerHeight;
        const steps = 30;
        for (let n = 1; n <= steps; n++) {
            scrollTo(0, height * n / steps);
            await nextFrame();
        }
        watch.disconnect();
        return {writes, steps, height};
    });
    check(scrolled.height > 50, `the page is long enough: ${JSON.stringify(scrolled)}`);
    check(
        scrolled.writes <= 2 * scrolled.steps,
        `${scrolled.writes} DOM writes in ${scrolled.steps} scrolled frames`);
}

// Counts of what the portal does while nothing happens and while somebody scrolls: a test asserts
// them, the bench prints them.

// Frames in `seconds` in which nobody does anything, once what was going on has come to rest.
export const idleFrames = (browser, seconds) => browser.evaluate(async (t, idleSeconds) => {
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
    await new Promise((r) => setTimeout(r, idleSeconds * 1000));
    return count() - before;
}, seconds);

// Scrolls by `px` a frame, `steps` times (or the whole page in `steps`, when px is 0); gives how
// many changes of the DOM that made, and how far it could scroll.
export const scrolled = (browser, steps, px = 0) => browser.evaluate(async (t, count, stride) => {
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
    const from = scrollY;
    for (let n = 1; n <= count; n++) {
        scrollTo(0, from + (stride || height / count) * n);
        await nextFrame();
    }
    watch.disconnect();
    return {writes, steps: count, height};
}, steps, px);

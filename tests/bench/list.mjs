// The list of 10,000 requests, scrolled slowly, fast, and in leaps.
import {scrolled} from '../browser/frames.mjs';
import {kPeople} from '../browser/journeys/steps.mjs';

import {count, ms, p50, p95, row} from './figures.mjs';
import {begin} from './person.mjs';
import {frames, record} from './trace.mjs';

const kRequests = 10000;
const kSteps = 60;
const kStrides = [40, 250, 4000];  // pixels a frame: a wheel, a fling, a dragged scroll bar

export async function measure() {
    const {browser, end} = await begin(kPeople.madrid, {requests: kRequests, articles: 0});
    try {
        await browser.open('/solicitudes?ver=todas');
        let writes = 0;
        const tasks = await record(browser, async () => {
            for (const stride of kStrides)
                writes += (await scrolled(browser, kSteps, stride)).writes;
        });
        const cpu = frames(tasks);
        const perFrame = writes / (kSteps * kStrides.length);
        return [
            row(`list of ${count(kRequests)} requests, processor time a frame, p95`,
                '≤ 8 ms',
                `${ms(p95(cpu))} (p50 ${ms(p50(cpu))}, ${cpu.length} frames)`,
                p95(cpu) <= 8),
            row('DOM writes a scrolled frame, that list',
                '≤ 2',
                perFrame.toFixed(1),
                perFrame <= 2),
        ];
    } finally {
        await end();
    }
}

// The durable acknowledgement: how long one command takes from the portal's commit to `complete`,
// with 10,000 records in the store already. It runs the portal's own durable.js in Chromium, on a
// page without the portal around it.
import {launch, serve} from '../browser/platform/support.mjs';

import {ms, p50, p99, row} from './figures.mjs';

const kRecords = 10000;
const kCommits = 500;

// Runs in the page.
async function timed(t, records, commits) {
    const store = lab.open('bench');
    const record = (n) => [`/data/bench/outbox/${n}`, crypto.getRandomValues(new Uint8Array(1200))];
    for (let at = 0; at < records; at += 500)
        await store.commit(Array.from({length: 500}, (_, n) => record(at + n)), null, false);
    const stored = (await store.readAll()).length;
    const times = [];
    for (let at = 0; at < commits; at++) {
        const one = record(records + at);
        const start = performance.now();
        await store.commit([one], null, true);
        times.push(performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 10));  // nobody submits without a pause
    }
    return {stored, times};
}

export async function measure() {
    const server = await serve();
    const browser = await launch('chromium', server.origin);
    try {
        await browser.lab('durable');
        const {stored, times} = await browser.evaluate(timed, kRecords, kCommits);
        if (stored !== kRecords) throw new Error(`${stored} records are there, not ${kRecords}`);
        const wanted = 'p50 ≤ 5 ms, p99 ≤ 50 ms';
        return [
            row(`durable acknowledgement with ${kRecords.toLocaleString('en')} records`,
                wanted,
                `p50 ${ms(p50(times))}, p99 ${ms(p99(times))}`,
                p50(times) <= 5 && p99(times) <= 50),
        ];
    } finally {
        await browser.end();
        await server.stop();
    }
}

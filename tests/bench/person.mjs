// A browser in which somebody is signed in and has everything on the device: what a working day
// begins with.
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {Browser, until} from '../browser/harness.mjs';
import {allSent, signIn} from '../browser/journeys/steps.mjs';
import {Server} from '../browser/server.mjs';

import {writeVolume} from './volume.mjs';

const kDemo = path.resolve(import.meta.dirname, '../../assets/demo');
const kRestMs = 3000;  // longer than the portal waits before it writes what it fetched

// Bytes in the portal's store. Runs in the page.
async function bytesStored() {
    const read = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    let bytes = 0;
    for (const {name, version} of await indexedDB.databases()) {
        const db = await read(indexedDB.open(name, version));
        const files = await read(db.transaction('FILE_DATA').objectStore('FILE_DATA').getAll());
        bytes += files.reduce((sum, file) => sum + (file.contents?.length ?? 0), 0);
        db.close();
    }
    return bytes;
}

async function untilStored(browser) {
    await allSent(browser, 120);
    let last = -1;
    return until(async () => {
        await new Promise((resolve) => setTimeout(resolve, kRestMs));
        const before = last;
        last = await browser.evaluate(bytesStored);
        return last === before && last;
    }, 'the portal does not come to rest', 120);
}

// who: one of kPeople. volume: as writeVolume takes it. Gives {browser, bytes, end()}.
export async function begin(who, volume) {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'ventanilla-bench-'));
    const parts = [() => rm(folder, {recursive: true, force: true, maxRetries: 3})];
    const end = async () => {
        for (const each of parts.reverse())
            await each().catch(() => {});
    };
    try {
        await writeVolume(kDemo, path.join(folder, 'demo'), {login: who.login, ...volume});
        const server = await Server.start({demo: path.join(folder, 'demo')});
        parts.push(() => server.stop());
        const browser = new Browser(
            'chromium', {profile: path.join(folder, 'profile'), origin: server.address});
        await browser.start();
        parts.push(() => browser.close());
        await signIn(browser, who);
        await browser.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        return {browser, server, bytes: await untilStored(browser), end};
    } catch (error) {
        await end();
        throw error;
    }
}

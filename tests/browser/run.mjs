// Runs the journeys of journeys/*.mjs, engine after engine, each on its own server and browsers.
//   node run.mjs [--engine NAME]... [--only PART]
// A failure leaves a screenshot and an outline of each open browser in build/browser/.
import {mkdir, mkdtemp, readdir, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';

import {Browser, kEngines, kOutput} from './harness.mjs';
import {Server} from './server.mjs';

const {values} = parseArgs({
    options: {
        engine: {type: 'string', multiple: true},
        only: {type: 'string', default: ''},
    },
});
const here = path.dirname(new URL(import.meta.url).pathname);
const kMinutesMax = 6;

// What a journey is given: a server, its wire, and browsers by the name of who sits at them.
class World {
    constructor(engine) {
        this.engine = engine;
        this.browsers = new Map();
    }

    async begin() {
        this.folder = await mkdtemp(path.join(os.tmpdir(), 'ventanilla-browser-'));
        this.server = await Server.start();
        this.wire = this.server.wire;
    }

    // A browser with a profile of its own. It sees the server through the same wire as all.
    async browser(who, options = {}) {
        const browser = new Browser(options.engine ?? this.engine, {
            profile: path.join(this.folder, who),
            origin: this.server.address,
            ...options,
        });
        await browser.start();
        this.browsers.set(who, browser);
        return browser;
    }

    async tellWhatIsThere(title) {
        for (const [who, browser] of this.browsers) {
            const name = `${this.engine}-${title}-${who}`;
            await browser.screenshot(name).catch(() => {});
            const words = [
                await browser.address().catch(String),
                await browser.outline(),
                ...(await browser.takeErrors().catch(() => []))
            ];
            await writeFile(path.join(kOutput, `${name}.txt`), words.join('\n'));
        }
        if (this.server?.program)
            await writeFile(
                path.join(kOutput, `${this.engine}-${title}-server.txt`),
                this.server.program.output);
    }

    async end() {
        for (const browser of this.browsers.values())
            await browser.close().catch(() => {});
        await this.server?.stop().catch(() => {});
        await rm(this.folder, {recursive: true, force: true, maxRetries: 3}).catch(() => {});
    }
}

async function runOne(engine, file) {
    const title = path.basename(file, '.mjs');
    const journey = await import(path.join(here, 'journeys', file));
    if (journey.engines && !journey.engines.includes(engine)) return null;
    const world = new World(engine);
    const started = Date.now();
    let step = 'start';
    const say = (words) => {
        step = words;
        if (process.env.E2E_VERBOSE) console.log(`       … ${words}`);
    };
    let timer;
    try {
        await world.begin();
        const late = new Promise((_, reject) => {
            timer = setTimeout(
                () => reject(new Error(`more than ${kMinutesMax} minutes`)), kMinutesMax * 60000);
        });
        await Promise.race([journey.default(world, say), late]);
        console.log(`PASS ${engine} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
        return true;
    } catch (error) {
        await world.tellWhatIsThere(title).catch(() => {});
        console.log(`FAIL ${engine} ${title}: while ${step}`);
        console.log(`     ${String(error.stack ?? error).split('\n').join('\n     ')}`);
        return false;
    } finally {
        clearTimeout(timer);
        await world.end();
    }
}

await mkdir(kOutput, {recursive: true});
const files = (await readdir(path.join(here, 'journeys')))
                  .filter((f) => /^\d.*\.mjs$/.test(f) && f.includes(values.only))
                  .sort();
let passed = 0;
let failed = 0;
for (const engine of values.engine ?? kEngines) {
    for (const file of files) {
        const ok = await runOne(engine, file);
        if (ok === true) passed++;
        if (ok === false) failed++;
    }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

// What a first visit loads before the portal answers, in bytes: .ci/size says it, and fails by it.
import {execFile} from 'node:child_process';
import path from 'node:path';
import {promisify} from 'node:util';

import {kb, row} from './figures.mjs';

const kSize = path.resolve(import.meta.dirname, '../../.ci/size');

export async function measure() {
    // Over its limit it fails, and says so all the same.
    const {stdout} = await promisify(execFile)(kSize).catch((error) => error);
    const [, bytes, most] = /(\d+) {2}of (\d+) brotli bytes/.exec(stdout ?? '') ?? [];
    if (!bytes) throw new Error('.ci/size said nothing: is the portal built?');
    return [row('critical transfer, brotli', `≤ ${kb(most)}`, kb(bytes), bytes / most <= 1)];
}

// The server under load: 16 clients that write as fast as they are answered, then 200 devices that
// wait for what somebody else does. The load comes from programs of tests/bench on the same
// processors.
import {execFile} from 'node:child_process';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {promisify} from 'node:util';

import {kBinary, Server} from '../browser/server.mjs';

import {count, mb, ms, row} from './figures.mjs';

const kClients = 16;
const kSeconds = 15;
const kListeners = 200;
const kChanges = 40;
const kPrograms = path.join(path.dirname(kBinary), '../tests/bench');

async function program(name, ...args) {
    const {stdout} = await promisify(execFile)(path.join(kPrograms, name), args.map(String));
    return JSON.parse(stdout);
}

// The most memory the server ever had resident, in bytes.
function peakOf(server) {
    const status = readFileSync(`/proc/${server.program.child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)[1]) * 1024;
}

// Milliseconds of processor the server has used so far.
function cpuMsOf(server) {
    const stat = readFileSync(`/proc/${server.program.child.pid}/stat`, 'utf8');
    const [user, system] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13);
    return (Number(user) + Number(system)) * 10;  // ticks of 10 ms
}

export async function measure() {
    const server = await Server.start();
    try {
        // First, while the server holds the demo company alone: 200 first pulls are another matter.
        const spread = await program('bench_spread', server.port, kListeners, kChanges);
        const before = cpuMsOf(server);
        const load = await program('bench_load', server.port, kClients, kSeconds, 1);
        const each = (cpuMsOf(server) - before) / load.accepted;
        const peak = peakOf(server);
        return [
            row(`commands accepted at FULL durability, ${kClients} clients`,
                '≥ 2,000/s',
                `${count(load.per_second)}/s (${
                    each.toFixed(2)} ms of the server's processor each)`,
                load.per_second >= 2000),
            row('answer to one of them, p99',
                '≤ 50 ms',
                `${ms(load.p99_ms)} (p50 ${ms(load.p50_ms)})`,
                load.p99_ms <= 50),
            row('server memory with that load, at most',
                '≤ 64 MB',
                mb(peak),
                peak <= 64 * 1024 * 1024),
            row(`another person sees a change, ${kListeners} connected, p99`,
                '≤ 1 s',
                `${ms(spread.p99_ms)} (p50 ${ms(spread.p50_ms)}, ${count(spread.seen)} seen)`,
                spread.p99_ms <= 1000),
        ];
    } finally {
        await server.stop();
    }
}

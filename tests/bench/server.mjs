// The server under load: devices that wait for what somebody else does, clients that write as fast
// as they are answered, the banner asked for beside them, and commands it has no room for. The load
// comes from programs of tests/bench on the same processors.
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
const kPortals = 1000;
const kOutages = 8;
const kAskers = 32;
const kKnockers = 8;
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

async function spreading(server) {
    const spread = await program('bench_spread', server.port, kListeners, kChanges, 'comment');
    return [
        row(`another person sees a change, ${kListeners} connected, p99`,
            '≤ 1 s',
            `${ms(spread.p99_ms)} (p50 ${ms(spread.p50_ms)}, ${count(spread.seen)} seen)`,
            spread.p99_ms <= 1000),
    ];
}

async function publishing(server) {
    const outage = await program('bench_spread', server.port, kPortals, kOutages, 'outage');
    return [
        row(`an outage is on ${count(kPortals)} connected portals, p99`,
            '≤ 1 s',
            `${ms(outage.p99_ms)} (p50 ${ms(outage.p50_ms)}, ${count(outage.seen)} seen)`,
            outage.p99_ms <= 1000),
    ];
}

// Gives the rows, and what a command costs the server.
async function writing(server) {
    const before = cpuMsOf(server);
    const load = await program('bench_load', server.port, kClients, kSeconds, 1);
    const each = (cpuMsOf(server) - before) / load.accepted;
    const peak = peakOf(server);
    const rows = [
        row(`commands accepted at FULL durability, ${kClients} clients`,
            '≥ 2,000/s',
            `${count(load.per_second)}/s (${each.toFixed(2)} ms of the server's processor each)`,
            load.per_second >= 2000),
        row('answer to one of them, p99',
            '≤ 50 ms',
            `${ms(load.p99_ms)} (p50 ${ms(load.p50_ms)})`,
            load.p99_ms <= 50),
        row('server memory with that load, at most', '≤ 64 MB', mb(peak), peak <= 64 * 1024 * 1024),
    ];
    return {rows, each};
}

async function asking(server) {
    const alone = await program('bench_banner', server.port, kAskers, kSeconds / 3);
    const [banner, load] = await Promise.all([
        program('bench_banner', server.port, kAskers, kSeconds),
        program('bench_load', server.port, kClients, kSeconds, 1),
    ]);
    return [
        row('banner asked for again, unchanged, beside clients that write all they can',
            '≥ 20,000/s',
            `${count(banner.per_second)}/s beside ${count(load.per_second)} commands/s ` +
                `(alone ${count(alone.per_second)}/s)`,
            banner.per_second >= 20000),
        row('answer to it, p99',
            '≤ 20 ms',
            `${ms(banner.p99_ms)} (p50 ${ms(banner.p50_ms)}, alone p99 ${ms(alone.p99_ms)})`,
            banner.p99_ms <= 20),
    ];
}

// On a server that has just started, as after an outage: it gives turns. `write`: what accepting a
// command costs.
const refusing = (write) => async (server) => {
    const before = cpuMsOf(server);
    const refuse = await program('bench_refuse', server.port, kKnockers, kSeconds / 3);
    const share = (cpuMsOf(server) - before) / refuse.refused / write;
    return [
        row('refusing a command, as a share of what accepting one costs',
            '≤ 2 %',
            `${(share * 100).toFixed(1)} % (${count(refuse.per_second)} refused/s, ` +
                `p99 ${ms(refuse.p99_ms)})`,
            share <= 0.02),
    ];
};

// On a server of its own with the demo company.
async function served(part) {
    const server = await Server.start();
    try {
        return await part(server);
    } finally {
        await server.stop();
    }
}

export async function measure() {
    let each;
    const rows = await served(async (server) => {
        // First, while the server holds the demo company alone: first pulls of more are another
        // matter.
        const spread = await spreading(server);
        const written = await writing(server);
        each = written.each;
        return [...written.rows, ...spread, ...(await asking(server))];
    });
    return [...rows, ...(await served(publishing)), ...(await served(refusing(each)))];
}

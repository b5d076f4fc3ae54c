// What a reader must know of the machine to judge a number: what it is, and how busy it was with
// other things.
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import os from 'node:os';

const load = () => readFileSync('/proc/loadavg', 'utf8').split(' ')[0];

// How much longer than it should a piece of work takes now, because others use the processors: 1 on
// a quiet machine.
function stretch() {
    const kWorkMs = 100;
    const from = {wall: performance.now(), cpu: process.cpuUsage()};
    for (let usedMs = 0; usedMs < kWorkMs;) {
        const {user, system} = process.cpuUsage(from.cpu);
        usedMs = (user + system) / 1000;
    }
    return (performance.now() - from.wall) / kWorkMs;
}

// Starts watching; the function it gives says how it went: "load 0.4 → 1.9, work took 1.1 times as
// long".
export function watch() {
    const from = {load: load(), stretch: stretch()};
    return () => {
        const times = (from.stretch + stretch()) / 2;
        return `load ${from.load} → ${load()}, work took ${times.toFixed(1)} times as long`;
    };
}

function said(command, args) {
    try {
        return execFileSync(command, args, {stdio: ['ignore', 'pipe', 'ignore']}).toString().trim();
    } catch {
        return 'unknown';
    }
}

// As the kernel says it; virtual machines tell Node nothing.
const megahertz = () =>
    Math.round(Number(/cpu MHz\s*: (\S+)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 0));

// One line each; the heading of the table.
export function describe() {
    const [cpu] = os.cpus();
    return [
        `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC, ` +
            `commit ${said('git', ['rev-parse', '--short', 'HEAD'])}`,
        `${os.cpus().length} x ${cpu.model.trim()} at ${megahertz()} MHz, ` +
            `${(os.totalmem() / 2 ** 30).toFixed(0)} GB, Linux ${os.release()}`,
        said('/usr/bin/chromium', ['--version']),
    ];
}

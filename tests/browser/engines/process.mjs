// Starting, waiting for and ending the programs a browser test needs. Everything is started in its
// own process group and remembered, so that a run never leaves one behind.
import {execFile, spawn} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import {promisify} from 'node:util';

const running = new Set();

// Starts a program; `ready` is a pattern on its output whose first group is what the caller waits
// for.
export async function start(command, args, {env = {}, ready, secondsMax = 60, onLine} = {}) {
    const child = spawn(command, args, {
        detached: true,
        env: {...process.env, ...env},
        stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const program = {child, output: '', exited: null};
    program.gone = new Promise((resolve) => child.once('exit', (code, signal) => {
        program.exited = {code, signal};
        running.delete(program);
        resolve();
    }));
    running.add(program);
    if (!ready) return program;
    program.found = await new Promise((resolve, reject) => {
        const timer = setTimeout(
            () => reject(new Error(`${command} did not get ready:\n${program.output}`)),
            secondsMax * 1000);
        const take = (chunk) => {
            program.output = (program.output + chunk).slice(-200000);
            if (onLine) chunk.toString().split('\n').filter(Boolean).forEach(onLine);
            const match = ready.exec(program.output);
            if (match) {
                clearTimeout(timer);
                resolve(match[1] ?? match[0]);
            }
        };
        for (const stream of [child.stdout, child.stderr, child.stdio[3]])
            stream.on('data', take);
        child.once('error', reject);
        child.once('exit', (code) => {
            clearTimeout(timer);
            reject(new Error(`${command} ended with ${code}:\n${program.output}`));
        });
    });
    return program;
}

// The process ids of everything that descends from `pid`, itself included, found before anything
// ends.
export function family(pid) {
    const parents = new Map();
    for (const name of readdirSync('/proc')) {
        if (!/^\d+$/.test(name)) continue;
        try {
            const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
            parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
        } catch { /* it ended meanwhile */
        }
    }
    const found = [pid];
    for (let at = 0; at < found.length; at++) {
        for (const [child, parent] of parents)
            if (parent === found[at]) found.push(child);
    }
    return found;
}

// SIGKILL to the whole family at once: what a power cut does to a browser, as near as a process
// can.
export async function killFamily(program) {
    if (program.exited) return;
    for (const pid of family(program.child.pid)) {
        try {
            process.kill(pid, 'SIGKILL');
        } catch { /* it ended meanwhile */
        }
    }
    await program.gone;
}

// SIGTERM, and SIGKILL for what is still there after `secondsMax`.
export async function stop(program, secondsMax = 10) {
    if (program.exited) return;
    program.child.kill('SIGTERM');
    const late = setTimeout(() => killFamily(program), secondsMax * 1000);
    await program.gone;
    clearTimeout(late);
}

// A virtual screen for one window: a window under another one is hidden to its page, which then
// paints nothing. Gives the program to stop, and its display as `name`.
export async function screen() {
    const program = await start(
        'Xvfb',
        [
            '-displayfd',
            '3',
            '-screen',
            '0',
            '1600x2000x24',
            '+extension',
            'GLX',
            '-nolisten',
            'tcp'
        ],
        {ready: /^(\d+)\n/m});
    program.name = `:${program.found}`;
    return program;
}

// What a window manager and a person do first: give the window the keyboard and click into the empty
// page at (x, y). Without it the page never hears that it has the focus.
export async function focusWindow(display, windowClass, {x, y}) {
    const away = ['mousemove', '1590', '1990'];
    await promisify(execFile)(
        'xdotool',
        [
            'search', '--sync', '--onlyvisible', '--class', windowClass, 'windowfocus',
            'mousemove', `${x}`, `${y}`, 'click', '1', ...away
        ],
        {env: {...process.env, DISPLAY: display}});
}

process.on('exit', () => {
    for (const program of running) {
        for (const pid of family(program.child.pid)) {
            try {
                process.kill(pid, 'SIGKILL');
            } catch { /* it ended meanwhile */
            }
        }
    }
});
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => process.exit(1));

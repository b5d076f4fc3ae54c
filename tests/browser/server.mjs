// The real server for a test: a copy of a data folder that was seeded once, on a port of its own,
// behind a wire that can be cut. Nothing of it outlives the run.
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {cp, mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

import {killFamily, start, stop} from './engines/process.mjs';
import {Proxy} from './proxy.mjs';

const kRoot =
    path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
export const kBinary = process.env.VENTANILLA_BIN ??
    path.join(kRoot, `build/${process.env.PRESET ?? 'dev'}/server/ventanilla`);
export const kSite = process.env.VENTANILLA_SITE ?? path.join(kRoot, 'build/wasm/site');
const run = promisify(execFile);

// `ventanilla ARGS...`; resolves with what it printed. Errors: its exit code and its words.
export async function ventanilla(...args) {
    try {
        const {stdout} = await run(kBinary, args, {cwd: kRoot, maxBuffer: 64 << 20});
        return stdout;
    } catch (error) {
        throw new Error(
            `ventanilla ${args.join(' ')}: ${error.stdout ?? ''}${error.stderr ?? error}`);
    }
}

const kDemo = path.join(kRoot, 'assets/demo');
const seeded = new Map();  // demo folder -> the data folder made of it
async function seedOnce(demo) {
    const data = await mkdtemp(path.join(os.tmpdir(), 'ventanilla-seed-'));
    await ventanilla('seed', '--data', data, '--demo', demo);
    process.on('exit', () => {
        try {
            execFile('rm', ['-rf', data]);
        } catch { /* left behind */
        }
    });
    return data;
}

async function freePort() {
    const {createServer} = await import('node:net');
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const {port} = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

export class Server {
    // demo: the folder whose company it serves.
    static async start({demo = kDemo} = {}) {
        if (!existsSync(kBinary)) throw new Error(`${kBinary} is not built: make build`);
        if (!existsSync(kSite)) throw new Error(`${kSite} is not built: make wasm`);
        if (!seeded.has(demo)) seeded.set(demo, seedOnce(demo));
        const server = new Server();
        server.data = await mkdtemp(path.join(os.tmpdir(), 'ventanilla-e2e-'));
        await cp(await seeded.get(demo), server.data, {recursive: true});
        server.port = await freePort();
        server.wire = new Proxy(server.port);
        await server.wire.listen();
        await server.up();
        return server;
    }

    get address() { return this.wire.address; }

    async up() {
        this.program = await start(
            kBinary,
            ['serve', '--data', this.data, '--site', kSite, '--port', String(this.port)],
            {ready: /Ventanilla serves/});
    }

    // What a power cut does to the server.
    async kill() { await killFamily(this.program); }

    async stop() {
        await this.wire.cut();
        await stop(this.program);
        await rm(this.data, {recursive: true, force: true});
    }

    // How many numbered requests hold `words`, as the database itself says.
    async requestsWith(words) {
        const script = `
import glob, os, sqlite3, sys
total = 0
for path in glob.glob(sys.argv[1] + "/*"):
    if not os.path.isfile(path) or open(path, "rb").read(15) != b"SQLite format 3": continue
    db = sqlite3.connect(path)
    total += db.execute("SELECT count(*) FROM rows WHERE body LIKE ? AND body LIKE ?",
                        ("%" + sys.argv[2] + "%", '%"SOL-%')).fetchone()[0]
print(total)`;
        const {stdout} = await run('python3', ['-c', script, this.data, words]);
        return Number(stdout);
    }

    // The command line, on this server's data, while it runs.
    cli(...args) { return ventanilla(...args, '--data', this.data); }
}

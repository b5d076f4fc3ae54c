// The durable commit against a real IndexedDB: each test is a way in which "saved" could have been a lie.
import { assert, run, serve, startChromium, test, until } from './support.mjs';

const server = await serve();
let browser = await startChromium();
const lab = `${server.origin}/lab?js=durable,leader`;

async function fresh() {
    const page = await browser.newPage();
    await page.goto(lab);
    return page;
}

test('what is committed is there, in the record format of IDBFS', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const store = lab.open('format');
        const gen = await store.claim();
        await store.commit([['/data/format/base/s1', lab.bytes('one')]], gen, true);
        store.close();
        const db = await new Promise((resolve) => {
            const request = indexedDB.open('/data/format', 21);
            request.onsuccess = () => resolve(request.result);
        });
        const get = (key) => new Promise((resolve) => {
            db.transaction('FILE_DATA').objectStore('FILE_DATA').get(key).onsuccess = (e) => resolve(e.target.result);
        });
        const file = await get('/data/format/base/s1');
        const folder = await get('/data/format/base');
        db.close();
        return { isDate: file.timestamp instanceof Date, mode: file.mode, text: new TextDecoder().decode(file.contents),
            folder: folder.mode, files: await lab.read(lab.open('format')) };
    });
    assert.deepEqual(seen, { isDate: true, mode: 0o100666, text: 'one', folder: 0o40777, files: { s1: 'one' } });
});

test('a put that fails stores nothing of its commit, and says so', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const store = lab.open('torn');
        const gen = await store.claim();
        await store.commit([['/data/torn/a', lab.bytes('a1')], ['/data/torn/b', lab.bytes('b1')]], gen, true);
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            // add() of a key that exists fails asynchronously, as a broken disk does.
            return key.endsWith('/b') ? this.add(value, key) : put.call(this, value, key);
        };
        const result = await lab.result(
            store.commit([['/data/torn/a', lab.bytes('a2')], ['/data/torn/b', lab.bytes('b2')]], gen, true));
        IDBObjectStore.prototype.put = put;
        return { result, files: await lab.read(store) };
    });
    assert.deepEqual(seen, { result: 'ConstraintError', files: { a: 'a1', b: 'b1' } });
});

test('a tab that no longer leads is fenced off, but may still add to the outbox', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const old = lab.open('fence');
        const first = await old.claim();
        const next = lab.open('fence');
        const second = await next.claim();
        const fenced = await lab.result(old.commit([['/data/fence/base/s1', lab.bytes('stale')]], first, true));
        const outbox = await lab.result(old.commit([['/data/fence/outbox/c1', lab.bytes('mine')]], null, true));
        const leader = await lab.result(next.commit([['/data/fence/base/s1', lab.bytes('new')]], second, true));
        return { step: second - first, fenced, outbox, leader, files: await lab.read(next) };
    });
    assert.deepEqual(seen, { step: 1, fenced: 'FencedError', outbox: 'stored', leader: 'stored',
        files: { s1: 'new', c1: 'mine' } });
});

test('a connection the browser closed is opened again', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const connections = [];
        const spy = { open: (...args) => {
            const request = indexedDB.open(...args);
            request.addEventListener('success', () => connections.push(request.result));
            return request;
        } };
        const store = lab.open('closed', { indexedDB: spy });
        const gen = await store.claim();
        connections[0].close();  // as WebKit does to idle pages: every transaction() now throws
        const result = await lab.result(store.commit([['/data/closed/a', lab.bytes('x')]], gen, true));
        return { result, connections: connections.length, files: await lab.read(store), lost: lab.lost };
    });
    assert.deepEqual(seen, { result: 'stored', connections: 2, files: { a: 'x' }, lost: 0 });
});

test('storage that stays away is reported as lost, not waited for', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const refuse = { open: () => { throw new DOMException('gone', 'UnknownError'); } };
        const store = lab.open('lost', { indexedDB: refuse });
        return { result: await lab.result(store.claim()), lost: lab.lost };
    });
    assert.deepEqual(seen, { result: 'StorageLost', lost: 1 });
});

test('a transaction that never completes is given up and stores nothing', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const store = lab.open('slow', { setTimeout: (f, ms) => setTimeout(f, ms === 10000 ? 300 : ms) });
        const gen = await store.claim();
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {  // keeps the transaction alive for ever
            const again = () => { this.get(key).onsuccess = again; };
            again();
            return put.call(this, value, key);
        };
        const result = await lab.result(store.commit([['/data/slow/a', lab.bytes('x')]], gen, true));
        IDBObjectStore.prototype.put = put;
        return { result, files: await lab.read(store) };
    });
    assert.deepEqual(seen, { result: 'TimeoutError', files: {} });
});

test('a full disk is an error with a name, and the smaller write after it succeeds', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const store = lab.open('quota');
        const gen = await store.claim();
        const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            const request = put.call(this, value, key);
            if (value.contents.length > 10) this.transaction.abort();
            return request;
        };
        // The browser's own quota error arrives as tx.error after an abort nobody asked for.
        const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
        Object.defineProperty(IDBTransaction.prototype, 'error',
            { configurable: true, get: () => new DOMException('full', 'QuotaExceededError') });
        const big = await lab.result(store.commit([['/data/quota/a', new Uint8Array(100)]], gen, true));
        Object.defineProperty(IDBTransaction.prototype, 'error', error);
        const small = await lab.result(store.commit([['/data/quota/b', lab.bytes('x')]], gen, true));
        IDBObjectStore.prototype.put = put;
        return { big, small, files: await lab.read(store) };
    });
    assert.deepEqual(seen, { big: 'QuotaExceededError', small: 'stored', files: { b: 'x' } });
});

test('commits that wait share a transaction and keep their order', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const store = lab.open('group');
        const gen = await store.claim();
        let transactions = 0;
        const begin = IDBDatabase.prototype.transaction;
        IDBDatabase.prototype.transaction = function (...args) { transactions++; return begin.apply(this, args); };
        const all = [];
        for (let i = 0; i < 50; i++) all.push(store.commit([['/data/group/a', lab.bytes('v' + i)]], gen, true));
        await Promise.all(all);
        IDBDatabase.prototype.transaction = begin;
        return { transactions, files: await lab.read(store) };
    });
    assert.deepEqual(seen, { transactions: 2, files: { a: 'v49' } });
});

test('a damaged record is handed on as damaged, and does not hide the others', async () => {
    const page = await fresh();
    const seen = await page.evaluate(async () => {
        const store = lab.open('damaged');
        const gen = await store.claim();
        await store.commit([['/data/damaged/good', lab.bytes('x')]], gen, true);
        store.close();
        await new Promise((resolve) => {
            indexedDB.open('/data/damaged', 21).onsuccess = (event) => {
                const db = event.target.result;
                const tx = db.transaction('FILE_DATA', 'readwrite');
                tx.objectStore('FILE_DATA').put('not a record at all', '/data/damaged/bad');
                tx.oncomplete = () => { db.close(); resolve(); };
            };
        });
        return lab.read(lab.open('damaged'));
    });
    assert.deepEqual(seen, { bad: null, good: 'x' });
});

test('deleting the store does not wait for a tab that has it open', async () => {
    const other = await fresh();
    await other.evaluate(() => { lab.held = lab.open('wipe'); return lab.held.claim(); });
    const page = await fresh();
    assert.equal(await page.evaluate(() => lab.result(lab.open('wipe').wipe())), 'stored');
    assert.equal(await other.evaluate(() => lab.held.claim()), 1, 'a new, empty database');
});

test('bytes acknowledged before the browser is killed are there after it', async () => {
    const page = await fresh();
    let acknowledged = -1;
    await page.exposeFunction('acknowledge', (n) => { acknowledged = n; });
    page.evaluate(async () => {
        const store = lab.open('kill');
        const gen = await store.claim();
        for (let i = 0; ; i++) {
            await store.commit([[`/data/kill/outbox/c${i}`, lab.bytes('command ' + i)]], null, true);
            acknowledge(i);
        }
    }).catch(() => {});
    await until('20 acknowledgements', () => acknowledged >= 20);
    const promised = acknowledged;
    const profile = browser.profile;
    process.kill(await browserPid(profile), 'SIGKILL');
    await browser.close().catch(() => {});
    browser = await startChromium(profile);
    const files = await (await fresh()).evaluate(() => lab.read(lab.open('kill')));
    for (let i = 0; i <= promised; i++) assert.equal(files['c' + i], 'command ' + i);
});

// The browser process of this profile alone: the one whose parent is us.
async function browserPid(profile) {
    const { execFileSync } = await import('node:child_process');
    const line = execFileSync('ps', ['-eo', 'pid=,args=']).toString().split('\n')
        .find((each) => each.includes(`--user-data-dir=${profile}`) && !each.includes('--type='));
    return Number(line.trim().split(' ')[0]);
}

const lead = (page) => page.evaluate(() => {
    lab.roles = [];
    lab.heard = [];
    lab.leader = lab.makeLeader('tabs', { locks: navigator.locks, channel: (name) => new BroadcastChannel(name),
        now: () => performance.now() + (lab.skew || 0), setInterval: setInterval.bind(window),
        clearInterval: clearInterval.bind(window), isVisible: () => true },
        { lead: () => lab.roles.push('lead'), follow: () => lab.roles.push('follow'),
          message: (bytes) => lab.heard.push(new TextDecoder().decode(bytes)) });
    lab.leader.start();
});
const role = (page) => page.evaluate(() => lab.roles[lab.roles.length - 1]);

test('of two tabs one leads; when it goes the other does', async () => {
    const [a, b] = [await fresh(), await fresh()];
    await lead(a);
    await until('the first leads', async () => await role(a) === 'lead');
    await lead(b);
    await b.waitForTimeout(300);
    assert.equal(await role(b), 'follow');
    await b.evaluate(() => lab.leader.say(lab.bytes('outbox grew')));
    await until('the leader hears', () => a.evaluate(() => lab.heard.includes('outbox grew')));
    await a.close();
    await until('the second leads', async () => await role(b) === 'lead');
    await b.close();
});

test('a leader that falls silent is replaced, and becomes a follower', async () => {
    const [a, b] = [await fresh(), await fresh()];
    await lead(a);
    await until('the first leads', async () => await role(a) === 'lead');
    await lead(b);
    await a.evaluate(() => { BroadcastChannel.prototype.postMessage = () => {}; });  // frozen with the lock
    await b.evaluate(() => { lab.skew = 7000; });
    await until('the second leads', async () => await role(b) === 'lead');
    await until('the first follows', async () => await role(a) === 'follow');
    await a.close();
    await b.close();
});

const failed = await run();
await browser.close();
await server.stop();
process.exit(failed ? 1 : 0);

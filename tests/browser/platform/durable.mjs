// The durable commit and the leading tab against a real IndexedDB and real locks: each test is a
// way in which "saved" could have been a lie.
import {assert, launch, serve, suite, until} from './support.mjs';

async function begin(engine) {
    const server = await serve();
    const browser = await launch(engine, server.origin);
    // Runs `body` on a fresh laboratory page.
    const inPage = async (body) => {
        await browser.lab('durable', 'leader');
        return browser.evaluate(body);
    };
    const end = async () => {
        await browser.end();
        await server.stop();
    };
    return {browser, server, inPage, end};
}

// Two frames of one page are two tabs to locks and channels.
const kTabs = async (t) => {
    const open = () => new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = location.href;
        frame.onload = () => resolve(frame);
        document.body.append(frame);
    });
    const lead = (frame) => {
        const tab = frame.contentWindow;
        const lab = tab.lab;
        Object.assign(lab, {roles: [], heard: [], skew: 0});
        lab.leader = lab.makeLeader(
            'tabs',
            {
                locks: tab.navigator.locks,
                channel: (name) => new tab.BroadcastChannel(name),
                now: () => performance.now() + lab.skew,
                setInterval: tab.setInterval.bind(tab),
                clearInterval: tab.clearInterval.bind(tab),
                isVisible: () => true
            },
            {
                lead: () => lab.roles.push('lead'),
                follow: () => lab.roles.push('follow'),
                message: (bytes) => lab.heard.push(new TextDecoder().decode(bytes))
            });
        lab.leader.start();
    };
    window.tabs = [await open(), await open()];
    lead(window.tabs[0]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    lead(window.tabs[1]);
};
const roles = (browser) => browser.evaluate(
    () => window.tabs.map((frame) => frame.contentWindow && frame.contentWindow.lab.roles.at(-1))
              .join());

export default suite(begin, {
    'what is committed is there, in the record format of IDBFS': async ({inPage}) => {
        const seen = await inPage(async () => {
            const store = lab.open('format');
            const gen = await store.claim();
            await store.commit([['/data/format/base/s1', lab.bytes('one')]], gen, true);
            store.close();
            const db = await new Promise((resolve) => {
                const request = indexedDB.open('/data/format', 21);
                request.onsuccess = () => resolve(request.result);
            });
            const get = (key) => new Promise((resolve) => {
                db.transaction('FILE_DATA').objectStore('FILE_DATA').get(key).onsuccess = (e) =>
                    resolve(e.target.result);
            });
            const file = await get('/data/format/base/s1');
            const folder = await get('/data/format/base');
            db.close();
            return {
                isDate: file.timestamp instanceof Date,
                mode: file.mode,
                text: new TextDecoder().decode(file.contents),
                folder: folder.mode,
                files: await lab.read(lab.open('format'))
            };
        });
        assert.deepEqual(
            seen, {isDate: true, mode: 0o100666, text: 'one', folder: 0o40777, files: {s1: 'one'}});
    },

    'a put that fails stores nothing of its commit, and says so': async ({inPage}) => {
        const seen = await inPage(async () => {
            const store = lab.open('torn');
            const gen = await store.claim();
            await store.commit(
                [['/data/torn/a', lab.bytes('a1')], ['/data/torn/b', lab.bytes('b1')]], gen, true);
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function(value, key) {
                // add() of a key that exists fails asynchronously, as a broken disk does.
                return key.endsWith('/b') ? this.add(value, key) : put.call(this, value, key);
            };
            const result = await lab.result(store.commit(
                [['/data/torn/a', lab.bytes('a2')], ['/data/torn/b', lab.bytes('b2')]], gen, true));
            IDBObjectStore.prototype.put = put;
            return {result, files: await lab.read(store)};
        });
        assert.deepEqual(seen, {result: 'ConstraintError', files: {a: 'a1', b: 'b1'}});
    },

    'what a tab reads as it claims is what the one before can change no more':
        async ({inPage}) => {
            const rounds = await inPage(async () => {
                const out = [];
                for (let round = 0; round < 20; round++) {
                    const name = 'both' + round;
                    const path = `/data/${name}/base/s1`;
                    const old = lab.open(name);
                    const first = await old.claim();
                    await old.commit([[path, lab.bytes('before')]], first, true);
                    const next = lab.open(name);
                    const write = () => lab.result(old.commit([[path, lab.bytes('late')]], first, true));
                    const claim = () => next.claimAndReadAll();
                    const isFirst = round % 2 === 0;
                    const both = isFirst ? [write(), claim()] : [claim(), write()];
                    const [wrote, claimed] = isFirst ? await Promise.all(both) :
                                                       (await Promise.all(both)).reverse();
                    const text = new TextDecoder().decode(claimed[1][0].bytes);
                    const stored = (await lab.read(next)).s1;
                    out.push([claimed[0] - first, wrote === 'stored' ? 'late' : 'before', text, stored]);
                }
                return out;
            });
            for (const [step, due, text, stored] of rounds)
                assert.deepEqual([step, text, stored], [1, due, due]);
        },

    'a tab that no longer leads is fenced off, but may still add to the outbox':
        async ({inPage}) => {
            const seen = await inPage(async () => {
                const old = lab.open('fence');
                const first = await old.claim();
                const next = lab.open('fence');
                const second = await next.claim();
                const fenced = await lab.result(
                    old.commit([['/data/fence/base/s1', lab.bytes('stale')]], first, true));
                const outbox = await lab.result(
                    old.commit([['/data/fence/outbox/c1', lab.bytes('mine')]], null, true));
                const leader = await lab.result(
                    next.commit([['/data/fence/base/s1', lab.bytes('new')]], second, true));
                return {step: second - first, fenced, outbox, leader, files: await lab.read(next)};
            });
            assert.deepEqual(seen, {
                step: 1,
                fenced: 'FencedError',
                outbox: 'stored',
                leader: 'stored',
                files: {s1: 'new', c1: 'mine'}
            });
        },

    'a connection the browser closed is opened again': async ({inPage}) => {
        const seen = await inPage(async () => {
            const connections = [];
            const spy = {
                open: (...args) => {
                    const request = indexedDB.open(...args);
                    request.addEventListener('success', () => connections.push(request.result));
                    return request;
                }
            };
            const store = lab.open('closed', {indexedDB: spy});
            const gen = await store.claim();
            connections[0].close();  // as WebKit does to idle pages: every transaction() now throws
            const result =
                await lab.result(store.commit([['/data/closed/a', lab.bytes('x')]], gen, true));
            return {
                result,
                connections: connections.length,
                files: await lab.read(store),
                lost: lab.lost
            };
        });
        assert.deepEqual(seen, {result: 'stored', connections: 2, files: {a: 'x'}, lost: 0});
    },

    'storage that stays away is reported as lost, not waited for': async ({inPage}) => {
        const seen = await inPage(async () => {
            const refuse = {
                open: () => {
                    throw new DOMException('gone', 'UnknownError');
                }
            };
            const store = lab.open('lost', {indexedDB: refuse});
            return {result: await lab.result(store.claim()), lost: lab.lost};
        });
        assert.deepEqual(seen, {result: 'StorageLost', lost: 1});
    },

    'a transaction that never completes is given up and stores nothing': async ({inPage}) => {
        const seen = await inPage(async () => {
            const store =
                lab.open('slow', {setTimeout: (f, ms) => setTimeout(f, ms === 10000 ? 300 : ms)});
            const gen = await store.claim();
            const put = IDBObjectStore.prototype.put;
            const commit = IDBTransaction.prototype.commit;
            IDBTransaction.prototype.commit = () => {};
            IDBObjectStore.prototype.put = function(
                value, key) {  // keeps the transaction alive for ever
                const again = () => {
                    this.get(key).onsuccess = again;
                };
                again();
                return put.call(this, value, key);
            };
            const result =
                await lab.result(store.commit([['/data/slow/a', lab.bytes('x')]], gen, true));
            IDBObjectStore.prototype.put = put;
            IDBTransaction.prototype.commit = commit;
            return {result, files: await lab.read(store)};
        });
        assert.deepEqual(seen, {result: 'TimeoutError', files: {}});
    },

    'a full disk is an error with a name, and the smaller write after it succeeds': async (
        {inPage}) => {
        const seen = await inPage(async () => {
            const store = lab.open('quota');
            const gen = await store.claim();
            const put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = function(value, key) {
                const request = put.call(this, value, key);
                if (value.contents.length > 10) this.transaction.abort();
                return request;
            };
            // The browser's own quota error arrives as tx.error after an abort nobody asked for.
            const error = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
            Object.defineProperty(
                IDBTransaction.prototype,
                'error',
                {configurable: true, get: () => new DOMException('full', 'QuotaExceededError')});
            const big =
                await lab.result(store.commit([['/data/quota/a', new Uint8Array(100)]], gen, true));
            Object.defineProperty(IDBTransaction.prototype, 'error', error);
            const small =
                await lab.result(store.commit([['/data/quota/b', lab.bytes('x')]], gen, true));
            IDBObjectStore.prototype.put = put;
            return {big, small, files: await lab.read(store)};
        });
        assert.deepEqual(seen, {big: 'QuotaExceededError', small: 'stored', files: {b: 'x'}});
    },

    'commits that wait share a transaction and keep their order': async ({inPage}) => {
        const seen = await inPage(async () => {
            const store = lab.open('group');
            const gen = await store.claim();
            let transactions = 0;
            const begin = IDBDatabase.prototype.transaction;
            IDBDatabase.prototype.transaction = function(...args) {
                transactions++;
                return begin.apply(this, args);
            };
            const all = [];
            for (let i = 0; i < 50; i++)
                all.push(store.commit([['/data/group/a', lab.bytes('v' + i)]], gen, true));
            await Promise.all(all);
            IDBDatabase.prototype.transaction = begin;
            return {transactions, files: await lab.read(store)};
        });
        assert.deepEqual(seen, {transactions: 2, files: {a: 'v49'}});
    },

    'a damaged record is handed on as damaged, and does not hide the others': async ({inPage}) => {
        const seen = await inPage(async () => {
            const store = lab.open('damaged');
            const gen = await store.claim();
            await store.commit([['/data/damaged/good', lab.bytes('x')]], gen, true);
            store.close();
            await new Promise((resolve) => {
                indexedDB.open('/data/damaged', 21).onsuccess = (event) => {
                    const db = event.target.result;
                    const tx = db.transaction('FILE_DATA', 'readwrite');
                    tx.objectStore('FILE_DATA').put('not a record at all', '/data/damaged/bad');
                    tx.oncomplete = () => {
                        db.close();
                        resolve();
                    };
                };
            });
            return lab.read(lab.open('damaged'));
        });
        assert.deepEqual(seen, {bad: null, good: 'x'});
    },

    'deleting the store does not wait for a tab that has it open': async ({inPage}) => {
        const result = await inPage(async () => {
            const held = lab.open('wipe');  // another connection: what another tab would hold
            await held.claim();
            const result = await lab.result(lab.open('wipe').wipe());
            return {result, claim: await held.claim()};
        });
        assert.deepEqual(
            result, {result: 'stored', claim: 1}, 'and what comes next is new and empty');
    },

    'bytes acknowledged before the browser is killed are there after it':
        async ({browser, inPage}) => {
            await inPage(() => {
                window.acknowledged = -1;
                const store = lab.open('kill');
                const go = async () => {
                    for (let i = 0;; i++) {
                        await store.commit(
                            [[`/data/kill/outbox/c${i}`, lab.bytes('command ' + i)]], null, true);
                        window.acknowledged = i;
                    }
                };
                go();
            });
            let promised = -1;
            await until(async () => {
                promised = await browser.evaluate(() => window.acknowledged);
                return promised >= 20;
            }, '20 acknowledgements');
            await browser.kill();
            await browser.start();
            await browser.lab('durable');
            const files = await browser.evaluate(() => lab.read(lab.open('kill')));
            for (let i = 0; i <= promised; i++)
                assert.equal(files['c' + i], 'command ' + i);
        },

    // WebKit keeps the page it leaves; a transaction left open in it would hold up every later one.
    'a page that goes with commits under way keeps nobody waiting': async ({browser, inPage}) => {
        await inPage(async () => {
            const store = lab.open('going');
            const gen = await store.claim();
            const at = (path, text) => [`/data/going/${path}`, lab.bytes(text)];
            addEventListener('pagehide', () => {
                store.commit([at('base/s1', 'under way')], gen, true);
                store.leave();
            });
            const again = () => {
                store.commit([at('outbox/c1', 'sent')], null, true).then(again);
            };
            again();
        });
        await browser.lab('durable');
        const seen = await browser.evaluate(async () => {
            const store = lab.open('going');
            return {generation: await store.claim(), sent: (await lab.read(store)).c1};
        });
        assert.deepEqual(seen, {generation: 2, sent: 'sent'});
    },

    // Not in WebKit: there a transaction begun on leaving waits with the page for its return.
    'what a person typed is stored as the page goes, whatever waits before it': Object.assign(
        async ({browser, inPage}) => {
            await inPage(async () => {
                const store = lab.open('typed');
                const gen = await store.claim();
                const at = (path, text) => [`/data/typed/${path}`, lab.bytes(text)];
                addEventListener('pagehide', () => {
                    store.commit([at('base/s1', 'under way')], gen, true);
                    store.commit([at('drafts/d1', 'typed')], null, false);
                    store.leave();
                });
            });
            await browser.lab('durable');
            const draft =
                await browser.evaluate(async () => (await lab.read(lab.open('typed'))).d1);
            assert.equal(draft, 'typed');
        },
        {engines: ['chromium', 'firefox']}),

    'a page that stayed after all stores what it had under way': async ({inPage}) => {
        const seen = await inPage(async () => {
            const store = lab.open('back');
            const gen = await store.claim();
            const at = (path, text) => [`/data/back/${path}`, lab.bytes(text)];
            const all = [
                store.commit([at('drafts/d1', 'typed')], null, false),
                store.commit([at('base/s1', 'fenced')], gen, true)
            ];
            // The first gets its transaction, the second waits; no answer comes in a microtask.
            for (let i = 0; i < 10; i++)
                await null;
            store.leave();
            await Promise.all(all);
            const keys = await new Promise((resolve) => {
                indexedDB.open('/data/back', 21).onsuccess = ({target: {result: db}}) => {
                    db.transaction('FILE_DATA').objectStore('FILE_DATA').getAllKeys().onsuccess =
                        (event) => {
                            db.close();
                            resolve(event.target.result);
                        };
                };
            });
            const folders = keys.filter((key) => ['drafts', 'base'].includes(key.split('/').pop()));
            return {files: await lab.read(store), folders};
        });
        assert.deepEqual(seen, {
            files: {s1: 'fenced', d1: 'typed'},
            folders: ['/data/back/base', '/data/back/drafts']
        });
    },

    'a transaction the browser neither ends nor aborts is not waited for': async ({inPage}) => {
        const result = await inPage(async () => {
            const soon = (f, ms) => setTimeout(f, ms >= 10000 ? ms / 50 : ms);
            const store = lab.open('stuck', {setTimeout: soon});
            const gen = await store.claim();
            const put = IDBObjectStore.prototype.put;
            const abort = IDBTransaction.prototype.abort;
            const commit = IDBTransaction.prototype.commit;
            IDBTransaction.prototype.abort = IDBTransaction.prototype.commit = () => {};
            let isOver = false;
            IDBObjectStore.prototype.put = function(value, key) {
                const again = () => {
                    if (!isOver) this.get(key).onsuccess = again;
                };
                again();
                return put.call(this, value, key);
            };
            const result =
                await lab.result(store.commit([['/data/stuck/a', lab.bytes('x')]], gen, true));
            isOver = true;
            IDBObjectStore.prototype.put = put;
            Object.assign(IDBTransaction.prototype, {abort, commit});
            return result;
        });
        assert.equal(result, 'TimeoutError');
    },

    'of two tabs one leads, and hears the other; when it goes the other does':
        async ({browser, inPage}) => {
            await inPage(kTabs);
            await until(async () => await roles(browser) === 'lead,follow', 'the first leads');
            await browser.evaluate(
                () => window.tabs[1].contentWindow.lab.leader.say(
                    new (window.tabs[1].contentWindow.Uint8Array)([104, 105])));
            await until(
                () => browser.evaluate(() => window.tabs[0].contentWindow.lab.heard.includes('hi')),
                'the leader hears');
            await browser.evaluate(() => window.tabs[0].remove());
            await until(async () => (await roles(browser)).endsWith('lead'), 'the second leads');
        },

    'a leader that falls silent is replaced, and becomes a follower': async ({browser, inPage}) => {
        await inPage(kTabs);
        await until(async () => await roles(browser) === 'lead,follow', 'the first leads');
        await browser.evaluate(() => {
            const [frozen, other] = window.tabs.map((frame) => frame.contentWindow);
            frozen.BroadcastChannel.prototype.postMessage =
                () => {};  // frozen with the lock in its hand
            other.lab.skew = 7000;
        });
        await until(
            async () => await roles(browser) === 'follow,lead',
            'the second leads and the first follows');
    },
});

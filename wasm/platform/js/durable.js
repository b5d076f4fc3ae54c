// The durable store of one person's data: an IndexedDB database in the layout and record format of
// Emscripten's IDBFS (database = mount point, store FILE_DATA, key = absolute path), written only
// by the commit below. IDBFS's own syncfs(false) reports failed writes as done, tears multi-file
// states and deletes what other tabs wrote (docs/sync-protocol.md), so it is never called.
//
// A commit is one transaction. It puts and deletes exactly what it was given, is refused when
// another tab has claimed the store since (`.gen`, the fence), and resolves only on `complete`.
// Nothing here knows what the files mean. Tested in tests/browser/platform/durable.mjs against
// three engines.
//
// world: { indexedDB, setTimeout, clearTimeout, onLost() }
mergeInto(LibraryManager.library, {
    $makeDurable: function(mount, world) {
        const VERSION = 21;  // IDBFS's, for ever: raising it deadlocks open tabs
        const STORE = 'FILE_DATA';
        const GEN = mount + '/.gen';
        const FILE_MODE = 0o100666;
        const DIRECTORY_MODE = 0o40777;
        const TIMEOUT_MS = 10000;
        const GRACE_MS = 1000;  // for an abort to be confirmed; a stuck transaction never does
        const REOPEN_MS = [50, 250, 1000];
        const REOPENABLE = ['InvalidStateError', 'UnknownError', 'AbortError'];

        let opening = null;             // Promise<IDBDatabase>, shared by all who wait
        const directories = new Set();  // whose records are known to be stored
        const queue = [];               // commits not yet in a transaction
        let run = [];                   // those in one that has not ended
        const running = new Set();      // what gives up each transaction that has not ended
        let busy = false;
        let isNew = false;  // this browser had nothing stored under this name

        function named(name, message) {
            const error = new Error(message || name);
            error.name = name;
            return error;
        }

        function within(ms, name, start) {
            return new Promise((resolve, reject) => {
                const timer = world.setTimeout(() => reject(named(name)), ms);
                start(
                    (value) => {
                        world.clearTimeout(timer);
                        resolve(value);
                    },
                    (error) => {
                        world.clearTimeout(timer);
                        reject(error);
                    });
            });
        }

        function upgrade(request, oldVersion) {
            isNew = oldVersion === 0;
            const db = request.result;
            const store = db.objectStoreNames.contains(STORE) ?
                request.transaction.objectStore(STORE) :
                db.createObjectStore(STORE);
            if (!store.indexNames.contains('timestamp'))
                store.createIndex('timestamp', 'timestamp');
        }

        function connect(resolve, reject) {
            const request = world.indexedDB.open(mount, VERSION);
            request.onupgradeneeded = (event) => upgrade(request, event.oldVersion);
            request.onerror = () => reject(request.error || named('UnknownError'));
            request.onsuccess = () => {
                const db = request.result;
                const forget = () => {
                    if (opening && opening.db === db) opening = null;
                };
                // Another tab wants to delete the database (sign-out): do not stand in its way.
                db.onversionchange = () => {
                    db.close();
                    forget();
                };
                db.onclose = forget;
                resolve(db);
            };
        }

        function open() {
            if (!opening) {
                const attempt = within(TIMEOUT_MS, 'TimeoutError', connect);
                opening = attempt;
                attempt.then(
                    (db) => {
                        attempt.db = db;
                    },
                    () => {
                        if (opening === attempt) opening = null;
                    });
            }
            return opening;
        }

        function close() {
            if (opening) opening.then((db) => db.close(), () => {});
            opening = null;
        }

        // Runs work(db), on a fresh connection when the browser took the old one away. WebKit does
        // that to idle pages; without the reopening every later write would fail until the page is
        // loaded again.
        async function withDatabase(work) {
            for (let attempt = 0;; attempt++) {
                try {
                    return await work(await open());
                } catch (error) {
                    if (!REOPENABLE.includes(error.name)) throw error;
                    close();
                    if (attempt === REOPEN_MS.length) {
                        world.onLost();
                        throw named('StorageLost', String(error));
                    }
                    await new Promise((resolve) => world.setTimeout(resolve, REOPEN_MS[attempt]));
                }
            }
        }

        // One transaction. `work(store, giveUp, give)` issues requests; giveUp(error) aborts it
        // all. There is no preventDefault on purpose: one failed request must take the whole
        // transaction with it.
        function transact(db, mode, durability, work) {
            return new Promise((resolve, reject) => {
                const tx = db.transaction(STORE, mode, {durability: durability});
                let failure = null;
                let value;
                const giveUp = (error) => {
                    failure = failure || error;
                    try {
                        tx.abort();
                    } catch (late) { /* it has ended already, and says how itself */
                    }
                };
                const timers = [
                    world.setTimeout(() => giveUp(named('TimeoutError')), TIMEOUT_MS),
                    world.setTimeout(() => fail(failure), TIMEOUT_MS + GRACE_MS)
                ];
                const end = (settle) => {
                    timers.forEach(world.clearTimeout);
                    running.delete(giveUp);
                    settle();
                };
                // What this transaction wrote of directories is not there.
                const fail = (error) => end(() => {
                    directories.clear();
                    reject(error);
                });
                running.add(giveUp);
                tx.oncomplete = () => end(() => resolve(value));
                tx.onabort = () => fail(failure || tx.error || named('AbortError'));
                work(tx.objectStore(STORE), giveUp, (result) => {
                    value = result;
                });
            });
        }

        function generation(record) {
            const bytes = record && record.contents;
            if (!(bytes instanceof Uint8Array) || bytes.length !== 8) return 0;
            return Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
        }

        function fileRecord(bytes) {
            return {timestamp: new Date(), mode: FILE_MODE, contents: bytes};
        }

        function putDirectories(store, path) {
            for (let at = path.lastIndexOf('/'); at > mount.length;
                 at = path.lastIndexOf('/', at - 1)) {
                const directory = path.slice(0, at);
                if (directories.has(directory)) return;
                directories.add(directory);
                store.put({timestamp: new Date(), mode: DIRECTORY_MODE}, directory);
            }
        }

        function write(store, files) {
            files.forEach((bytes, path) => {
                if (bytes === null) return store.delete(path);
                putDirectories(store, path);
                return store.put(fileRecord(bytes), path);
            });
        }

        function claimIn(db) {
            return transact(db, 'readwrite', 'strict', (store, giveUp, give) => {
                const request = store.get(GEN);
                request.onsuccess = () => {
                    const next = generation(request.result) + 1;
                    const bytes = new Uint8Array(8);
                    new DataView(bytes.buffer).setBigUint64(0, BigInt(next), true);
                    store.put(fileRecord(bytes), GEN);
                    give(next);
                };
            });
        }

        // Makes this tab the only writer of fenced files, and gives the generation that proves it.
        function claim() {
            return withDatabase(claimIn);
        }

        function commitOnce(files, fence, durability) {
            return withDatabase((db) => transact(db, 'readwrite', durability, (store, giveUp) => {
                                    if (fence === null) return write(store, files);
                                    const request = store.get(GEN);
                                    request.onsuccess = () => {
                                        if (generation(request.result) === fence)
                                            write(store, files);
                                        else
                                            giveUp(named('FencedError', 'another tab leads now'));
                                    };
                                }));
        }

        // The longest run of waiting commits that may share a transaction: same fence, order kept.
        function takeRun() {
            let length = 1;
            while (length < queue.length && queue[length].fence === queue[0].fence)
                length++;
            return queue.splice(0, length);
        }

        async function pump() {
            if (busy) return;
            busy = true;
            while (queue.length > 0) {
                run = takeRun();
                const files = new Map();
                run.forEach((one) => one.files.forEach(([path, bytes]) => files.set(path, bytes)));
                const durability = run.some((one) => one.strict) ? 'strict' : 'relaxed';
                try {
                    await commitOnce(files, run[0].fence, durability);
                    run.forEach((one) => one.resolve());
                } catch (error) {
                    run.forEach((one) => one.reject(error));
                }
            }
            run = [];
            busy = false;
        }

        // files: [[absolute path, bytes or null to delete]]. fence: the generation of claim(), or
        // null for files whose names no other tab can write (the outbox). Resolves when the bytes
        // are stored, with `strict` when they are on the disk; rejects with FencedError,
        // QuotaExceededError, TimeoutError, StorageLost or whatever the browser names, and then
        // nothing of it is stored.
        function commit(files, fence, strict) {
            return new Promise((resolve, reject) => {
                queue.push(
                    {files: files, fence: fence, strict: strict, resolve: resolve, reject: reject});
                pump();
            });
        }

        // The page goes, perhaps into the browser's memory of pages, where WebKit ends no
        // transaction: one left open there would hold up every later page. So all are given up, the
        // connection ends, and what a person typed is written once more without waiting its turn;
        // each such file stands alone, so commit() may be used (Firefox ends a transaction well
        // whose put fails after it). A page that comes back goes on with all of it.
        function leave() {
            const db = opening && opening.db;
            running.forEach((giveUp) => giveUp(named('AbortError', 'the page goes')));
            directories.clear();  // none of those given up has stored any
            const typed = [...run, ...queue].filter((one) => one.fence === null);
            if (db && typed.length > 0)
                transact(db, 'readwrite', 'relaxed', (store) => {
                    write(store, new Map(typed.flatMap((one) => one.files)));
                    store.transaction.commit();
                }).catch(() => {});
            close();
            if (db) db.close();
        }

        // A record that is not a file IDBFS could have written is handed on as damaged, never
        // dropped.
        function fileOf(path, record) {
            if (record && (record.mode & 0o170000) === 0o40000) {
                directories.add(path);
                return null;
            }
            const bytes = record && record.contents;
            return {path: path, bytes: bytes instanceof Uint8Array ? bytes : null};
        }

        function readKeys(db) {
            return transact(db, 'readonly', 'default', (store, giveUp, give) => {
                store.getAllKeys().onsuccess = (event) => give(event.target.result);
            });
        }

        function readTogether(db) {
            return transact(db, 'readonly', 'default', (store, giveUp, give) => {
                const keys = store.getAllKeys();
                const values = store.getAll();
                values.onsuccess = () =>
                    give(keys.result.map((key, i) => fileOf(key, values.result[i])));
            });
        }

        // One record a browser cannot read back must not take the others with it.
        async function readOneByOne(db) {
            const files = [];
            for (const key of await readKeys(db)) {
                const record = await transact(db, 'readonly', 'default', (store, giveUp, give) => {
                                   store.get(key).onsuccess = (event) => give(event.target.result);
                               }).catch(() => null);
                files.push(fileOf(key, record));
            }
            return files;
        }

        async function readIn(db) {
            directories.clear();
            const files = await readTogether(db).catch((error) => {
                if (REOPENABLE.includes(error.name) && error.name !== 'UnknownError') throw error;
                return readOneByOne(db);
            });
            return files.filter((file) => file !== null && file.path !== GEN);
        }

        // All files: [{ path, bytes }], bytes null when the record is damaged. asked() is called once
        // they are on their way.
        function readAll(asked = () => {}) {
            return withDatabase((db) => {
                const reading = readIn(db);
                asked();
                return reading;
            });
        }

        // claim() and readAll() without a wait between them: transactions of one connection run in
        // the order they were asked for, so what is read is what no other tab can change any more.
        function claimAndReadAll(asked = () => {}) {
            return withDatabase((db) => {
                const both = Promise.all([claimIn(db), readIn(db)]);
                asked();
                return both;
            });
        }

        // Deletes the database. Other tabs close theirs when asked; one that does not makes this
        // wait.
        function wipe() {
            close();
            return within(TIMEOUT_MS, 'TimeoutError', (resolve, reject) => {
                const request = world.indexedDB.deleteDatabase(mount);
                request.onsuccess = () => resolve();
                request.onerror = () => reject(request.error || named('UnknownError'));
            });
        }

        return {claim, commit, readAll, claimAndReadAll, wipe, close, leave, isNew: () => isNew};
    },
});

// One person's store on this device: opened, led by one tab, committed to. Joins the durable
// commit, the leadership and Emscripten's file system, where the files stand as IDBFS would have
// mounted them: what can be read under /data/<scope> is what IndexedDB holds.
//
// A page may prepare a store before the program runs: it is claimed and read while the program is
// still being compiled, and answered once the program asks for it. Nobody hears of it before.
//
// on: { opened(answer), committed(ticket, result), lead(isLeading, generation), peer(payload) }
mergeInto(LibraryManager.library, {
    $makeStore__deps: ['$FS', '$IDBFS', '$makeDurable', '$makeLeader'],
    $makeStore: function(on) {
        const RESULTS = {FencedError: 1, QuotaExceededError: 2};
        const LOST = 3;
        let current = null;  // { scope, mount, durable, leader, leads, generation, wasRead, wasAsked, first }

        const worldOfDurable = {
            indexedDB: window.indexedDB,
            setTimeout: setTimeout.bind(window),
            clearTimeout: clearTimeout.bind(window),
            onLost: () => {}
        };
        const worldOfLeader = {
            locks: navigator.locks || null,
            now: () => performance.now(),
            channel: (name) => new BroadcastChannel(name),
            setInterval: setInterval.bind(window),
            clearInterval: clearInterval.bind(window),
            isVisible: () => !document.hidden
        };

        function mount(path) {
            FS.mkdirTree(path);
            FS.mount(IDBFS, {}, path);
        }

        // The file system shows the same bytes, not a copy of them. It is a view: what it refuses
        // is stored all the same.
        function show(path, bytes) {
            try {
                FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
                if (bytes !== null)
                    FS.writeFile(path, bytes, {canOwn: true});
                else if (FS.analyzePath(path).exists)
                    FS.unlink(path);
            } catch (refused) {
                console.warn('not shown under', path, refused);
            }
        }

        async function filesOf(store) {
            if (!store.leads || store.generation > 0) return store.durable.readAll(store.asked);
            const claimed = await store.durable.claimAndReadAll(store.asked);
            store.generation = claimed[0];
            return claimed[1];
        }

        async function answer(store) {
            const unavailable = {
                scope: store.scope,
                isAvailable: false,
                isNew: false,
                leads: store.leads,
                generation: 0,
                files: []
            };
            try {
                const files = await filesOf(store);
                const strip = ({path, bytes}) =>
                    ({path: path.slice(store.mount.length + 1), bytes});
                return {
                    scope: store.scope,
                    isAvailable: true,
                    isNew: store.durable.isNew(),
                    leads: store.leads,
                    generation: store.generation,
                    files: files.map(strip)
                };
            } catch (denied) {
                return unavailable;
            }
        }

        async function changeRole(store, leads) {
            store.leads = leads;
            if (store !== current) return;
            if (!store.wasAsked || !store.wasRead) return readFirst(store);
            store.generation = leads ? await store.durable.claim().catch(() => 0) : 0;
            if (store === current) on.lead(leads && store.generation > 0, store.generation);
        }

        // Opening what is open reads it once more: a follower that came to lead starts from what is
        // stored.
        async function open(scope) {
            if (!current || current.scope !== scope) {
                close(false);
                begin(scope);
            }
            const store = current;
            const reading = store.wasAsked ? answer(store) : store.first;
            store.wasAsked = true;
            const opened = await reading;
            store.arrived();
            if (store !== current) return;
            opened.files.filter((file) => file.bytes !== null)
                .forEach((file) => show(`${store.mount}/${file.path}`, file.bytes));
            on.opened(opened);
        }

        // What is stored, for whoever asks first. Until then a change of role or of the files
        // means reading again.
        function readFirst(store) {
            store.wasRead = true;
            const answered = answer(store);
            store.read(answered);     // for who asked before there was anything to read
            store.first = answered;  // for who asks later
        }

        function heardFrom(store, payload) {
            if (store.wasAsked)
                on.peer(payload);
            else if (store.wasRead)
                readFirst(store);
        }

        function begin(scope) {
            const path = '/data/' + scope;
            const store = {
                scope,
                mount: path,
                durable: makeDurable(path, worldOfDurable),
                leads: false,
                generation: 0,
                wasRead: false,
                wasAsked: false
            };
            store.first = new Promise((resolve) => {
                store.read = resolve;
            });
            store.reading = new Promise((resolve) => {
                store.asked = resolve;
            });
            store.arrival = new Promise((resolve) => {
                store.arrived = resolve;
            });
            store.leader = makeLeader(scope, worldOfLeader, {
                lead: () => changeRole(store, true),
                follow: () => changeRole(store, false),
                message: (payload) => heardFrom(store, payload)
            });
            current = store;
            mount(path);
            store.leader.start();
        }

        async function close(wipe) {
            const store = current;
            if (!store) return;
            current = null;
            store.leader.end();
            FS.unmount(store.mount);
            if (wipe)
                await store.durable.wipe().catch(() => {});
            else
                store.durable.close();
        }

        // files: [[path relative to the mount, bytes or null]].
        async function commit(ticket, files, isFenced, isStrict) {
            const store = current;
            if (!store || (isFenced && !store.leads))
                return on.committed(ticket, RESULTS.FencedError);
            const full = files.map(([path, bytes]) => [`${store.mount}/${path}`, bytes]);
            try {
                await store.durable.commit(full, isFenced ? store.generation : null, isStrict);
                if (store === current) full.forEach(([path, bytes]) => show(path, bytes));
                on.committed(ticket, 0);
            } catch (error) {
                on.committed(ticket, RESULTS[error.name] || LOST);
            }
        }

        function say(payload) {
            if (current) current.leader.say(payload);
        }

        // The page goes, or goes into the browser's memory of pages.
        function leave() {
            if (current) current.durable.leave();
        }

        // Resolves when everything committed before has ended, well or not.
        function settled() {
            return current ? current.durable.commit([], null, false).catch(() => {}) :
                             Promise.resolve();
        }

        // Of the store that opens, if one does: resolves once its files are on their way...
        function reading() {
            return current ? current.reading : Promise.resolve();
        }

        // ...and once they are here, or cannot be read.
        function hasRead() {
            return current ? current.arrival : Promise.resolve();
        }

        function prepare(scope) {
            if (!current) begin(scope);
        }

        return {
            open,
            prepare,
            close,
            commit,
            reading,
            hasRead,
            say,
            leave,
            settled,
            takeLead: () => current && current.leader.takeOver()
        };
    },
});

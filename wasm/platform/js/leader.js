// Which tab of a person's leads: it alone writes shared files, syncs and holds the live connection.
// The Web Lock says who; the heartbeat finds a leader that a browser has frozen with the lock in
// its hand, which a visible tab then takes over. The store's fence (durable.js) is what makes that
// safe.
//
// world: { locks (or null), channel(name), now(), setInterval, clearInterval, isVisible() }
// on: { lead(), follow(), message(payload) }
mergeInto(LibraryManager.library, {
    $makeLeader: function(scope, world, on) {
        const BEAT_MS = 2000;
        const SILENCE_MS = 6000;
        const name = 'ventanilla:' + scope;

        const channel = world.channel(name);
        let waiting = null;  // AbortController of the queued request
        let release = null;  // ends our hold of the lock
        let leads = false;
        let heard = world.now();
        let ended = false;

        function beat() {
            if (leads)
                channel.postMessage({kind: 'beat'});
            else if (world.isVisible() && world.now() - heard > SILENCE_MS)
                takeOver();
        }

        function hold() {
            waiting = null;
            leads = true;
            beat();
            on.lead();
            return new Promise((resolve) => {
                release = resolve;
            });
        }

        function step() {
            const was = leads;
            leads = false;
            release = null;
            heard = world.now();
            if (was && !ended) on.follow();
        }

        // Waits its turn. A lock that is stolen rejects the request: this tab follows, and queues
        // again.
        function queue() {
            const abort = new AbortController();
            waiting = abort;
            world.locks.request(name, {signal: abort.signal}, hold).then(step, (error) => {
                step();
                if (error.name === 'AbortError' && !abort.signal.aborted && !ended) queue();
            });
        }

        // Leads now, whoever led before: a silent leader, or "Use here".
        function takeOver() {
            if (leads || !world.locks) return;
            heard = world.now();
            if (waiting) waiting.abort();
            world.locks.request(name, {steal: true}, hold).then(step, () => {
                step();
                if (!ended) queue();
            });
        }

        channel.onmessage = (event) => {
            const message = event.data;
            if (!message || typeof message.kind !== 'string') return;
            if (message.kind === 'beat')
                heard = world.now();
            else if (message.kind === 'say' && message.payload instanceof Uint8Array)
                on.message(message.payload);
        };
        const timer = world.setInterval(beat, BEAT_MS);

        // The first answer, lead() or follow(), comes at once; the turn of a follower may come
        // later.
        function start() {
            if (!world.locks)
                return hold();  // very old or locked-down browser: one tab, and the fence alone
            return world.locks
                .request(
                    name,
                    {ifAvailable: true},
                    (lock) => {
                        if (lock) return hold();
                        on.follow();
                        queue();
                    })
                .then(step, () => {
                    step();
                    if (!ended) queue();
                });
        }

        function say(payload) { channel.postMessage({kind: 'say', payload: payload}); }

        function end() {
            ended = true;
            world.clearInterval(timer);
            if (waiting) waiting.abort();
            if (release) release();
            channel.close();
        }

        return {start, takeOver, say, end};
    },
});

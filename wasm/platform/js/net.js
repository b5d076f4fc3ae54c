// Requests to our own server: text up, bytes down, always with an end. What the browser will not
// say (offline, refused, blocked, cut) is one answer: status 0.
mergeInto(LibraryManager.library, {
    $makeNet: function(origin) {
        const running = new Map();  // id -> AbortController

        // headers: [[name, value]]. done({ status, headers, body }), once, also after cancel().
        async function request({id, method, path, headers, body, timeoutMs}, done) {
            const abort = new AbortController();
            running.set(id, abort);
            const timer = setTimeout(() => abort.abort(), timeoutMs);
            try {
                const response = await fetch(new URL(path, origin), {
                    method,
                    headers,
                    body,
                    signal: abort.signal,
                    credentials: 'same-origin',
                    cache: 'no-store',
                    redirect: 'error'
                });
                done({
                    status: response.status,
                    headers: Array.from(response.headers),
                    body: new Uint8Array(await response.arrayBuffer())
                });
            } catch (error) {
                done({status: 0, headers: [], body: new Uint8Array(0)});
            } finally {
                clearTimeout(timer);
                running.delete(id);
            }
        }

        function cancel(id) {
            if (running.has(id)) running.get(id).abort();
        }

        return {request, cancel};
    },

    // The live connection: hints that something new is there. Read as a stream and not as an
    // EventSource, because a heartbeat is a comment, which only the bytes show; a line silent for
    // 40 s is dead.
    //
    // on: { opened(), message(event, data), closed(status) }
    $makeLive: function(origin, on) {
        const SILENCE_MS = 40000;
        const utf8 = new TextDecoder();
        let current = null;

        function tellEvents(text) {
            const events = text.split(/\r?\n\r?\n/);
            const rest = events.pop();
            for (const event of events) {
                const field = (name) => event.split(/\r?\n/)
                                            .filter((line) => line.startsWith(name + ':'))
                                            .map((line) => line.slice(name.length + 1).trimStart())
                                            .join('\n');
                on.message(field('event'), field('data'));  // a heartbeat has neither
            }
            return rest;
        }

        async function read(body, heard) {
            const reader = body.getReader();
            let text = '';
            for (;;) {
                const chunk = await reader.read();
                if (chunk.done) return;
                heard();
                text = tellEvents(text + utf8.decode(chunk.value, {stream: true}));
            }
        }

        async function open(path) {
            close();
            const mine = current = new AbortController();
            let timer = setTimeout(() => mine.abort(), SILENCE_MS);
            const heard = () => {
                clearTimeout(timer);
                timer = setTimeout(() => mine.abort(), SILENCE_MS);
            };
            let status = 0;
            try {
                const response = await fetch(new URL(path, origin), {
                    signal: mine.signal,
                    cache: 'no-store',
                    credentials: 'same-origin',
                    headers: {Accept: 'text/event-stream'}
                });
                status = response.status;
                if (response.ok) {
                    on.opened();
                    await read(response.body, heard);
                }
            } catch (cut) { /* closed() says so */
            }
            clearTimeout(timer);
            if (current !== mine) return;
            current = null;
            on.closed(status);
        }

        function close() {
            if (current) current.abort();
            current = null;
        }

        return {open, close};
    },
});

// Puts the parts together, and is the only one that knows Emscripten's heap. The pf_ functions are
// what wasm/platform/imports.hpp declares; C++ exports pf_turn and pf_paint.
mergeInto(LibraryManager.library, {
    $Platform__deps: [
        '$Heard',
        '$pack',
        '$makeInbox',
        '$makeReader',
        '$makeFrames',
        '$makeCanvas',
        '$makeGlyphs',
        '$makeMirror',
        '$listenToMirror',
        '$makePage',
        '$watchPrefs',
        '$makeHistory',
        '$makeLocale',
        '$makeNet',
        '$makeLive',
        '$makeMarkdown',
        '$makeStore',
        '$makeDevice',
        '$makeEffects',
        'malloc'
    ],
    $Platform__postset: 'Platform.prepare();',
    $Platform: {
        parts: null,

        // Before there are parts: what is prepared, and what was heard meanwhile.
        store: null,
        canvas: null,
        hasCanvas: null,  // Promise<boolean>
        early: [],

        memory: {
            words: () => HEAPU32,
            doubles: () => HEAPF64,
            bytes: () => HEAPU8,
            allocate: (size) => _malloc(size),
        },

        text: (address, size) => new TextDecoder().decode(HEAPU8.subarray(address, address + size)),

        // The views of a block that C++ laid out: [words, floats, bytes].
        block: (words, count, bytes, size) =>
            [HEAPU32.subarray(words >> 2, (words >> 2) + count),
             HEAPF32.subarray(words >> 2, (words >> 2) + count),
             HEAPU8.subarray(bytes, bytes + size)],

        isDomMode: () => document.documentElement.dataset.ui === 'dom',

        // The page's own text instead of the canvas: no WebGL2, a driver that keeps failing, forced
        // colours.
        enterDomMode: () => {
            document.documentElement.dataset.ui = 'dom';
            if (Platform.parts) Platform.tellPrefs();
        },

        tellPrefs: () => {
            const prefs = Platform.parts.prefs.now();
            const root = document.documentElement;
            if (prefs.forcedColors && !Platform.isDomMode()) root.dataset.ui = 'dom';
            root.classList.toggle('flow', Platform.isDomMode() || Platform.parts.isPrinting);
            const bits = [
                prefs.dark,
                prefs.moreContrast,
                prefs.reducedMotion,
                prefs.coarsePointer,
                Platform.isDomMode() || Platform.parts.isPrinting
            ];
            Platform.parts.inbox.push(Heard.Prefs, {
                a: bits.reduce((sum, bit, i) => sum | (bit ? 1 << i : 0), 0),
                number: prefs.rootFont
            });
        },

        // What waits is done before the browser goes on.
        turnNow: () => {
            while (!Platform.parts.inbox.isEmpty())
                _pf_turn(Platform.parts.inbox.fill());
        },

        makeCanvasPart: (push) => makeCanvas(document.getElementById('canvas'), {
            resized: (width, height, scale) => push(
                Heard.Resize,
                {a: Math.round(width * 256), b: Math.round(height * 256), number: scale}),
            lost: () => push(Heard.ContextLost),
            restored: () => push(Heard.ContextRestored),
            hopeless: () => Platform.enterDomMode(),
        }),

        makePagePart: (push) => makePage({
            scrolled: (top) => push(Heard.Scroll, {number: top}),
            leaving: () => push(Heard.Leaving),
            left: () => {
                push(Heard.Leaving);
                Platform.turnNow();
                Platform.parts.store.leave();
            },
            // Back to a page the browser kept: another may have led since. It starts anew from what
            // is stored, once all of its own is.
            returned: () => Platform.parts.store.settled().then(() => location.reload()),
            inset: (px) => document.documentElement.style.setProperty('--inset', px + 'px'),
            printing: (is) => {
                if (Platform.parts.isPrinting === is) return;
                Platform.parts.isPrinting = is;
                Platform.tellPrefs();
                // The browser takes its picture when this handler returns: no time for an animation
                // frame.
                if (is) {
                    Platform.turnNow();
                    _pf_paint();
                }
            },
        }),

        push: (kind, event) => {
            if (Platform.parts)
                Platform.parts.inbox.push(kind, event);
            else
                Platform.early.push([kind, event]);
        },

        // Long before the program runs. What is stored takes as long to read as the program to
        // compile and the graphics driver to start, and all three wait for others.
        prepare: () => {
            Platform.store = Platform.makeStorePart(Platform.push);
            const scope = Platform.keptScope();
            if (scope) Platform.store.prepare(scope);
            Platform.canvas = Platform.makeCanvasPart(Platform.push);
            Platform.hasCanvas = Platform.startCanvas();
        },

        // It holds up the page: what is stored is asked for first.
        startCanvas: async () => {
            await Promise.race([Platform.store.reading(), Platform.after(100)]);
            return !Platform.isDomMode() && Platform.canvas.start();
        },

        keptScope: () => {
            try {
                return localStorage.getItem('ventanilla.scope');
            } catch (denied) {
                return null;
            }
        },

        makeStorePart: (push) => makeStore({
            opened: (answer) => {
                const files = answer.files.flatMap(
                    ({path, bytes}) => [path, bytes === null ? 1 : 0, bytes || new Uint8Array(0)]);
                push(Heard.StoreOpened, {
                    number: answer.generation,
                    payload: pack([
                        answer.scope,
                        answer.isAvailable ? 1 : 0,
                        answer.isNew ? 1 : 0,
                        answer.leads ? 1 : 0,
                        answer.files.length,
                        ...files
                    ])
                });
            },
            committed: (ticket, result) => push(Heard.Committed, {a: result, number: ticket}),
            lead: (leads, generation) => push(Heard.Lead, {a: leads ? 1 : 0, number: generation}),
            peer: (payload) => push(Heard.Peer, {payload}),
        }),

        makeDevicePart: (push) => makeDevice({
            copied: (done) => push(Heard.Copied, {a: done ? 1 : 0}),
            persisted: (granted) => push(Heard.Persisted, {a: granted ? 1 : 0}),
            estimated: (used, quota) =>
                push(Heard.Estimated, {number: used, payload: String(quota)}),
            update: (build) => push(Heard.Update, {payload: build}),
        }),

        makeParts: (inbox) => {
            const push = inbox.push;
            const origin = location.origin;
            const parts = {
                inbox,
                glyphs: makeGlyphs(),
                locale: makeLocale(),
                mirror: makeMirror(document.getElementById('mirror')),
                hasStarted: false,  // nothing is painted before
                isPrinting: false,
                canvas: Platform.canvas,
                page: Platform.makePagePart(push),
                store: Platform.store,
                device: Platform.makeDevicePart(push),
                markdown: makeMarkdown(
                    (id, text) => push(
                        Heard.Markdown, {a: text === null ? 0 : 1, number: id, payload: text})),
                net: makeNet(origin),
                live: makeLive(origin, {
                    opened: () => push(Heard.LiveOpened),
                    closed: () => push(Heard.LiveClosed),
                    message: (event, data) =>
                        push(Heard.LiveMessage, {payload: pack([event, data])})
                }),
                history: makeHistory({
                    navigated: (url, isFirst) => {
                        if (!isFirst) push(Heard.Url, {payload: url});
                    }
                })
            };
            parts.effects = makeEffects(parts, {
                replied: (id, reply) => push(Heard.HttpReply, {
                    a: reply.status,
                    number: id,
                    payload: pack([reply.headers.length, ...reply.headers.flat(), reply.body])
                })
            });
            return parts;
        },

        listen: (parts) => {
            const push = parts.inbox.push;
            listenToMirror(parts.mirror, {
                action: (node, kind, number, text) =>
                    push(Heard.Action, {a: node, b: kind, c: number, payload: text}),
                hover: (node) => push(Heard.Hover, {a: node}),
                press: (node) => push(Heard.Press, {a: node}),
                scrolled: (node, top) => push(Heard.Scroll, {a: node, number: top}),
            });
            addEventListener('online', () => push(Heard.Online, {a: 1}));
            addEventListener('offline', () => push(Heard.Online, {a: 0}));
            document.addEventListener(
                'visibilitychange', () => push(Heard.Visible, {a: document.hidden ? 0 : 1}));
            document.fonts.addEventListener('loadingdone', () => {
                parts.glyphs.forget();
                push(Heard.Fonts);
            });
            parts.device.watchUpdates();
        },

        // Where the browser falsifies what it draws, letters come from a small font of ours, in
        // page and canvas.
        useOwnFont: async () => {
            const url = document.documentElement.dataset.font;
            const response = await fetch(url);
            if (!response.ok) return;
            document.documentElement.classList.add('own-font');
            const bytes = new Uint8Array(await response.arrayBuffer());
            const address = _malloc(bytes.length);
            HEAPU8.set(bytes, address);
            _pf_use_font(address, bytes.length);
        },

        start: async () => {
            const parts = Platform.parts;
            parts.prefs = watchPrefs(() => Platform.tellPrefs());
            Platform.tellBooted(parts);
            Platform.turnNow();
            Platform.listen(parts);
            if (!await Platform.hasCanvas) document.documentElement.dataset.ui = 'dom';
            Platform.early.forEach(([kind, event]) => parts.inbox.push(kind, event));
            Platform.early = [];
            if (!Platform.isDomMode()) parts.inbox.push(Heard.ContextRestored);
            if (!Platform.isDomMode() && !parts.glyphs.isTrue())
                await Platform.useOwnFont().catch(() => {});
            // The page's skeleton stands for as long as reading usually takes: a first frame without
            // what is stored would only make it wait.
            await Promise.race([parts.store.hasRead(), Platform.after(300)]);
            parts.hasStarted = true;
            parts.canvas.watch();
            Platform.tellPrefs();
            parts.history.start();
        },

        after: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),

        tellBooted: (parts) => {
            const stored = parts.device.prefs();
            const root = document.documentElement;
            parts.inbox.push(Heard.Booted, {
                payload: pack([
                    location.pathname + location.search,
                    navigator.language || 'es',
                    root.dataset.build || '',
                    navigator.onLine ? 1 : 0,
                    document.hidden ? 0 : 1,
                    stored.length,
                    ...stored.flat()
                ])
            });
        },
    },

    pf_start__deps: ['$Platform'],
    pf_start: function(address, capacity) {
        let frames = null;
        const inbox = makeInbox(Platform.memory, address, capacity, () => frames.wake());
        let timer = 0;
        frames = makeFrames({
            turn: () => {
                let paint = false;
                while (!inbox.isEmpty())
                    paint = _pf_turn(inbox.fill()) !== 0 || paint;
                return paint && Platform.parts.hasStarted;
            },
            paint: () => _pf_paint(),
        });
        Platform.parts = Platform.makeParts(inbox);
        Platform.parts.frames = frames;
        Platform.parts.wakeIn = (ms) => {
            clearTimeout(timer);
            if (ms >= 0) timer = setTimeout(() => inbox.push(Heard.Tick), Math.min(ms, 0x7fffffff));
        };
        window.portal_frame_count = frames.count;
        // Not a rejection nobody sees: boot.js says what a person can do.
        Platform.start().catch((error) => setTimeout(() => {
                                   throw error;
                               }));
    },

    pf_wake_in__deps: ['$Platform'],
    pf_wake_in: function(ms) { Platform.parts.wakeIn(ms); },

    pf_effects__deps: ['$Platform'],
    pf_effects: function(words, count, bytes, size) {
        Platform.parts.effects(...Platform.block(words, count, bytes, size));
    },

    pf_mirror__deps: ['$Platform'],
    pf_mirror: function(words, count, bytes, size) {
        Platform.parts.mirror.apply(...Platform.block(words, count, bytes, size));
    },

    pf_document__deps: ['$Platform'],
    pf_document: function(height, title, titleSize, lang, langSize, modal) {
        const parts = Platform.parts;
        parts.page.setDocument(
            height, Platform.text(title, titleSize), Platform.text(lang, langSize));
        parts.mirror.setModal(modal);
        parts.history.settleScroll();
    },

    pf_focus__deps: ['$Platform'],
    pf_focus: function(node) {
        const element = Platform.parts.mirror.focus(node);
        if (element) Platform.parts.page.reveal(element);
    },

    pf_theme: function(name, size) {
        document.documentElement.dataset.theme = Platform.text(name, size);
        document.documentElement.classList.add('drawn');  // the skeleton has done its work
    },
    pf_theme__deps: ['$Platform'],

    // Whether there is a canvas to draw on now; brings it to its size first.
    pf_can_draw__deps: ['$Platform'],
    pf_can_draw: function() {
        if (Platform.isDomMode() || Platform.parts.canvas.isLost()) return 0;
        Platform.parts.canvas.settle();
        return 1;
    },

    pf_now: function() { return performance.now(); },
    pf_wall: function() { return Date.now(); },
    pf_random: function(
        address, size) { crypto.getRandomValues(HEAPU8.subarray(address, address + size)); },

    pf_parse_number__deps: ['$Platform'],
    pf_parse_number: function(text, size) { return Number(Platform.text(text, size)); },

    pf_glyph_metrics__deps: ['$Platform'],
    pf_glyph_metrics: function(
        face, px, out) { HEAPF32.set(Platform.parts.glyphs.metrics(face, px), out >> 2); },

    pf_glyph_advance__deps: ['$Platform'],
    pf_glyph_advance: function(
        codePoint, face, px) { return Platform.parts.glyphs.advance(codePoint, face, px); },

    // out: width, height, left, top, coloured (i32), advance (f32). Gives the address of the RGBA
    // pixels.
    pf_glyph_draw__deps: ['$Platform'],
    pf_glyph_draw: function(codePoint, face, px, out) {
        const glyph = Platform.parts.glyphs.draw(codePoint, face, px);
        const address = glyph.pixels ? _malloc(glyph.pixels.length) : 0;
        if (address) HEAPU8.set(glyph.pixels, address);
        const coloured = glyph.pixels && Platform.parts.glyphs.isColoured(glyph.pixels) ? 1 : 0;
        HEAP32.set([glyph.width, glyph.height, glyph.left, glyph.top, coloured], out >> 2);
        HEAPF32[(out >> 2) + 5] = glyph.advance;
        return address;
    },

    // Writes what the browser's Intl says into `out`, at most `capacity` bytes; gives how many.
    pf_date__deps: ['$Platform'],
    pf_date: function(lang, zone, zoneSize, ms, style, out, capacity) {
        const text = Platform.parts.locale.date(
            lang === 0 ? 'es' : 'en', Platform.text(zone, zoneSize), ms, style);
        return new TextEncoder().encodeInto(text, HEAPU8.subarray(out, out + capacity)).written;
    },

    pf_number__deps: ['$Platform'],
    pf_number: function(lang, value, digits, out, capacity) {
        const text = Platform.parts.locale.number(lang === 0 ? 'es' : 'en', value, digits);
        return new TextEncoder().encodeInto(text, HEAPU8.subarray(out, out + capacity)).written;
    },

    pf_city__deps: ['$Platform'],
    pf_city: function(zone, zoneSize, out, capacity) {
        const text = Platform.parts.locale.city(Platform.text(zone, zoneSize));
        return new TextEncoder().encodeInto(text, HEAPU8.subarray(out, out + capacity)).written;
    },

    // out: year, month, day, hour, minute, weekday.
    pf_civil__deps: ['$Platform'],
    pf_civil: function(zone, zoneSize, ms, out) {
        HEAP32.set(Platform.parts.locale.civil(Platform.text(zone, zoneSize), ms), out >> 2);
    },
});

// Starts the portal, keeps the service worker, and says what to do when the portal cannot start.
// Nothing of the product is in here.
(() => {
    const root = document.documentElement;
    const UPDATE_CHECK_MS = 3600000;

    // ---- when it fails
    // ----------------------------------------------------------------------------------------

    function giveUp(reason) {
        if (root.classList.contains('failed')) return;
        root.classList.add('failed');
        document.getElementById('trouble-code').textContent =
            `${root.dataset.build} · ${String(reason).slice(0, 160)}`;
        const text = document.querySelector(`#trouble > [lang=${root.lang}] a[href="?ui=dom"]`);
        if (text && root.dataset.ui === 'dom') text.remove();
        document.getElementById('trouble').hidden = false;
        document.getElementById('trouble').querySelector(`[lang=${root.lang}] h1`).focus();
    }

    // ---- the portal
    // -------------------------------------------------------------------------------------------

    function start() {
        if (typeof createPortal !== 'function' || typeof WebAssembly !== 'object')
            return giveUp('no WebAssembly');
        createPortal({locateFile: () => root.dataset.wasm, onAbort: giveUp}).then(() => {
            if (!window.portal_frame_count) giveUp('did not start');
        }, giveUp);
    }

    // An uncaught error in the portal's own code leaves it in no known state; what is stored is
    // safe.
    addEventListener('error', (event) => {
        const isOurs = event.error && !root.classList.contains('drawn');
        if (isOurs || event.error instanceof WebAssembly.RuntimeError) giveUp(event.error);
    });

    // ---- the service worker
    // -------------------------------------------------------------------------------------

    const policy = window.trustedTypes ? trustedTypes.createPolicy('app', {
        createScriptURL: (url) => {
            if (url !== '/sw.js') throw new TypeError(url);
            return url;
        }
    }) :
                                         {createScriptURL: (url) => url};
    let isReloading = false;
    let isAsked = false;

    // Asks a worker for its build id.
    function buildOf(worker) {
        return new Promise((resolve) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = (event) => resolve(event.data);
            worker.postMessage('build?', [channel.port2]);
        });
    }

    async function offer(worker) {
        window.ventanillaUpdate = await buildOf(worker);
        dispatchEvent(new CustomEvent('ventanilla-update', {detail: window.ventanillaUpdate}));
    }

    // A page that began without a worker is as new as the one that is installing: nothing to offer.
    const wasKept = Boolean(navigator.serviceWorker?.controller);

    function watch(registration) {
        if (registration.waiting && wasKept) offer(registration.waiting);
        registration.addEventListener('updatefound', () => {
            const worker = registration.installing;
            worker.addEventListener('statechange', () => {
                if (worker.state === 'installed' && wasKept) offer(worker);
            });
        });
        addEventListener('ventanilla-apply', () => {
            isAsked = true;
            if (registration.waiting)
                registration.waiting.postMessage('take-over');
            else
                location.reload();
        });
        let checked = Date.now();
        document.addEventListener('visibilitychange', () => {
            if (document.hidden || Date.now() - checked < UPDATE_CHECK_MS) return;
            checked = Date.now();
            registration.update().catch(() => {});
        });
        // The old bundle may go once this one has shown that it runs.
        if (navigator.serviceWorker.controller)
            navigator.serviceWorker.controller.postMessage('booted');
    }

    function keepWorker() {
        if (!navigator.serviceWorker) return;
        navigator.serviceWorker.addEventListener('controllerchange', () => {
            if (!isAsked || isReloading) return;
            isReloading = true;
            location.reload();
        });
        navigator.serviceWorker.register(policy.createScriptURL('/sw.js')).then(watch, () => {});
    }

    start();
    // The first visit needs the network for itself; the bundle is fetched again only once the page
    // stands.
    if (document.readyState === 'complete')
        keepWorker();
    else
        addEventListener('load', keepWorker);
})();

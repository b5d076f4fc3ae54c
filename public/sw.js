// The service worker: keeps one whole bundle of the portal on this device, so that it opens without
// a network, and never mixes two. A new bundle is fetched beside the old one and waits until the
// portal says that nothing typed or unsent is at risk. It never sees what people work with: /api is
// not its business.
const BUILD = '{{build}}';
const SHELL = '/';
const FILES = [/*{{files}}*/];
const SERVED = ['/healthz', '/readyz'];  // what the server answers itself
const NAME = 'ventanilla-';
const CACHE = NAME + BUILD;

async function install() {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map(
        (file) => new Request(file, {cache: file.startsWith('/app/') ? 'default' : 'reload'})));
}

// The bundle before this one stays until this one has booted, in case it must be taken back.
async function dropOthers() {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(NAME) && name !== CACHE)
                          .map((name) => caches.delete(name)));
}

// What is in a cache goes to the page as it came from the network: a rebuilt response would cost
// the browser its streaming compilation and its code cache.
async function fromCache(request, key) {
    return (await caches.match(key, {cacheName: CACHE})) || (await caches.match(key)) ||
        fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
    if (event.data === 'build?') event.ports[0].postMessage(BUILD);
    if (event.data === 'take-over') self.skipWaiting();
    if (event.data === 'booted') event.waitUntil(dropOthers());
});
self.addEventListener('fetch', (event) => {
    const request = event.request;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== location.origin ||
        url.pathname.startsWith('/api/'))
        return;
    if (request.mode === 'navigate' && !url.pathname.includes('.') &&
        !SERVED.includes(url.pathname))
        event.respondWith(fromCache(request, SHELL));
    else if (FILES.includes(url.pathname) && url.pathname !== SHELL)
        event.respondWith(fromCache(request, request));
});

// The harness itself, against a page of its own in each engine: WebGL2, storage, service worker
// under the product's policy; finding, typing, clicking; the cut wire; a killed browser that opens
// again.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import {Browser, kEngines} from './harness.mjs';
import {Proxy} from './proxy.mjs';

const kPolicy =
    'default-src \'none\'; script-src \'self\' \'wasm-unsafe-eval\'; connect-src \'self\'; ' +
    'img-src \'self\' blob:; style-src \'self\'; worker-src \'self\'; base-uri \'none\'; ' +
    'form-action \'self\'; frame-ancestors \'none\'; require-trusted-types-for \'script\'; trusted-types app';

const kPage =
    `<!doctype html><html lang="es"><head><title>Probe</title><script src="/a.js"></script>
<link rel="stylesheet" href="/a.css"></head><body><main><h1>Hola</h1><label for="f">Nombre</label>
<input id="f"><button id="b">Enviar</button><p id="o"></p><p id="tall"></p>
<button id="c">Abajo</button></main></body></html>`;

const kScript = `
addEventListener('DOMContentLoaded', async () => {
  const said = document.getElementById('o');
  const field = document.getElementById('f');
  document.getElementById('b').onclick = () => { said.textContent = 'dijo ' + field.value; };
  document.getElementById('c').onclick = () => { said.textContent = 'abajo'; };
  const gl = document.createElement('canvas').getContext('webgl2');
  const db = await new Promise((resolve, reject) => {
    const open = indexedDB.open('x', 1);
    open.onupgradeneeded = () => open.result.createObjectStore('s');
    open.onsuccess = () => resolve(open.result);
    open.onerror = () => reject(open.error);
  });
  const before = await new Promise((resolve) => {
    const get = db.transaction('s').objectStore('s').get('k');
    get.onsuccess = () => resolve(get.result ?? 0);
  });
  await new Promise((resolve) => {
    const put = db.transaction('s', 'readwrite', { durability: 'strict' });
    put.objectStore('s').put(before + 1, 'k');
    put.oncomplete = resolve;
  });
  const app = globalThis.trustedTypes?.createPolicy('app', { createScriptURL: (url) => url });
  await navigator.serviceWorker.register(app ? app.createScriptURL('/sw.js') : '/sw.js');
  await navigator.serviceWorker.ready;
  globalThis.facts = { gl: !!gl, before, locks: !!navigator.locks, secure: isSecureContext };
});`;

const kWorker = `
addEventListener('install', (e) => e.waitUntil(caches.open('v')
  .then((c) => c.addAll(['/', '/a.js', '/a.css'])).then(() => skipWaiting())));
addEventListener('activate', (e) => e.waitUntil(clients.claim()));
addEventListener('fetch', (e) => {
  if (!e.request.url.includes('/api')) e.respondWith(caches.match(e.request).then((r) => r ?? fetch(e.request)));
});`;

const kFiles = {
    '/a.js': ['text/javascript', kScript],
    '/sw.js': ['text/javascript', kWorker],
    '/a.css': ['text/css', '#tall { height: 3000px; }'],
    '/api': ['text/plain', 'pong'],
};

const cookies = [];
const server = http.createServer((request, response) => {
    const [type, body] = kFiles[request.url] ?? ['text/html; charset=utf-8', kPage];
    if (body === kPage) cookies.push(request.headers.cookie);
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Security-Policy', kPolicy);
    response.setHeader('Set-Cookie', 'sid=abc; Path=/; HttpOnly; SameSite=Strict; Max-Age=86400');
    response.end(body);
});
server.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const wire = await new Proxy(server.address().port).listen();

const facts = (browser) => browser.evaluate(async () => {
    while (!globalThis.facts)
        await new Promise((r) => setTimeout(r, 30));
    return globalThis.facts;
});
const ping = (browser) => browser.evaluate(() => fetch('/api').then((r) => r.text(), () => 'cut'));

async function check(engine, profile) {
    const browser = new Browser(engine, {profile, origin: wire.address});
    await browser.start();
    await browser.open('/');
    assert.deepEqual(await facts(browser), {gl: true, before: 0, locks: true, secure: true});
    await browser.byRole('textbox', 'Nombre').fill('¿Qué tal, Ñandú? 809');
    await browser.byRole('textbox', 'Nombre').fill('Señal');
    await browser.byRole('button', 'Enviar').click();
    await browser.waitForText('dijo Señal');
    await browser.byRole('main').byRole('button', 'Abajo').click();
    await browser.waitForText('abajo');
    assert.deepEqual(await browser.axe(), []);
    assert.equal(await ping(browser), 'pong');
    await wire.cut();
    assert.equal(await ping(browser), 'cut');
    await browser.kill();
    await browser.reopen('/');
    assert.equal((await facts(browser)).before, 1, 'what was durable is there after SIGKILL');
    await wire.heal();
    assert.equal(await ping(browser), 'pong');
    assert.deepEqual(await browser.takeErrors(), []);
    await browser.close();
}

let failed = 0;
for (const engine of process.argv.length > 2 ? process.argv.slice(2) : kEngines) {
    const profile = mkdtempSync(path.join(os.tmpdir(), 'ventanilla-self-'));
    try {
        await check(engine, profile);
        console.log(`PASS ${engine} harness`);
    } catch (error) {
        failed++;
        console.log(`FAIL ${engine} harness: ${error.stack}`);
    } finally {
        await wire.heal();
        rmSync(profile, {recursive: true, force: true, maxRetries: 3});
    }
}
console.log(
    `${(process.argv.length > 2 ? process.argv.length - 2 : 3) - failed} passed, ${failed} failed`);
process.exit(failed);

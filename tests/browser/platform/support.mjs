// What the browser tests of wasm/platform share: a server that speaks HTTP on a free port, a laboratory page
// that loads single JavaScript nouns without the portal, and a browser of the engine under test.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../../..');
export { assert };

const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.html': 'text/html',
    '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ttf': 'font/ttf',
    '.webmanifest': 'application/manifest+json' };

// The policy the server sends with every page: what the portal must live with.
export const CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
    "img-src 'self' blob:; style-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; " +
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; " +
    "require-trusted-types-for 'script'; trusted-types app";

function labPage(nouns) {
    const scripts = nouns.map((noun) => `<script src="/js/${noun}.js"></script>`).join('');
    return `<!doctype html><html lang="en"><meta charset="utf-8"><title>lab</title>` +
        `<script src="/lab.js"></script>${scripts}<body></body></html>`;
}

function send(response, type, body) {
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': CSP, 'Cache-Control': 'no-cache' });
    response.end(body);
}

// Serves /lab?js=durable,leader and the files of `site` (a built bundle) with the shell for every other path.
export async function serve({ site = null, routes = {} } = {}) {
    const server = http.createServer((request, response) => {
        const url = new URL(request.url, 'http://local');
        if (routes[url.pathname]) return routes[url.pathname](request, response);
        if (url.pathname === '/lab') return send(response, TYPES['.html'], labPage(url.searchParams.get('js').split(',')));
        const file = url.pathname === '/lab.js' ? path.join(root, 'tests/browser/platform/lab.js')
            : url.pathname.startsWith('/js/') ? path.join(root, 'wasm/platform', url.pathname)
            : site && path.join(site, url.pathname);
        if (file && fs.existsSync(file) && fs.statSync(file).isFile())
            return send(response, TYPES[path.extname(file)] ?? 'application/octet-stream', fs.readFileSync(file));
        if (site && !url.pathname.startsWith('/api/') && !path.extname(url.pathname))
            return send(response, TYPES['.html'], fs.readFileSync(path.join(site, 'index.html')));
        response.writeHead(404).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { origin: `http://127.0.0.1:${server.address().port}`,
        stop: () => { server.closeAllConnections(); return new Promise((resolve) => server.close(resolve)); } };
}

const ARGS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic',
    '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// A persistent Chromium, so that a second start finds what the first one stored.
export function startChromium(profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ventanilla-')), options = {}) {
    return chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: ARGS, ...options })
        .then((context) => Object.assign(context, { profile }));
}

const cases = [];
export const test = (name, body) => cases.push({ name, body });

// Runs what was declared with test(), one after another, and says what happened.
export async function run(context) {
    let failed = 0;
    for (const { name, body } of cases.filter(({ name }) => name.includes(process.env.ONLY ?? ''))) {
        try {
            await body(context);
            console.log(`ok   ${name}`);
        } catch (error) {
            failed++;
            console.log(`FAIL ${name}\n     ${String(error.stack ?? error).replace(/\n/g, '\n     ')}`);
        }
    }
    return failed;
}

export async function until(what, check, ms = 15000) {
    const end = Date.now() + ms;
    for (;;) {
        if (await check()) return;
        if (Date.now() > end) throw new Error(`never happened: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

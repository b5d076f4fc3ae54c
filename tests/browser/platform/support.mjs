// What the browser tests of wasm/platform share: a server on a free port and the laboratory, a page
// that loads single JavaScript nouns without the portal.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';

import {Browser, until} from '../harness.mjs';

export const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../../..');
export {assert, until};

const kTypes = {
    '.js': 'text/javascript',
    '.css': 'text/css',
    '.wasm': 'application/wasm',
    '.html': 'text/html; charset=utf-8',
    '.json': 'application/json',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.otf': 'font/otf',
    '.webmanifest': 'application/manifest+json'
};

// The policy the server sends with every page, but for framing: two frames are two tabs here.
const kPolicy = 'default-src \'none\'; script-src \'self\' \'wasm-unsafe-eval\'; ' +
    'connect-src \'self\'; img-src \'self\' blob:; style-src \'self\'; font-src \'self\'; ' +
    'worker-src \'self\'; manifest-src \'self\'; object-src \'none\'; base-uri \'none\'; ' +
    'form-action \'self\'; frame-src \'self\'; require-trusted-types-for \'script\'; ' +
    'trusted-types app';

function labPage(query) {
    const scripts =
        query.get('js').split(',').map((noun) => `<script src="/js/${noun}.js"></script>`);
    return '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>lab</title>' +
        '<link rel="stylesheet" href="/lab.css"><link rel="stylesheet" href="/public/mirror.css">' +
        `</head><body><canvas id="canvas" aria-hidden="true"></canvas><div id="mirror"></div>` +
        `<script src="/lab.js"></script>${scripts.join('')}</body></html>`;
}

const kTokens = ':root{--bg:#fff;--text:#123;--accent:#06c;--surface:#fff;--line:#ccc}';

function fileFor(pathname, site) {
    if (pathname === '/lab.js') return path.join(root, 'tests/browser/platform/lab.js');
    if (pathname.startsWith('/js/')) return path.join(root, 'wasm/platform', pathname);
    if (pathname.startsWith('/public/')) return path.join(root, pathname);
    return site && path.join(site, pathname);
}

// Serves /lab?js=durable,leader and, when given, the files of `site` (a built bundle) with its
// shell for every other path. routes: {'/path': (request, response) => …}.
export async function serve({site = null, routes = {}} = {}) {
    const send = (response, type, body) => {
        response.writeHead(200, {
            'Content-Type': type,
            'Content-Security-Policy': kPolicy,
            'Cache-Control': 'no-cache'
        });
        response.end(body);
    };
    const server = http.createServer((request, response) => {
        const url = new URL(request.url, 'http://local');
        if (routes[url.pathname]) return routes[url.pathname](request, response);
        if (url.pathname === '/lab')
            return send(response, kTypes['.html'], labPage(url.searchParams));
        if (url.pathname === '/lab.css') return send(response, kTypes['.css'], kTokens);
        const file = fileFor(url.pathname, site);
        if (file && fs.existsSync(file) && fs.statSync(file).isFile())
            return send(
                response,
                kTypes[path.extname(file)] ?? 'application/octet-stream',
                fs.readFileSync(file));
        if (site && !url.pathname.startsWith('/api/') && !path.extname(url.pathname))
            return send(response, kTypes['.html'], fs.readFileSync(path.join(site, 'index.html')));
        response.writeHead(404).end();
    });
    const connections = new Set();
    server.on('connection', (socket) => {
        connections.add(socket);
        socket.on('close', () => connections.delete(socket));
    });
    const listen = (port) => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
    await listen(0);
    const port = server.address().port;
    const stop = () => {
        connections.forEach((socket) => socket.destroy());
        return new Promise((resolve) => server.close(resolve));
    };
    return {origin: `http://127.0.0.1:${port}`, stop, start: () => listen(port)};
}

export async function launch(engine, origin) {
    const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'ventanilla-platform-'));
    const browser = new Browser(engine, {profile, origin});
    await browser.start();
    browser.lab = (...nouns) => browser.page.goto(`${origin}/lab?js=${nouns.join(',')}`);
    browser.end = async () => {
        await browser.close().catch(() => {});
        fs.rmSync(profile, {recursive: true, force: true, maxRetries: 3});
    };
    return browser;
}

// A suite is a list of named tests that share a server and a browser:
//   export default suite(async (engine) => ({…context, end()}), {'a sentence that is true': test})
export const suite = (begin, tests) => async (engine, only = '') => {
    const context = await begin(engine);
    const count = {passed: 0, failed: 0};
    for (const [name, test] of Object.entries(tests)) {
        if (!name.includes(only) || (test.engines && !test.engines.includes(engine))) continue;
        try {
            await test(context);
            count.passed++;
            console.log(`ok   ${engine}: ${name}`);
        } catch (error) {
            count.failed++;
            console.log(`FAIL ${engine}: ${name}`);
            console.log(`     ${String(error.stack ?? error).replace(/\n/g, '\n     ')}`);
        }
    }
    await context.end();
    return count;
};

// WebKitGTK through WebKitWebDriver, with webkit_browser.py as the browser: the packaged
// MiniBrowser keeps nothing on disk under automation, and these tests are about what is on disk.
import {mkdirSync} from 'node:fs';
import net from 'node:net';
import {fileURLToPath} from 'node:url';

import {clickSteps, dragSteps, keyActions, kKeyCodes, pointerActions} from './firefox.mjs';
import {family, killFamily, screen, start, stop} from './process.mjs';

const kBrowser = fileURLToPath(new URL('webkit_browser.py', import.meta.url));

async function freePort() {
    const server = net.createServer().listen(0, '127.0.0.1');
    await new Promise((r) => server.once('listening', r));
    const {port} = server.address();
    await new Promise((r) => server.close(r));
    return port;
}

class WebkitPage {
    constructor(base) {
        this.base = base;
        this.errors = [];  // WebDriver tells none; the page helper collects them (page.js)
    }

    async call(method, path, body) {
        const answer = await fetch(
            this.base + path,
            {method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60000)});
        const {value} = await answer.json();
        if (!answer.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
        return value;
    }

    async goto(url) { await this.call('POST', '/url', {url}); }

    async evaluate(expression) {
        const answer = await this.call('POST', '/execute/async', {
            args: [],
            script: `
      const done = arguments[arguments.length - 1];
      try {
        Promise.resolve(${expression}).then((v) => done(JSON.stringify({ v })),
          (e) => done(JSON.stringify({ e: String(e && e.stack || e) })));
      } catch (e) { done(JSON.stringify({ e: String(e && e.stack || e) })); }`
        });
        const {v, e} = JSON.parse(answer);
        if (e !== undefined) throw new Error(e);
        return v;
    }

    perform(actions) { return this.call('POST', '/actions', {actions}); }
    async click(x, y, {count = 1} = {}) {
        await this.perform(pointerActions(clickSteps(x, y, count)));
    }
    async drag(from, to) { await this.perform(pointerActions(dragSteps(from, to))); }
    async wheel(x, y, deltaY) {
        await this.perform([{
            type: 'wheel',
            id: 'wheel',
            actions: [{type: 'scroll', x: Math.round(x), y: Math.round(y), deltaX: 0, deltaY}]
        }]);
    }
    async type(text) {
        await this.perform(keyActions([...text].map((c) => (c === '\n' ? kKeyCodes.Enter : c))));
    }
    async press(name, {control = false, shift = false} = {}) {
        const held = [control && kKeyCodes.Control, shift && kKeyCodes.Shift].filter(Boolean);
        await this.perform(keyActions([kKeyCodes[name] ?? name], held));
    }
    async resize(width, height) {
        await this.call('POST', '/window/rect', {x: 0, y: 0, width, height});
    }
    async screenshot() { return Buffer.from(await this.call('GET', '/screenshot'), 'base64'); }
    async back() { await this.evaluate('void history.back()'); }
    async reload() { await this.call('POST', '/refresh', {}); }
}

export async function launch({profile, width, height}) {
    mkdirSync(profile, {recursive: true});
    const port = await freePort();
    const display = await screen();
    const driver = await start('/usr/bin/WebKitWebDriver', [`--port=${port}`], {
        env: {DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1'}
    });
    const base = `http://127.0.0.1:${port}/session`;
    const body = JSON.stringify({
        capabilities: {
            alwaysMatch: {
                'webkitgtk:browserOptions': {
                    binary: '/usr/bin/python3',
                    args: [kBrowser, profile, `${width}`, `${height}`]
                },
                timeouts: {script: 55000, pageLoad: 55000, implicit: 0}
            }
        }
    });
    let answer;
    for (let tries = 0;; tries++) {
        try {
            answer = await (await fetch(
                                base, {method: 'POST', body, signal: AbortSignal.timeout(60000)}))
                         .json();
            break;
        } catch (error) {
            if (tries > 50) throw error;
            await new Promise((r) => setTimeout(r, 100));  // the driver is not listening yet
        }
    }
    if (!answer.value?.sessionId)
        throw new Error(`WebKitWebDriver: ${JSON.stringify(answer.value)}`);
    const page = new WebkitPage(`${base}/${answer.value.sessionId}`);
    return {
        page,
        kill: async () => {
            // The browser and its helper processes at once, then the driver that is left with
            // nothing.
            for (const pid of family(driver.child.pid)) {
                try {
                    process.kill(pid, 'SIGKILL');
                } catch { /* it ended meanwhile */
                }
            }
            await driver.gone;
            await killFamily(display);
        },
        close: async () => {
            await page.call('DELETE', '').catch(() => {});
            await stop(driver, 5);
            await killFamily(driver);
            await killFamily(display);
        },
    };
}

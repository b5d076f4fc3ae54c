// Chromium over its own DevTools protocol, headless, with software WebGL2.
import {mkdirSync} from 'node:fs';

import {killFamily, start} from './process.mjs';
import {Socket} from './socket.mjs';

const kArgs = [
    '--headless=new',
    '--no-sandbox',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-crash-restore-bubble',
    '--remote-debugging-port=0',
    '--password-store=basic',
    '--lang=es',
    '--accept-lang=es,en',
    '--disable-features=Translate,OptimizationHints,MediaRouter',
    '--force-color-profile=srgb'
];

// What a key is called in the protocol: name, code, Windows key code, and the text it types.
const kKeys = {
    Enter: ['Enter', 'Enter', 13, '\r'],
    Tab: ['Tab', 'Tab', 9],
    Escape: ['Escape', 'Escape', 27],
    Backspace: ['Backspace', 'Backspace', 8],
    Delete: ['Delete', 'Delete', 46],
    Space: [' ', 'Space', 32, ' '],
    ArrowDown: ['ArrowDown', 'ArrowDown', 40],
    ArrowUp: ['ArrowUp', 'ArrowUp', 38],
    ArrowLeft: ['ArrowLeft', 'ArrowLeft', 37],
    ArrowRight: ['ArrowRight', 'ArrowRight', 39],
    Home: ['Home', 'Home', 36],
    End: ['End', 'End', 35],
    PageDown: ['PageDown', 'PageDown', 34],
};

class ChromiumPage {
    constructor(socket, session, errors) {
        this.socket = socket;
        this.session = session;
        this.errors = errors;
    }

    call(method, params = {}) {
        return this.socket.call({method, params, sessionId: this.session});
    }

    async goto(url) {
        await this.loaded(async () => {
            const {errorText} = await this.call('Page.navigate', {url});
            if (errorText) throw new Error(`${url}: ${errorText}`);
        });
    }

    // Does `go` and waits until the page it leads to is there.
    async loaded(go) {
        const there = this.socket.once(
            (m) => m.method === 'Page.domContentEventFired' && m.sessionId === this.session);
        try {
            await Promise.race([there, go().then(() => there)]);
        } finally {
            there.cancel();
        }
    }

    async evaluate(expression) {
        const {result, exceptionDetails} = await this.call(
            'Runtime.evaluate',
            {expression, awaitPromise: true, returnByValue: true, userGesture: true});
        if (exceptionDetails)
            throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
    }

    async click(x, y, {count = 1} = {}) {
        const at = {x, y, button: 'left'};
        await this.call('Input.dispatchMouseEvent', {type: 'mouseMoved', x, y});
        for (let n = 1; n <= count; n++) {
            await this.call(
                'Input.dispatchMouseEvent', {type: 'mousePressed', ...at, clickCount: n});
            await this.call(
                'Input.dispatchMouseEvent', {type: 'mouseReleased', ...at, clickCount: n});
        }
    }

    async drag(from, to) {
        const left = {button: 'left', buttons: 1};
        await this.call('Input.dispatchMouseEvent', {type: 'mouseMoved', ...from});
        await this.call(
            'Input.dispatchMouseEvent', {type: 'mousePressed', ...from, ...left, clickCount: 1});
        await this.call('Input.dispatchMouseEvent', {type: 'mouseMoved', ...to, ...left});
        await this.call(
            'Input.dispatchMouseEvent', {type: 'mouseReleased', ...to, ...left, clickCount: 1});
    }

    async wheel(x, y, deltaY) {
        await this.call('Input.dispatchMouseEvent', {type: 'mouseWheel', x, y, deltaX: 0, deltaY});
    }

    async type(text) {
        for (const char of text) {
            if (char === '\n')
                await this.press('Enter');
            else {
                await this.call('Input.dispatchKeyEvent', {type: 'keyDown', key: char, text: char});
                await this.call('Input.dispatchKeyEvent', {type: 'keyUp', key: char});
            }
        }
    }

    async press(name, {control = false, shift = false} = {}) {
        const modifiers = (control ? 2 : 0) | (shift ? 8 : 0);
        const [key, code, windowsVirtualKeyCode, text] = kKeys[name] ??
            [name, `Key${name.toUpperCase()}`, name.toUpperCase().charCodeAt(0), name];
        const commands = control && name === 'a' ? ['selectAll'] :
            control && name === 'c'              ? ['copy'] :
                                                   [];
        await this.call('Input.dispatchKeyEvent', {
            type: 'keyDown',
            key,
            code,
            windowsVirtualKeyCode,
            modifiers,
            commands,
            ...(text && !control ? {text} : {})
        });
        await this.call(
            'Input.dispatchKeyEvent', {type: 'keyUp', key, code, windowsVirtualKeyCode, modifiers});
    }

    async resize(width, height, scale = 1) {
        await this.call(
            'Emulation.setDeviceMetricsOverride',
            {width, height, deviceScaleFactor: scale, mobile: false});
    }

    async screenshot() {
        return Buffer.from(
            (await this.call('Page.captureScreenshot', {format: 'png'})).data, 'base64');
    }

    async back() { await this.evaluate('void history.back()'); }
    async reload() {
        await this.loaded(() => this.call('Page.reload'));
    }
}

export async function launch({profile, width, height}) {
    mkdirSync(profile, {recursive: true});
    const program = await start(
        '/usr/bin/chromium',
        [...kArgs, `--user-data-dir=${profile}`, `--window-size=${width},${height}`, 'about:blank'],
        {ready: /DevTools listening on (ws:\S+)/, env: {LANGUAGE: 'es', LANG: 'es_ES.UTF-8'}});
    const socket = await Socket.open(program.found);
    const errors = [];
    socket.listen(({method, params}) => {
        if (method === 'Runtime.exceptionThrown') {
            const {exception, text} = params.exceptionDetails;
            errors.push(exception?.description ?? text);
        }
        if (method === 'Runtime.consoleAPICalled' && params.type === 'error') {
            errors.push(params.args.map((a) => a.value ?? a.description).join(' '));
        }
        if (method === 'Page.javascriptDialogOpening') {  // "Leave this page?": yes
            page.call('Page.handleJavaScriptDialog', {accept: true}).catch(() => {});
        }
        if (method === 'Log.entryAdded' && params.entry.level === 'error' &&
            params.entry.source === 'security') {
            errors.push(params.entry.text);
        }
    });
    const {targetInfos} = await socket.call({method: 'Target.getTargets', params: {}});
    const {targetId} = targetInfos.find((t) => t.type === 'page');
    const {sessionId} =
        await socket.call({method: 'Target.attachToTarget', params: {targetId, flatten: true}});
    const page = new ChromiumPage(socket, sessionId, errors);
    for (const domain of ['Page', 'Runtime', 'Log'])
        await page.call(`${domain}.enable`);
    // A page nobody clicked into yet has the focus all the same, as in a window in front of a person.
    await page.call('Emulation.setFocusEmulationEnabled', {enabled: true});
    await page.resize(width, height);
    return {
        page,
        kill: () => killFamily(program),
        close: async () => {
            socket.call({method: 'Browser.close', params: {}}).catch(() => {});
            await Promise.race([program.gone, new Promise((r) => setTimeout(r, 8000))]);
            await killFamily(program);
        },
    };
}

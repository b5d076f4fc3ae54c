// Firefox over WebDriver BiDi, in a window on a virtual screen: headless it has no WebGL2 here.
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';

import {focusWindow, killFamily, screen, start, stop} from './process.mjs';
import {Socket} from './socket.mjs';

const kPrefs = {
    'webgl.force-enabled': true,
    'browser.shell.checkDefaultBrowser': false,
    'browser.sessionstore.resume_from_crash': false,
    'toolkit.startup.max_resumed_crashes': -1,
    'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore',
    'datareporting.policy.dataSubmissionEnabled': false,
    'toolkit.telemetry.enabled': false,
    'app.update.enabled': false,
    'app.normandy.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'extensions.update.enabled': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.safebrowsing.downloads.remote.enabled': false,
    'remote.active-protocols': 1,
    'browser.tabs.warnOnClose': false,
    'dom.disable_beforeunload': true,
    'browser.translations.enable': false,
    'signon.rememberSignons': false,
    'intl.accept_languages': 'es, en',
    'services.settings.server': 'data:,',
    'browser.newtabpage.enabled': false,
    'browser.topsites.contile.enabled': false,
};

export const kKeyCodes = {
    Enter: '\uE007',
    Tab: '\uE004',
    Escape: '\uE00C',
    Backspace: '\uE003',
    Delete: '\uE017',
    Space: ' ',
    ArrowDown: '\uE015',
    ArrowUp: '\uE013',
    ArrowLeft: '\uE012',
    ArrowRight: '\uE014',
    Home: '\uE011',
    End: '\uE010',
    PageDown: '\uE00F',
    Control: '\uE009',
    Shift: '\uE008',
};

// The actions of BiDi and of WebDriver are the same data; these build them.
export const pointerActions =
    (steps) => [{type: 'pointer', id: 'mouse', parameters: {pointerType: 'mouse'}, actions: steps}];
export const clickSteps = (x, y, count) =>
    [{type: 'pointerMove', x: Math.round(x), y: Math.round(y)},
     ...Array
         .from(
             {length: count},
             () => [{type: 'pointerDown', button: 0}, {type: 'pointerUp', button: 0}])
         .flat(),
];
export const dragSteps = (from, to) =>
    [{type: 'pointerMove', x: Math.round(from.x), y: Math.round(from.y)},
     {type: 'pointerDown', button: 0},
     {type: 'pointerMove', x: Math.round(to.x), y: Math.round(to.y)},
     {type: 'pointerUp', button: 0},
];
export const keyActions = (keys, held = []) => [{
    type: 'key',
    id: 'keys',
    actions: [
        ...held.map((value) => ({type: 'keyDown', value})),
        ...keys.flatMap((value) => [{type: 'keyDown', value}, {type: 'keyUp', value}]),
        ...[...held].reverse().map((value) => ({type: 'keyUp', value})),
    ]
}];

class FirefoxPage {
    constructor(socket, context, errors) {
        this.socket = socket;
        this.context = context;
        this.errors = errors;
    }

    call(method, params = {}) {
        return this.socket.call({method, params: {context: this.context, ...params}});
    }

    async goto(url) { await this.call('browsingContext.navigate', {url, wait: 'interactive'}); }

    async evaluate(expression) {
        const answer = await this.socket.call({
            method: 'script.evaluate',
            params: {
                expression:
                    `Promise.resolve(${expression}).then((v) => JSON.stringify(v) ?? 'null')`,
                target: {context: this.context},
                awaitPromise: true,
                userActivation: true
            }
        });
        if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
        return JSON.parse(answer.result.value);
    }

    perform(actions) { return this.call('input.performActions', {actions}); }
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
    async resize(width, height, scale) {
        await this.call(
            'browsingContext.setViewport',
            {viewport: {width, height}, ...(scale ? {devicePixelRatio: scale} : {})});
    }
    async screenshot() {
        return Buffer.from((await this.call('browsingContext.captureScreenshot')).data, 'base64');
    }
    async back() { await this.evaluate('void history.back()'); }
    async reload() { await this.call('browsingContext.reload', {wait: 'interactive'}); }
}

export async function launch({profile, width, height}) {
    mkdirSync(profile, {recursive: true});
    writeFileSync(
        path.join(profile, 'user.js'),
        Object.entries(kPrefs)
            .map(([name,
                   value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
            .join(''));
    const display = await screen();
    const program = await start(
        '/usr/bin/firefox-esr',
        [
            '--profile',
            profile,
            '--no-remote',
            '--remote-debugging-port',
            '0',
            `--width=${width}`,
            `--height=${height}`,
            'about:blank'
        ],
        {
            ready: /WebDriver BiDi listening on (ws:\S+)/,
            env: {
                DISPLAY: display.name,
                MOZ_CRASHREPORTER_DISABLE: '1',
                MOZ_DISABLE_CONTENT_SANDBOX: '1',
                HOME: profile
            }
        });
    const socket = await Socket.open(`${program.found}/session`);
    await socket.call({method: 'session.new', params: {capabilities: {}}});
    const errors = [];
    socket.listen(({method, params}) => {
        if (method === 'log.entryAdded' && params.level === 'error') errors.push(params.text);
    });
    await socket.call({method: 'session.subscribe', params: {events: ['log.entryAdded']}});
    const {contexts} = await socket.call({method: 'browsingContext.getTree', params: {}});
    const page = new FirefoxPage(socket, contexts[0].context, errors);
    await page.resize(width, height);
    await focusWindow(display.name, 'firefox', {x: width / 2, y: height / 2});
    return {
        page,
        kill: async () => {
            await killFamily(program);
            await killFamily(display);
        },
        close: async () => {
            await Promise.race([
                socket.call({method: 'browser.close', params: {}}).catch(() => {}),
                new Promise((r) => setTimeout(r, 3000))
            ]);
            await Promise.race([program.gone, new Promise((r) => setTimeout(r, 8000))]);
            await stop(program);
            await killFamily(display);
        },
    };
}

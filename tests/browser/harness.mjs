// One way to drive three browsers. A test finds things by role and name, as a person with a screen
// reader does; clicks and keys are the browser's own input; waiting is for meaning (something is
// there, nothing is busy), never for time to pass. The engines differ only in engines/*.mjs.
import {readFileSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const kHere = path.dirname(fileURLToPath(import.meta.url));
const kPageHelper = readFileSync(path.join(kHere, 'page.js'), 'utf8').trim().replace(/;$/, '');
const kAxe = () => readFileSync(path.join(kHere, 'node_modules/axe-core/axe.min.js'), 'utf8');
const kSecondsMax = Number(process.env.E2E_SECONDS_MAX ?? 20);

export const kOutput = process.env.E2E_OUTPUT ?? path.join(kHere, '../../build/browser');
export const kEngines = ['chromium', 'firefox', 'webkit'];

const asMatch = (name) => {
    if (name instanceof RegExp) return {pattern: name.source, flags: name.flags};
    return name === undefined ? undefined : {text: name, exact: true};
};

// Asks again until the answer is truthy. Errors: `what` with the last answer, after `seconds`.
export async function until(ask, what, seconds = kSecondsMax) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
        let answer;
        try {
            answer = await ask();
        } catch (error) {
            if (Date.now() > end) throw error;
        }
        if (answer) return answer;
        if (Date.now() > end)
            throw new Error(
                `${typeof what === 'function' ? await what() : what} (waited ${seconds} s)`);
        await new Promise((r) => setTimeout(r, 40));
    }
}

class Locator {
    constructor(browser, query) {
        this.browser = browser;
        this.query = query;
    }

    byRole(role, name) {
        return new Locator(this.browser, {role, name: asMatch(name), within: this.query});
    }
    nth(n) { return new Locator(this.browser, {...this.query, nth: n}); }
    toString() {
        const {role, name} = this.query;
        return `${role} ${name ? name.text ?? `/${name.pattern}/` : ''}`.trim();
    }

    count() { return this.browser.ask('count', this.query); }
    names() { return this.browser.ask('names', this.query); }
    async isThere() { return (await this.count()) > (this.query.nth ?? 0); }
    state() { return this.browser.ask('state', this.query); }
    states() { return this.browser.ask('states', this.query); }
    async text() { return (await this.wait()).text; }
    async value() { return (await this.wait()).value; }

    // Resolves with the element's state once it is there (and `holds`, when given).
    wait(holds, seconds) {
        return until(
            async () => {
                const state = await this.state();
                return state && (!holds || holds(state)) ? state : null;
            },
            async () => `${this} ${
                            holds ? 'did not come to hold what the test waits for' :
                                    'did not appear'}; it is ` +
                `${JSON.stringify(await this.state().catch(() => null))}\n${
                            await this.browser.outline()}`,
            seconds);
    }

    gone(seconds) {
        return until(
            async () => !(await this.isThere()),
            async () => `${this} is still there\n${await this.browser.outline()}`,
            seconds);
    }

    async place() {
        let last = null;
        return until(
            async () => {
                last = await this.browser.ask('place', this.query);
                return last?.reached ? last : null;
            },
            async () => `${this} cannot be clicked: ${
                            last ? `${last.cover} lies over it` : 'it is not there'}\n` +
                `${await this.browser.outline()}`);
    }

    async click(options) {
        const {x, y} = await this.place();
        await this.browser.page.click(x, y, options);
    }

    // A person clicks into the field, selects what stands there and types over it.
    async fill(text) {
        await this.click();
        await until(async () => (await this.state())?.focused, `${this} does not take the focus`);
        if ((await this.state()).value) {
            await this.browser.page.press('a', {control: true});
            await this.browser.page.press('Delete');
        }
        await this.browser.page.type(text);
        await this.wait((s) => s.value === text);
    }

    async type(text) {
        await this.click();
        await this.browser.page.type(text);
    }

    async choose(option) {
        await this.wait();
        if (!(await this.browser.evaluate((t, q, v) => t.select(q, v), this.query, option))) {
            throw new Error(`${this} has no option ${option}`);
        }
    }

    async focus() {
        await this.wait();
        await this.browser.ask('focus', this.query);
    }
}

export class Browser {
    constructor(engine, options) {
        this.engine = engine;
        this.options = {width: 1280, height: 860, origin: '', ...options};
        this.errors = [];
    }

    async start() {
        const {launch} = await import(`./engines/${this.engine}.mjs`);
        this.running = await launch(this.options);
        this.page = this.running.page;
        return this;
    }

    // `fn(t, ...args)` in the page, with the helper of page.js as `t`; the result must be JSON.
    evaluate(fn, ...args) {
        const list = args.map((a) => JSON.stringify(a) ?? 'undefined').join(', ');
        return this.page.evaluate(`(async () => { const t = ${kPageHelper}; return (${fn})(t${
            list ? `, ${list}` : ''}); })()`);
    }
    ask(what, query) { return this.evaluate((t, w, q) => t[w](q), what, query); }

    async open(url) {
        await this.page.goto(new URL(url, this.options.origin || undefined).href);
        await this.waitForIdle(60);
    }

    byRole(role, name) { return new Locator(this, {role, name: asMatch(name)}); }

    // Until the page is loaded and nothing on it says that it is busy.
    waitForIdle(seconds) {
        return until(
            async () => !(await this.ask('busy')),
            async () => `the page stays busy\n${await this.outline()}`,
            seconds);
    }

    // Until the page's text holds `part` (a string or a pattern).
    async waitForText(part, seconds) {
        const has = (text) => (part instanceof RegExp ? part.test(text) : text.includes(part));
        return until(
            async () => has(await this.text()),
            async () => `the page does not come to say ${part}\n${await this.outline()}`,
            seconds);
    }

    text() { return this.ask('text'); }
    active() { return this.ask('active'); }
    outline() { return this.ask('outline').catch((e) => `(no outline: ${e.message})`); }
    address() { return this.page.evaluate('location.href'); }
    press(key, held) { return this.page.press(key, held); }
    back() { return this.page.back(); }
    reload() { return this.page.reload(); }
    resize(width, height, scale) { return this.page.resize(width, height, scale); }

    // What went wrong in the page since the last call: exceptions, console errors, refused by
    // policy.
    async takeErrors() {
        const own = await this.ask('errors').catch(() => []);
        return [...new Set([...this.page.errors.splice(0), ...own])];
    }

    async screenshot(name) {
        await mkdir(path.dirname(path.join(kOutput, name)), {recursive: true});
        const file = path.join(kOutput, `${name}.png`);
        await writeFile(file, await this.page.screenshot());
        return file;
    }

    // axe's findings on what stands there now, one line each; empty when there is none. Contrast is
    // left out: the letters are painted on the canvas, and a native test checks every pair of
    // tokens.
    async axe() {
        await this.page.evaluate(`(() => { if (!window.axe) { ${kAxe()}\n } return true; })()`);
        return this.evaluate(async () => {
            const rules = {'color-contrast': {enabled: false}};
            const {violations} = await window.axe.run(document, {rules});
            const where = (nodes) => nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ');
            return violations.map((v) => `${v.id}: ${v.help} @ ${where(v.nodes)}`);
        });
    }

    // SIGKILL to every process of the browser, then the same profile again.
    async kill() { await this.running.kill(); }
    async close() { await this.running.close(); }
    async reopen(url) {
        await this.start();
        if (url) await this.open(url);
    }
}

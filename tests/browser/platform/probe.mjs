// The platform with a page of its own (probe_app.cpp), used as a person uses a browser. Every habit
// here is one that canvas pages usually break.
import fs from 'node:fs';
import path from 'node:path';

import {assert, launch, root, serve, suite, until} from './support.mjs';

const kSite = process.env.PROBE_SITE ?? path.join(root, 'build/wasm/probe');

function echo(request, response) {
    const asked = request.headers['x-requested-by'] ?? 'nobody';
    response.writeHead(200, {'Content-Type': 'text/plain'}).end(`${request.method} by ${asked}`);
}

// A stream that says one thing and then keeps quiet.
function live(request, response) {
    response.writeHead(200, {'Content-Type': 'text/event-stream'});
    response.write(': hb\n\nevent: head\ndata: {"h":918}\n\n');
}

async function begin(engine) {
    assert(fs.existsSync(kSite), `${kSite} is not there: build the target probe_site`);
    const server = await serve({site: kSite, routes: {'/api/echo': echo, '/api/live': live}});
    const browser = await launch(engine, server.origin);
    const open = async (url = '/') => {
        await browser.page.goto(server.origin + url);
        await browser.byRole('heading', 'Página de prueba').wait();
    };
    const says = (words) => browser.waitForText(words);
    const end = async () => {
        await browser.end();
        await server.stop();
    };
    return {browser, server, open, says, end, engine};
}

// Attributes and elements that change in the mirror while `act` runs.
const kCountWrites = async (t, act) => {
    let writes = 0;
    const count = (list) => {
        writes += list.length;
    };
    const observer = new MutationObserver(count);
    observer.observe(
        document.getElementById('mirror'),
        {subtree: true, childList: true, attributes: true, characterData: true});
    for (let i = 0; i < 20; i++) {
        scrollBy(0, 60);
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    count(observer.takeRecords());
    observer.disconnect();
    return {writes, top: scrollY};
};

export default suite(begin, {
    'the page stands, with its title, and something is painted': async ({browser, open}) => {
        await open();
        assert.equal(
            await browser.evaluate(() => document.documentElement.classList.contains('drawn')),
            true);
        const colours = await browser.evaluate(() => {
            const gl = document.getElementById('canvas').getContext('webgl2');
            return gl && gl.drawingBufferWidth > 0;
        });
        assert.equal(colours, true);
        assert.deepEqual(await browser.takeErrors(), []);
    },

    'an idle page runs no frame at all': async ({browser, open}) => {
        await open();
        await until(async () => {
            const before = await browser.evaluate(() => portal_frame_count());
            await new Promise((resolve) => setTimeout(resolve, 500));
            return before === await browser.evaluate(() => portal_frame_count());
        }, 'it comes to rest');
        const frames = await browser.evaluate(async () => {
            const before = portal_frame_count();
            await new Promise((resolve) => setTimeout(resolve, 10000));
            return portal_frame_count() - before;
        });
        assert.equal(frames, 0);
    },

    'a frame asks the graphics driver nothing: an answer waits for all that was drawn':
        async ({browser, open}) => {
            await open();
            const seen = await browser.evaluate(async () => {
                const gl = document.getElementById('canvas').getContext('webgl2');
                let questions = 0;
                for (const name of ['getParameter', 'isEnabled', 'isProgram', 'getError']) {
                    const ask = gl[name].bind(gl);
                    gl[name] = (...what) => {
                        questions++;
                        return ask(...what);
                    };
                }
                const before = portal_frame_count();
                for (let i = 0; i < 5; i++) {
                    scrollBy(0, 60);
                    await new Promise(
                        (resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                }
                return {questions, frames: portal_frame_count() - before};
            });
            assert(seen.frames > 0);
            assert.equal(seen.questions, 0);
        },

    'the rows of a long list follow when scrolling rests': async ({browser, open}) => {
        await open('/lista');
        await browser.byRole('listitem', 'Fila 0').wait();
        await browser.evaluate(async () => {
            for (let i = 0; i < 20; i++) {
                scrollBy(0, 1500);
                await new Promise((resolve) => requestAnimationFrame(resolve));
            }
        });
        await browser.byRole('listitem', 'Fila 740').wait();
        assert.equal(await browser.byRole('listitem', 'Fila 0').count(), 0);
    },

    'a button is pressed by the mouse and by Enter, once each': async ({browser, open}) => {
        await open();
        await browser.byRole('button', 'Contar 0').click();
        await browser.byRole('button', 'Contar 1').wait();
        // Firefox without a window manager has no focus, and there no page's button hears Enter.
        if (!await browser.evaluate(() => document.hasFocus())) return;
        await browser.byRole('button', 'Contar 1').focus();
        await browser.press('Enter');
        await browser.byRole('button', 'Contar 2').wait();
    },

    'what is painted can be hit where it is painted': async ({browser, open}) => {
        await open();
        const missed = await browser.evaluate(
            () => Array.from(document.querySelectorAll('button.n, a.n:not(.spoken), input.n'))
                      .filter(
                          (each) => each.getBoundingClientRect().top < innerHeight - 80 &&
                              each.getBoundingClientRect().top > 0)
                      .filter((each) => {
                          const box = each.getBoundingClientRect();
                          const hit = document.elementFromPoint(
                              box.left + box.width / 2, box.top + box.height / 2);
                          return !each.contains(hit) && hit.htmlFor !== each.id;
                      })
                      .map((each) => each.outerHTML.slice(0, 120)));
        assert.deepEqual(missed, []);
    },

    'typing reaches the portal and stays in the field': async ({browser, open, says}) => {
        await open();
        await browser.byRole('textbox', /Nombre/).fill('Lucía Ferrer');
        await browser.byRole('textbox', /Cuéntanos/).fill('Se queda en «conectando»');
        await browser.byRole('combobox', /Red/).choose('Cable');
        await browser.byRole('checkbox', /De acuerdo/).click();
        await says('Escrito: Lucía Ferrer|Se queda en «conectando»|cable|sí');
        assert.equal(await browser.byRole('textbox', /Nombre/).value(), 'Lucía Ferrer');
        await browser.byRole('button', 'Vaciar').click();
        await says('Escrito: |Se queda');
        await browser.byRole('textbox', /Nombre/).wait((field) => field.value === '');
    },

    'numbers and control characters of JSON are read and written exactly':
        async ({browser, open}) => {
            await open('/json');
            const written = /\[0\.1.*?"\]/.exec(await browser.text())[0];
            const numbers = [0.1, -12.5, 1e-7, 1.7976931348623157e308, 5e-324];
            assert.deepEqual(
                JSON.parse(written),
                [...numbers, 9007199254740993, 0.30000000000000004, '\u0001\u001f']);
        },

    'Enter in a field presses the button of its form': async ({browser, open, says}) => {
        await open();
        await browser.byRole('textbox', /Nombre/).fill('Ada');
        await browser.press('Enter');
        await says('sent Ada');
    },

    'a composition is never disturbed': async ({browser, open, says}) => {
        await open();
        await browser.byRole('textbox', /Nombre/).fill('abc');
        await says('Escrito: abc');
        const during = await browser.evaluate(async () => {
            const field = Array.from(document.querySelectorAll('input.n'))
                              .find((each) => each.value === 'abc');
            field.dispatchEvent(new CompositionEvent('compositionstart', {bubbles: true}));
            field.value = 'abcに';
            field.dispatchEvent(new InputEvent('input', {bubbles: true, isComposing: true}));
            Array.from(document.querySelectorAll('button.n'))
                .find((b) => b.textContent.includes('Vaciar'))
                .click();
            await new Promise((resolve) => setTimeout(resolve, 300));
            const value = field.value;
            field.value = 'abc日';
            field.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}));
            field.dispatchEvent(new InputEvent('input', {bubbles: true}));
            return value;
        });
        assert.equal(during, 'abcに');
        await says('Escrito: abc日');
    },

    'a plain press on a link stays in the page, with a modifier it is the browser\'s': async (
        {browser, open, says}) => {
        await open();
        const kept = await browser.evaluate(() => {
            window.sameDocument = true;
            const link = document.querySelector('a[href="/ayuda/vpn"]');
            const event = new MouseEvent('click', {bubbles: true, cancelable: true, ctrlKey: true});
            let prevented = null;
            addEventListener('click', (e) => {
                prevented = e.defaultPrevented;
                e.preventDefault();
            }, {once: true});
            link.dispatchEvent(event);
            return {prevented, path: location.pathname};
        });
        assert.deepEqual(kept, {prevented: false, path: '/'});
        await browser.byRole('link', 'cómo conectarte').click();
        await says('Estás en /ayuda/vpn');
        assert.equal(await browser.evaluate(() => window.sameDocument), true);
    },

    'Back leads to where one was, scrolled as it was': async ({browser, open, says}) => {
        await open();
        await browser.evaluate(() => scrollTo(0, 700));
        await until(() => browser.evaluate(() => scrollY === 700), 'scrolled');
        await browser.evaluate(() => document.querySelector('a[href="/otro"]').click());
        await says('Estás en /otro');
        await until(() => browser.evaluate(() => scrollY === 0), 'the new page starts at its top');
        await browser.back();
        await says('Estás en /');
        await until(() => browser.evaluate(() => scrollY === 700), 'scrolled back');
    },

    'the browser finds words, and copies an article as it was written': async ({browser, open}) => {
        await open();
        const seen = await browser.evaluate(() => {
            getSelection().removeAllRanges();
            const found = window.find('Párrafo 17');
            const article = document.querySelector('article');
            const range = document.createRange();
            range.selectNodeContents(article.querySelector('p'));
            const inside = getSelection().toString();
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return {found, inside, copied: getSelection().toString()};
        });
        assert.equal(seen.found, true);
        assert.equal(seen.inside, 'Párrafo 17');
        assert.equal(
            seen.copied.trim(),
            'Párrafo 1: conecta el cable, espera dos minutos y vuelve a probar. ' +
                'Si el equipo pita tres veces, apágalo y llama a la mesa de ayuda.');
    },

    'the text of the page breaks where the canvas breaks it': async ({browser, open}) => {
        await open();
        const wrong = await browser.evaluate(
            () => Array.from(document.querySelectorAll('article p'))
                      .slice(0, 5)
                      .filter((p) => {
                          const range = document.createRange();
                          range.selectNodeContents(p);
                          const lines = new Set(
                              Array.from(range.getClientRects(), (box) => Math.round(box.top)));
                          const line = parseFloat(getComputedStyle(p).lineHeight);
                          return Math.abs(lines.size * line - p.getBoundingClientRect().height) > 2;
                      })
                      .length);
        assert.equal(wrong, 0);
    },

    'scrolling writes nothing into the page': async ({browser, open}) => {
        await open();
        const {writes, top} = await browser.evaluate(kCountWrites);
        assert(top > 600, 'it scrolled');
        assert.equal(writes, 0);
    },

    'a lost graphics context comes back, and nothing typed is gone':
        async ({browser, open, says}) => {
            await open();
            await browser.byRole('textbox', /Nombre/).fill('sigue aquí');
            const state = await browser.evaluate(async () => {
                const gl = document.getElementById('canvas').getContext('webgl2');
                const loss = gl.getExtension('WEBGL_lose_context');
                if (!loss) return 'no extension';
                loss.loseContext();
                await new Promise((resolve) => setTimeout(resolve, 300));
                const lost = gl.isContextLost();
                const before = portal_frame_count();
                loss.restoreContext();
                await new Promise((resolve) => setTimeout(resolve, 700));
                return {
                    lost,
                    alive: !gl.isContextLost(),
                    painted: portal_frame_count() > before,
                    error: gl.getError()
                };
            });
            if (state !== 'no extension')
                assert.deepEqual(state, {lost: true, alive: true, painted: true, error: 0});
            await says('Escrito: sigue aquí');
            assert.deepEqual(await browser.takeErrors(), []);
        },

    'a dialog puts the rest out of reach, and gives it back': async ({browser, open}) => {
        await open();
        await browser.byRole('button', 'Preguntar').click();
        await browser.byRole('dialog', '¿Seguro?').wait();
        const reach = () =>
            browser.evaluate(() => document.querySelector('nav').closest('[inert]') !== null);
        assert.equal(await reach(), true);
        await browser.byRole('button', 'Sí').click();
        await browser.byRole('dialog', '¿Seguro?').gone();
        assert.equal(await reach(), false);
    },

    'what was committed is handed over at the next start': async ({browser, open, says}) => {
        await open();
        await browser.byRole('button', 'Abrir almacén').click();
        await says(/opened as leader/);
        await browser.byRole('button', 'Guardar').click();
        await says('commit 0');
        await open();
        await browser.byRole('button', 'Abrir almacén').click();
        await says('file outbox/c1=command one');
    },

    'a store that was open last is read before anybody asks, and again when another tab wrote':
        async ({browser, open, says}) => {
            const put = (path, text) => browser.evaluate((t, path, text) => new Promise((done) => {
                const request = indexedDB.open('/data/probe', 21);
                request.onsuccess = () => {
                    const tx = request.result.transaction('FILE_DATA', 'readwrite');
                    tx.objectStore('FILE_DATA').put(
                        {timestamp: new Date(), mode: 0o100666, contents: new TextEncoder().encode(text)},
                        path);
                    tx.oncomplete = () => done(request.result.close());
                };
            }), path, text);
            const ask = () => browser.byRole('button', 'Abrir almacén').click();
            await open();
            await ask();
            await says(/opened as leader/);
            await put('/data/probe/outbox/early', 'one');
            await browser.evaluate(() => localStorage.setItem('ventanilla.scope', 'probe'));

            await open();
            await put('/data/probe/outbox/early', 'two');
            await ask();
            await says('file outbox/early=one');

            await open();
            await put('/data/probe/outbox/early', 'three');
            await browser.evaluate(
                () => new BroadcastChannel('ventanilla:probe')
                          .postMessage({kind: 'say', payload: new Uint8Array(1)}));
            await new Promise((resolve) => setTimeout(resolve, 200));
            await ask();
            await says('file outbox/early=three');
            await browser.evaluate(() => localStorage.removeItem('ventanilla.scope'));
        },

    'requests carry the header no foreign page can send; the live line is read':
        async ({browser, open, says}) => {
            await open();
            await browser.byRole('button', 'Pedir').click();
            await says('reply 200 GET by ventanilla');
            await browser.byRole('button', 'Vivo').click();
            await says('live head {"h":918}');
        },

    'what is announced stands in a live region': async ({browser, open}) => {
        await open();
        await browser.byRole('button', 'Anunciar').click();
        await until(
            () => browser.evaluate(
                () => document.getElementById('polite').textContent ===
                    'Guardada en este dispositivo'),
            'announced');
    },

    'at another density the canvas has the device\'s own pixels': Object.assign(
        async ({browser, open}) => {
            await open();
            await browser.resize(1000, 700, 2);
            await until(
                () => browser.evaluate(() => {
                    const canvas = document.getElementById('canvas');
                    return canvas.width === Math.round(canvas.getBoundingClientRect().width * 2);
                }),
                'twice the pixels');
            await browser.resize(320, 640, 1);
            await until(
                () => browser.evaluate(() => document.documentElement.scrollWidth <= 320),
                'no sideways scrolling at 320 px');
            await browser.resize(1280, 860, 1);
        },
        {engines: ['chromium']}),

    'without a canvas the same page is a document': async ({browser, open, says}) => {
        await open('/?ui=dom');
        await browser.byRole('textbox', /Nombre/).fill('texto');
        await says('Escrito: texto');
        const seen = await browser.evaluate(
            () => ({
                canvas: getComputedStyle(document.getElementById('canvas')).display,
                colour: getComputedStyle(document.querySelector('h1')).color,
                wide: document.documentElement.scrollWidth > innerWidth
            }));
        assert.equal(seen.canvas, 'none');
        assert.notEqual(seen.colour, 'rgba(0, 0, 0, 0)');
        assert.equal(seen.wide, false);
    },

    'axe finds nothing': async ({browser, open}) => {
        await open();
        assert.deepEqual(await browser.axe(), []);
        await open('/?ui=dom');
        assert.deepEqual(await browser.axe(), []);
    },

    'it opens without a network once it was there': async ({browser, server, open, says}) => {
        await open();
        await until(
            () => browser.evaluate(async () => {
                const registration = await navigator.serviceWorker.getRegistration();
                return Boolean(
                    registration && registration.active && navigator.serviceWorker.controller);
            }),
            'the worker has the bundle');
        await server.stop();
        try {
            await open('/otro?x=1');
            await says('Estás en /otro');
            assert.equal(
                await browser.evaluate(async () => (await caches.match('/api/echo')) === undefined),
                true);
        } finally {
            await server.start();
        }
    },
});

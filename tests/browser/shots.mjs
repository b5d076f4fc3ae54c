// Screenshots of each screen into docs/screens, in Chromium: light and dark, phone width and kiosk
// size.
import {mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {Browser} from './harness.mjs';
import {fillNoInternet} from './journeys/forms.mjs';
import {allSent, kPeople, signIn} from './journeys/steps.mjs';
import {tr} from './journeys/words.mjs';
import {Server} from './server.mjs';

const kOut = new URL('../../docs/screens/', import.meta.url).pathname;
const kSizes = {
    light: {width: 1280, height: 860, theme: 'light'},
    dark: {width: 1280, height: 860, theme: 'dark'},
    phone: {width: 390, height: 844, theme: 'light'},
    kiosk: {width: 1080, height: 1920, theme: 'light'},
};

const server = await Server.start();
const profile = await mkdtemp(path.join(os.tmpdir(), 'ventanilla-shots-'));
const browser = new Browser('chromium', {profile, origin: server.address});

async function keep(name) {
    await browser.waitForIdle();
    await browser.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
    await writeFile(path.join(kOut, `${name}.png`), await browser.page.screenshot());
    console.log(`docs/screens/${name}.png`);
}

async function screens(kind, request) {
    const {width, height, theme} = kSizes[kind];
    const at = (path) => kind !== 'kiosk' ? path : `${path}${path.includes('?') ? '&' : '?'}kiosk=1`;
    await browser.resize(width, height, kind === 'phone' ? 2 : 1);
    await browser.open('/ajustes');
    const choice = browser.byRole('radio', tr(`theme.${theme}`));
    await choice.click();
    await choice.wait((state) => state.checked === true);
    await browser.open(at('/'));
    await browser.byRole('heading').wait();
    await keep(`home-${kind}`);
    await browser.open(at('/buscar?q=vpn%20no%20conecta%20809'));
    await browser.byRole('main').byRole('link', /809/).wait();
    await keep(`search-${kind}`);
    await browser.open(at('/pedir/INC-03'));
    await browser.byRole('radiogroup').wait();
    await keep(`form-${kind}`);
    await browser.open(at(request));
    await browser.byRole('heading', /Sin internet|VPN/).wait();
    await keep(`request-${kind}`);
    await browser.open(at('/estado'));
    await browser.byRole('heading').wait();
    await keep(`status-${kind}`);
}

try {
    await mkdir(kOut, {recursive: true});
    await browser.start();
    await server.cli('outage', 'publish', 'O1').catch((error) => console.log(String(error)));
    await signIn(browser, kPeople.madrid);
    await fillNoInternet(browser, 'Se corta cada diez minutos desde ayer');
    await browser.byRole('button', tr('form.send')).click();
    await browser.waitForText(/SOL-\d{4}-\d+/);
    await allSent(browser);
    const number = /SOL-\d{4}-\d+/.exec(await browser.text())[0];
    for (const kind of Object.keys(kSizes))
        await screens(kind, `/solicitudes/${number}`);
} finally {
    await browser.close();
    await server.stop();
}
process.exit(0);

// Every screen: axe finds nothing, every control can be reached where it stands, nothing is refused
// by policy.
import {check, kPeople, signIn} from './steps.mjs';

export const engines = ['chromium', 'firefox'];
const kScreens = [
    '/',
    '/buscar?q=vpn',
    '/pedir',
    '/pedir/INC-03',
    '/solicitudes',
    '/estado',
    '/ajustes',
    '/este-navegador',
    '/no-existe'
];
const kAgentScreens = [
    '/cola',
    '/interrupciones/nueva',
    '/articulos',
    '/conocimiento',
    '/escribir',
    '/escribir/KB0005'
];

async function look(browser, path, found) {
    await browser.open(path);
    await browser.byRole('heading').wait();
    await browser.waitForIdle();
    for (const line of await browser.axe())
        found.push(`${path}: ${line}`);
    const covered = await browser.evaluate(async (t) => {
        const bad = [];
        for (const role
                 of ['button', 'link', 'textbox', 'searchbox', 'combobox', 'checkbox', 'radio']) {
            const count = t.count({role});
            for (let nth = 0; nth < count; nth++) {
                t.focus({role, nth});  // what shows only with the focus is reached with it
                const place = await t.place({role, nth});
                if (place && !place.reached)
                    bad.push(`${role} ${t.names({role})[nth]} under ${place.cover}`);
            }
        }
        return bad;
    });
    for (const line of covered)
        found.push(`${path}: ${line}`);
    for (const line of await browser.takeErrors())
        found.push(`${path}: ${line}`);
}

export default async function(world, say) {
    const found = [];
    const browser = await world.browser('requester');
    await browser.open('/');
    say('the sign-in screen');
    await look(browser, '/', found);
    await signIn(browser, kPeople.requester);
    for (const path of kScreens) {
        say(`the screen ${path}`);
        await look(browser, path, found);
    }
    const agent = await world.browser('agent');
    await signIn(agent, kPeople.agent);
    for (const path of kAgentScreens) {
        say(`the screen ${path}`);
        await look(agent, path, found);
    }
    say('phone width');
    await browser.resize(390, 844);
    for (const path of ['/', '/pedir/INC-03', '/estado'])
        await look(browser, path, found);
    check(found.length === 0, `found:\n${found.join('\n')}`);
}

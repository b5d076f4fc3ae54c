// Point 2, second half: the form "Sin internet o VPN", its conditions, and being led to what is
// missing.
import {until} from '../harness.mjs';

import {pick} from './forms.mjs';
import {check, kPeople, signIn} from './steps.mjs';
import {begins, tr} from './words.mjs';

const kCode = 'Código de error de la VPN';

export default async function(world, say) {
    const browser = await world.browser('requester');
    say('signing in');
    await signIn(browser, kPeople.requester);

    say('choosing the item in the catalogue');
    await browser.byRole('navigation').byRole('link', begins(tr('nav.ask'))).click();
    await browser.byRole('heading', tr('nav.ask')).wait();
    await browser.waitForIdle();
    await browser.byRole('main').byRole('link', /Sin internet o VPN/).click();
    await browser.byRole('heading', /Sin internet o VPN/).wait();
    check(/\/pedir\/INC-03/.test(await browser.address()), 'the form has its own address');

    say('seeing conditional fields come and go');
    const code = ['radiogroup', 'combobox'].map((role) => browser.byRole(role, begins(kCode)));
    const isAsked = async () => (await code[0].isThere()) || (await code[1].isThere());
    check(!(await isAsked()), 'the code is not asked before anything is said');
    await pick(browser, '¿Qué no funciona?', 'La VPN');
    await pick(browser, '¿Qué ves?', 'Un mensaje de error');
    await until(isAsked, 'the code is asked for an error of the VPN');
    await pick(browser, kCode, '809: no se pudo establecer la conexión');
    await browser.waitForText('prueba con el punto de acceso del celular');
    await pick(browser, '¿Qué ves?', 'Se corta');
    await until(async () => !(await isAsked()), 'the code is no longer asked');

    say('leaving a required field empty and being led to it');
    await browser.byRole('button', tr('form.send')).click();
    const summary = browser.byRole('alert').byRole('link');
    await summary.wait();
    const [first] = await summary.names();
    await summary.nth(0).click();
    await until(
        async () => (await browser.active())?.invalid ||
            await browser.evaluate(() => !!document.activeElement?.closest('[aria-invalid=true]')),
        async () => `"${first}" leads to its field, not ${JSON.stringify(await browser.active())}`);
    const errors = await browser.takeErrors();
    check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
}

// Point 2, second half: the form "Sin internet o VPN", its conditions, and being led to what is
// missing.
import {until} from '../harness.mjs';

import {check, kPeople, signIn} from './steps.mjs';
import {begins, tr} from './words.mjs';

export default async function(world, say) {
    const browser = await world.browser('requester');
    await signIn(browser, kPeople.requester);

    say('choosing the item in the catalogue');
    await browser.byRole('link', begins(tr('nav.ask'))).click();
    await browser.byRole('link', /Sin internet o VPN/).click();
    await browser.byRole('heading', /Sin internet o VPN/).wait();
    check(/\/pedir\/INC-03/.test(await browser.address()), 'the form has its own address');

    say('seeing conditional fields come and go');
    await conditions(browser);

    say('leaving a required field empty and being led to it');
    await browser.byRole('button', tr('form.submit')).click();
    const summary = browser.byRole('alert').byRole('link');
    await summary.wait();
    const [first] = await summary.names();
    await summary.nth(0).click();
    await until(
        async () => {
            const active = await browser.active();
            return active && active.invalid && active.required;
        },
        async () => `the link "${first}" leads to its field, not ${
            JSON.stringify(await browser.active())}`);
    const errors = await browser.takeErrors();
    check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
}

// Each choice of each group shows and hides fields; at least one must come, and go again.
async function conditions(browser) {
    const fields = async () => {
        const names = [];
        for (const role of ['textbox', 'combobox', 'checkbox', 'radio', 'group', 'spinbutton'])
            names.push(...(await browser.byRole('main').byRole(role).names()));
        return names;
    };
    const before = await fields();
    const radios = browser.byRole('main').byRole('radio');
    const count = await radios.count();
    check(count > 1, `the form offers choices: ${await browser.outline()}`);
    for (let at = 0; at < count; at++) {
        await radios.nth(at).click();
        await until(async () => (await radios.nth(at).state())?.checked, 'the choice is taken');
        const now = await fields();
        const came = now.filter((name) => !before.includes(name));
        if (came.length === 0) continue;
        await radios.nth(at === 0 ? 1 : 0).click();
        await until(async () => !(await fields()).includes(came[0]), `"${came[0]}" goes again`);
        return;
    }
    throw new Error(`no choice brings a field: ${await browser.outline()}`);
}

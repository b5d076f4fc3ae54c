// Answering the forms of the demo catalogue as a person does: by the words of the question.
import {begins} from './words.mjs';

// A choice of few options is a group of radios, one of many a list to pick from.
async function pick(browser, question, option) {
    const group = browser.byRole('radiogroup', begins(question));
    const list = browser.byRole('combobox', begins(question));
    while (!(await group.isThere()) && !(await list.isThere()))
        await group.wait();
    if (await list.isThere()) return list.choose(option);
    const radio = group.byRole('radio', option);
    await radio.click();
    await radio.wait((state) => state.checked === true || state.checked === 'true');
}

// Opens "Sin internet o VPN" and answers what is required; `details` is the free text.
export async function fillNoInternet(browser, details) {
    await browser.open('/pedir/INC-03');
    await browser.byRole('heading', /Sin internet o VPN/).wait(undefined, 60);
    await pick(browser, '¿Qué no funciona?', 'La VPN');
    await pick(browser, '¿Qué ves?', 'Se corta');
    await pick(browser, '¿Dónde estás?', 'En casa');
    await pick(browser, '¿Otras páginas cargan?', 'Sí');
    await pick(browser, '¿A quién le pasa?', 'Solo a mí');
    await pick(browser, '¿Puedes seguir trabajando?', 'En parte');
    await browser.byRole('textbox', begins('¿Algo más que debamos saber?')).fill(details);
}

export {pick};

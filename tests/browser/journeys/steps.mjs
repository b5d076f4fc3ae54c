// What several journeys do in the same way.
import {begins, tr} from './words.mjs';

// The people of the demo company that the journeys are about; `ventanilla seed` gives them this
// password.
export const kPassword = 'ventanilla-demo';
export const kPeople = {
    requester: {login: 'lucia.ferreyra', name: 'Lucía'},
    madrid: {login: 'marta.olmedo', name: 'Marta'},
    agent: {login: 'sofia.arrieta', name: 'Sofía'},
    reviewer: {login: 'carla.nunez', name: 'Carla'},
};

export async function signIn(browser, who) {
    await browser.open('/');
    await browser.byRole('heading', tr('sign_in.title')).wait(undefined, 60);
    await browser.byRole('textbox', begins(tr('sign_in.login'))).fill(who.login);
    await browser.byRole('textbox', begins(tr('sign_in.password'))).fill(kPassword);
    await browser.byRole('button', tr('sign_in.submit')).click();
    await browser.byRole('heading', tr('sign_in.title')).gone();
    await browser.waitForIdle(60);
}

// Signs in and makes sure that the sign-in is on disk: a browser writes its cookies late, and a
// journey that kills it is about the portal's data, not about that delay.
export async function signInForGood(browser, who) {
    await signIn(browser, who);
    await browser.close();
    await browser.reopen('/');
    await browser.waitForIdle(60);
}

export const searchField = (browser) => browser.byRole('combobox', tr('search.label'));

// What stands below the home search while somebody types.
export const answers = (browser) => browser.byRole('listbox', tr('search.results_name'));

// Until the portal says that everything it has is sent, and when it last spoke with the server: from
// then on this device has what it needs to work without a network.
export const allSent = (browser, seconds) =>
    browser.waitForText(new RegExp(tr('connection.all_sent', {time: '\\d'})), seconds);

// Until what was typed into the open form is on the disk, as the form itself says.
export const draftSaved = (browser) =>
    browser.waitForText(new RegExp(tr('draft.saved', {time: '\\d'})));

export const check = (holds, what) => {
    if (!holds) throw new Error(what);
};

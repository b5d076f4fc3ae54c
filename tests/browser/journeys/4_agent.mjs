// Point 4: an agent takes a request and asks; the requester answers without reloading; both end it
// well.
import {fillNoInternet} from './forms.mjs';
import {allSent, check, kPeople, signIn} from './steps.mjs';
import {begins, has, tr} from './words.mjs';

const kMark = 'El wifi de la sala no responde';
const kQuestion = '¿Desde qué sala te conectas?';
const kAnswer = 'Desde la sala 4, segundo piso';

export default async function(world, say) {
    const requester = await world.browser('requester');
    const agent = await world.browser('agent');
    await signIn(requester, kPeople.requester);
    await signIn(agent, kPeople.agent);
    await agent.open('/cola');

    say('the agent sees a new request without reloading');
    await fillNoInternet(requester, kMark);
    await requester.byRole('button', tr('form.send')).click();
    await requester.waitForText(/SOL-\d{4}-\d+/);
    const number = /SOL-\d{4}-\d+/.exec(await requester.text())[0];
    await agent.waitForText(number);

    say('the agent takes it and asks');
    await agent.byRole('main').byRole('listitem', has(number)).byRole('link').click();
    await agent.byRole('button', tr('step.take')).click();
    await agent.byRole('button', tr('step.take')).gone();
    await agent.byRole('textbox', begins(tr('request.reply_desk'))).fill(kQuestion);
    await agent.byRole('button', tr('step.ask')).click();

    say('the requester sees the question without reloading, and answers');
    await requester.open(`/solicitudes/${number}`);
    await requester.waitForText(kQuestion);
    await requester.waitForText(has(tr('request.your_turn')));
    await requester.byRole('textbox', begins(tr('request.reply_answer'))).fill(kAnswer);
    await requester.byRole('button', tr('step.answer')).click();
    await agent.waitForText(kAnswer);

    say('the agent resolves, the requester confirms');
    await agent.byRole('textbox', begins(tr('request.reply_desk')))
        .fill('Reinicié el punto de acceso');
    await agent.byRole('button', tr('step.resolve')).click();
    await requester.byRole('button', tr('step.confirm')).click();
    await requester.waitForText(has(tr('state.closed')));
    await agent.waitForText(has(tr('state.closed')));
    await allSent(requester);
    for (const browser of [requester, agent]) {
        const errors = await browser.takeErrors();
        check(errors.length === 0, `the page had errors: ${errors.join('\n')}`);
    }
}

// What Chromium's own timeline says of a page's main thread, over its tools protocol: nothing in
// the page is changed by being measured. Times are those of the processor, so that what else the
// machine does hardly counts.

const kCategories = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

// Records while `work` runs; gives the tasks of the main thread that did it, in their order:
// {cpuMs, did: [names of what was done in it]}.
export async function record(browser, work) {
    const {socket} = browser.page;
    const events = [];
    const listener = ({method, params}) => {
        if (method === 'Tracing.dataCollected') events.push(...params.value);
    };
    socket.listen(listener);
    const traceConfig = {recordMode: 'recordAsMuchAsPossible', includedCategories: kCategories};
    await socket.call(
        {method: 'Tracing.start', params: {transferMode: 'ReportEvents', traceConfig}});
    await work();
    const over = socket.once(({method}) => method === 'Tracing.tracingComplete');
    await socket.call({method: 'Tracing.end', params: {}});
    await over;
    socket.listeners.delete(listener);
    return tasksOf(events);
}

// An event's name; of a dispatched one, what was dispatched.
const nameOf = ({name, args}) => (name === 'EventDispatch' ? args.data.type : name);

// The thread that drew is the main one of the page.
function tasksOf(events) {
    const frame = events.find(({name}) => name === 'FireAnimationFrame');
    if (!frame) return [];
    const own = events.filter(
        ({ph, pid, tid, tdur}) =>
            ph === 'X' && pid === frame.pid && tid === frame.tid && tdur !== undefined);
    const tasks = own.filter(({name}) => name === 'RunTask').sort((a, b) => a.ts - b.ts);
    const inside = own.filter(({name}) => name !== 'RunTask').sort((a, b) => a.ts - b.ts);
    let next = 0;
    return tasks.map(({ts, dur, tdur}) => {
        const did = [];
        for (; next < inside.length && inside[next].ts < ts + dur; next++)
            if (inside[next].ts >= ts) did.push(nameOf(inside[next]));
        return {cpuMs: tdur / 1000, did};
    });
}

// The processor time of each task in which the portal drew: its script, and what the browser then
// did for the page.
export const frames = (tasks) =>
    tasks.filter(({did}) => did.includes('FireAnimationFrame')).map(({cpuMs}) => cpuMs);

// The processor time from each key to the frame that shows what it led to.
export function keystrokes(tasks) {
    const out = [];
    let open = null;
    for (const {did, cpuMs} of tasks) {
        if (did.includes('input')) open = (open ?? 0) + cpuMs;
        if (open === null || !did.includes('FireAnimationFrame')) continue;
        out.push(did.includes('input') ? open : open + cpuMs);
        open = null;
    }
    return out;
}

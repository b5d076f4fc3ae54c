// Runs inside the page: finds elements as a person with a screen reader would, by role and
// accessible name. A subset of "Accessible Name and Description Computation 1.2", enough for what
// the portal emits. The file is one expression; the harness hands it to every call, and it keeps
// itself in `window`.
(() => {
    if (window.ventanillaTest) return window.ventanillaTest;
    const kInputRoles = {
        checkbox: 'checkbox',
        radio: 'radio',
        range: 'slider',
        number: 'spinbutton',
        search: 'searchbox',
        submit: 'button',
        button: 'button',
        reset: 'button',
        email: 'textbox',
        tel: 'textbox',
        text: 'textbox',
        url: 'textbox',
        password: 'textbox',
        date: 'textbox',
        time: 'textbox',
        'datetime-local': 'textbox',
        file: 'button'
    };
    const kTagRoles = {
        button: 'button',
        nav: 'navigation',
        main: 'main',
        header: 'banner',
        footer: 'contentinfo',
        h1: 'heading',
        h2: 'heading',
        h3: 'heading',
        h4: 'heading',
        h5: 'heading',
        h6: 'heading',
        ul: 'list',
        ol: 'list',
        li: 'listitem',
        table: 'table',
        tr: 'row',
        td: 'cell',
        th: 'columnheader',
        form: 'form',
        textarea: 'textbox',
        dialog: 'dialog',
        article: 'article',
        aside: 'complementary',
        progress: 'progressbar',
        p: 'paragraph',
        option: 'option',
        output: 'status',
        fieldset: 'group',
        details: 'group',
        meter: 'meter',
        search: 'search',
        img: 'img',
        hr: 'separator'
    };

    const roleOf = (el) => {
        const given = el.getAttribute('role');
        if (given) return given.split(' ')[0];
        const tag = el.localName;
        if (tag === 'a') return el.hasAttribute('href') ? 'link' : 'generic';
        if (tag === 'input') return el.list ? 'combobox' : kInputRoles[el.type] ?? 'textbox';
        if (tag === 'select') return el.multiple || el.size > 1 ? 'listbox' : 'combobox';
        if (tag === 'section')
            return el.hasAttribute('aria-label') || el.hasAttribute('aria-labelledby') ? 'region' :
                                                                                         'generic';
        return kTagRoles[tag] ?? 'generic';
    };

    const isHidden = (el) => {
        for (let at = el; at instanceof Element; at = at.parentElement) {
            if (at.getAttribute('aria-hidden') === 'true' || at.hidden || at.inert) return true;
        }
        const style = getComputedStyle(el);
        return style.visibility === 'hidden' ||
            el.getClientRects().length === 0 && style.display !== 'contents';
    };

    const tidy = (text) => text.replace(/\s+/g, ' ').trim();
    const textOf = (el) => {
        let text = '';
        for (const node of el.childNodes) {
            if (node.nodeType === Node.TEXT_NODE)
                text += node.data;
            else if (
                node.nodeType === Node.ELEMENT_NODE &&
                node.getAttribute('aria-hidden') !== 'true') {
                const inline = getComputedStyle(node).display === 'inline' &&
                    getComputedStyle(node).position === 'static';
                text += (inline ? '' : ' ') +
                    (node.getAttribute('aria-label') ?? node.alt ?? textOf(node)) +
                    (inline ? '' : ' ');
            }
        }
        return text;
    };
    // What stands there to be read, top to bottom; a label is read only where there is no text below it.
    const readingOf = (el) => {
        let text = '';
        for (const node of el.childNodes) {
            if (node.nodeType === Node.TEXT_NODE) text += node.data;
            if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute('aria-hidden') === 'true' ||
                node.hidden || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(node.tagName))
                continue;
            const {display, position} = getComputedStyle(node);
            const gap = display === 'inline' && position === 'static' ? '' : ' ';
            const own = readingOf(node);
            text += gap + (own || node.getAttribute('aria-label') || node.alt || '') + gap;
        }
        return text;
    };
    const nameOf = (el) => {
        const by = el.getAttribute('aria-labelledby');
        if (by)
            return tidy(by.split(/\s+/)
                            .map((id) => document.getElementById(id))
                            .filter(Boolean)
                            .map(textOf)
                            .join(' '));
        const label = el.getAttribute('aria-label');
        if (label && label.trim()) return tidy(label);
        if (el.labels && el.labels.length) return tidy([...el.labels].map(textOf).join(' '));
        if (el.localName === 'img' || el.alt) return tidy(el.alt ?? '');
        if (el.localName === 'fieldset') return tidy(el.querySelector('legend')?.textContent ?? '');
        if (el.localName === 'input') {
            if (['submit', 'button', 'reset'].includes(el.type)) return tidy(el.value);
            return tidy(el.title || el.placeholder || '');
        }
        if (el.localName === 'textarea' || el.localName === 'select')
            return tidy(el.title || el.placeholder || '');
        const fromContent = [
            'button',
            'link',
            'heading',
            'option',
            'tab',
            'menuitem',
            'cell',
            'columnheader',
            'row',
            'listitem',
            'checkbox',
            'radio',
            'switch',
            'paragraph',
            'generic',
            'status',
            'alert'
        ];
        if (fromContent.includes(roleOf(el))) return tidy(textOf(el)) || tidy(el.title);
        return tidy(el.title);
    };

    const matches = (text, wanted) => {
        if (wanted === undefined || wanted === null) return true;
        if (wanted.pattern !== undefined)
            return new RegExp(wanted.pattern, wanted.flags).test(text);
        return wanted.exact ? text === wanted.text :
                              text.toLowerCase().includes(wanted.text.toLowerCase());
    };

    // Every visible element of `role` (or any role, '*') whose name matches, in document order.
    const all = ({role, name, within}) => {
        const roots = within ? all(within) : [document.documentElement];
        const found = [];
        for (const root of roots) {
            for (const el of root.querySelectorAll('*')) {
                if (role !== '*' && roleOf(el) !== role) continue;
                if (isHidden(el) || !matches(nameOf(el), name)) continue;
                found.push(el);
            }
        }
        return found;
    };
    const one = (query) => {
        const found = all(query);
        return found[query.nth ?? 0];
    };
    const stateOf = (el) => ({
        role: roleOf(el),
        name: nameOf(el),
        text: tidy(readingOf(el)),
        value: el.value ?? null,
        checked: el.checked ?? el.getAttribute('aria-checked'),
        disabled: !!el.disabled || el.getAttribute('aria-disabled') === 'true',
        focused: el === document.activeElement,
        href: el.getAttribute('href'),
        invalid: el.getAttribute('aria-invalid') === 'true',
        required: !!el.required || el.getAttribute('aria-required') === 'true',
        expanded: el.getAttribute('aria-expanded'),
        current: el.getAttribute('aria-current'),
        describedBy:
            (el.getAttribute('aria-errormessage') ?? el.getAttribute('aria-describedby') ?? '')
                .split(/\s+/)
                .map((id) => id && document.getElementById(id)?.textContent)
                .filter(Boolean)
                .join(' ')
    });

    // Where a person would click: the middle of what can be seen, and only if the element itself is
    // there.
    const place = async (query) => {
        const el = one(query);
        if (!el) return null;
        el.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
        let before;
        for (let n = 0; n < 20; n++) {  // until it stands still for two frames
            const {x, y} = el.getBoundingClientRect();
            if (before && before.x === x && before.y === y) break;
            before = {x, y};
            await new Promise((r) => setTimeout(r, 20));
        }
        if (!el.isConnected) return null;
        const box = [...el.getClientRects()].find((r) => r.width > 0 && r.height > 0);
        if (!box) return null;
        const x = box.x + box.width / 2;
        const y = box.y + box.height / 2;
        const hit = document.elementFromPoint(x, y);
        const reached = !!hit &&
            (hit === el || el.contains(hit) ||
             hit.contains(el) && hit !== document.body && hit !== document.documentElement ||
             [...(el.labels ?? [])].some((label) => label.contains(hit)));
        return {
            x,
            y,
            width: box.width,
            height: box.height,
            reached,
            cover: hit ? `${hit.localName}#${hit.id}` : 'nothing'
        };
    };

    const errors = [];
    // With its stack, where there is one: a crash tells where.
    const told = (error, message) => error?.stack ? `${message}\n${error.stack}` : message;
    window.addEventListener('error', (e) => errors.push(told(e.error, String(e.message))));
    window.addEventListener(
        'unhandledrejection', (e) => errors.push(told(e.reason, String(e.reason))));

    return (window.ventanillaTest = {
        count: (query) => all(query).length,
        names: (query) => all(query).map(nameOf),
        state: (query) => {
            const el = one(query);
            return el ? stateOf(el) : null;
        },
        states: (query) => all(query).map(stateOf),
        place,
        focus: (query) => {
            const el = one(query);
            el?.focus();
            return !!el;
        },
        active: () => (document.activeElement ? stateOf(document.activeElement) : null),
        // Loading, not painted for the first time yet, or saying itself that it is busy.
        busy: () => document.readyState === 'loading' ||
            !!document.querySelector('html:not(.drawn):not(.failed) #mirror') ||
            !!document.querySelector('[aria-busy="true"]'),
        // What a reader hears from top to bottom, one element a line: for failure messages.
        outline: () =>
            all({role: '*'})
                .filter(
                    (el) => roleOf(el) !== 'generic' ||
                        [...el.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
                .map(
                    (el) => `${roleOf(el)} ${
                        JSON.stringify(nameOf(el) || tidy(textOf(el)).slice(0, 120))}${
                        el.value ? ` = ${JSON.stringify(el.value)}` : ''}`)
                .slice(0, 150)
                .join('\n'),
        text: () => tidy(readingOf(document.body)),
        errors: () => errors.splice(0),
        select: (query, value) => {
            const el = one(query);
            if (!el) return false;
            const option =
                [...el.options].find((o) => o.value === value || tidy(o.textContent) === value);
            if (!option) return false;
            el.focus();
            el.value = option.value;
            el.dispatchEvent(new Event('input', {bubbles: true}));
            el.dispatchEvent(new Event('change', {bubbles: true}));
            return true;
        },
    });
})()

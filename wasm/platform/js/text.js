// Sets a node's text in the page exactly as the canvas paints it: same size, same weight, lines
// broken where ours are broken, so that selection, the browser's find and a focused caret lie on
// the painted glyphs. Only text nodes and plain elements; a string is never parsed.
mergeInto(LibraryManager.library, {
    $setText__deps: ['$Nodes'],
    $setText: function(element, text, linkElement) {
        const utf8 = new TextDecoder();
        const WEIGHTS = ['400', '600', '700'];
        const ALIGN = ['start', 'center', 'end'];
        const SOFT = 0, WORD = 1;

        function styleOf(run) {
            const element = document.createElement(
                run.mark         ? 'mark' :
                    run.emphasis ? 'em' :
                    run.mono     ? 'code' :
                                   'span');
            if (run.weight > 0) element.style.fontWeight = WEIGHTS[run.weight];
            return element;
        }

        // A break of ours: copied text holds the author's space or line feed and nothing else.
        function breakElement(kind) {
            if (kind === WORD) return document.createElement('wbr');
            if (kind !== SOFT) return document.createElement('br');
            const space = document.createElement('span');
            space.className = 'soft';
            space.textContent = ' ';
            return space;
        }

        function fill(parent, begin, end) {
            let at = begin;
            for (const each of text.breaks) {
                if (each.at < begin || each.at >= end) continue;
                if (each.at > at) parent.append(utf8.decode(text.bytes.subarray(at, each.at)));
                parent.append(breakElement(each.kind));
                at = each.kind === WORD ? each.at : each.at + 1;
            }
            if (end > at) parent.append(utf8.decode(text.bytes.subarray(at, end)));
        }

        function fillRuns() {
            let at = 0;
            for (const run of text.runs) {
                fill(element, at, run.begin);
                const inner = styleOf(run);
                fill(inner, run.begin, run.end);
                element.append(run.link ? linkElement(run, inner) : inner);
                at = run.end;
            }
            fill(element, at, text.bytes.length);
        }

        element.textContent = '';
        fillRuns();
        if (text.style.size === 0) return;
        const style = element.style;
        style.fontSize = text.style.size + 'px';
        style.lineHeight = text.style.line + 'px';
        style.fontWeight = WEIGHTS[text.style.weight];
        style.textAlign = ALIGN[text.style.align];
        element.classList.toggle('mono', text.style.mono);
    },
});

// The document around the canvas: its height, title and language, where it is scrolled to, the part
// of the window a soft keyboard leaves, printing, and the two live regions through which the portal
// speaks.
//
// on: { scrolled(top), inset(px), printing(yes), leaving(), left(), returned() }
mergeInto(LibraryManager.library, {
    $makePage: function(on) {
        const regions = {
            polite: document.getElementById('polite'),
            assertive: document.getElementById('assertive')
        };
        let guarded = false;

        function setDocument(height, title, lang) {
            const wanted = Math.ceil(height) + 'px';
            if (document.body.style.minHeight !== wanted) document.body.style.minHeight = wanted;
            if (title && document.title !== title) document.title = title;
            if (lang && document.documentElement.lang !== lang)
                document.documentElement.lang = lang;
        }

        // Emptied first, so that the same words are read again.
        function announce(assertive, text) {
            const region = assertive ? regions.assertive : regions.polite;
            region.textContent = '';
            const line = document.createElement('p');
            line.textContent = text;
            region.append(line);
        }

        // Brings an element into the middle third of what a person can see, above the soft
        // keyboard.
        function reveal(element) {
            const view = window.visualViewport;
            const height = view ? view.height : innerHeight;
            const box = element.getBoundingClientRect();
            if (getComputedStyle(element).position === 'fixed') return;
            if (box.top >= 8 && box.bottom <= height - 8) return;
            scrollTo({top: Math.max(0, scrollY + box.top - height / 3), behavior: 'instant'});
        }

        function keyboardMoved() {
            on.inset(Math.max(
                0, Math.round(innerHeight - visualViewport.height * visualViewport.scale)));
            const field = document.activeElement;
            if (field && field.matches('input, textarea, select')) reveal(field);
        }

        addEventListener('scroll', () => on.scrolled(scrollY), {passive: true});
        if (window.visualViewport) visualViewport.addEventListener('resize', keyboardMoved);
        addEventListener('beforeprint', () => on.printing(true));
        addEventListener('afterprint', () => on.printing(false));
        matchMedia('print').addEventListener('change', (event) => on.printing(event.matches));
        addEventListener('pagehide', () => on.left());
        addEventListener('pageshow', (event) => {
            if (event.persisted) on.returned();
        });
        addEventListener('beforeunload', (event) => {
            on.leaving();
            if (!guarded) return;
            event.preventDefault();
            event.returnValue = '';
        });
        return {
            setDocument,
            announce,
            reveal,
            guard: (on) => {
                guarded = on;
            }
        };
    },
});

// What the person has set in the system or the browser: colours, contrast, motion, text size,
// pointer, language. Told at the start and whenever one changes.
mergeInto(LibraryManager.library, {
    $watchPrefs: function(tell) {
        const QUERIES = {
            dark: '(prefers-color-scheme: dark)',
            moreContrast: '(prefers-contrast: more)',
            forcedColors: '(forced-colors: active)',
            reducedMotion: '(prefers-reduced-motion: reduce)',
            coarsePointer: '(pointer: coarse)'
        };
        const lists = Object.entries(QUERIES).map(([name, query]) => [name, matchMedia(query)]);
        const probe = document.getElementById('rem');  // 1rem wide: the browser's own text size

        function now() {
            const prefs = Object.fromEntries(lists.map(([name, list]) => [name, list.matches]));
            prefs.rootFont = probe.getBoundingClientRect().width || 16;
            prefs.languages =
                navigator.languages ? navigator.languages.join(',') : navigator.language;
            prefs.zone = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
            return prefs;
        }

        lists.forEach(([, list]) => list.addEventListener('change', () => tell(now())));
        new ResizeObserver(() => tell(now())).observe(probe);
        addEventListener('languagechange', () => tell(now()));
        return {now};
    },
});

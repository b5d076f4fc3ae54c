// Before anything is painted: the theme and the language this device was left in, so that nothing
// flashes.
(() => {
    const root = document.documentElement;
    const kept = (key) => {
        try {
            return localStorage.getItem('ventanilla.' + key);
        } catch (denied) {
            return null;
        }
    };
    const lang = kept('lang') || navigator.language || 'es';
    root.lang = lang.startsWith('en') ? 'en' : 'es';
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    const contrast = matchMedia('(prefers-contrast: more)').matches;
    const theme = kept('theme');
    root.dataset.theme = ['light', 'dark', 'contrast'].includes(theme) ? theme :
        contrast                                                       ? 'contrast' :
        dark                                                           ? 'dark' :
                                                                         'light';
    const asked = new URLSearchParams(location.search).get('ui') === 'dom';
    if (asked || matchMedia('(forced-colors: active)').matches) {
        root.dataset.ui = 'dom';
        root.classList.add('flow');
    }
})();

// Addresses: the portal's places are real URLs, Back and Forward bring the page back to where it
// was scrolled, and nothing but a person's own step makes an entry.
//
// on: { navigated(url, isFirst) }
mergeInto(LibraryManager.library, {
    $makeHistory: function(on) {
        const GIVE_UP_MS = 2000;
        let wanted = null;  // { top, until }: where to scroll once the page is long enough

        const here = () => location.pathname + location.search + location.hash;
        const remember = () => history.replaceState({top: scrollY}, '');

        function go(url, replace) {
            if (replace) return history.replaceState(history.state, '', url);
            remember();
            history.pushState({top: 0}, '', url);
            wanted = null;
            scrollTo({top: 0, behavior: 'instant'});
        }

        // After each frame that was built anew.
        function settleScroll() {
            if (!wanted) return;
            const reachable = document.documentElement.scrollHeight - innerHeight;
            if (reachable < wanted.top && performance.now() < wanted.until) return;
            scrollTo({top: wanted.top, behavior: 'instant'});
            wanted = null;
        }

        function start() {
            history.scrollRestoration = 'manual';
            if (history.state && history.state.top > 0)
                wanted = {top: history.state.top, until: performance.now() + GIVE_UP_MS};
            on.navigated(here(), true);
        }

        addEventListener('popstate', (event) => {
            wanted = {
                top: event.state && event.state.top > 0 ? event.state.top : 0,
                until: performance.now() + GIVE_UP_MS
            };
            on.navigated(here(), false);
        });
        addEventListener('pagehide', remember);
        for (const type of ['wheel', 'touchmove', 'keydown'])
            addEventListener(type, () => {
                wanted = null;
            }, {passive: true});
        return {start, go, settleScroll};
    },
});

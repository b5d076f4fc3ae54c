// Small services of the browser, one function each: what is kept about this device, the clipboard,
// downloads, the storage quota, and new builds that a service worker holds ready.
mergeInto(LibraryManager.library, {
    $makeDevice: function(on) {
        const PREFIX = 'ventanilla.';

        function prefs() {
            try {
                return Object.entries(localStorage)
                    .filter(([key]) => key.startsWith(PREFIX))
                    .map(([key, value]) => [key.slice(PREFIX.length), value]);
            } catch (denied) {
                return [];
            }
        }

        function savePref(key, value) {
            try {
                if (value === '')
                    localStorage.removeItem(PREFIX + key);
                else
                    localStorage.setItem(PREFIX + key, value);
            } catch (denied) { /* without storage a preference lasts as long as the page */
            }
        }

        function copyThroughSelection(text) {
            const area = document.createElement('textarea');
            area.value = text;
            document.body.append(area);
            area.select();
            const done = document.execCommand('copy');
            area.remove();
            return done;
        }

        async function copy(text) {
            try {
                await navigator.clipboard.writeText(text);
                on.copied(true);
            } catch (refused) {
                on.copied(copyThroughSelection(text));
            }
        }

        function saveFile(name, type, bytes) {
            const link = document.createElement('a');
            link.href = URL.createObjectURL(new Blob([bytes], {type}));
            link.download = name;
            link.click();
            setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        }

        async function persist() {
            const storage = navigator.storage;
            on.persisted(
                Boolean(storage && storage.persist && await storage.persist().catch(() => false)));
        }

        async function estimate() {
            const storage = navigator.storage;
            const seen =
                storage && storage.estimate ? await storage.estimate().catch(() => ({})) : {};
            on.estimated(seen.usage || 0, seen.quota || 0);
        }

        // The build that waits, if any; boot.js looks after the service worker and says so here.
        function watchUpdates() {
            addEventListener('ventanilla-update', (event) => on.update(event.detail));
            if (window.ventanillaUpdate) on.update(window.ventanillaUpdate);
        }

        return {
            prefs,
            savePref,
            copy,
            saveFile,
            persist,
            estimate,
            watchUpdates,
            applyUpdate: () => dispatchEvent(new Event('ventanilla-apply')),
            reload: () => location.reload()
        };
    },
});

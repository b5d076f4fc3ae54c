// What C++ wants done in the world, read from one block a turn (wasm/platform/effects.cpp).
mergeInto(LibraryManager.library, {
    $Wish: {
        OpenStore: 1,
        CloseStore: 2,
        Commit: 3,
        HttpRequest: 4,
        CancelHttp: 5,
        OpenLive: 6,
        CloseLive: 7,
        Navigate: 8,
        Announce: 9,
        SavePref: 10,
        GuardUnload: 11,
        RequestPersist: 12,
        EstimateStorage: 13,
        ApplyUpdate: 14,
        CopyText: 15,
        SaveFile: 16,
        TakeLead: 17,
        PostPeer: 18,
        Reload: 19,
        Markdown: 20
    },

    $makeEffects__deps: ['$Wish', '$makeReader'],
    $makeEffects: function({store, net, live, page, device, history, markdown}, on) {
        const id = (r) => r.word() + r.word() * 4294967296;
        const list = (r, item) => Array.from({length: r.word()}, () => item(r));

        // Both halves of the defence against foreign pages: a header no form can send, and JSON as
        // its type.
        function send(r) {
            const request = {
                id: id(r),
                timeoutMs: r.word(),
                method: r.string(),
                path: r.string(),
                headers: list(r, () => [r.string(), r.string()]),
                body: r.block().slice()
            };
            request.headers.push(['X-Requested-By', 'ventanilla']);
            if (request.body.length === 0)
                request.body = null;
            else if (!request.headers.some(([name]) => name.toLowerCase() === 'content-type'))
                request.headers.push(['Content-Type', 'application/json']);
            net.request(request, (reply) => on.replied(request.id, reply));
        }

        function commit(r) {
            const ticket = id(r);
            const writeClass = r.word();
            const isFenced = r.word() !== 0;
            const puts = list(r, () => [r.string(), r.block().slice()]);
            const removes = list(r, () => [r.string(), null]);
            store.commit(ticket, puts.concat(removes), isFenced, writeClass === 0);
        }

        const DO = new Map([
            [Wish.OpenStore, (r) => store.open(r.string())],
            [Wish.CloseStore, (r) => store.close(r.word() !== 0)],
            [Wish.Commit, commit],
            [Wish.HttpRequest, send],
            [Wish.CancelHttp, (r) => net.cancel(id(r))],
            [Wish.OpenLive, (r) => live.open(r.string())],
            [Wish.CloseLive, () => live.close()],
            [Wish.Navigate, (r) => history.go(r.string(), r.word() !== 0)],
            [Wish.Announce, (r) => page.announce(r.word() !== 0, r.string())],
            [Wish.SavePref, (r) => device.savePref(r.string(), r.string())],
            [Wish.GuardUnload, (r) => page.guard(r.word() !== 0)],
            [Wish.RequestPersist, () => device.persist()],
            [Wish.EstimateStorage, () => device.estimate()],
            [Wish.ApplyUpdate, () => device.applyUpdate()],
            [Wish.CopyText, (r) => device.copy(r.string())],
            [Wish.SaveFile, (r) => device.saveFile(r.string(), r.string(), r.block().slice())],
            [Wish.TakeLead, () => store.takeLead()],
            [Wish.PostPeer, (r) => store.say(r.block().slice())],
            [Wish.Reload, () => device.reload()],
            [Wish.Markdown, (r) => markdown.run(id(r), r.word() !== 0, r.block().slice())],
        ]);

        return (words, floats, bytes) => {
            const reader = makeReader(words, floats, bytes);
            while (!reader.done())
                DO.get(reader.word())(reader);
        };
    },
});

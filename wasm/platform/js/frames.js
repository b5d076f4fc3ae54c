// When the portal works and when it paints. Events are handled at once, in a turn; painting waits
// for the next animation frame and happens only when a turn, an animation or a due moment asked for
// it. An idle portal runs no frame at all, and a hidden one paints nothing.
//
// portal: { turn() -> whether to paint, paint(now) -> ms until it wants to paint again, -1 for
// never }
mergeInto(LibraryManager.library, {
    $makeFrames: function(portal) {
        let turning = false;
        let armed = 0;  // the requested animation frame
        let due = 0;    // the timer of a frame wanted later
        let count = 0;
        let stopped = false;

        function request() {
            if (armed || stopped || document.hidden) return;
            armed = requestAnimationFrame(frame);
        }

        function frame(now) {
            armed = 0;
            if (stopped) return;
            clearTimeout(due);
            due = 0;
            count++;
            const wait = portal.paint(now);
            if (wait === 0)
                request();
            else if (wait > 0)
                due = setTimeout(request, wait);
        }

        function turn() {
            turning = false;
            if (!stopped && portal.turn()) request();
        }

        // Something waits in the inbox. All that arrives in one task is handled in one turn, and
        // still within the person's gesture, which the clipboard and new tabs depend on.
        function wake() {
            if (turning) return;
            turning = true;
            queueMicrotask(turn);
        }

        document.addEventListener('visibilitychange', request);
        return {
            wake,
            request,
            count: () => count,
            stop: () => {
                stopped = true;
            }
        };
    },
});

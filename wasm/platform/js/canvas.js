// The canvas: WebGL2 at the device's own pixels, redrawn when zoom, density or window change, and
// given up for the page's own text (DOM mode) when the graphics driver cannot keep it.
//
// on: { resized(cssWidth, cssHeight, scale), lost(), restored(), hopeless() }
mergeInto(LibraryManager.library, {
    $makeCanvas__deps: ['$GL'],
    $makeCanvas: function(canvas, on) {
        const BACKING_MAX = 4096;  // device pixels a side; more gains nothing and kills phones
        const LOSSES_MAX = 3;
        const LOSS_WINDOW_MS = 60000;
        const ATTRIBUTES = {
            alpha: false,
            antialias: false,
            depth: false,
            stencil: false,
            majorVersion: 2,
            minorVersion: 0,
            powerPreference: 'low-power',
            preserveDrawingBuffer: false,
            enableExtensionsByDefault: 0
        };

        const losses = [];
        let context = 0;
        let size = {};  // wanted backing pixels, and the CSS pixels they cover
        let density = null;

        // False when there is no WebGL2 here. The canvas has its size before it has a context: changing
        // it afterwards costs as much as making one.
        function start() {
            measure(null);
            settle();
            context = GL.createContext(canvas, ATTRIBUTES);
            return context > 0 && GL.makeContextCurrent(context);
        }

        function fit(cssWidth, cssHeight, width, height) {
            const shrink = Math.min(1, BACKING_MAX / Math.max(width, height, 1));
            const wanted = {
                width: Math.max(1, Math.round(width * shrink)),
                height: Math.max(1, Math.round(height * shrink)),
                cssWidth,
                cssHeight
            };
            if (Object.keys(wanted).every((key) => wanted[key] === size[key])) return;
            size = wanted;
            on.resized(cssWidth, cssHeight, size.width / Math.max(1, cssWidth));
        }

        function pinch() {
            return Math.min(4, Math.max(1, window.visualViewport ? visualViewport.scale : 1));
        }

        // Without a canvas (DOM mode) the window itself is what there is.
        function measure(entry) {
            const box = canvas.getBoundingClientRect();
            const page = document.documentElement;
            const width = box.width || page.clientWidth;
            const height = box.height || page.clientHeight;
            const scale = (window.devicePixelRatio || 1) * pinch();
            const told = entry && entry.devicePixelContentBoxSize ?
                entry.devicePixelContentBoxSize[0] :
                null;
            // Only the rounding is taken from it: an emulated density does not reach the observer.
            const isExact = told && Math.abs(told.inlineSize - width * scale) < 2;
            if (isExact)
                fit(width, height, told.inlineSize, told.blockSize);
            else
                fit(width, height, width * scale, height * scale);
        }

        // The observer tells exact device pixels where the browser knows them; WebKit is asked by
        // density.
        function watch() {
            const observer = new ResizeObserver((entries) => measure(entries[entries.length - 1]));
            try {
                observer.observe(canvas, {box: 'device-pixel-content-box'});
            } catch (unknown) {
                observer.observe(canvas);
            }
            watchDensity();
            addEventListener('resize', () => measure(null));
            measure(null);
            if (window.visualViewport)
                visualViewport.addEventListener('resize', () => measure(null));
        }

        function watchDensity() {
            if (density) density.onchange = null;
            density = matchMedia(`(resolution: ${window.devicePixelRatio || 1}dppx)`);
            density.onchange = () => {
                measure(null);
                watchDensity();
            };
        }

        // Resizing clears the canvas, so it happens right before a frame is drawn.
        function settle() {
            if (canvas.width !== size.width) canvas.width = size.width;
            if (canvas.height !== size.height) canvas.height = size.height;
            return size;
        }

        canvas.addEventListener('webglcontextlost', (event) => {
            event.preventDefault();  // asks the browser to give it back
            const now = performance.now();
            losses.push(now);
            on.lost();
            if (losses.filter((at) => now - at < LOSS_WINDOW_MS).length >= LOSSES_MAX)
                on.hopeless();
        });
        canvas.addEventListener('webglcontextrestored', () => on.restored());
        const isLost = () => !GLctx || GLctx.isContextLost();
        return {start, watch, settle, isLost};
    },
});

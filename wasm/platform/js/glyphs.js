// Letters as the browser itself draws them: every code point is measured and drawn once with
// Canvas2D in the system's own face, so no font is downloaded and every script and emoji the device
// has is there.
mergeInto(LibraryManager.library, {
    $makeGlyphs: function() {
        const SANS = 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
        const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';
        const FACES = [['400', SANS], ['600', SANS], ['700', SANS], ['400', MONO]];  // ui::Face
        const MARGIN = 2;  // px around the reported box: antialiasing and accents go over it
        const canvas = document.createElement('canvas');
        const context = canvas.getContext('2d', {willReadFrequently: true});
        let font = '';

        function setFont(face, px) {
            const wanted = `${FACES[face][0]} ${px}px ${FACES[face][1]}`;
            if (font === wanted) return;
            font = wanted;
            context.font = wanted;
            context.fontKerning = 'none';
        }

        function clear(width, height) {
            if (canvas.width < width || canvas.height < height) {
                canvas.width = Math.max(width, canvas.width);
                canvas.height = Math.max(height, canvas.height);
                font = '';  // resizing resets the whole state
            }
            context.clearRect(0, 0, width, height);
            context.fillStyle = '#fff';
            context.textBaseline = 'alphabetic';
        }

        function metrics(face, px) {
            setFont(face, px);
            const box = context.measureText('Mg');
            return [box.fontBoundingBoxAscent, box.fontBoundingBoxDescent];
        }

        function advance(codePoint, face, px) {
            setFont(face, px);
            return context.measureText(String.fromCodePoint(codePoint)).width;
        }

        // Drawn in white: whatever has another colour is an emoji.
        function isColoured(pixels) {
            for (let i = 0; i < pixels.length; i += 4)
                if (pixels[i + 3] > 128 && Math.min(pixels[i], pixels[i + 1], pixels[i + 2]) < 200)
                    return true;
            return false;
        }

        // { width, height, left, top, advance, pixels (RGBA) }; width 0 for spaces.
        function draw(codePoint, face, px) {
            const text = String.fromCodePoint(codePoint);
            setFont(face, px);
            const box = context.measureText(text);
            const left = Math.floor(-box.actualBoundingBoxLeft) - MARGIN;
            const top = Math.ceil(box.actualBoundingBoxAscent) + MARGIN;
            const width = Math.ceil(box.actualBoundingBoxRight) + MARGIN - left;
            const height = top + Math.ceil(box.actualBoundingBoxDescent) + MARGIN;
            if (width <= 2 * MARGIN || height <= 2 * MARGIN || /^\s$/u.test(text))
                return {width: 0, height: 0, left: 0, top: 0, advance: box.width, pixels: null};
            clear(width, height);
            setFont(face, px);
            context.fillText(text, -left, top);
            return {
                width,
                height,
                left,
                top,
                advance: box.width,
                pixels: context.getImageData(0, 0, width, height).data
            };
        }

        // Some browsers add noise to what is read back from a canvas (against fingerprinting),
        // which would speckle every letter. Known pixels tell.
        function isTrue() {
            clear(64, 16);
            for (let x = 0; x < 64; x++) {
                context.fillStyle = `rgb(${x * 4}, ${255 - x * 4}, ${(x * 37) % 256})`;
                context.fillRect(x, 0, 1, 16);
            }
            const pixels = context.getImageData(0, 0, 64, 16).data;
            for (let i = 0; i < pixels.length; i += 4) {
                const x = (i / 4) % 64;
                if (pixels[i] !== x * 4 || pixels[i + 1] !== 255 - x * 4 ||
                    pixels[i + 2] !== (x * 37) % 256)
                    return false;
            }
            return true;
        }

        return {
            metrics,
            advance,
            draw,
            isColoured,
            isTrue,
            forget: () => {
                font = '';
            }
        };
    },
});

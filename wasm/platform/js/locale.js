// Dates, numbers and plurals in the person's language, by the browser's own tables. Formatters are
// costly to make, so each is made once; what they say of a minute is kept, since the same rows are
// written again with every key.
mergeInto(LibraryManager.library, {
    $makeLocale: function() {
        const TOLD_MAX = 1000;
        const made = new Map();
        const told = new Map();
        const DATES = [
            // views::DateStyle
            {hour: '2-digit', minute: '2-digit'},
            {day: 'numeric', month: 'short'},
            {day: 'numeric', month: 'short', year: 'numeric'},
            {day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit'},
            {weekday: 'short', hour: '2-digit', minute: '2-digit'},
            {weekday: 'long', day: 'numeric', month: 'long'},
        ];
        const CIVIL = {
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
            hourCycle: 'h23'
        };

        function cached(key, make) {
            if (!made.has(key)) made.set(key, make());
            return made.get(key);
        }

        // A zone this browser does not know is the device's own.
        function formatter(lang, zone, options) {
            try {
                return new Intl.DateTimeFormat(
                    lang, zone ? Object.assign({timeZone: zone}, options) : options);
            } catch (unknownZone) {
                return new Intl.DateTimeFormat(lang, options);
            }
        }

        function ofMinute(kind, ms, tell) {
            const key = kind + ' ' + Math.floor(ms / 60000);
            if (!told.has(key)) {
                if (told.size >= TOLD_MAX) told.clear();
                told.set(key, tell());
            }
            return told.get(key);
        }

        function date(lang, zone, ms, style) {
            const kind = `d${lang} ${zone} ${style}`;
            return ofMinute(
                kind,
                ms,
                () => cached(kind, () => formatter(lang, zone, DATES[style])).format(ms));
        }

        // [year, month 1-12, day, hour, minute, weekday 0 = Sunday]
        function civil(zone, ms) {
            return ofMinute('c' + zone, ms, () => civilOf(zone, ms));
        }

        function civilOf(zone, ms) {
            const parts =
                cached('c' + zone, () => formatter('en-US', zone, CIVIL)).formatToParts(ms);
            const part = (type) => Number(parts.find((each) => each.type === type).value);
            const day = [part('year'), part('month'), part('day')];
            return [
                ...day,
                part('hour'),
                part('minute'),
                new Date(Date.UTC(day[0], day[1] - 1, day[2])).getUTCDay()
            ];
        }

        function number(lang, value, digits) {
            return cached(
                       `n${lang}${digits}`,
                       () => new Intl.NumberFormat(
                           lang, {minimumFractionDigits: digits, maximumFractionDigits: digits}))
                .format(value);
        }

        // "Europe/Madrid" -> "Madrid": the city is what people call their time.
        function city(zone) {
            const name = zone || formatter('en', '', {}).resolvedOptions().timeZone || '';
            return name.includes('/') ? name.split('/').pop().replace(/_/g, ' ') : '';
        }

        return {date, civil, number, city};
    },
});

// Percentiles and how numbers are written. No clock and no input in here.

// The value that `part` of all do not exceed (0.99: p99). Errors: an empty list has none.
export function percentile(values, part) {
    if (values.length === 0) throw new Error('nothing was measured');
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)];
}

export const p50 = (values) => percentile(values, 0.5);
export const p95 = (values) => percentile(values, 0.95);
export const p99 = (values) => percentile(values, 0.99);

export const ms = (value) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
export const kb = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
export const mb = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
export const count = (value) => Math.round(value).toLocaleString('en');

// A line of the table. `holds` says whether `seen` keeps what is wanted; a line without a budget
// has none.
export const row = (what, wanted, seen, holds) => ({what, wanted, seen, holds});

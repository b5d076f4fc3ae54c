// Runs the tests of wasm/platform, engine after engine:
//   node tests/browser/platform/run.mjs [--engine NAME]... [--suite NAME] [--only PART]
import {parseArgs} from 'node:util';

import {kEngines} from '../harness.mjs';

const kSuites = ['durable', 'probe'];
const {values} = parseArgs({
    options: {
        engine: {type: 'string', multiple: true},
        suite: {type: 'string', multiple: true},
        only: {type: 'string', default: ''},
    },
});

await import('./codes.mjs');
let passed = 0;
let failed = 0;
for (const engine of values.engine ?? kEngines) {
    for (const name of values.suite ?? kSuites) {
        const suite = (await import(`./${name}.mjs`)).default;
        const count = await suite(engine, values.only);
        passed += count.passed;
        failed += count.failed;
    }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

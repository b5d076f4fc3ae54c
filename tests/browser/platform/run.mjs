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
let failed = 0;
for (const engine of values.engine ?? kEngines)
    for (const name of values.suite ?? kSuites)
        failed += await (await import(`./${name}.mjs`)).default(engine, values.only);
console.log(failed === 0 ? 'platform: all passed' : `platform: ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

// The program under test, and a data folder of its own for it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
const preset = process.env.PRESET ?? 'dev';
const program = resolve(process.env.VENTANILLA ?? join(root, `build/${preset}/server/ventanilla`));

// What the verb prints when it is given `input`.
export function ventanilla(words, input = '') {
  return execFileSync(program, words, { input, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

export function figure(verb, question) {
  return JSON.parse(ventanilla(['status', verb], JSON.stringify(question)));
}

// The demo company with its outages, served on a port of its own until stop().
export async function serveDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'ventanilla-clients-'));
  const data = join(folder, 'data');
  const demo = join(root, 'assets/demo');
  ventanilla(['seed', '--data', data, '--demo', demo, '--with-outages']);
  const server = spawn(program, ['serve', '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((found, failed) => {
    let said = '';
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const match = /serves (http\S+)/.exec(said);
      if (match) found(match[1]);
    });
    server.on('exit', (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
  });
  const stop = () =>
    new Promise((done) => {
      server.on('exit', () => {
        rmSync(folder, { recursive: true, force: true });
        done();
      });
      server.kill('SIGTERM');
    });
  return { url, data, folder, stop };
}

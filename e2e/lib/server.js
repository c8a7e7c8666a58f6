// Starts the program under test on a free port with a data folder of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const binary = process.env.GANGMU_BIN ?? new URL('../../target/debug/gangmu', import.meta.url).pathname;

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/**
 * Starts `gangmu demo` with these settings (`{ GANGMU_SMTP_URL: … }`) and waits until it answers; `restart` kills it
 * hard and starts it again on the same data.
 */
export async function startDemo(extra = [], settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'gangmu-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child;
  const log = [];
  const start = async () => {
    const env = { ...process.env, GANGMU_DATA: folder, GANGMU_LISTEN: `127.0.0.1:${port}`, ...settings };
    delete env.GANGMU_DATABASE_URL;
    child = spawn(binary, ['demo', ...extra], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let ended = null;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', (code, signal) => (ended = `exit ${code ?? signal}`));
    child.stdout.on('data', (part) => log.push(String(part)));
    child.stderr.on('data', (part) => log.push(String(part)));
    for (let tries = 0; tries < 600; tries += 1) {
      if (ended) throw new Error(`gangmu demo ended before it answered (${ended}):\n${log.join('')}`);
      const ready = await fetch(`${url}/readyz`).then((r) => r.ok, () => false);
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`gangmu demo did not answer within a minute:\n${log.join('')}`);
  };
  const end = (signal) =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', resolve);
      child.kill(signal);
    });
  await start();
  return {
    url,
    folder,
    log,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      await start();
    },
    stop: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

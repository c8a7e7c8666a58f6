// The guide names keys and words as the screen does, and its pictures are there and small.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const at = (path) => new URL(path, root);
const guide = readFileSync(at('docs/guide/zh-CN/planner.md'), 'utf8');

/** The words of the interface, with `……` for what a page fills in. */
const words = readdirSync(at('locales/zh-CN'))
  .flatMap((file) => readFileSync(at(`locales/zh-CN/${file}`), 'utf8').split('\n'))
  .map((line) => /^[\w-]+ = (.+)$/.exec(line)?.[1])
  .filter(Boolean)
  .map((value) => value.replaceAll('*', '').replaceAll(/\s*\{[^}]*\}\s*/g, '……'));

test('every word that the guide sets in bold is a word of the screen', () => {
  const bold = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map((m) => m[1]);
  // What ends in a full stop is the guide's own emphasis.
  const named = new Set(bold.filter((word) => !word.endsWith('。')));
  assert.ok(named.size > 40);
  const shown = new Set(words);
  const parts = new Set(words.flatMap((value) => value.split('……')).filter(Boolean));
  const missing = [...named].filter((word) => !shown.has(word) && !parts.has(word));
  assert.deepEqual(missing, []);
});

test('every picture of the guides is there, below 300 KiB, and all of them below 4 MiB', () => {
  const names = [...guide.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((m) => new URL(m[1], at('docs/guide/zh-CN/')));
  assert.ok(names.length >= 12);
  for (const name of names) assert.ok(statSync(name).size > 5_000, String(name));
  const sizes = readdirSync(at('docs/guide/shots')).map((file) => statSync(at(`docs/guide/shots/${file}`)).size);
  assert.ok(sizes.every((size) => size < 300 * 1024));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 4 * 1024 * 1024);
});

// The guides name keys and words as the screen does, and their pictures are there and small.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';

const root = new URL('../../', import.meta.url);
const at = (path) => new URL(path, root);
const guides = readdirSync(at('docs/guide/zh-CN')).map((file) => [file, readFileSync(at(`docs/guide/zh-CN/${file}`), 'utf8')]);

/** The words of the interface, with `……` for what a page fills in. */
const words = readdirSync(at('locales/zh-CN'))
  .flatMap((file) => readFileSync(at(`locales/zh-CN/${file}`), 'utf8').split('\n'))
  .map((line) => /^[\w-]+ = (.+)$/.exec(line)?.[1])
  .filter(Boolean)
  .map((value) => value.replaceAll('*', '').replaceAll(/\s*\{[^}]*\}\s*/g, '……'));

test('every word that a guide sets in bold is a word of the screen', () => {
  const shown = new Set(words);
  const parts = new Set(words.flatMap((value) => value.split('……')).filter(Boolean));
  const all = guides.flatMap(([file, guide]) => {
    const bold = [...guide.replaceAll(/`[^`]*`/g, '').matchAll(/\*\*([^*]+)\*\*/g)].map((m) => m[1]);
    // What ends in a full stop is the guide's own emphasis.
    return [...new Set(bold.filter((word) => !word.endsWith('。')))].map((word) => [file, word]);
  });
  assert.ok(all.length > 150);
  assert.deepEqual(all.filter(([, word]) => !shown.has(word) && !parts.has(word)), []);
});

test('every picture of the guides is there, below 300 KiB, and all of them below 4 MiB', () => {
  const names = guides.flatMap(([, guide]) => [...guide.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((m) => new URL(m[1], at('docs/guide/zh-CN/'))));
  assert.ok(names.length >= 20);
  for (const name of names) assert.ok(statSync(name).size > 5_000, String(name));
  const sizes = readdirSync(at('docs/guide/shots')).map((file) => statSync(at(`docs/guide/shots/${file}`)).size);
  assert.ok(sizes.every((size) => size < 300 * 1024));
  assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 4 * 1024 * 1024);
});

// Bad input and hard ends: a message that names place and remedy, nothing half-imported, the server goes on.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../lib/browser.js';
import { importFile, logIn, PLANNER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

let server, browser, planner;

before(async () => {
  server = await startDemo();
  browser = await launch();
  planner = await visitor(browser, server);
  await logIn(planner.page, PLANNER);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const file = (name, bytes) => {
  const path = join(server.folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Hands in a file and gives the words that the person reads. */
async function handIn(name, bytes) {
  const { page } = planner;
  await page.goto('/imports/new');
  await page.setInputFiles('#files', file(name, bytes));
  await page.fill('#key', 'bad');
  await page.click('form[data-import] button.primary');
  await page.waitForFunction(
    () => [...document.querySelectorAll('.notice.refusal, .notice.fault, [data-problem]:not([hidden])')].some((n) => n.innerText.trim().length > 8),
    null,
    { timeout: 30_000 },
  );
  return page.evaluate(() => [...document.querySelectorAll('.notice.refusal, .notice.fault, [data-problem]')].map((n) => n.innerText).join('\n'));
}

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

test('an old Word file is refused with the way to save it anew', async () => {
  const words = await handIn('规划.doc', Buffer.concat([OLE, Buffer.alloc(3000)]));
  assert.match(words, /docx|另存/);
});

test('noise is refused', async () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) % 256));
  assert.ok((await handIn('noise.bin', noise)).length > 10);
});

test('a broken Word file names what is broken', async () => {
  const words = await handIn('坏.docx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(400, 1)]));
  assert.match(words, /docx|Word|压缩|损坏/);
});

test('an empty file is refused', async () => {
  assert.ok((await handIn('空.txt', Buffer.from('\n'))).length > 8);
});

test('nothing of the refused files is left', async () => {
  const answer = await planner.page.goto('/plans/bad');
  assert.equal(answer.status(), 404);
});

test('killed during an import, it starts again without half a plan', async () => {
  const { page } = planner;
  const text = readFileSync(new URL('../fixtures/outline-155.txt', import.meta.url), 'utf8');
  const long = text + Array.from({ length: 60 }, (_, i) => text.slice(text.indexOf('第二章')).replaceAll('示例', `示例${i}`)).join('\n');
  await page.goto('/imports/new');
  await page.setInputFiles('#files', file('长.txt', long));
  await page.fill('#key', 'long');
  await page.click('form[data-import] button.primary');
  await page.waitForURL(/\/imports\/\d+/, { timeout: 30_000 });
  await server.restart();
  const again = await page.goto('/plans/long');
  if (again.status() === 200) {
    // It had come to its end before the kill: then it is whole.
    await page.goto('/plans/long/register');
    assert.ok((await page.locator('#main tbody tr').count()) > 10);
  } else {
    assert.equal(again.status(), 404);
    await importFile(page, file('长.txt', long), 'long');
    assert.equal((await page.goto('/plans/long')).status(), 200);
  }
  assert.equal((await page.goto('/plans/145')).status(), 200, 'what was there before is still there');
});

// The administrator of the system makes a backup, rehearses its restore, reads the report, and hears of a damaged one.
import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { AUDITOR, clean, logIn, mainText, SYSTEM } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const PAGE = '/administration/backups';
let server, browser;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

/** Waits until the page, which renews itself meanwhile, says so. */
const says = (page, words) => page.locator('#main', { hasText: words }).waitFor({ timeout: 60_000 });
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

test('a backup is made, rehearsed and taken along; a damaged one is refused in words', async () => {
  const seen = await visitor(browser, server);
  const { page } = seen;
  await logIn(page, SYSTEM);
  await page.goto('/administration');
  await page.click(`main a[href="${PAGE}"]`);
  assert.match(await mainText(page), /还没有可用的备份[\s\S]*没有得到证明/);
  assert.deepEqual(await axe(page), [], 'before the first backup');

  await press(page, `form[action="${PAGE}"] button`);
  assert.match(await page.locator('.toasts').innerText(), /已开始备份/);
  await says(page, '备份正常');
  // The first backup of a house is rehearsed by itself.
  await says(page, '备份确实能恢复');
  const report = await mainText(page);
  assert.match(report, /恢复演练：\d+ 行、\d+ 个附件、\d+ 条日志全部相符/);
  assert.match(report, /已通过/);
  assert.deepEqual(await axe(page), [], 'with a report');

  const [file] = await Promise.all([page.waitForEvent('download'), page.click('main a[download]')]);
  const taken = join(server.folder, 'taken.gangmu');
  await file.saveAs(taken);
  const kept = join(server.folder, 'backups', file.suggestedFilename());
  assert.deepEqual(readFileSync(taken), readFileSync(kept), 'what is taken along is what is kept');

  // A byte rots on the disk.
  const at = 2000;
  const byte = Buffer.alloc(1);
  const disk = openSync(kept, 'r+');
  readSync(disk, byte, 0, 1, at);
  writeSync(disk, Buffer.from([byte[0] ^ 1]), 0, 1, at);
  closeSync(disk);
  await press(page, `form[action="${PAGE}/rehearse"] button`);
  await says(page, '最近一次恢复演练没有通过');
  assert.match(await mainText(page), /内容已被改动或磁盘出错[\s\S]*请换一份备份/);
  assert.deepEqual(await axe(page), [], 'with a rehearsal that failed');
  await page.goto('/inbox');
  assert.match(await mainText(page), /演练恢复备份 .+ 没有通过，请立即另做一份备份/);
  await press(page, '.messages li a');
  assert.ok(page.url().endsWith(PAGE), 'the message leads to the page that says why');

  const small = await visitor(browser, server, { viewport: PHONE });
  await logIn(small.page, SYSTEM);
  await small.page.goto(PAGE);
  assert.ok(await fits(small.page), 'it fits a phone');
  assert.deepEqual(await axe(small.page), [], 'on a phone');
  [seen, small].forEach(clean);
});

test('an auditor looks on and can do nothing', async () => {
  const seen = await visitor(browser, server);
  await logIn(seen.page, AUDITOR);
  await seen.page.goto(PAGE);
  assert.match(await mainText(seen.page), /恢复演练/);
  assert.equal(await seen.page.locator('main form, main a[download]').count(), 0);
  assert.deepEqual(await axe(seen.page), []);
  clean(seen);
});

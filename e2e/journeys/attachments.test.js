// Files of an edition: up in pieces over a connection that breaks, looked at, removed, had back; and what is not taken.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { clean, importFiles, logIn, mainText, PLANNER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';
import { makeWorkbook } from '../lib/sheet.js';

const OUTLINE = new URL('../fixtures/outline-155.txt', import.meta.url).pathname;
const PHOTOGRAPH = new URL('../../crates/gangmu-web/tests/data/photograph.jpg', import.meta.url).pathname;
const PAGE = '/plans/155/edition';
let server, browser, planner;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
  planner = await visitor(browser, server);
  await logIn(planner.page, PLANNER);
  await importFiles(planner.page, OUTLINE, '155');
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
const line = (page, name) => page.locator('#attachments .attached > li').filter({ hasText: name });

test('several files are chosen at once and stand in the list', async () => {
  const { page } = planner;
  await page.goto(PAGE);
  const table = makeWorkbook('分工', [['任务', '牵头单位'], ['改造管网', '区水务局']], []);
  await page.setInputFiles('#attach-files', [PHOTOGRAPH, file('分工表.xlsx', table)]);
  await line(page, '分工表.xlsx').waitFor();
  await line(page, 'photograph.jpg').waitFor();
  assert.match(await page.locator('#attachments').innerText(), /3 份/);
  assert.deepEqual(await axe(page), []);
  await line(page, '分工表.xlsx').locator('a.attached-name').click();
  await page.waitForURL(/\/attachments\/\d+$/);
  assert.match(await mainText(page), /改造管网/, 'a workbook is shown as its table');
  assert.deepEqual(await axe(page), []);
  clean(planner);
});

test('an upload whose connection breaks goes on where it was', async () => {
  const { page, context } = planner;
  await page.goto(PAGE);
  const bytes = Buffer.from(randomBytes(6 << 20).toString('base64'));
  const name = '会议记录.txt';
  let pieces = 0;
  await page.route('**/uploads/*', async (route) => {
    if (route.request().method() !== 'PATCH') return route.continue();
    pieces += 1;
    // The second piece never arrives: the connection is gone, also for the questions after it.
    if (pieces === 2) { await context.setOffline(true); return route.abort('connectionfailed'); }
    return route.continue();
  });
  await page.setInputFiles('#attach-files', file(name, bytes));
  await page.waitForFunction(() => /连接断了/.test(document.querySelector('[data-arriving]')?.textContent || ''));
  await context.setOffline(false);
  await line(page, name).waitFor({ timeout: 60_000 });
  await page.unroute('**/uploads/*');
  assert.ok(pieces >= 4, `${pieces} pieces were sent`);
  const address = await line(page, name).locator('a[download]').getAttribute('href');
  const answer = await context.request.get(address);
  assert.ok((await answer.body()).equals(bytes), 'every byte arrived once');
  assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
});

test('an upload goes on after the server was killed', async () => {
  const { page } = planner;
  await page.goto(PAGE);
  const bytes = Buffer.from(randomBytes(6 << 20).toString('base64'));
  let pieces = 0;
  await page.route('**/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH') pieces += 1;
    if (pieces === 2 && route.request().method() === 'PATCH') await server.restart();
    return route.continue();
  });
  await page.setInputFiles('#attach-files', file('施工日志.txt', bytes));
  await line(page, '施工日志.txt').waitFor({ timeout: 90_000 });
  await page.unroute('**/uploads/*');
});

test('a file is removed and had back', async () => {
  const { page } = planner;
  await page.goto(PAGE);
  await line(page, 'photograph.jpg').getByRole('button', { name: /移除/ }).click();
  await page.waitForSelector('.toast');
  assert.match(await page.locator('.toast').innerText(), /已移除：photograph\.jpg/);
  assert.equal(await page.locator('#attachments > .attached > li').filter({ hasText: 'photograph.jpg' }).count(), 0);
  await page.locator('.toast button').click();
  await page.locator('#attachments > .attached > li').filter({ hasText: 'photograph.jpg' }).waitFor();
});

test('what is not taken is said beside its name, and the others go on', async () => {
  const { page } = planner;
  await page.goto(PAGE);
  const cut = readFileSync(PHOTOGRAPH).subarray(0, 900);
  await page.setInputFiles('#attach-files', [file('坏图.jpg', cut), file('好.txt', '可以'), file('空.txt', '')]);
  await page.locator('#attachments .notice.refusal').nth(1).waitFor();
  await line(page, '好.txt').waitFor();
  const words = await page.locator('[data-arriving]').innerText();
  assert.match(words, /坏图\.jpg[^]*不完整/);
  assert.match(words, /空\.txt[^]*是空的/);
  assert.deepEqual(await axe(page), []);
});

test('without scripts the form takes files as well, and on a phone all fits', async () => {
  const plain = await visitor(browser, server, { script: false });
  await logIn(plain.page, PLANNER);
  await plain.page.goto(PAGE);
  await plain.page.setInputFiles('#attach-files', file('请示.txt', '请审议。'));
  await plain.page.click('[data-send] button');
  await plain.page.waitForURL(/\/plans\/155\/edition/);
  assert.match(await plain.page.locator('#attachments').innerText(), /请示\.txt/);
  await plain.context.close();
  const phone = await visitor(browser, server, { viewport: PHONE });
  await logIn(phone.page, PLANNER);
  for (const address of [PAGE, '/attachments/2']) {
    await phone.page.goto(address);
    const wide = await phone.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(wide, false, `nothing sticks out at the side of ${address}`);
    assert.deepEqual(await axe(phone.page), []);
  }
  clean(phone);
  await phone.context.close();
});

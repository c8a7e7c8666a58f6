// A folder of office files becomes one edition: sorted, joined, reviewed, in the register.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { clean, decide, logIn, mainText, PLANNER, sendFiles } from '../lib/desk.js';
import { officeFolder } from '../lib/folder.js';
import { startDemo } from '../lib/server.js';

const OUTLINE = new URL('../fixtures/outline-155.txt', import.meta.url).pathname;
let server, browser, planner;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
  planner = await visitor(browser, server);
  await logIn(planner.page, PLANNER);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

test('four files are dropped, told apart, and what is not known is asked', async () => {
  const { page } = planner;
  await sendFiles(page, officeFolder(server.folder, OUTLINE), '155');
  await page.waitForSelector('.sorted');
  assert.match(await mainText(page), /请看看每个文件是什么/);
  assert.equal(await page.locator('#role-0').inputValue(), 'outline');
  assert.equal(await page.locator('#role-1').inputValue(), 'assignments');
  assert.equal(await page.locator('#role-2').inputValue(), 'annex');
  assert.equal(await page.locator('#role-3').inputValue(), '', 'nobody guesses what the fourth is');
  assert.deepEqual(await axe(page), []);
  await page.selectOption('#role-3', 'aside');
  assert.match(await page.locator('.sorted li:last-child [data-hint]').innerText(), /仅?留存|不读内容/);
  await page.click('#main button.primary');
  await page.waitForSelector('#main a[href$="/joined"]', { timeout: 60_000 });
  clean(planner);
});

test('a contradiction is decided between both sources, and undone', async () => {
  const { page } = planner;
  await page.click('#main a[href$="/joined"]');
  await page.waitForSelector('#conflicts');
  assert.deepEqual(await axe(page), []);
  assert.equal(await wide(page), false);
  const row = page.locator('#conflicts tr', { hasText: '每千人口托位数' });
  assert.match(await row.innerText(), /4\.8/);
  assert.match(await row.innerText(), /5\.2/);
  await row.locator('button[value=table]').click();
  await page.waitForSelector('#conflicts .holds');
  assert.match(await row.locator('.holds').innerText(), /5\.2/);
  await page.click('.toast button');
  await page.waitForLoadState();
  await page.goto('/plans/155/joined');
  assert.equal(await row.locator('.holds').count(), 0, 'undone');
  clean(planner);
});

test('rows say what is doubtful and lead to the desk, and the register says where an owner comes from', async () => {
  const { page } = planner;
  await page.goto('/plans/155/joined');
  const rows = await page.locator('#rows').innerText();
  for (const words of [/两个牵头单位/, /有不认识的单位/, /时限早于规划期/, /没有相近的条款/]) assert.match(rows, words);
  await page.locator('#rows tr', { hasText: '便民商业中心' }).locator('a', { hasText: '去审校' }).click();
  await page.waitForURL(/\/review\//);
  assert.equal(await page.locator('#f-lead').inputValue(), '区商务局', 'the row proposes, a person decides');
  await decide(page, 'a');
  await page.goto('/plans/155/register?lead=区商务局');
  const source = page.locator('a.note', { hasText: '分工表第 2 行' }).first();
  assert.match(await source.getAttribute('title'), /任务分工表\.csv/);
  await source.click();
  await page.waitForURL(/joined/);
  assert.match(await page.locator('#rows').innerText(), /便民商业中心/);
  clean(planner);
});

test('the pages hold on a phone', async () => {
  const phone = await visitor(browser, server, { viewport: PHONE });
  await logIn(phone.page, PLANNER);
  await phone.page.goto('/plans/155/joined');
  assert.equal(await wide(phone.page), false);
  assert.deepEqual(await axe(phone.page), []);
  const another = join(server.folder, '另一稿.txt');
  writeFileSync(another, readFileSync(OUTLINE, 'utf8').replace('18公里', '24公里'));
  await sendFiles(phone.page, officeFolder(server.folder, another), '156');
  await phone.page.waitForSelector('.sorted');
  assert.equal(await wide(phone.page), false);
  assert.deepEqual(await axe(phone.page), []);
  await phone.page.click('button[formaction$="/drop"]');
  await phone.page.waitForSelector('.notice.refusal');
  assert.match(await mainText(phone.page), /这次导入已被放弃/);
  clean(phone);
});

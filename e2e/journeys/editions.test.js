// Two editions of a plan side by side: what a planner sends round when a draft comes back.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { clean, importFiles, logIn, mainText, PLANNER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const OUTLINE = readFileSync(new URL('../fixtures/outline-155.txt', import.meta.url), 'utf8');
const REVISED = OUTLINE.replace('新增公交专用道18公里', '新增公交专用道24公里').replace('完善服务业统计监测制度。', '');
let server, browser;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const draft = (name, text) => {
  const path = join(server.folder, name);
  writeFileSync(path, text);
  return path;
};

test('a planner sees what became of each clause and which figures changed', async () => {
  const planner = await visitor(browser, server);
  const { page } = planner;
  await logIn(page, PLANNER);
  await importFiles(page, draft('征求意见稿.txt', OUTLINE), '155');
  await page.goto('/plans/155/compare');
  assert.match(await mainText(page), /只有一个版本/);
  await importFiles(page, draft('送审稿.txt', REVISED), '155');

  await page.goto('/plans/155/edition');
  await page.getByRole('link', { name: '与上一版对比' }).click();
  await page.waitForURL(/compare/);
  const rows = page.locator('.compared tbody tr');
  const said = await rows.allInnerTexts();
  assert.ok(said.some((row) => row.includes('18公里 → 24公里')), said.join('\n'));
  const removed = page.locator('.compared del');
  assert.ok((await removed.allInnerTexts()).some((words) => words.includes('完善服务业统计监测制度')), 'what was taken out is struck through');
  assert.deepEqual(await axe(page), []);

  await page.getByRole('navigation', { name: '变化类型' }).getByRole('link', { name: /^未变/ }).click();
  await page.waitForURL(/kind=same/);
  assert.ok(!(await mainText(page)).includes('24公里'), 'what stayed is shown alone');
  await page.goBack();
  await page.locator('.compared tbody a').first().click();
  await page.waitForURL(/plans\/155/);
  assert.equal(await page.locator('[data-reading] .clause.selected').count(), 1, 'a line leads to its clause');

  await page.goto('/plans/155/compare');
  await page.selectOption('#old', '2');
  await page.getByRole('button', { name: '对比' }).click();
  await page.waitForURL(/old=2/);
  assert.match(await mainText(page), /没有变化/);
  clean(planner);
  await planner.context.close();
});

test('on a phone both sides of a change are there without a wide page', async () => {
  const planner = await visitor(browser, server, { viewport: PHONE });
  const { page } = planner;
  await logIn(page, PLANNER);
  await page.goto('/plans/155/compare');
  assert.ok((await mainText(page)).includes('24公里'));
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 1, `${over} px wider than the window`);
  assert.deepEqual(await axe(page), []);
  clean(planner);
  await planner.context.close();
});

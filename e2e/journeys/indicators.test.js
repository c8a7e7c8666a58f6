// The indicators of an approved plan become a catalogue: looked through, taken over, read back to their clause, changed.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { clean, decide, importFiles, LEADER, logIn, mainText, PLANNER, REVIEWER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';
import { readWorkbook } from '../lib/sheet.js';

const TEXT = [
  '示例区发展规划纲要', '', '第一章 主要目标', '', '一、发展目标', '', '到2025年达到以下指标。', '', '专栏1　主要指标',
  '类别\t指标\t单位\t2020年\t2025年\t属性', '经济发展\t1.地区生产总值\t亿元\t1000.5\t1500\t预期性',
  '绿色生态\t2.垃圾回收利用率\t%\t38\t45\t约束性', '民生福祉\t3.公众满意度\t分\t80\t90\t预期性', '',
  '第二章 主要任务', '', '一、管好水', '', '加快推进东坑泵站改造工程。（牵头单位：区水务局）', '',
].join('\n');
let server, browser, planner, reviewer;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
  [planner, reviewer] = await Promise.all([visitor(browser, server), visitor(browser, server)]);
  await Promise.all([logIn(planner.page, PLANNER), logIn(reviewer.page, REVIEWER)]);
  const file = join(server.folder, '纲要.txt');
  writeFileSync(file, TEXT);
  await importFiles(planner.page, file, '165');
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The page is accessible, stays within its frame, and nothing left the server. */
async function sound(who) {
  assert.deepEqual(await axe(who.page), []);
  assert.ok(await who.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling');
  clean(who);
}

test('indicators of an edition in review wait for its approval', async () => {
  const { page } = planner;
  await page.goto('/indicators');
  assert.match(await mainText(page), /指标目录还是空的/);
  await page.goto('/plans/165/edition/indicators');
  assert.match(await mainText(page), /这一版没有已采纳的指标/);
  await sound(planner);
  for (let left = 60; left > 0; left -= 1) {
    await page.goto('/plans/165/review');
    if (/待定\s*0/.test(await page.locator('#review-top').innerText())) break;
    await decide(page, 'a');
  }
  await page.goto('/plans/165/edition/indicators');
  assert.match(await mainText(page), /审定之后指标才能入库/);
  await reviewer.page.goto('/plans/165/edition');
  await reviewer.page.click('#approve button');
  await reviewer.page.waitForSelector('#main .tag.inked');
});

test('a planner looks them through and takes them over', async () => {
  const { page } = planner;
  await page.goto('/plans/165/edition');
  await page.click('a[href*="/edition/indicators"]');
  assert.equal(await page.locator('input[name=take]:checked').count(), 3);
  await page.getByLabel('公众满意度的计量性质').selectOption('stock');
  await sound(planner);
  await page.click('form button.primary');
  await page.waitForURL(/\/indicators$/);
  assert.equal(await page.locator('#list tbody tr').count(), 3);
  assert.match(await page.locator('.toast').innerText(), /3 项指标已入库/);
  await sound(planner);
  await page.goto('/plans/165/edition/indicators');
  assert.match(await mainText(page), /这一版的指标都已入库/);
});

test('the catalogue is searched and sent round as a spreadsheet', async () => {
  const { page } = planner;
  await page.goto('/indicators');
  await page.fill('#q', '回收');
  await page.press('#q', 'Enter');
  await page.waitForURL(/q=/);
  assert.equal(await page.locator('#list tbody tr').count(), 1);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href*="indicators.xlsx"]')]);
  const [sheet] = readWorkbook(readFileSync(await download.path()));
  const lines = sheet.rows.filter((row) => row.includes('垃圾回收利用率'));
  assert.equal(lines.length, 1);
  assert.ok(lines[0].includes('≥45%') && lines[0].includes('约束性'), String(lines[0]));
  await page.goto('/indicators?q=没有这样的指标');
  assert.match(await mainText(page), /没有符合条件的指标/);
});

test('from the clause to the indicator and back, on a desk and on a phone', async () => {
  const { page } = planner;
  await page.goto('/indicators');
  await page.click('#list a:text("垃圾回收利用率")');
  await page.waitForSelector('.title-strip');
  assert.match(await mainText(page), /≥ 45%/);
  const indicator = new URL(page.url()).pathname;
  await sound(planner);
  await page.click('.crumbs .ref');
  await page.waitForSelector('#facing');
  assert.equal(await page.locator(`#facing a[href="${indicator}"]`).count(), 1, 'the clause leads back');
  const phone = await visitor(browser, server, { viewport: PHONE });
  await logIn(phone.page, LEADER);
  for (const address of ['/indicators', indicator, '/plans/165/edition/indicators']) {
    await phone.page.goto(address);
    await sound(phone);
  }
  await phone.context.close();
});

test('a changed definition is a new version with its reason', async () => {
  const { page } = planner;
  await page.goto('/indicators?q=满意度');
  await page.click('#list a:text("公众满意度")');
  await page.click('a[href$="/edit"]');
  await sound(planner);
  await page.fill('#f-statement', '第三方调查的总体得分');
  await page.fill('#f-reason', '补充口径');
  await page.click('form.panel button.primary');
  await page.waitForSelector('.title-strip');
  const text = await mainText(page);
  assert.match(text, /第 2 版/);
  assert.match(text, /补充口径/);
  assert.match(text, /第三方调查的总体得分/);
});

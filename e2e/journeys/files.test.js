// Files as they come: several at once, the same twice, broken ones, lost connections, hard ends.
// A message names the place and the remedy, nothing is half-imported, the server goes on.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, visitor } from '../lib/browser.js';
import { clean, importFiles, logIn, mainText, PLANNER, sendFiles } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';
import { makeWorkbook, zip } from '../lib/sheet.js';

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

const file = (name, bytes) => {
  const path = join(server.folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Hands in a file that must be refused, and gives the words that the person reads. */
async function refused(name, bytes) {
  const { page } = planner;
  await importFiles(page, file(name, bytes), 'bad');
  assert.equal(await page.locator('#main .notice.refusal').count(), 1, `${name} is refused`);
  const words = await mainText(page);
  assert.match(words, /什么也没有留下/, 'it says that nothing was kept');
  assert.ok(words.includes(name), 'it names the file');
  return words;
}

const OLE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

test('an outline and its annex become one plan', async () => {
  const { page } = planner;
  const annex = makeWorkbook(
    '指标表',
    [
      ['附表　示例区“十五五”主要指标', '', '', '', '', ''],
      ['序号', '指标', '单位', '2025年', '2030年', '属性'],
      ['1', '每万人口高价值发明专利拥有量', '件', '8.6', '14', '预期性'],
      ['2', '城市污水集中收集率', '%', '78', '88', '约束性'],
    ],
    ['A1:F1'],
  );
  await importFiles(page, [OUTLINE, file('指标附表.xlsx', annex)], '155');
  assert.match(await mainText(page), /请看看每个文件是什么/, 'several files are shown before anything is imported');
  await page.getByRole('button', { name: '按此归并' }).click();
  await page.waitForSelector('#main a[href$="/joined"]', { timeout: 60_000 });
  assert.match(await mainText(page), /导入完成/);
  await page.goto('/plans/155/register?kind=indicator');
  const rows = await page.locator('#list tbody tr').allInnerTexts();
  const ours = rows.find((row) => row.includes('每万人口高价值发明专利拥有量'));
  assert.ok(ours, 'an indicator of the annex stands in the register');
  assert.match(ours, /14/);
  assert.ok(rows.some((row) => row.includes('地区生产总值')), 'and one of the outline');
  await page.goto('/plans/155/edition');
  const sources = await mainText(page);
  assert.match(sources, /outline-155\.txt/);
  assert.match(sources, /指标附表\.xlsx/);
  clean(planner);
});

test('the same files are recognised, under whatever name they come', async () => {
  const { page } = planner;
  await importFiles(page, [OUTLINE], 'again');
  assert.match(await mainText(page), /导入完成/, 'the outline alone is another edition than outline and annex');
  await importFiles(page, file('换了名字.txt', readFileSync(OUTLINE)), 'again');
  assert.match(await mainText(page), /已经导入过/);
  await page.click('#main a.primary');
  await page.waitForURL(/\/plans\/again/);
  assert.equal(await page.locator('.crumbs').getByText('第 1 版').count(), 1, 'no second edition was made');
});

test('an old Word file is refused with the way to save it anew', async () => {
  assert.match(await refused('规划.doc', Buffer.concat([OLE, Buffer.alloc(3000)])), /另存为[^]*docx/);
});

test('a file is known by its content, not by its name', async () => {
  assert.match(await refused('改名.txt', Buffer.from('\x89PNG\r\n\x1a\n0000', 'latin1')), /图片/);
});

test('noise is refused', async () => {
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) % 256));
  assert.match(await refused('noise.txt', noise), /不是文字|不认识/);
});

test('a broken Word file is told apart from an old one', async () => {
  assert.match(await refused('坏.docx', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(400, 1)])), /不完整|损坏/);
});

test('a document without text is refused', async () => {
  assert.match(await refused('空白.txt', Buffer.from('\n \n')), /没有文字/);
});

test('a zip that is no document says what it is', async () => {
  assert.match(await refused('打包.zip', zip({ '规划.txt': '规划' })), /压缩包/);
});

test('a bad key is refused on the page, and the file stays chosen', async () => {
  const { page } = planner;
  await page.goto('/imports/new');
  await page.setInputFiles('#files', OUTLINE);
  // What the browser itself would refuse is sent all the same: the server has the last word.
  await page.evaluate(() => document.querySelector('#key').removeAttribute('pattern'));
  await page.fill('#key', '十五五');
  await page.click('form[data-import] button.primary');
  await page.waitForSelector('[data-problem]:not([hidden])');
  assert.match(await page.locator('[data-problem]').innerText(), /短名[^]*小写字母/);
  assert.equal(await page.evaluate(() => document.querySelector('#files').files.length), 1);
});

test('a connection lost on the way up says so, and the next try works', async () => {
  const { page } = planner;
  await page.goto('/imports/new');
  await page.setInputFiles('#files', OUTLINE);
  await page.fill('#key', 'lost');
  await page.route('**/imports', (route) => route.abort('connectionreset'));
  await page.click('form[data-import] button.primary');
  await page.waitForSelector('[data-problem]:not([hidden])');
  assert.match(await page.locator('[data-problem]').innerText(), /没有收到完整文件，什么也没有导入/);
  assert.equal((await page.request.get('/plans/lost')).status(), 404);
  await page.unroute('**/imports');
  assert.equal(await page.locator('form[data-import] button.primary').isEnabled(), true);
  await page.click('form[data-import] button.primary');
  await page.waitForURL(/\/imports\/\d+/);
});

test('a file beyond the limit is stopped before it is sent', async () => {
  const { page } = planner;
  await page.goto('/imports/new');
  const limit = Number(await page.getAttribute('form[data-import]', 'data-limit'));
  assert.equal(limit, 100 * 1024 * 1024);
  const big = file('大.txt', Buffer.alloc(limit + 1, 'a'));
  await page.setInputFiles('#files', big);
  await page.waitForSelector('[data-problem]:not([hidden])');
  assert.match(await page.locator('[data-problem]').innerText(), /100 MB/);
  const asked = [];
  page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
  await page.click('form[data-import] button.primary');
  assert.deepEqual(asked, [], 'nothing is sent');
});

test('nothing of the refused files is left', async () => {
  const answer = await planner.page.goto('/plans/bad');
  assert.equal(answer.status(), 404);
  await planner.page.goto('/plans');
  assert.equal(await planner.page.locator('.plan-card a[href="/plans/bad"]').count(), 0);
});

test('killed during an import, it starts again without half a plan', async () => {
  const { page } = planner;
  const text = readFileSync(OUTLINE, 'utf8');
  const long = text + Array.from({ length: 60 }, (_, i) => text.slice(text.indexOf('第二章')).replaceAll('示例', `示例${i}`)).join('\n');
  await sendFiles(page, file('长.txt', long), 'long');
  await server.restart();
  const again = await page.goto('/plans/long');
  if (again.status() === 200) {
    // It had come to its end before the kill: then it is whole.
    await page.goto('/plans/long/register');
  } else {
    assert.equal(again.status(), 404);
    await page.goto('/plans');
    assert.match(await mainText(page), /导入中途服务停了/, 'who handed it in is told');
    await importFiles(page, file('长.txt', long), 'long');
    await page.goto('/plans/long/register');
  }
  assert.ok((await page.locator('#list tbody tr').count()) >= 50);
  assert.equal((await page.goto('/plans/145')).status(), 200, 'what was there before is still there');
});

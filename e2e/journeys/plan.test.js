// A planner's outline becomes an approved, published, living document.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, visitor, PHONE } from '../lib/browser.js';
import { clean, importFile, LEADER, logIn, mainText, PLANNER, REVIEWER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const FILE = new URL('../fixtures/outline-155.txt', import.meta.url).pathname;
const KEY = '155';
let server, browser, planner, reviewer, leader;

before(async () => {
  server = await startDemo();
  browser = await launch();
  [planner, reviewer, leader] = await Promise.all([visitor(browser, server), visitor(browser, server), visitor(browser, server)]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('a planner drops an outline and reads it minutes later', async () => {
  const { page } = planner;
  await logIn(page, PLANNER);
  await importFile(page, FILE, KEY);
  await page.goto(`/plans/${KEY}`);
  assert.match(await page.locator('#outline').innerText(), /建设现代化产业体系/);
  await page.goto(`/plans/${KEY}/2.1.一`);
  const text = await page.locator('[data-reading]').innerText();
  assert.match(text, /智能传感器产业园/);
  assert.match(await page.locator('#facing').innerText(), /区工业和信息化局/, 'responsibility as written stands beside the clause');
  clean(planner);
});

test('the same file is recognised', async () => {
  const { page } = planner;
  await page.goto('/imports/new');
  await page.setInputFiles('#files', FILE);
  await page.fill('#key', KEY);
  await page.click('form[data-import] button.primary');
  await page.waitForFunction(() => /相同|已经?导入|一样/.test(document.body.innerText), null, { timeout: 20_000 });
});

test('proposals are decided by keyboard, and an undo takes the last one back', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/review?path=2.1.一`);
  await page.waitForSelector('[data-open]');
  const decided = () => page.locator('#review-top').innerText();
  const start = await decided();
  await page.keyboard.press('a');
  await page.waitForFunction((before) => document.querySelector('#review-top').innerText !== before, start);
  const accepted = await decided();
  await page.keyboard.press('u');
  await page.waitForFunction((before) => document.querySelector('#review-top').innerText !== before, accepted);
  assert.equal(await decided(), start);
  clean(planner);
});

test('what the compiler is sure of is accepted in bulk after a preview', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/review?path=2.1.一`);
  const bulk = page.locator('.middle-top a').first();
  assert.ok(await bulk.count(), 'the desk offers to accept what is sure');
  await bulk.click();
  await page.waitForSelector('form button.primary');
  assert.match(await mainText(page), /2\.1\.一/);
  await page.click('form button.primary');
  await page.waitForSelector('[data-review]');
});

test('everything left is decided, a second person approves, a leader publishes', async () => {
  const { page } = planner;
  for (let round = 0; round < 300; round += 1) {
    await page.goto(`/plans/${KEY}/review`);
    const open = page.locator('[data-open] [data-key=a]');
    if (!(await open.count())) break;
    const before = await page.locator('#review-top').innerText();
    await page.keyboard.press('a');
    await page.waitForFunction((was) => document.querySelector('#review-top')?.innerText !== was, before);
  }
  await logIn(reviewer.page, REVIEWER);
  await reviewer.page.goto(`/plans/${KEY}/edition`);
  await reviewer.page.click('#approve button');
  await reviewer.page.waitForSelector('ol.steps');
  assert.equal(await reviewer.page.locator('#approve button').count(), 0, 'an approved edition is not approved again');
  await logIn(leader.page, LEADER);
  await leader.page.goto(`/plans/${KEY}/edition`);
  assert.equal(await leader.page.locator('#publish dl.preview').count(), 1, 'the leader sees what becomes public');
  await leader.page.click('#publish button');
  await leader.page.waitForSelector('a[href^="/p/"]');
  clean(reviewer);
  clean(leader);
});

test('the register goes out as a spreadsheet', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/register`);
  assert.ok((await page.locator('#main tbody tr').count()) > 10);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href*="register.xlsx"]')]);
  const bytes = readFileSync(await download.path());
  assert.equal(bytes.subarray(0, 2).toString(), 'PK', 'an .xlsx file is a zip');
  assert.match(download.suggestedFilename(), /\.xlsx$/);
});

test('search marks its hits', async () => {
  const { page } = planner;
  await page.goto('/search?q=产业园');
  assert.ok((await page.locator('#main mark').count()) > 0);
  clean(planner);
});

test('the public page reads without a login and without script', async () => {
  const citizen = await visitor(browser, server, { script: false, viewport: PHONE });
  const answer = await citizen.page.goto(`/p/${KEY}`);
  assert.equal(answer.status(), 200);
  assert.match(await citizen.page.locator('main').innerText(), /示例区|主要目标|发展基础/);
  const body = await answer.text();
  assert.doesNotMatch(body, /有把握|拿不准|疑点|编译建议/, 'doubts and confidence never become public');
  assert.ok(body.length < 60_000, 'the first load stays small');
  const again = await citizen.page.request.get(`/p/${KEY}`, { headers: { 'if-none-match': answer.headers().etag } });
  assert.equal(again.status(), 304);
  clean(citizen);
});

test('a withdrawn edition is gone from the public', async () => {
  await leader.page.goto(`/plans/${KEY}/edition`);
  await leader.page.fill('#reason-withdraw', '文字有误，改后再公开');
  await leader.page.click('#withdraw button');
  await leader.page.waitForSelector('ol.steps');
  const answer = await leader.page.request.get(`/p/${KEY}`);
  assert.equal(answer.status(), 404);
});

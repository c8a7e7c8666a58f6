// A planner's outline becomes an approved, published, living document.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, PHONE, visitor } from '../lib/browser.js';
import { clean, decide, importFiles, LEADER, logIn, mainText, openNumber, PLANNER, REVIEWER, turn } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';
import { readWorkbook } from '../lib/sheet.js';

const FILE = new URL('../fixtures/outline-155.txt', import.meta.url).pathname;
const KEY = '155';
const CLAUSE = `/plans/${KEY}/review/2.1.一`;
let server, browser, planner, reviewer, leader;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
  [planner, reviewer, leader] = await Promise.all([visitor(browser, server), visitor(browser, server), visitor(browser, server)]);
  await Promise.all([logIn(planner.page, PLANNER), logIn(reviewer.page, REVIEWER), logIn(leader.page, LEADER)]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What the desk says has been decided so far. */
const tally = async (page) => {
  const words = await page.locator('#review-top').innerText();
  const [, decided, accepted, changed, rejected] = words.match(/已定\s*(\d+)[^]*采纳\s*(\d+)[^]*改\s*(\d+)[^]*否\s*(\d+)/).map(Number);
  return { decided, accepted, changed, rejected };
};

test('a planner drops an outline and reads it minutes later', async () => {
  const { page } = planner;
  await importFiles(page, FILE, KEY);
  assert.match(await mainText(page), /导入完成/);
  await page.click('#main a.primary');
  await page.waitForURL(/\/plans\/155/);
  assert.match(await page.locator('#outline').innerText(), /建设现代化产业体系/);
  await page.goto(`/plans/${KEY}/2.1.一`);
  assert.match(await page.locator('[data-reading]').innerText(), /智能传感器产业园/);
  const facing = await page.locator('#facing').innerText();
  assert.match(facing, /编译建议/, 'what nobody has reviewed is named so');
  assert.match(facing, /区工业和信息化局/, 'responsibility as written stands beside the clause');
  clean(planner);
});

test('the desk accepts, undoes, changes, doubts and rejects by keyboard', async () => {
  const { page } = planner;
  await page.goto(CLAUSE);
  const first = await openNumber(page);
  await decide(page, 'a');
  assert.deepEqual(await tally(page), { decided: 1, accepted: 1, changed: 0, rejected: 0 });
  assert.notEqual(await openNumber(page), first, 'the desk moves on to what is undecided');
  await decide(page, 'u');
  assert.deepEqual(await tally(page), { decided: 0, accepted: 0, changed: 0, rejected: 0 });
  assert.equal(await openNumber(page), first, 'and back to what was undone');

  await page.keyboard.press('c');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-text');
  await page.focus('#f-deadline');
  await page.keyboard.type('2028-12');
  await decide(page, 'Enter');
  assert.deepEqual(await tally(page), { decided: 1, accepted: 0, changed: 1, rejected: 0 });
  const folded = page.locator('.proposals li.folded').first();
  assert.match(await folded.innerText(), /改后采纳/);

  await decide(page, 'd');
  assert.match(await page.locator('.proposals').innerText(), /存疑待议/);

  await decide(page, 'r', '2');
  assert.equal((await tally(page)).rejected, 1);
  clean(planner);
});

test('rejecting for another reason needs words', async () => {
  const { page } = planner;
  await page.goto(CLAUSE);
  const before = await tally(page);
  await page.keyboard.press('r');
  await page.keyboard.press('4');
  await page.waitForSelector('#proposals .notice.refusal');
  assert.match(await page.locator('#proposals .notice.refusal').innerText(), /需要写明理由/);
  assert.deepEqual(await tally(page), before);
  await page.keyboard.press('r');
  await page.fill('#reject-note', '与第三章重复，留第三章的');
  const [sent] = await Promise.all([page.waitForRequest((request) => request.method() === 'POST'), decide(page, 'Enter')]);
  assert.equal(new URLSearchParams(sent.postData()).get('reason'), '4', 'words are the fourth reason');
  assert.equal((await tally(page)).rejected, before.rejected + 1);
  await page.goto(CLAUSE);
  assert.match(await page.locator('#why').innerText(), /与第三章重复，留第三章的/, 'the record keeps the words');
});

test('one proposal is split by hand, line by line', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/review/3.1`);
  const all = await page.locator('.proposals > li').count();
  await page.keyboard.press('s');
  const field = page.locator('#f-parts');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-parts');
  await field.fill('建成区级养老服务指导中心\n新建社区长者食堂25个');
  const seen = await page.locator('main input[name=seen]').first().inputValue();
  await page.click('button[value=split-by-hand]');
  await page.waitForFunction((was) => document.querySelector('main input[name=seen]')?.value !== was, seen);
  await page.goto(`/plans/${KEY}/review/3.1`);
  const rows = await page.locator('.proposals').innerText();
  assert.match(rows, /已拆分/);
  assert.equal(await page.locator('.proposals > li').count(), all + 2);
});

test('a commitment that the compiler missed is added in the words of the text, and only so', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/review/4`);
  await page.click('.add-one summary');
  await page.fill('#add-text', '这句话原文里没有');
  await page.click('.add-one button');
  await page.waitForSelector('#proposals .notice.refusal');
  assert.match(await page.locator('#proposals .notice.refusal').innerText(), /不在这一条的原文里/);
  await page.fill('#add-text', '坚决遏制新增违法用地');
  const seen = await page.locator('main input[name=seen]').first().inputValue();
  await page.click('.add-one button');
  await page.waitForFunction((was) => document.querySelector('main input[name=seen]')?.value !== was, seen);
  assert.match(await page.locator('.proposals').innerText(), /人工补录/);
});

test('J, K, N and G move without deciding', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/review/2.2`);
  const before = await tally(page);
  const first = await openNumber(page);
  await turn(page, 'j');
  const second = await openNumber(page);
  assert.notEqual(second, first);
  await turn(page, 'k');
  assert.equal(await openNumber(page), first);
  await turn(page, 'n');
  assert.doesNotMatch(decodeURI(page.url()), /review\/2\.2/);
  await page.keyboard.press('g');
  await page.waitForSelector('dialog[open] #go-to');
  await page.keyboard.type('2.1.2');
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => decodeURI(address.pathname).endsWith('/review/2.1.二'));
  assert.deepEqual(await tally(page), before);
  clean(planner);
});

test('single letters can be turned off', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/review/2.2`);
  await page.keyboard.press('?');
  await page.check('dialog[open] [data-single-keys]');
  await page.keyboard.press('Escape');
  const [asked, onRequest] = [[], (request) => asked.push(`${request.method()} ${request.url()}`)];
  page.on('request', onRequest);
  for (const key of ['a', 'd', 'j', 'n', 'c']) await page.keyboard.press(key);
  const focus = await page.evaluate(() => document.activeElement.id);
  await page.evaluate(() => localStorage.removeItem('single-keys'));
  page.off('request', onRequest);
  assert.deepEqual(asked, [], 'no key asks the server for anything');
  assert.notEqual(focus, 'f-text');
});

test('what somebody else decided meanwhile is not overwritten unseen', async () => {
  const [{ page }, other] = [planner, reviewer.page];
  await page.goto(`/plans/${KEY}/review/2.1.二`);
  const number = await openNumber(page);
  await other.goto(page.url());
  assert.equal(await openNumber(other), number);
  await decide(page, 'a');
  await other.keyboard.press('r');
  await other.keyboard.press('1');
  await other.waitForSelector('#proposals .notice.refusal');
  assert.match(await other.locator('#proposals .notice.refusal').innerText(), new RegExp(`第 ${number} 条`));
});

test('what the compiler is sure of is accepted in bulk after a preview, and taken back in one step', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/register?certainty=sure&standing=proposed`);
  const sure = page.locator('#list tbody tr');
  assert.ok(await sure.count(), 'the compiler is sure of something');
  const path = (await sure.first().locator('.ref').innerText()).trim().split(' ')[0];
  await page.goto(`/plans/${KEY}/review/${path}`);
  const before = await tally(page);
  await page.locator('.middle-top a').first().click();
  await page.waitForURL(/\/review\/bulk/);
  const rows = await page.locator('#main tbody tr').count();
  assert.ok(rows > 0);
  assert.doesNotMatch(await page.locator('#main tbody').innerText(), /拿不准|疑点/);
  await page.click('form button.primary');
  await page.waitForSelector('[data-review]');
  const after = await tally(page);
  assert.equal(after.accepted, before.accepted + rows);
  await decide(page, 'u');
  assert.deepEqual(await tally(page), before);
});

test('nobody approves what is not decided, nor what they decided themselves', async () => {
  const { page } = planner;
  await reviewer.page.goto(`/plans/${KEY}/edition`);
  assert.match(await reviewer.page.locator('#approve').innerText(), /还有 \d+ 条建议没有决定/);
  for (let left = 200; left > 0; left -= 1) {
    await page.goto(`/plans/${KEY}/review`);
    if (!(await page.locator('[data-open] [data-key=a]').count())) break;
    const pending = /待定\s*0/.test(await page.locator('#review-top').innerText());
    if (pending) break;
    await decide(page, 'a');
  }
  assert.match(await page.locator('#review-top').innerText(), /待定\s*0/);
  await page.goto(`/plans/${KEY}/edition`);
  assert.match(await page.locator('#approve').innerText(), /您对这一版的建议作过决定/);
  assert.equal(await page.locator('#approve button').count(), 0);
});

test('a second person approves, a leader publishes after a preview', async () => {
  const { page } = reviewer;
  await page.goto('/');
  await page.click(`a.key[href*="/plans/${KEY}/"]`);
  await page.click('#approve button');
  await page.waitForSelector('#main .tag.inked');
  assert.equal(await page.locator('#approve button').count(), 0, 'an approved edition is not approved again');
  const before = await (await planner.page.request.get(`/public/${KEY}`)).status();
  assert.equal(before, 404, 'nothing is public by default');
  await leader.page.goto('/');
  await leader.page.click(`a.key[href*="/plans/${KEY}/"]`);
  assert.equal(await leader.page.locator('#publish dl.preview').count(), 1, 'the leader sees what becomes public');
  await leader.page.click('#publish button');
  await leader.page.waitForSelector('#main a[href^="/public/"]');
  await planner.page.goto(CLAUSE);
  assert.match(await mainText(planner.page), /已经审定，不再改动/);
  assert.equal(await planner.page.locator('[data-open] [data-key=a]').count(), 0);
  clean(reviewer);
  clean(leader);
});

test('the register goes out as a spreadsheet that planners would send round', async () => {
  const { page } = planner;
  await page.goto(`/plans/${KEY}/register?standing=in_force`);
  const shown = Number((await page.locator('.filters').innerText()).match(/筛出\s*(\d+)/)[1]);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href*="register.xlsx"]')]);
  assert.match(download.suggestedFilename(), /台账.*\.xlsx$/);
  const [register] = readWorkbook(readFileSync(await download.path()));
  const head = register.rows.findIndex((row) => row.includes('序号'));
  assert.deepEqual(register.rows[head], ['序号', '条款', '内容', '类型', '程度', '牵头单位', '配合单位', '时限', '目标值', '出处']);
  const lines = register.rows.slice(head + 1).filter((row) => row[1]);
  assert.equal(lines.length, shown, 'the file holds the rows that the filter shows');
  assert.deepEqual(lines.map((row) => Number(row[0])), lines.map((_, index) => index + 1));
  const hub = lines.find((row) => row[1] === '2.1.二' && row[5]);
  assert.deepEqual(hub.slice(5, 7), ['区交通运输局', '区科技局、区应急管理局']);
});

test('the public page reads without a login and without script', async () => {
  const citizen = await visitor(browser, server, { script: false, viewport: PHONE });
  const { page } = citizen;
  await page.goto('/public');
  await page.click(`#main a[href="/public/${KEY}"]`);
  const answer = await page.goto(`/p/${KEY}`);
  assert.equal(answer.status(), 200);
  assert.match(await page.locator('main').innerText(), /政府作出的承诺一共/);
  const body = await answer.text();
  assert.ok(body.length < 60_000, 'the first load stays small');
  const hidden = /有把握|拿不准|疑点|存疑|编译建议|首位者推定/;
  assert.doesNotMatch(body, hidden, 'doubts and confidence never become public');
  const chapters = await page.locator('.public-chapters a').evaluateAll((links) => links.map((link) => link.href));
  for (const chapter of chapters) {
    const shown = await page.request.get(chapter);
    assert.equal(shown.status(), 200);
    assert.doesNotMatch(await shown.text(), hidden);
  }
  const again = await page.request.get(`/public/${KEY}`, { headers: { 'if-none-match': answer.headers().etag } });
  assert.equal(again.status(), 304);
  assert.match(answer.headers()['cache-control'], /public/);
  clean(citizen);
});

test('a withdrawn edition is gone from the public', async () => {
  const { page } = leader;
  await page.goto(`/plans/${KEY}/edition`);
  await page.fill('#reason-withdraw', '文字有误，改后再公开');
  await page.click('#withdraw button');
  await page.waitForFunction(() => /已撤下/.test(document.querySelector('#main .page-head')?.innerText ?? ''));
  assert.match(await mainText(page), /文字有误，改后再公开/);
  const answer = await page.request.get(`/public/${KEY}`);
  assert.equal(answer.status(), 404);
});

// Reading, searching and listing: links that lead to a sentence, filters in the address, paper, phone, keyboard alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { launch, PHONE, visitor } from '../lib/browser.js';
import { clean, decide, logIn, PASSWORD, PLANNER, SUPERVISOR, turn } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';
import { readWorkbook } from '../lib/sheet.js';

const PLAN = '/plans/145';
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

const path = (page) => decodeURI(new URL(page.url()).pathname);

test('a link leads to a clause, and to a sentence in it', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/2.1.二`);
  const clause = page.locator('[data-reading] .clause.selected');
  assert.equal(await clause.getAttribute('data-path'), '2.1.二');
  await page.goto(`${PLAN}/2.1.二?p=1&s=2`);
  const chosen = page.locator('[data-reading] .s.chosen');
  assert.equal(await chosen.count(), 1);
  assert.match(await chosen.innerText(), /^争取广中珠澳高铁/);
  assert.ok(await chosen.evaluate((s) => { const { top, bottom } = s.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }), 'it is in view');
  assert.match(await page.locator('#facing .chips').innerText(), /2\.1\.二 ¶1 句 2/);
  clean(planner);
});

test('choosing a sentence moves address and panel, going back moves them back', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/2.1.二`);
  await page.locator('[data-reading] .clause.selected .s').first().click();
  await page.waitForURL(/p=1&s=1/);
  assert.match(await page.locator('#facing .chips').innerText(), /2\.1\.二 ¶1 句 1/);
  assert.match(await page.locator('#facing').innerText(), /区交通运输局/);
  await page.goBack();
  await page.waitForFunction(() => !location.search && !document.querySelector('[data-reading] .s.chosen'));
  assert.equal(path(page), `${PLAN}/2.1.二`);
});

test('copying gives the source, character by character', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/2.1.二`);
  const shown = await page.locator('[data-reading] .clause.selected p').last().evaluate((p) => {
    getSelection().selectAllChildren(p);
    return String(getSelection());
  });
  const text = readFileSync(new URL('../../packs/huadu/plan/outline.txt', import.meta.url), 'utf8');
  const line = text.split(/\r?\n/).find((one) => one.startsWith('加快广州北站二期站房建设'));
  assert.ok(shown.includes(line), `the copy is the source: ${shown}`);
});

test('lines under degree words can be hidden, and stay hidden while reading on', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/2.1.二`);
  const drawn = () => page.locator('[data-reading] .d-strive').first().evaluate((word) => getComputedStyle(word).textDecorationLine + getComputedStyle(word).borderBottomStyle);
  const before = await drawn();
  await page.uncheck('[data-toggle=hide-degree]');
  assert.notEqual(await drawn(), before);
  await page.goto(`${PLAN}/2.1.一`);
  assert.equal(await page.isChecked('[data-toggle=hide-degree]'), false);
  await page.check('[data-toggle=hide-degree]');
});

test('J and K step through promises, the brackets turn sections, G goes to a clause', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/2.1.二`);
  await turn(page, 'j');
  const first = page.url();
  await turn(page, 'j');
  assert.notEqual(page.url(), first);
  await turn(page, 'k');
  assert.equal(page.url(), first);
  await turn(page, ']');
  const section = path(page);
  await turn(page, '[');
  assert.notEqual(path(page), section);
  await page.keyboard.press('g');
  await page.waitForSelector('dialog[open] #go-to');
  await page.keyboard.type('5.2.1');
  await page.keyboard.press('Enter');
  await page.waitForURL((address) => decodeURI(address.pathname) === `${PLAN}/5.2.一`);
});

test('a clause that is not there says so, with a way on', async () => {
  const { page } = planner;
  const answer = await page.goto(`${PLAN}/99.9`);
  assert.equal(answer.status(), 404);
  assert.ok(await page.locator('#main a.key.primary').count());
});

test('on paper there is the text, and nothing to press', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/5.2.一`);
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const visible = (node) => node.checkVisibility({ visibilityProperty: true });
    return {
      keys: [...document.querySelectorAll('button, input, select, .keybar, .crumbs-right a, .outline')].filter(visible).length,
      text: visible(document.querySelector('[data-reading] p')),
      doubts: [...document.querySelectorAll('.doubt-print')].filter(visible).map((node) => node.textContent),
      ink: getComputedStyle(document.querySelector('[data-reading] p')).color,
      font: getComputedStyle(document.querySelector('[data-reading] .plan-text')).fontFamily,
      wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
  assert.equal(seen.keys, 0);
  assert.equal(seen.text, true);
  assert.ok(seen.doubts.length > 0 && seen.doubts.every((words) => /^［疑点 .+］$/.test(words)), 'doubts stand in square brackets');
  assert.ok(seen.wider <= 1);
  const pages = await page.pdf({ format: 'A4' });
  assert.ok(pages.length > 10_000);
  await page.emulateMedia({ media: 'screen' });
});

test('the register keeps its filters in the address and pages through every row once', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/register`);
  const total = Number((await page.locator('.filters').innerText()).match(/筛出\s*(\d+)/)[1]);
  assert.ok(total > 150, 'there is more than one page');
  const numbers = [];
  const take = async () => numbers.push(...(await page.locator('#list tbody tr td:first-child').allInnerTexts()).map(Number));
  await take();
  while (await page.locator('.pager a[rel=next]').count()) {
    await page.click('.pager a[rel=next]');
    await take();
  }
  assert.equal(numbers.length, total);
  assert.equal(new Set(numbers).size, total, 'no row twice');
  const last = numbers.slice(-1)[0];
  await page.click('.pager a[rel=prev]');
  const before = (await page.locator('#list tbody tr td:first-child').allInnerTexts()).map(Number);
  assert.equal(before.length, 50);
  assert.ok(!before.includes(last));

  await page.goto(`${PLAN}/register`);
  await page.locator('details.filter summary').filter({ hasText: '程度' }).click();
  await page.locator('details[open] a').filter({ hasText: '争取' }).click();
  await page.waitForURL(/degree=strive/);
  await page.locator('details.filter summary').filter({ hasText: '篇章' }).click();
  await page.locator('details[open] a').filter({ hasText: '第二章' }).click();
  await page.waitForURL(/chapter=2/);
  assert.match(page.url(), /degree=strive/);
  const degrees = await page.locator('#list tbody tr [class^=d-]').allInnerTexts();
  assert.ok(degrees.length > 0 && degrees.every((degree) => degree === '争取'));
  const other = await visitor(browser, server);
  await logIn(other.page, SUPERVISOR);
  await other.page.goto(page.url());
  assert.equal(await other.page.locator('#list tbody tr').count(), degrees.length, 'the address alone says what is shown');
  await other.context.close();

  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href*="register.xlsx"]')]);
  const [sheet] = readWorkbook(readFileSync(await download.path()));
  const head = sheet.rows.findIndex((row) => row[0] === '序号');
  assert.equal(sheet.rows.slice(head + 1).filter((row) => row[1]).length, degrees.length, 'the file has the same rows');
  await page.locator('.filters').getByText('清除筛选').click();
  await page.waitForURL((address) => !/degree|chapter/.test(address.search));
  clean(planner);
});

test('doubts are one more filter, columns can be hidden', async () => {
  const { page } = planner;
  await page.goto(`${PLAN}/register?kind=task&hide=support`);
  assert.equal(await page.locator('#list th').filter({ hasText: '配合单位' }).count(), 0);
  await page.locator('.filters a').filter({ hasText: '有疑点' }).click();
  await page.waitForURL(/doubt=true/);
  assert.match(page.url(), /kind=task/);
  assert.match(page.url(), /hide=support/);
  const rows = await page.locator('#list tbody tr').allInnerTexts();
  assert.ok(rows.length > 0 && rows.every((row) => /疑点/.test(row) && /任务/.test(row)));
  await page.goto(`${PLAN}/register?chapter=absent`);
  assert.match(await page.locator('#list').innerText(), /没有符合筛选的承诺事项/);
});

test('search finds words and clause numbers, and marks what it found', async () => {
  const { page } = planner;
  await page.keyboard.press('/');
  await page.keyboard.type('污水处理');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=/);
  const marked = await page.locator('#main .hits mark').allInnerTexts();
  assert.ok(marked.length > 0 && marked.some((words) => /污水/.test(words)));
  await page.locator('#main .hits a.hit').first().click();
  await page.waitForURL(/\/plans\/145\//);
  await page.goto('/search?q=5.2.二');
  assert.match(await page.locator('#main .hits').innerText(), /5\.2\.二/);
  await page.goto(`/search?q=${encodeURIComponent('<b>无此词</b>')}`);
  assert.match(await page.locator('#main').innerText(), /没有找到“<b>无此词<\/b>”/, 'what was typed is shown as text');
  clean(planner);
});

test('the language is one press away and stays', async () => {
  const { page, context } = await visitor(browser, server);
  await logIn(page, PLANNER);
  await page.goto(`${PLAN}/2.1.二?p=1&s=2`);
  await page.click('details.person summary');
  await page.click('details.person button[value=en]');
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.match(page.url(), /p=1&s=2/, 'one stays where one was');
  assert.match(await page.locator('.nouns').innerText(), /Plans/);
  assert.match(await page.locator('[data-reading]').innerText(), /广州北站/, "the plan's own words stay");
  await page.goto('/plans');
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.doesNotMatch((await page.locator('#main').innerText()).replaceAll(/花都区[^\n]*/g, ''), /[\u4e00-\u9fff]{4}/, 'the product says everything in English');
  await context.close();
});

test('on a phone a sentence raises the sheet, half and then full', async () => {
  const phone = await visitor(browser, server, { viewport: PHONE });
  const { page } = phone;
  await logIn(page, PLANNER);
  await page.goto(`${PLAN}/2.1.二`);
  await page.locator('[data-reading] .clause.selected .s').first().tap();
  await page.waitForURL(/p=1&s=1/);
  const sheet = page.locator('#facing');
  const height = async () => (await sheet.boundingBox()).height / PHONE.height;
  const half = await height();
  assert.ok(half > 0.25 && half < 0.7, `half: ${half}`);
  await page.locator('#facing .grabber').tap();
  await page.waitForFunction((was) => document.querySelector('#facing').getBoundingClientRect().height > was * innerHeight + 100, half);
  assert.ok((await height()) > 0.6);
  await page.locator('#facing .grabber').tap();
  await page.locator('#facing [data-step="1"]').tap();
  await page.waitForURL((address) => address.search !== '?p=1&s=1');
  const small = await page.evaluate(() => [...document.querySelectorAll('#facing .step-keys button, #facing .grabber')].filter((key) => { const box = key.getBoundingClientRect(); return box.width < 44 || box.height < 44; }).map((key) => key.className));
  assert.deepEqual(small, [], 'keys are large enough for a thumb');
  clean(phone);
  await phone.context.close();
});

test('everything is reached by keyboard alone', async () => {
  const { page, context } = await visitor(browser, server);
  /** Tabs until the focus stands on what matches. */
  const tabTo = async (selector) => {
    for (let left = 80; left > 0; left -= 1) {
      await page.keyboard.press('Tab');
      const [there, ringed] = await page.evaluate((wanted) => {
        const at = document.activeElement;
        return [at?.matches(wanted), getComputedStyle(at).outlineStyle !== 'none' || getComputedStyle(at).boxShadow !== 'none'];
      }, selector);
      if (there) return assert.ok(ringed, `${selector} shows its focus`);
    }
    assert.fail(`${selector} is not reached`);
  };
  await page.goto('/login');
  await page.focus('#name');
  await page.keyboard.type(PLANNER);
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/`);
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.matches('.skip')), 'the first stop leads to the content');
  await tabTo('.nouns a[href="/plans"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${server.url}/plans`);
  await tabTo('.plan-card a.key[href$="/review"]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/review/);
  await decide(page, 'a');
  await tabTo('#proposals .folded a, #proposals .middle-foot a');
  await page.goto(`${PLAN}/register`);
  await tabTo('details.filter summary');
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('details.filter[open]').count(), 1);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('details.filter[open]').count(), 0);
  assert.ok(await page.evaluate(() => document.activeElement.matches('summary')), 'focus returns to what was opened');
  await context.close();
});

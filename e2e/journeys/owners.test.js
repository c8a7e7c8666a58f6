// Who leads: the desk suggests with its reasons, a key takes it, a chapter is assigned after a preview.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, DESK, launch, PHONE, visitor } from '../lib/browser.js';
import { clean, decide, logIn, mainText, openNumber, PLANNER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const CHAPTER = '/plans/145/review/owners?path=5.2.一';
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

/** The desk at the first commitment of the preview: its clause, with it open. */
async function atFirstSuggestion(page) {
  await page.goto(CHAPTER);
  const row = page.locator('tbody tr').first();
  const number = await row.locator('input[name=chosen]').inputValue();
  const clause = (await row.locator('a').first().innerText()).trim().split(' ')[0].replace('●', '').trim();
  const unit = (await row.locator('td').nth(3).innerText()).trim();
  await page.goto(`/plans/145/review/${clause}?c=${number}`);
  return { number, unit };
}

test('a key takes the suggested unit and decides nothing else', async () => {
  const { page } = planner;
  const { number, unit } = await atFirstSuggestion(page);
  assert.equal(await openNumber(page), number);
  assert.match(await page.locator('.owners').innerText(), /职责|先例/, 'the words say where they are known from');
  await page.locator('#proposals').focus();
  await decide(page, '1');
  assert.equal(await openNumber(page), number, 'the desk stays: whether it is a promise is still open');
  assert.equal(await page.inputValue('#f-lead'), unit);
  assert.equal(await page.locator('.owners').count(), 0, 'what has an owner needs no suggestion');
  await decide(page, 'u');
  assert.equal(await page.inputValue('#f-lead'), '');
  clean(planner);
});

test('a chapter is assigned as ticked, and one key takes all of it back', async () => {
  const { page } = planner;
  await page.goto(CHAPTER);
  const boxes = page.locator('input[name=chosen]');
  const all = await boxes.count();
  assert.ok(all > 1, 'the demo has commitments without owner');
  await boxes.first().uncheck();
  await Promise.all([page.waitForURL(/review\/[^o]/), page.click('#main button.primary')]);
  assert.match(await page.locator('.toast').innerText(), new RegExp(`${all - 1} 条`));
  await page.goto(CHAPTER);
  const left = await page.locator('input[name=chosen]').count();
  assert.ok(left < all, `${left} of ${all} are left`);
  await page.goto('/plans/145/review/5.2.一');
  await page.locator('#proposals').focus();
  await decide(page, 'u');
  await page.goto(CHAPTER);
  assert.equal(await page.locator('input[name=chosen]').count(), all);
  clean(planner);
});

test('the desk and the preview are accessible on a desk and on a phone', async () => {
  const { page } = planner;
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    await atFirstSuggestion(page);
    assert.deepEqual(await axe(page), []);
    await page.goto(CHAPTER);
    assert.deepEqual(await axe(page), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  }
  assert.match(await mainText(page), /不作建议的/);
});

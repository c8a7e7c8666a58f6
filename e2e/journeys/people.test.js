// A person arrives, gets a post, chooses it, is away and has a deputy: everything on the screen, and accessible.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { AUDITOR, clean, logIn, mainText, PLANNER, SECURITY, SYSTEM } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const NEW_PASSWORD = 'Xin-lai-de-ren-2024';
let server, browser;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const today = async (page) => (await page.locator('.demo-date').innerText()).match(/\d{4}-\d{2}-\d{2}/)[0];

/** Presses a key and waits for the page that answers. */
const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

async function enter(page, name, password) {
  await page.goto('/login');
  await page.fill('#log-in input[name=name]', name);
  await page.fill('#log-in input[name=password]', password);
  await press(page, '#log-in button');
}

test('a newcomer gets an account, changes the first password, is given a post, and has a deputy', async () => {
  const [system, security, newcomer, planner, auditor] = await Promise.all(Array.from({ length: 5 }, () => visitor(browser, server)));
  const accessible = async (page, what) => assert.deepEqual(await axe(page), [], what);

  // The system administrator adds the account, without any right.
  await logIn(system.page, SYSTEM);
  await system.page.goto('/accounts/new');
  await accessible(system.page, 'the form of a new account');
  await system.page.fill('#name', 'xinlai');
  await system.page.fill('#person', '辛来');
  await system.page.selectOption('#unit', 'o-water');
  await system.page.fill('#title', '科员');
  assert.equal(await system.page.locator('main input[name=roles]').count(), 0, 'no roles are offered');
  await press(system.page, 'main form button.primary');
  const first = (await system.page.locator('.once').innerText()).trim();

  // The newcomer chooses a password and learns whom to ask.
  await enter(newcomer.page, 'xinlai', first);
  assert.match(newcomer.page.url(), /\/account\/password$/);
  await accessible(newcomer.page, 'the forced change');
  await newcomer.page.fill('#old', first);
  await newcomer.page.fill('#new', NEW_PASSWORD);
  await newcomer.page.fill('#again', NEW_PASSWORD);
  await press(newcomer.page, 'main form button.primary');
  assert.match(await mainText(newcomer.page), /您还没有角色[\s\S]*请找安全管理员：/);
  await accessible(newcomer.page, 'the page that says whom to ask');

  // The security administrator gives a role in the first post and one more post elsewhere.
  await logIn(security.page, SECURITY);
  await security.page.goto('/accounts/xinlai');
  await accessible(security.page, 'the page of a person');
  const firstPost = security.page.locator('main section').first();
  await firstPost.locator('summary').first().click();
  await firstPost.locator('input[value=liaison]').check();
  await firstPost.locator('select[name=root]').selectOption('o-water');
  await Promise.all([security.page.waitForNavigation(), firstPost.locator('button.primary').first().click()]);
  const more = security.page.locator('main section').last();
  await more.locator('summary').click();
  await more.locator('select[name=organisation]').selectOption('o-reform');
  await more.locator('input[name=title]').fill('兼职规划员');
  await more.locator('input[value=planner]').check();
  await accessible(security.page, 'the open form of a post');
  await Promise.all([security.page.waitForNavigation(), more.locator('button.primary').click()]);
  assert.match(await mainText(security.page), /兼职规划员/);

  // With two posts the login asks in which to act.
  await newcomer.page.context().clearCookies();
  await enter(newcomer.page, 'xinlai', NEW_PASSWORD);
  assert.match(newcomer.page.url(), /\/account\/posts\?next=/);
  await accessible(newcomer.page, 'the choice of a post');
  await press(newcomer.page, '.choices li:nth-child(2) form button');
  assert.match(await newcomer.page.locator('.toast .words').innerText(), /兼职规划员/);
  await newcomer.page.goto('/imports/new');
  assert.equal(await newcomer.page.locator('#files').count(), 1, 'a planner may import');

  // The planner is away and appoints the newcomer as deputy.
  await logIn(planner.page, PLANNER);
  await planner.page.goto('/account/posts');
  const day = await today(planner.page);
  await planner.page.click('main .more summary');
  await planner.page.fill('main .more input[name=login]', 'xinlai');
  await planner.page.fill('main .more input[name=from]', day);
  await planner.page.fill('main .more input[name=until]', day);
  await planner.page.fill('main .more input[name=reason]', '外出学习');
  await press(planner.page, 'main .more button.primary');
  assert.match(await planner.page.locator('.deputies').innerText(), /辛来/);
  await accessible(planner.page, 'one’s own posts with a deputy');

  // The deputy acts; the header says for whom, also on a phone.
  await newcomer.page.goto('/account/posts');
  assert.match(await mainText(newcomer.page), /代 林知行/);
  await press(newcomer.page, '.choices li:nth-child(3) form button');
  assert.match(await newcomer.page.locator('header details.person summary').innerText(), /代 林知行/);
  await newcomer.page.setViewportSize(PHONE);
  await newcomer.page.goto('/account/posts');
  assert.match(await mainText(newcomer.page), /您正在代办/);
  const over = await newcomer.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 1, `${over} px wider than a phone`);
  await accessible(newcomer.page, 'the posts of a deputy on a phone');

  // The planner ends it before the day is over, and the deputy is back in the own post at once.
  await press(planner.page, '.deputies form button');
  await newcomer.page.goto('/account/posts');
  assert.doesNotMatch(await mainText(newcomer.page), /代 林知行/);

  // The auditor sees who holds what and why somebody may not.
  await logIn(auditor.page, AUDITOR);
  await auditor.page.goto('/administration/rights');
  assert.match(await mainText(auditor.page), /兼职规划员/);
  await auditor.page.fill('#person', 'xinlai');
  await auditor.page.selectOption('#action', 'plan.publish');
  await press(auditor.page, 'main form.ask button');
  assert.match(await mainText(auditor.page), /辛\*不能办/);
  await accessible(auditor.page, 'the rights explained');
  for (const seen of [system, security, newcomer, planner, auditor]) {
    clean(seen);
    await seen.context.close();
  }
});

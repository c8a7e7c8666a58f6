// Every page, in both languages and both sizes, for everybody who may see it: accessible, quiet, within its frame.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, DESK, launch, PHONE, visitor } from '../lib/browser.js';
import { AUDITOR, clean, importFiles, LEADER, logIn, PLANNER, REVIEWER, SECURITY, sendFiles, SUPERVISOR, SYSTEM } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const OUTLINE = new URL('../fixtures/outline-155.txt', import.meta.url).pathname;
const PAGES = {
  [PLANNER]: [
    '/', '/plans', '/imports/new', '/imports/2', '/imports/3', '/imports/4',
    '/plans/145', '/plans/145/2.1.二', '/plans/145/2.1.二?p=1&s=1',
    '/plans/145/register', '/plans/145/register?doubt=true', '/plans/145/register?chapter=absent',
    '/plans/145/review', '/plans/145/review/2.1.二', '/plans/145/review/bulk?path=2.1.二&scope=chapter', '/plans/145/review/owners?path=5.2.一', '/plans/145/edition',
    '/plans/155/review', '/plans/155/2.1.一',
    '/plans/156/compare', '/plans/156/compare?kind=same', '/plans/156/compare?old=2&new=2', '/plans/156/compare?new=1', '/plans/155/compare',
    '/indicators', '/indicators?q=absent', '/indicators/new', '/indicators/absent', '/plans/145/edition/indicators', '/plans/155/edition/indicators',
    '/search', '/search?q=产业', '/search?q=这几个字哪里都没有', '/gallery', '/account/password', '/account/sessions', '/account/me', '/plans/absent', '/accounts', '/administration', '/account/posts',
  ],
  [REVIEWER]: ['/plans/145/edition'],
  [LEADER]: ['/', '/plans/145/review', '/plans/155/edition'],
  [SUPERVISOR]: ['/', '/plans'],
  [SYSTEM]: ['/', '/inbox', '/inbox/preferences', '/administration/backups', '/administration', '/operations', '/operations?live=1', '/operations/queues/jobs.prune', '/operations/timers/jobs-prune', '/operations/faults?number=F-ABSENT', '/accounts', '/accounts/new', `/accounts/${PLANNER}`, `/accounts/${PLANNER}/personal`, '/rosters', '/personal'],
  [SECURITY]: ['/administration', '/accounts', `/accounts/${PLANNER}`, `/accounts/${PLANNER}/personal`, '/role-requests', '/personal', '/account/posts', '/administration/rights'],
  [AUDITOR]: ['/administration', `/accounts/${PLANNER}`, `/administration/rights?person=${PLANNER}&action=plan.publish`, '/journal', '/journal?operation=plan.import', '/journal?who=absent', '/journal/1', `/history/account/${PLANNER}`],
};
const OPEN = ['/login', '/activate', '/public', '/public/155', '/public/155/2', '/public/absent', '/plans/145'];
// What is there only in answer to something that was sent.
const REFUSED = 'the login page with its refusal';
let server, browser, running;

const file = (name, bytes) => {
  const path = join(server.folder, name);
  writeFileSync(path, bytes);
  return path;
};

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
  const [planner, reviewer, leader] = await Promise.all([visitor(browser, server), visitor(browser, server), visitor(browser, server)]);
  await Promise.all([logIn(planner.page, PLANNER), logIn(reviewer.page, REVIEWER), logIn(leader.page, LEADER)]);
  const { page } = planner;
  // Import 1 is the demonstration's own; 2 comes to its end, 3 is known, 4 is refused.
  await importFiles(page, OUTLINE, '155');
  await importFiles(page, OUTLINE, '155');
  await importFiles(page, file('规划.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3000)])), '155');
  const text = readFileSync(OUTLINE, 'utf8');
  await importFiles(page, file('一稿.txt', text.replaceAll('第十五个', '第十六个')), '156');
  await importFiles(page, file('二稿.txt', text.replaceAll('第十五个', '第十六个').replace('护理型床位占比不低于70%', '护理型床位占比不低于75%').replace('鼓励老字号企业进社区。', '')), '156');
  running = await captureRunning(page);
  await publish(page, reviewer.page, leader.page);
  await Promise.all([planner, reviewer, leader].map((v) => v.context.close()));
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The progress page of an import that is still running, as the server sent it in each language. */
async function captureRunning(page) {
  const text = readFileSync(OUTLINE, 'utf8');
  const long = text + Array.from({ length: 120 }, (_, i) => text.slice(text.indexOf('第二章')).replaceAll('示例', `示例${i}`)).join('\n');
  await sendFiles(page, file('长.txt', long), 'long');
  const address = page.url();
  const pages = {};
  for (const language of ['zh-CN', 'en']) {
    const answer = await page.request.get(address, { headers: { cookie: await cookieOf(page, language) } });
    pages[language] = { body: await answer.text(), headers: answer.headers() };
    assert.match(pages[language].body, /data-poll/, 'the import is still running');
  }
  return { address: new URL(address).pathname, pages };
}

async function cookieOf(page, language) {
  const cookies = (await page.context().cookies()).filter((cookie) => cookie.name !== 'gangmu_language');
  return [...cookies.map(({ name, value }) => `${name}=${value}`), `gangmu_language=${language}`].join('; ');
}

/** Decides, approves and publishes the small plan, so that the public pages have something to show. */
async function publish(planner, reviewer, leader) {
  await planner.goto('/plans/155/review');
  for (let left = 200; left > 0 && (await planner.locator('[data-open] [data-key=a]').count()); left -= 1) {
    const before = planner.url() + (await planner.locator('main input[name=seen]').first().inputValue());
    await planner.keyboard.press('a');
    await planner.waitForFunction(
      (was) => !document.querySelector('main[aria-busy]') && location.href + document.querySelector('main input[name=seen]')?.value !== was,
      before,
    );
  }
  await reviewer.goto('/plans/155/edition');
  await reviewer.click('#approve button');
  await reviewer.waitForSelector('#main .tag.inked');
  await leader.goto('/plans/155/edition');
  await leader.click('#publish button');
  await leader.waitForSelector('#main a[href^="/public/"]');
}

/** What is wrong with the page that is open. */
async function look(page, what, viewport, language) {
  const wrong = [];
  const said = `${what} ${viewport.width} ${language}`;
  const tag = await page.getAttribute('html', 'lang');
  if (tag !== language) wrong.push(`${said}: speaks ${tag}`);
  for (const line of await axe(page)) wrong.push(`${said}: ${line}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 1) wrong.push(`${said}: ${over} px wider than the window`);
  return wrong;
}

async function walk(person, addresses, viewport, language) {
  const seen = await visitor(browser, server, { viewport, language });
  const { page } = seen;
  if (person) await logIn(page, person);
  const wrong = [];
  for (const address of addresses) {
    // A public page is the same for everybody: its language stands in its address.
    const joint = address.includes('?') ? '&' : '?';
    await page.goto(address.startsWith('/public') ? `${address}${joint}lang=${language}` : address);
    wrong.push(...(await look(page, address, viewport, language)));
  }
  if (!person) {
    await page.goto('/login');
    await page.fill('#log-in input[name=name]', PLANNER);
    await page.fill('#log-in input[name=password]', 'wrong-on-purpose');
    await page.press('#log-in input[name=password]', 'Enter');
    await page.waitForSelector('#log-in-refused');
    wrong.push(...(await look(page, REFUSED, viewport, language)));
  }
  if (person === PLANNER) {
    const { body, headers } = running.pages[language];
    await page.route(`**${running.address}`, (route) => route.fulfill({ body, headers }));
    await page.goto(running.address);
    assert.equal(await page.locator('[data-poll]').count(), 1);
    wrong.push(...(await look(page, 'a running import', viewport, language)));
  }
  clean(seen);
  await seen.context.close();
  assert.deepEqual(wrong, []);
}

for (const viewport of [DESK, PHONE]) {
  for (const language of ['zh-CN', 'en']) {
    for (const [person, addresses] of [[null, OPEN], ...Object.entries(PAGES)]) {
      test(`${person ?? 'anybody'} walks ${addresses.length} pages at ${viewport.width} in ${language}`, () => walk(person, addresses, viewport, language));
    }
  }
}

// Every page, in both languages and both sizes, for everybody who may see it: accessible, quiet, within its frame.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, DESK, launch, PHONE, visitor } from '../lib/browser.js';
import { ADMINISTRATOR, clean, LEADER, logIn, PLANNER } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const PAGES = {
  [PLANNER]: ['/', '/plans', '/imports/new', '/plans/145', '/plans/145/register', '/plans/145/review', '/plans/145/edition', '/search?q=产业', '/search?q=', '/gallery', '/account/password', '/plans/absent'],
  [LEADER]: ['/', '/plans/145/edition'],
  [ADMINISTRATOR]: ['/accounts'],
};
const PUBLIC = ['/login', '/p', '/absent'];
let server, browser;

before(async () => {
  server = await startDemo();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function walk(person, addresses, viewport, language) {
  const seen = await visitor(browser, server, { viewport });
  const { page } = seen;
  await seen.context.addCookies([{ name: 'language', value: language, url: server.url }]);
  if (person) await logIn(page, person);
  const wrong = [];
  for (const address of addresses) {
    await page.goto(address);
    assert.equal(await page.getAttribute('html', 'lang'), language, `${address} speaks ${language}`);
    for (const line of await axe(page)) wrong.push(`${address} ${viewport.width} ${language}: ${line}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 1) wrong.push(`${address} ${viewport.width} ${language}: ${over} px wider than the window`);
  }
  clean(seen);
  await seen.context.close();
  assert.deepEqual(wrong, []);
}

for (const viewport of [DESK, PHONE]) {
  for (const language of ['zh-CN', 'en']) {
    for (const [person, addresses] of [[null, PUBLIC], ...Object.entries(PAGES)]) {
      test(`${person ?? 'anybody'} walks ${addresses.length} pages at ${viewport.width} in ${language}`, () => walk(person, addresses, viewport, language));
    }
  }
}

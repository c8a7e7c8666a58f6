// The screenshots of README and guides: the demo district, walked through at a desk and on a phone.
// `node shots.js` makes all of them anew, `node shots.js reader review` only those.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DESK, launch, PHONE, visitor } from './lib/browser.js';
import { AUDITOR, decide, importFiles, LEADER, logIn, PLANNER, REVIEWER, SECURITY, sendFiles, SYSTEM } from './lib/desk.js';
import { officeFolder } from './lib/folder.js';
import { shrink } from './lib/png.js';
import { startDemo } from './lib/server.js';

const folder = new URL('../docs/guide/shots/', import.meta.url).pathname;
const OUTLINE = new URL('./fixtures/outline-155.txt', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(2);

const server = await startDemo();
const browser = await launch();
const at = async (person, viewport = DESK) => {
  const { page } = await visitor(browser, server, { viewport });
  if (person) await logIn(page, person);
  return page;
};

/** Photographs the page under that name; `prepare` brings it into the state to be shown. */
async function shot(page, name, address, prepare) {
  if (address) await page.goto(address);
  if (prepare) await prepare(page);
  await page.evaluate(() => document.fonts.ready);
  if (only.length > 0 && !only.includes(name)) return;
  writeFileSync(join(folder, `${name}.png`), shrink(await page.screenshot()));
  console.log(name);
}

/** An old Word file: refused, with the way to save it anew. */
function oldWord() {
  const path = join(server.folder, '规划纲要.doc');
  writeFileSync(path, Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(3000)]));
  return path;
}

try {
  const [stranger, planner, reviewer, leader] = await Promise.all([at(null), at(PLANNER), at(REVIEWER), at(LEADER)]);
  await shot(stranger, 'login', '/login');

  await shot(planner, 'home', '/');
  await shot(planner, 'plans', '/plans');
  await shot(planner, 'import', '/imports/new', (page) => page.setInputFiles('#files', OUTLINE));
  await importFiles(planner, OUTLINE, '155');
  await shot(planner, 'import-done');
  await sendFiles(planner, oldWord(), '');
  await shot(planner, 'import-refused', null, (page) => page.waitForSelector('#main:not([data-poll])'));

  await sendFiles(planner, officeFolder(server.folder, OUTLINE), '156');
  await shot(planner, 'sorting', null, (page) => page.waitForSelector('.sorted'));
  await planner.selectOption('#role-3', 'aside');
  await planner.click('#main button.primary');
  await planner.waitForSelector('#main a[href$="/joined"]', { timeout: 60_000 });
  await shot(planner, 'joined', '/plans/156/joined');

  await shot(planner, 'reader', '/plans/145/5.2.一?p=1&s=1');
  await shot(planner, 'reader-targets', '/plans/145/1.4.二');
  await shot(planner, 'review', '/plans/145/review/5.2.一', async (page) => {
    for (const _ of [1, 2]) await decide(page, 'a');
    await decide(page, 'r', '2');
  });
  await shot(planner, 'review-doubt', '/plans/145/review/5.3');
  await shot(planner, 'review-keys', '/plans/145/review/2.1.二', (page) => page.keyboard.press('?'));
  await shot(planner, 'bulk', '/plans/145/review/bulk?path=2.1.二&scope=chapter');
  await shot(planner, 'assign', '/plans/145/review/owners?path=5.2.一');
  const [number, clause] = await planner.locator('tbody tr').first().evaluate((row) => [row.querySelector('input').value, row.querySelector('a').innerText.replace('●', '').trim().split(' ')[0]]);
  await shot(planner, 'owners', `/plans/145/review/${clause}?c=${number}`);
  await shot(planner, 'register', '/plans/145/register');
  await shot(planner, 'register-filter', '/plans/145/register?degree=strive', (page) => page.locator('details.filter summary').filter({ hasText: '牵头' }).click());
  await shot(planner, 'edition', '/plans/145/edition');
  await shot(planner, 'search', '/search?q=污水处理');
  await shot(planner, 'not-found', '/plans/145/99');

  await planner.goto('/plans/155/review');
  while (await planner.locator('[data-open] [data-key=a]').count()) {
    if (/待定\s*0/.test(await planner.locator('#review-top').innerText())) break;
    await decide(planner, 'a');
    await planner.goto('/plans/155/review');
  }
  await shot(reviewer, 'home-reviewer', '/');
  await shot(reviewer, 'approve', '/plans/155/edition');
  await reviewer.click('#approve button');
  await reviewer.waitForSelector('#main .tag.inked');
  await shot(leader, 'publish', '/plans/155/edition');
  await leader.click('#publish button');
  await leader.waitForSelector('#main a[href^="/public/"]');
  await shot(stranger, 'public-list', '/public');
  await shot(stranger, 'public', '/public/155');
  await shot(stranger, 'public-chapter', '/public/155/2');

  const system = await at(SYSTEM);
  await shot(system, 'accounts', '/accounts');
  await shot(system, 'operations', '/operations');
  await shot(system, 'administration', '/administration');
  await shot(system, 'rosters', '/rosters');
  await shot(system, 'preferences', '/inbox/preferences');
  const backups = '/administration/backups';
  const says = (words) => system.locator('#main', { hasText: words }).waitFor({ timeout: 60_000 });
  await shot(system, 'backups', backups);
  await system.click(`form[action="${backups}"] button`);
  await says('备份确实能恢复');
  await system.reload();
  await shot(system, 'backups-rehearsed');

  const security = await at(SECURITY);
  await shot(security, 'rights', '/administration/rights');
  const auditor = await at(AUDITOR);
  await auditor.goto('/journal');
  await auditor.click('form[action="/journal/checkpoint"] button');
  await auditor.waitForSelector('.toasts');
  await shot(auditor, 'journal', '/journal');
  await shot(auditor, 'history', `/history/account/${PLANNER}`);
  await shot(auditor, 'inbox', '/inbox');
  await shot(planner, 'gallery', '/gallery');

  const english = await at(PLANNER);
  await english.context().addCookies([{ name: 'gangmu_language', value: 'en', url: server.url }]);
  await shot(english, 'reader-en', '/plans/145/5.2.一?p=1&s=1');

  const [phone, passer] = await Promise.all([at(PLANNER, PHONE), at(null, PHONE)]);
  await shot(passer, 'login-phone', '/login');
  await shot(phone, 'home-phone', '/');
  await shot(phone, 'reader-phone', '/plans/145/5.2.一');
  await shot(phone, 'reader-phone-sheet', '/plans/145/5.2.一?p=1&s=1');
  await shot(phone, 'register-phone', '/plans/145/register');
  await shot(passer, 'public-phone', '/public/155');

  const paper = await at(PLANNER, { width: 794, height: 1123 });
  await shot(paper, 'print', '/plans/145/5.2.一', (page) => page.emulateMedia({ media: 'print' }));
} finally {
  await browser.close();
  await server.stop();
}

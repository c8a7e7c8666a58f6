// What a person at a desk does: log in, hand in files, wait for them, decide.
import assert from 'node:assert/strict';

export const PASSWORD = 'gangmu-2024';
export const PLANNER = 'guihua';
export const REVIEWER = 'shending';
export const LEADER = 'lingdao';
export const SUPERVISOR = 'renda';
export const SYSTEM = 'xitong';
export const SECURITY = 'anquan';
export const AUDITOR = 'shenjiyuan';

/** Logs in and stands on the home page. */
export async function logIn(page, name) {
  await page.goto('/login');
  await page.fill('#log-in input[name=name]', name);
  await page.fill('#log-in input[name=password]', PASSWORD);
  await Promise.all([page.waitForURL((address) => !address.pathname.startsWith('/login')), page.press('#log-in input[name=password]', 'Enter')]);
}

/** Chooses files on the import page and sends them; stands on the progress page afterwards. */
export async function sendFiles(page, files, key) {
  await page.goto('/imports/new');
  await page.setInputFiles('#files', files);
  if (key) await page.fill('#key', key);
  await Promise.all([page.waitForURL(/\/imports\/\d+/, { timeout: 60_000 }), page.click('form[data-import] button.primary')]);
}

/** Hands in files for a plan of that key and waits until the import has come to its end. */
export async function importFiles(page, files, key) {
  await sendFiles(page, files, key);
  await page.waitForSelector('#main:not([data-poll])', { timeout: 120_000 });
}

/** Presses keys at the review desk and waits until the server has taken the decision. */
export async function decide(page, ...keys) {
  const revision = () => document.querySelector('main input[name=seen]')?.value;
  const before = await page.evaluate(revision);
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForFunction((was) => !document.querySelector('main[aria-busy]') && document.querySelector('main input[name=seen]')?.value !== was, before);
}

/** Presses a key and waits until the address is another one. */
export async function turn(page, key) {
  const before = page.url();
  await page.keyboard.press(key);
  await page.waitForFunction((was) => location.href !== was && !document.querySelector('main[aria-busy]'), before);
}

/** The number of the commitment that is open at the review desk. */
export const openNumber = (page) => page.locator('[data-open] input[name=number]').first().inputValue();

/** The text of the page's main region. */
export const mainText = (page) => page.locator('#main').innerText();

/** Nothing left the server and no script failed. */
export function clean({ foreign, faults }) {
  assert.deepEqual(foreign, [], 'requests left the server');
  assert.deepEqual(faults, [], 'scripts failed or the policy refused something');
}

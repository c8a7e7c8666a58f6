// What a person at a desk does: log in, hand in a file, wait for it.
import assert from 'node:assert/strict';

export const PASSWORD = 'gangmu-2024';
export const PLANNER = 'guihua';
export const REVIEWER = 'shending';
export const LEADER = 'lingdao';
export const SUPERVISOR = 'renda';
export const ADMINISTRATOR = 'guanli';

/** Logs in and stands on the home page. */
export async function logIn(page, name) {
  await page.goto('/login');
  await page.fill('input[name=name]', name);
  await page.fill('input[name=password]', PASSWORD);
  await Promise.all([page.waitForURL((address) => !address.pathname.startsWith('/login')), page.press('input[name=password]', 'Enter')]);
}

/** Hands in a file for a plan of that key and waits until the import has come to its end. */
export async function importFile(page, file, key) {
  await page.goto('/imports/new');
  await page.setInputFiles('#files', file);
  if (key) await page.fill('#key', key);
  await page.click('form[data-import] button.primary');
  await page.waitForURL(/\/imports\/\d+/, { timeout: 30_000 });
  await page.waitForSelector('[data-poll]', { state: 'detached', timeout: 60_000 });
}

/** The text of the page's main region. */
export const mainText = (page) => page.locator('#main').innerText();

/** Nothing left the server and no script failed. */
export function clean({ foreign, faults }) {
  assert.deepEqual(foreign, [], 'requests left the server');
  assert.deepEqual(faults, [], 'scripts failed or the policy refused something');
}

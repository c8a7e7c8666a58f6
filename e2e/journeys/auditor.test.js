// An auditor proves a change: finds it in the history, takes an export along, and a stand-alone verifier believes it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { AUDITOR, clean, logIn, mainText, PLANNER, SECURITY } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

const binary = process.env.GANGMU_BIN ?? new URL('../../target/debug/gangmu', import.meta.url).pathname;
let server, browser;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What the verifier says of a file: its exit code and its line. */
const verified = (file, ...more) => {
  const { status, stdout, stderr } = spawnSync(binary, ['journal', 'verify', file, ...more], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

test('an auditor proves a change to somebody who trusts nobody', async () => {
  const security = await visitor(browser, server);
  await logIn(security.page, SECURITY);
  await security.page.goto(`/accounts/${PLANNER}`);
  const lock = security.page.locator('form[action$="/disable"]');
  await lock.locator('[name=reason]').fill('调离岗位');
  await Promise.all([security.page.waitForNavigation(), lock.locator('button').click()]);

  const auditor = await visitor(browser, server);
  const { page } = auditor;
  await logIn(page, AUDITOR);
  await page.goto(`/history/account/${PLANNER}`);
  assert.match(await mainText(page), /停用账号[\s\S]*调离岗位/);
  assert.deepEqual(await axe(page), []);
  await page.locator('tbody tr', { hasText: '停用账号' }).locator('td a').first().click();
  await page.waitForURL(/\/journal\/\d+$/);
  assert.match(await mainText(page), /明细与链上摘要一致/);
  assert.deepEqual(await axe(page), []);
  const download = async (act) => {
    const [file] = await Promise.all([page.waitForEvent('download'), act()]);
    const path = join(server.folder, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  };
  const proof = await download(() => page.click('a[href$="of=after"]'));

  await page.goto('/journal');
  assert.deepEqual(await axe(page), []);
  await page.click('form[action="/journal/verify"] button');
  await page.waitForSelector('.verdict');
  assert.match(await mainText(page), /日志完整/);
  await page.fill('#purpose', '年度审计');
  const file = await download(() => page.click('form[action="/journal/export"] button'));
  assert.equal(verified(file).status, 0, verified(file).said);
  assert.equal(verified(file, '--proof', proof).status, 0);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  const refused = verified(file);
  assert.equal(refused.status, 1, refused.said);
  assert.match(refused.said, /第 \d+ 行/);
  clean(auditor);
});

test('the pages of the journal stay within a telephone', async () => {
  const auditor = await visitor(browser, server, { viewport: PHONE });
  const { page } = auditor;
  await logIn(page, AUDITOR);
  for (const address of ['/journal', `/history/account/${PLANNER}`, '/journal/1']) {
    await page.goto(address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${address} is ${wide} px too wide`);
    assert.deepEqual(await axe(page), [], address);
  }
  clean(auditor);
});

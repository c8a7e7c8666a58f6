// An administrator imports five hundred people: two cells are wrong, are corrected, the people come in; one of them
// opens the account with the code of a slip, and gets the role that the file asked for from another administrator.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { clean, logIn, mainText, SECURITY, SYSTEM } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';
import { makeWorkbook, readWorkbook } from '../lib/sheet.js';

const HEADS = ['姓名', '账号', '单位', '手机', '邮箱', '申请角色'];
const GROUPS = ['人员', '', '', '联系方式', '', ''];
let server, browser;

before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const person = (n) => [`用户${n}`, `yong.${String(n).padStart(3, '0')}`, 'o-office', `138${String(n).padStart(8, '0')}`, '', n === 0 ? '规划人员' : ''];

/** The file as an office sends it: a title over all columns, groups of heads, one row twice, blanks behind. */
function roster(change = (rows) => rows) {
  const rows = change(Array.from({ length: 500 }, (_, n) => person(n)));
  const all = [['工作人员名册'], GROUPS, HEADS, ...rows, rows[0], ['', ' ', '']];
  const path = join(server.folder, '工作人员名册.xlsx');
  writeFileSync(path, makeWorkbook('人员', all, ['A1:F1', 'A2:C2', 'D2:E2']));
  return path;
}

const quiet = async (page, what) => assert.deepEqual(await axe(page), [], what);

async function upload(page, path) {
  await page.goto('/rosters');
  await page.setInputFiles('#files', path);
  await Promise.all([page.waitForURL(/\/rosters\/\d+$/), page.click('form[data-import] button.primary')]);
}

test('an administrator imports five hundred people, and one of them begins to work', async () => {
  const system = await visitor(browser, server);
  const { page } = system;
  await logIn(page, SYSTEM);
  await page.goto('/rosters');
  await quiet(page, 'the page of rosters');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href="/rosters/template.xlsx"]')]);
  const template = readWorkbook(await (await import('node:fs/promises')).readFile(await download.path()));
  assert.deepEqual(template.map((sheet) => sheet.name), ['说明', '组织', '人员']);
  assert.ok(template[2].rows[0].includes('账号*'), template[2].rows[0].join());

  await upload(page, roster((rows) => {
    rows[6][2] = '没有的局';
    rows[15][3] = '1380000';
    return rows;
  }));
  await quiet(page, 'the preview with wrong cells');
  const said = await mainText(page);
  for (const words of ['人员!C10', '没有代码或名称是这样的组织', '人员!D19', '不是手机号', '498']) assert.ok(said.includes(words), `${words}: ${said}`);
  await page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'roster-faults.png') });

  await upload(page, roster());
  assert.match(await mainText(page), /没有错，将导入 500 行/);
  assert.match(await mainText(page), /1 重复行/);
  await page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'roster-preview.png') });
  await Promise.all([page.waitForURL(/\/rosters\/\d+$/), page.click('button[name=mode][value=all]')]);
  assert.match(await mainText(page), /新增人员 500 名/);
  await quiet(page, 'the roster after its import');
  await page.click('button[name=form][value=print]');
  await page.waitForSelector('.slip');
  assert.equal(await page.locator('.slip').count(), 500);
  await page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'roster-slips.png') });
  const slip = page.locator('.slip', { hasText: 'yong.000' });
  const code = await slip.locator('.slip-code').innerText();

  const newcomer = await visitor(browser, server, { viewport: PHONE });
  await newcomer.page.goto('/login');
  await newcomer.page.click('a[href="/activate"]');
  await quiet(newcomer.page, 'the page of the code');
  await newcomer.page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'activate-phone.png') });
  await newcomer.page.fill('#code', code.toUpperCase());
  await newcomer.page.fill('#new', 'Di-yi-ci-2024');
  await newcomer.page.fill('#again', 'Di-yi-ci-2024');
  await newcomer.page.click('main button.primary');
  await newcomer.page.waitForSelector('text=您还没有角色');

  const security = await visitor(browser, server);
  await logIn(security.page, SECURITY);
  await security.page.goto('/role-requests');
  await quiet(security.page, 'the page of requests');
  assert.match(await mainText(security.page), /yong\.000/);
  await security.page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'role-requests.png') });
  await Promise.all([security.page.waitForNavigation(), security.page.click('button[value=grant]')]);
  assert.match(await mainText(security.page), /没有待办的角色申请/);

  await newcomer.page.goto('/');
  assert.equal(await newcomer.page.locator('text=您还没有角色').count(), 0);
  await newcomer.page.goto('/plans');
  assert.match(await newcomer.page.locator('h1').first().innerText(), /规划/);
  for (const one of [system, newcomer, security]) {
    clean(one);
    await one.context.close();
  }
});

test('a session that ends is told before, and what was typed goes on after the login', async () => {
  const security = await visitor(browser, server);
  const { page } = security;
  await page.clock.install();
  await logIn(page, SECURITY);
  await page.goto('/accounts/yong.001');
  await page.clock.fastForward('28:30');
  await page.waitForSelector('.session-bar [data-keep]');
  await quiet(page, 'the warning');
  await page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'session-warning.png') });
  await page.click('.session-bar [data-keep]');
  await page.waitForSelector('.session-bar', { state: 'detached' });
  await page.fill('#reason', '借调到外单位');
  // Another window ends the session; the page in this one doesn't know.
  const other = await visitor(browser, server);
  await logIn(other.page, SECURITY);
  await other.page.goto('/account/sessions');
  await quiet(other.page, 'the own sessions');
  await other.page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'own-sessions.png') });
  await Promise.all([other.page.waitForNavigation(), other.page.click('form[action$="end-others"] button')]);
  await page.click('form[action$="/disable"] button');
  await page.waitForSelector('text=您刚才填写的内容还在');
  await quiet(page, 'the login that keeps a form');
  await page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'late-login.png') });
  await page.fill('#log-in input[name=name]', SECURITY);
  await page.fill('#log-in input[name=password]', 'gangmu-2024');
  await page.press('#log-in input[name=password]', 'Enter');
  await page.waitForSelector('text=借调到外单位');
  await quiet(page, 'the form that goes on');
  await page.screenshot({ path: join(process.env.GANGMU_SHOTS ?? server.folder, 'go-on.png') });
  await Promise.all([page.waitForURL(/\/accounts$/), page.click('main button.primary')]);
  assert.match(await mainText(page), /已停用/);
  for (const one of [security, other]) {
    clean(one);
    await one.context.close();
  }
});

// Messages: one arrives while the page is open, is read, is mailed as the person wants it; a checkpoint reaches the
// auditor by mail and the journal is held against it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { axe, launch, PHONE, visitor } from '../lib/browser.js';
import { AUDITOR, clean, logIn, mainText, PLANNER, SECURITY } from '../lib/desk.js';
import { startMail } from '../lib/mail.js';
import { startDemo } from '../lib/server.js';

const binary = process.env.GANGMU_BIN ?? new URL('../../target/debug/gangmu', import.meta.url).pathname;
let server, browser, mail;

before(async () => {
  mail = await startMail();
  [server, browser] = await Promise.all([startDemo([], mail.settings), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await mail?.stop();
});

/** Presses a key and waits for the page that answers. */
const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

/** Runs the program on the data of the server; its exit code and what it says. The mail server goes on meanwhile. */
const gangmu = (...asked) =>
  new Promise((resolve) => {
    const env = { ...process.env, ...mail.settings, GANGMU_DATA: server.folder };
    execFile(binary, asked, { env }, (error, stdout, stderr) => resolve({ status: error?.code ?? 0, said: stdout + stderr }));
  });

/** The security administrator gives the planner one more post, of which the planner is told. */
async function addPost({ page }, title) {
  await page.goto(`/accounts/${PLANNER}`);
  const more = page.locator('main section').last();
  await more.locator('summary').click();
  await more.locator('select[name=organisation]').selectOption('o-reform');
  await more.locator('input[name=title]').fill(title);
  await more.locator('input[value=planner]').check();
  await Promise.all([page.waitForNavigation(), more.locator('button.primary').click()]);
}

/** Gives the person an address and lets mail go at any hour of any day. */
async function wantsMail(page, address) {
  await page.goto('/account/me');
  await page.fill('#email', address);
  await press(page, 'main form button.primary');
  await page.goto('/inbox/preferences');
  await page.uncheck('input[name=quiet]');
  await page.uncheck('input[name=workdays_only]');
  await press(page, 'main form button.primary');
  assert.match(await page.locator('.toasts').innerText(), /提醒设置已保存/);
}

test('a notice arrives in an open page, is mailed, and is read', async () => {
  const [planner, security] = await Promise.all([visitor(browser, server), visitor(browser, server)]);
  const { page } = planner;
  await Promise.all([logIn(page, PLANNER), logIn(security.page, SECURITY)]);
  await wantsMail(page, 'guihua@plan.example');
  assert.deepEqual(await axe(page), [], 'the preferences');
  await page.goto('/inbox');
  assert.deepEqual(await axe(page), [], 'the inbox before');
  const badge = page.locator('[data-unread]');
  const unread = Number(await badge.textContent());
  assert.equal(await page.locator('[data-arrived]').isVisible(), false);

  await addPost(security, '兼职规划员');
  await page.locator('[data-arrived]').waitFor({ state: 'visible' });
  assert.equal(await badge.textContent(), String(unread + 1), 'the count rises without a reload');
  await press(page, '[data-arrived] a');
  const first = page.locator('.messages li').first();
  assert.match(await first.innerText(), /未读[\s\S]*调整了您的任职或角色/);
  assert.deepEqual(await axe(page), [], 'the inbox with a message');

  const letter = await mail.letter('guihua@plan.example', '任职');
  assert.equal(letter.from, 'gangmu@plan.example');
  assert.match(letter.subject, /^纲目：.+调整了您的任职或角色$/);
  assert.match(letter.headers['message-id'], /^<message_\d+@plan\.example>$/);
  assert.match(letter.text, /自动发出，请勿回复/);
  assert.doesNotMatch(letter.text, /1[3-9]\d{9}|guihua|anquan|plan\.example/, 'no number, login or address of a person');
  const address = letter.text.match(/http:\/\/\S+/)[0];
  assert.ok(address.startsWith(`${server.url}/inbox/`), address);

  await page.goto(address);
  assert.match(page.url(), /\/account\/posts/, 'the letter leads to the page that it speaks of');
  assert.match(await mainText(page), /兼职规划员/);
  await page.goto('/inbox');
  assert.equal(Number(await badge.textContent()), unread, 'what was opened is read');
  assert.match(await page.locator('.messages li').first().innerText(), /邮件已于 .+ 发出/);
  const small = await visitor(browser, server, { viewport: PHONE });
  await logIn(small.page, PLANNER);
  for (const address of ['/inbox', '/inbox/preferences']) {
    await small.page.goto(address);
    assert.deepEqual(await axe(small.page), [], `${address} on a phone`);
    assert.ok(await small.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${address} fits a phone`);
  }
  [planner, security, small].forEach(clean);
});

test('quiet hours and digests hold a mail back, and the inbox says until when', async () => {
  const [planner, security] = await Promise.all([visitor(browser, server), visitor(browser, server)]);
  const { page } = planner;
  await Promise.all([logIn(page, PLANNER), logIn(security.page, SECURITY)]);
  const mailed = mail.letters.length;
  const newest = async () => {
    await page.goto('/inbox');
    return page.locator('.messages li').first().innerText();
  };
  await page.goto('/inbox/preferences');
  await page.check('input[name=quiet]');
  await page.fill('#quiet-from', '00:00');
  await page.fill('#quiet-until', '23:59');
  await press(page, 'main form button.primary');
  await addPost(security, '兼职一');
  assert.match(await newest(), /调整了您的任职或角色[\s\S]*邮件将于 .*23:59 发出/);

  await page.goto('/inbox/preferences');
  await page.uncheck('input[name=quiet]');
  await page.fill('#digest-at', '08:45');
  await page.check('input[name=account-roles][value=digest]');
  await press(page, 'main form button.primary');
  await addPost(security, '兼职二');
  assert.match(await newest(), /邮件汇总将于 .*08:45 发出/);

  await page.goto('/inbox/preferences');
  assert.equal(await page.inputValue('#digest-at'), '08:45', 'what was saved is shown');
  await page.check('input[name=account-roles][value=never]');
  await press(page, 'main form button.primary');
  await addPost(security, '兼职三');
  assert.doesNotMatch(await newest(), /邮件/);
  assert.equal(mail.letters.length, mailed, 'nothing was mailed');

  await page.goto('/inbox');
  await page.click('main form[action="/inbox/read"] button');
  await page.waitForFunction(() => /未读 0 条/.test(document.querySelector('#main')?.innerText ?? ''));
  [planner, security].forEach(clean);
});

test('a checkpoint reaches the audit administrator by mail, and the journal is held against it', async () => {
  const auditor = await visitor(browser, server);
  const { page } = auditor;
  await logIn(page, AUDITOR);
  await wantsMail(page, 'shenji@plan.example');
  await page.goto('/journal');
  await press(page, 'form[action="/journal/checkpoint"] button');
  const letter = await mail.letter('shenji@plan.example', '检查点');
  assert.match(letter.subject, /^纲目：操作日志到第 \d+ 条已签发检查点（.+），请留存$/);
  const line = letter.text.split('\n').find((found) => found.startsWith('checkpoint '));
  const [, seq, hash] = line.split(' ');
  assert.match(await mainText(page), new RegExp(hash));
  const held = await gangmu('journal', 'verify', '--head', `${seq}:${hash}`);
  assert.equal(held.status, 0, held.said);
  const other = hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  assert.equal((await gangmu('journal', 'verify', '--head', `${seq}:${other}`)).status, 1, 'another line does not fit');

  await page.goto('/inbox');
  assert.match(await mainText(page), /已签发检查点/);
  assert.deepEqual(await axe(page), []);
  clean(auditor);
});

test('the doctor greets the mail server without sending a letter', async () => {
  const before = mail.letters.length;
  const { said } = await gangmu('doctor', '--json');
  const found = JSON.parse(said).checks.filter(({ check }) => check === 'mail');
  assert.deepEqual(found.map(({ state }) => state), ['ok'], JSON.stringify(found));
  assert.equal(mail.letters.length, before);
});

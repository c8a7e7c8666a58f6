// The administrator of the system looks how the program runs, pauses a queue, lets it go on, and runs a timer now.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { axe, launch, visitor } from '../lib/browser.js';
import { clean, logIn, mainText, SYSTEM } from '../lib/desk.js';
import { startDemo } from '../lib/server.js';

let server, browser;
before(async () => {
  [server, browser] = await Promise.all([startDemo(), launch()]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const row = (page, words) => page.locator('tr', { hasText: words });
const press = (page, words) => Promise.all([page.waitForURL('**/operations'), page.click(`main button:text-is("${words}")`)]);

for (const script of [true, false]) {
  test(`a queue is paused and goes on, a timer runs at once, ${script ? 'with' : 'without'} scripts`, async () => {
    const seen = await visitor(browser, server, { script });
    const { page } = seen;
    await logIn(page, SYSTEM);
    await page.goto('/administration');
    await page.click('main a[href="/operations"]');
    await row(page, 'jobs.prune').locator('a').first().click();
    assert.equal(await page.locator('#reason').getAttribute('required'), '', 'nothing is paused without a reason');
    await page.fill('#reason', '晚上检修');
    await press(page, '暂停队列');
    assert.match(await mainText(page), /晚上检修/);
    assert.match(await page.locator('.toasts').innerText(), /已暂停/);

    await row(page, '清理一周前办结的作业').locator('a').click();
    await press(page, '立即运行');
    const queue = row(page, 'jobs.prune').first();
    assert.equal(await queue.locator('td').nth(1).innerText(), '1', 'the job waits, because its queue is paused');
    await queue.locator('a').click();
    await press(page, '恢复队列');
    // The loop takes the job within moments; every load of the page shows how far it is.
    for (let tries = 0; tries < 100 && (await row(page, 'jobs.prune').first().locator('td').nth(1).innerText()) !== '0'; tries += 1) {
      await page.click('main a:text-is("再看一次")');
    }
    assert.equal(await row(page, 'jobs.prune').first().locator('td').nth(1).innerText(), '0');

    await page.fill('#number', 'f-absent');
    await page.click('main button:text-is("查故障")');
    assert.match(await mainText(page), /没有编号为 f-absent 的故障/);
    if (script) {
      assert.deepEqual(await axe(page), []);
      clean(seen);
    }
    await seen.context.close();
  });
}

// A headless Chromium that may talk to the program under test and to nobody else.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** Launches the browser of the system. */
export const launch = () =>
  chromium.launch({
    executablePath: process.env.GANGMU_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--lang=zh-CN', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A fresh visitor; `foreign` collects requests that leave the server, `faults` script errors and policy reports. */
export async function visitor(browser, server, { viewport = DESK, script = true, language = 'zh-CN', phone = viewport.width < 600 } = {}) {
  const context = await browser.newContext({
    viewport,
    javaScriptEnabled: script,
    locale: language,
    acceptDownloads: true,
    baseURL: server.url,
    hasTouch: phone,
    reducedMotion: 'reduce',
  });
  await context.addCookies([{ name: 'gangmu_language', value: language, url: server.url }]);
  const foreign = [];
  const faults = [];
  context.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(server.url) && !address.startsWith('data:') && !address.startsWith('blob:')) foreign.push(address);
  });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
  });
  return { context, page, foreign, faults };
}

/** What axe finds on the page, one line each. */
export async function axe(page) {
  // The page's policy allows no injected script element; evaluation through the debugger is the tester's own.
  await page.evaluate(axeSource);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }),
  );
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} — ${n.failureSummary?.split('\n')[1]?.trim() ?? v.help}`));
}

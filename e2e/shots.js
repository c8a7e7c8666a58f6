// The screenshots of README and guides: the demo district, walked through at a desk and on a phone.
import { mkdirSync } from 'node:fs';
import { DESK, launch, PHONE, visitor } from './lib/browser.js';
import { ADMINISTRATOR, LEADER, logIn, PLANNER } from './lib/desk.js';
import { startDemo } from './lib/server.js';

const folder = new URL('../docs/guide/shots/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const only = process.argv.slice(2);

const WALKS = [
  [null, DESK, [['login', '/login'], ['public-plans', '/p']]],
  [null, PHONE, [['login-phone', '/login']]],
  [PLANNER, DESK, [
    ['home', '/'],
    ['plans', '/plans'],
    ['import', '/imports/new'],
    ['reader', '/plans/145/5.2.二'],
    ['review', '/plans/145/review'],
    ['register', '/plans/145/register'],
    ['edition', '/plans/145/edition'],
    ['search', '/search?q=污水处理'],
    ['gallery', '/gallery'],
  ]],
  [PLANNER, PHONE, [['home-phone', '/'], ['reader-phone', '/plans/145/5.2.二'], ['register-phone', '/plans/145/register']]],
  [LEADER, DESK, [['edition-leader', '/plans/145/edition']]],
  [ADMINISTRATOR, DESK, [['accounts', '/accounts']]],
];

const server = await startDemo();
const browser = await launch();
try {
  for (const [person, viewport, pages] of WALKS) {
    const wanted = pages.filter(([name]) => only.length === 0 || only.includes(name));
    if (wanted.length === 0) continue;
    const { page, context } = await visitor(browser, server, { viewport });
    if (person) await logIn(page, person);
    for (const [name, address] of wanted) {
      await page.goto(address);
      await page.screenshot({ path: `${folder}${name}.png` });
      console.log(name);
    }
    await context.close();
  }
} finally {
  await browser.close();
  await server.stop();
}

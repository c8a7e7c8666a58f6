// A mail server on this machine, as a house would have one; it keeps every letter that it is given.
import { SMTPServer } from 'smtp-server';

/** Starts it; `letters` grow as they arrive, `letter(of, words)` waits for one to that address whose subject has them. */
export async function startMail() {
  const letters = [];
  const waiting = new Set();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => {
        const { envelope } = session;
        letters.push({ from: envelope.mailFrom.address, to: envelope.rcptTo.map((to) => to.address), ...read(Buffer.concat(parts).toString('latin1')) });
        done();
        for (const look of waiting) look();
      });
    },
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const find = (to, words) => letters.find((letter) => letter.to.includes(to) && letter.subject.includes(words));
  return {
    letters,
    settings: { GANGMU_SMTP_URL: `smtp://127.0.0.1:${server.server.address().port}`, GANGMU_MAIL_FROM: '纲目 <gangmu@plan.example>' },
    letter: (to, words) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`no letter to ${to} about ${words} among ${JSON.stringify(letters)}`)), 60_000);
        const look = () => {
          const found = find(to, words);
          if (!found) return;
          clearTimeout(late);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Headers, subject and text of a letter, as a mail program shows them. */
function read(raw) {
  const [head, ...rest] = raw.split('\r\n\r\n');
  const headers = Object.fromEntries(
    head.replace(/\r\n[ \t]+/g, ' ').split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { raw, headers, subject: words(headers.subject), text: body(rest.join('\r\n\r\n'), headers['content-transfer-encoding']) };
}

const utf8 = (latin1) => Buffer.from(latin1, 'latin1').toString('utf8');
const quoted = (text) => text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** A header in which some words are encoded; a blank between two of them is no part of it. */
function words(text) {
  const joined = text.replace(/\?=\s+=\?/g, '?==?');
  let bytes = '';
  let at = 0;
  for (const found of joined.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)) {
    bytes += joined.slice(at, found.index);
    bytes += found[1].toLowerCase() === 'b' ? Buffer.from(found[2], 'base64').toString('latin1') : quoted(found[2].replaceAll('_', ' '));
    at = found.index + found[0].length;
  }
  return utf8(bytes + joined.slice(at));
}

function body(text, encoding = '7bit') {
  if (/base64/i.test(encoding)) return Buffer.from(text, 'base64').toString('utf8').replaceAll('\r\n', '\n');
  return utf8(/quoted-printable/i.test(encoding) ? quoted(text) : text).replaceAll('\r\n', '\n');
}

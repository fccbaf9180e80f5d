// An inbox that is hard to read, as the IMAP server of the test inbox plays it.

import { setTimeout as sleep } from "node:timers/promises";
import type { ImapFault } from "./matching.ts";

const SLOW_MS = 1_000;
/** A letter with an accent in Latin-1; alone it is no UTF-8. */
const NO_UTF8 = 0xe9;
const LETTER_E = 0x65;

export async function readBadly(raw: Buffer, { does, latency_ms: ms = SLOW_MS }: ImapFault["settings"]) {
  if (does === "drop") throw new Error("a fault of the sandbox: the connection ends"); // which the server then does
  if (does === "slow") await sleep(ms);
  return does === "bad_utf8" ? withoutUtf8(raw) : raw;
}

/** As long as before, for its size was told already. Its first line of subject and what follows the header have each `e` replaced. */
function withoutUtf8(raw: Buffer) {
  const bad = Buffer.from(raw);
  const text = raw.toString("latin1");
  const subject = /^subject:.*$/im.exec(text);
  const body = text.indexOf("\r\n\r\n");
  const spoil = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (bad[at] === LETTER_E) bad[at] = NO_UTF8;
  };
  if (subject && (body < 0 || subject.index < body))
    spoil(subject.index + "subject:".length, subject.index + subject[0].length);
  if (body >= 0) spoil(body, bad.length);
  return bad;
}

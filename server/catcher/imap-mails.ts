// What is asked of the mails of the open folder.

import { BAD, type ImapDesk, NOTHING_OPEN } from "./imap-desk.ts";
import { fetchItemsOf, mailFrom } from "./imap-fetch.ts";
import { searchFor } from "./imap-search.ts";
import type { ImapView, SeenMail } from "./imap-view.ts";
import { readSet, type Token, tokenText } from "./imap-words.ts";

export async function fetch(desk: ImapDesk, [set, wanted]: readonly Token[], byUid: boolean) {
  const { view } = desk;
  if (!view) return NOTHING_OPEN;
  const numbers = readSet(tokenText(set));
  const asked = fetchItemsOf(wanted);
  if (!numbers || !asked) return BAD;
  const items = asked.items.filter(({ label }) => !byUid || label !== "UID");
  for (const seen of view.chosen(numbers, byUid)) {
    const flags = await markRead(
      view,
      seen,
      items.some(({ isRead }) => isRead),
    );
    const raw = asked.needsText ? await view.read(seen.entry.uid) : null;
    const mail = mailFrom(seen.entry, flags, raw);
    const told = items.map(({ label, of }) => `${label} ${of(mail)}`);
    if (byUid) told.unshift(`UID ${seen.entry.uid}`);
    if (flags !== seen.flags && !items.some(({ label }) => label === "FLAGS"))
      told.push(`FLAGS (${flags.join(" ")})`);
    await desk.sayMail(`* ${seen.number} FETCH (${told.join(" ")})`);
  }
  return "OK fetched";
}

async function markRead(view: ImapView, seen: SeenMail, isRead: boolean) {
  if (!isRead || view.isReadOnly || seen.flags.includes("\\Seen")) return seen.flags;
  const flags = [...seen.flags, "\\Seen"];
  await view.flag(seen, flags);
  return flags;
}

export async function search(desk: ImapDesk, args: readonly Token[], byUid: boolean) {
  const { view } = desk;
  if (!view) return NOTHING_OPEN;
  const wanted = searchFor(args);
  if (!wanted) return BAD;
  const found: number[] = [];
  for (const { number, entry, flags } of view.all()) {
    const mail = mailFrom(entry, flags, wanted.needsText ? await view.read(entry.uid) : null);
    const held = { mail, number, largestNumber: view.count, largestUid: view.largestUid };
    if (wanted.holds(held)) found.push(byUid ? entry.uid : number);
  }
  await desk.say(["* SEARCH", ...found].join(" "));
  return "OK searched";
}

export async function store(desk: ImapDesk, [set, how, what]: readonly Token[], byUid: boolean) {
  const { view } = desk;
  if (!view) return NOTHING_OPEN;
  if (view.isReadOnly) return "NO it was opened to be read";
  const numbers = readSet(tokenText(set));
  const [, sign, silent] = /^([+-]?)FLAGS(\.SILENT)?$/i.exec(tokenText(how)) ?? [];
  if (!numbers || sign === undefined) return BAD;
  const given = (Array.isArray(what) ? what : [what]).map(tokenText).filter((flag) => flag !== "");
  for (const seen of view.chosen(numbers, byUid)) {
    const flags = changed(seen.flags, sign, given);
    await view.flag(seen, flags);
    const uid = byUid ? `UID ${seen.entry.uid} ` : "";
    if (!silent) await desk.say(`* ${seen.number} FETCH (${uid}FLAGS (${flags.join(" ")}))`);
  }
  return "OK stored";
}

function changed(flags: readonly string[], sign: string, given: readonly string[]) {
  if (sign === "-") return flags.filter((flag) => !given.includes(flag));
  return [...new Set(sign === "+" ? [...flags, ...given] : given)];
}

export async function expunge(desk: ImapDesk) {
  const { view } = desk;
  if (!view) return NOTHING_OPEN;
  if (!view.isReadOnly) for (const number of await view.expunge()) await desk.say(`* ${number} EXPUNGE`);
  return "OK gone";
}

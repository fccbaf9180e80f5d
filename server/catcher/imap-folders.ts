// What is asked of folders: which there are, what is in them, to open and to close one.

import { BAD, type ImapDesk, NO_FOLDER, NOTHING_OPEN } from "./imap-desk.ts";
import { ImapView } from "./imap-view.ts";
import { imapString, readImapDate, type Token, tokenText } from "./imap-words.ts";
import type { StoredFolder } from "./mail-store.ts";

const STANDING_FLAGS = "\\Answered \\Flagged \\Deleted \\Seen \\Draft";

export async function select(desk: ImapDesk, args: readonly Token[], isReadOnly: boolean) {
  desk.view = await ImapView.open(desk.store, tokenText(args[0]), isReadOnly);
  const { view } = desk;
  if (!view) return NO_FOLDER;
  await desk.say(`* FLAGS (${STANDING_FLAGS})`);
  await desk.say(`* OK [PERMANENTFLAGS (${isReadOnly ? "" : `${STANDING_FLAGS} \\*`})] flags that last`);
  await desk.say(`* ${view.count} EXISTS`);
  await desk.say("* 0 RECENT");
  if (view.firstUnseen > 0) await desk.say(`* OK [UNSEEN ${view.firstUnseen}] the first that nobody read`);
  await desk.say(`* OK [UIDVALIDITY ${view.folder.uidValidity}] uids are those of`);
  await desk.say(`* OK [UIDNEXT ${view.uidNext}] the next one`);
  return isReadOnly ? "OK [READ-ONLY] open" : "OK [READ-WRITE] open";
}

export async function list(desk: ImapDesk, args: readonly Token[], verb: "LIST" | "LSUB") {
  // LIST (SPECIAL-USE) "" "*" RETURN (…): what stands around the pattern narrows or widens what we tell anyway.
  const words = args.filter((token) => !Array.isArray(token)).map(tokenText);
  const pattern = `${words[0] ?? ""}${words[1] ?? ""}`;
  if ((words[1] ?? "") === "") {
    await desk.say(`* ${verb} (\\Noselect) "/" ""`);
    return "OK that is all";
  }
  const matches = matcherFor(pattern);
  for (const folder of await desk.store.folders())
    if (matches(folder.path))
      await desk.say(`* ${verb} (${attributesOf(folder)}) "/" ${imapString(folder.path)}`);
  return "OK that is all";
}

function attributesOf({ use }: StoredFolder) {
  return ["\\HasNoChildren", ...(use ? [use] : [])].join(" ");
}

/** `*` stands for anything, `%` for anything without a slash (RFC 3501, 6.3.8). All places are followed at once, so no pattern is slow. */
function matcherFor(pattern: string) {
  const signs = [...pattern.toLowerCase()];
  const isWild = (at: number) => signs[at] === "*" || signs[at] === "%";
  const withEmpty = (places: ReadonlySet<number>) => {
    const all = new Set(places);
    for (const place of all) if (isWild(place)) all.add(place + 1);
    return all;
  };
  return (path: string) => {
    let places = withEmpty(new Set([0]));
    for (const letter of path.toLowerCase()) {
      const next = new Set<number>();
      for (const place of places) {
        if (signs[place] === "*" || (signs[place] === "%" && letter !== "/")) next.add(place);
        else if (signs[place] === letter) next.add(place + 1);
      }
      places = withEmpty(next);
    }
    return places.has(signs.length);
  };
}

export async function status(desk: ImapDesk, [name, wanted]: readonly Token[]) {
  const view = await ImapView.open(desk.store, tokenText(name), true);
  if (!view) return NO_FOLDER;
  const counted: Record<string, () => number> = {
    MESSAGES: () => view.count,
    RECENT: () => 0,
    UIDNEXT: () => view.uidNext,
    UIDVALIDITY: () => view.folder.uidValidity,
    UNSEEN: () => view.all().filter(({ flags }) => !flags.includes("\\Seen")).length,
  };
  const names = (Array.isArray(wanted) ? wanted : []).map((token) => tokenText(token).toUpperCase());
  const told = names.flatMap((one) => (counted[one] ? [`${one} ${counted[one]()}`] : []));
  await desk.say(`* STATUS ${imapString(view.folder.path)} (${told.join(" ")})`);
  return "OK counted";
}

export async function append(desk: ImapDesk, args: readonly Token[]) {
  const [name, ...rest] = args;
  const raw = rest.at(-1);
  const folder = await ImapView.open(desk.store, tokenText(name), true);
  if (!folder) return "NO [TRYCREATE] no such folder";
  if (!Buffer.isBuffer(raw)) return BAD;
  const flags = rest.find((token) => Array.isArray(token)) ?? [];
  const at = rest
    .slice(0, -1)
    .map((token) => readImapDate(tokenText(token)))
    .find((moment) => moment !== null);
  const uid = await desk.store.append(folder.folder.path, raw, (flags as Token[]).map(tokenText), at ?? null);
  return `OK [APPENDUID ${folder.folder.uidValidity} ${uid}] kept`;
}

export async function leaveFolder(desk: ImapDesk, isExpunged: boolean) {
  if (!desk.view) return NOTHING_OPEN;
  if (isExpunged && !desk.view.isReadOnly) await desk.view.expunge();
  desk.view = null;
  return "OK closed";
}

// Where caught mail is kept: what the catcher's SMTP side hands on becomes rows, and the IMAP side shows rows.

import type { Headers } from "mailparser";
import type { App } from "../../../app.ts";
import type { Keeper } from "../../../catcher/catcher.ts";
import type { CatcherMailbox, Envelope } from "../../../catcher/smtp-server.ts";
import type { Db } from "../../../db/connect.ts";
import { isReservedAddress } from "../../../domain/contacts/reserved-addresses.ts";
import { readableText } from "../../../kernel/html.ts";
import { newId } from "../../../kernel/ids.ts";
import { headerFieldsOf, messageIdsIn } from "../../../mail/header-block.ts";
import { readParts } from "../../../mail/mime-parts.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { whatFollows } from "../prospect-scripts/following.ts";
import { findWhatFor, listProspects } from "../prospect-scripts/store.ts";
import { readBadly } from "../sandbox-faults/bad-reading.ts";
import { imapFault, smtpFault } from "../sandbox-faults/commands.ts";
import { answersAfterMs, answerTo } from "./prospects.ts";
import * as store from "./store.ts";

const MOST_KEPT = { mails: 5_000, bytes: 256 * 1024 * 1024 };
/** Whole weeks of a team are looked at afterwards. */
const MOST_KEPT_IN_SANDBOX = { mails: 100_000, bytes: 2 * 1024 * 1024 * 1024 };
const PRUNE_EVERY = 100;
const MOST_FIELDS = 100;
const LONGEST_FIELD = 2_000;

/** The app is asked for when there is one: it holds the catcher, which holds this. */
export function keeperOf(appOf: () => App): Keeper {
  let kept = 0;
  return {
    async keep(mailbox, envelope, raw) {
      const app = appOf();
      const mail = await read(raw);
      await app.db
        .inTeam(mailbox.teamId, async (db) => {
          for (const to of envelope.to) await catchMail(app, db, mailbox, { ...envelope, to: [to] }, mail);
          kept += 1;
          const most = app.sandbox ? MOST_KEPT_IN_SANDBOX : MOST_KEPT;
          if (kept % PRUNE_EVERY === 0) await store.pruneCaught(db, mailbox.teamId, most);
        })
        .catch((error) => {
          app.log.error({ err: error, ...mailbox }, "an email could not be kept in the test inbox");
          throw error;
        });
      app.catcher.tell(mailbox.mailboxId, "Sent");
    },
    refuse: async ({ teamId }, moment) => {
      const fault = await smtpFault(appOf(), teamId, moment);
      return fault?.settings.reply ?? null;
    },
    storeOf: (mailbox) => storeOf(appOf(), mailbox),
  };
}

type Read = Pick<store.NewCaught, "subject" | "messageId" | "headers" | "bodyText" | "bodyHtml" | "raw">;

async function read(raw: Buffer): Promise<Read> {
  const { headers: known, text, html } = await readParts(raw);
  const end = raw.indexOf("\r\n\r\n");
  const fields = headerFieldsOf(raw.toString("utf8", 0, end < 0 ? Math.min(raw.length, 100_000) : end));
  const headers = Object.entries(fields)
    .slice(0, MOST_FIELDS)
    .map(([name, values]) => [name, readable(known, name, values).slice(0, LONGEST_FIELD)]);
  return {
    raw,
    subject: String(known.get("subject") ?? "").slice(0, LONGEST_FIELD),
    messageId: messageIdsIn(fields["message-id"], 2)[0] ?? null,
    headers: Object.fromEntries(headers),
    bodyText: text || readableText(html) || null,
    bodyHtml: html || null,
  };
}

const PEOPLE = new Set(["from", "to", "cc", "reply-to", "sender"]);

/** Names and subjects as they are read, not as they travel. */
function readable(known: Headers, name: string, values: readonly string[]) {
  const read = known.get(name) as { text?: string } | string | undefined;
  if (PEOPLE.has(name) && typeof read === "object" && read.text) return read.text;
  return name === "subject" && typeof read === "string" ? read : values.join(", ");
}

async function catchMail(
  app: App,
  db: Db,
  mailbox: CatcherMailbox,
  { from, to: [to = ""] }: Envelope,
  mail: Read,
) {
  const { teamId, mailboxId } = mailbox;
  const at = app.now();
  const [before, scripted] = await Promise.all([
    store.countCaughtTo(db, teamId, to),
    from !== "" ? scriptFor(db, teamId, to, mail.messageId) : null,
  ]);
  const nth = before + 1;
  const isByItself = !app.sandbox && !scripted;
  const after = isByItself
    ? await usualAnswerAfter(app, db, mailbox, { from, to, nth })
    : (scripted?.afterMs ?? null);
  await store.insertCaught(db, teamId, {
    ...mail,
    id: newId(),
    mailboxId,
    folder: "Sent",
    at,
    fromAddress: from,
    toAddress: to,
    nth,
    flags: ["\\Seen"],
    answerDueAt: after === null ? null : at.add({ milliseconds: after }),
    script: scripted?.script ?? null,
  });
}

async function scriptFor(db: Db, teamId: string, to: string, messageId: string | null) {
  const prospects = await listProspects(db, teamId);
  if (prospects.length === 0) return null;
  const found = whatFollows(prospects, { to, ...(await findWhatFor(db, teamId, messageId)) });
  if (!found) return null;
  const { does, text, untilDay, afterSeconds } = found;
  return {
    script: { does, text, untilDay: untilDay?.toString() ?? null },
    afterMs: Math.round(afterSeconds * 1000),
  };
}

type Arrived = { from: string; to: string; nth: number };

async function usualAnswerAfter(app: App, db: Db, { teamId }: CatcherMailbox, { from, to, nth }: Arrived) {
  return (await answersByThemselves(app, db, teamId, from, to)) ? answerAfter(app, to, nth) : null;
}

/** A report gets no answer, and only invented people answer at all. */
async function answersByThemselves({ config }: App, db: Db, teamId: string, from: string, to: string) {
  if (from === "" || !isReservedAddress(to)) return false;
  return config.catcher === true || Boolean((await findTeam(db, teamId))?.samplePlantedAt);
}

function answerAfter({ config }: App, to: string, nth: number) {
  return config.prospects && answerTo(to, nth) ? answersAfterMs(to, nth, config.prospects) : null;
}

function storeOf(app: App, { teamId, mailboxId }: CatcherMailbox): ReturnType<Keeper["storeOf"]> {
  const inTeam = <T>(work: (db: Db) => Promise<T>) => app.db.inTeam(teamId, work);
  return {
    async folders() {
      const uidNext = await inTeam((db) => store.uidNext(db, teamId, mailboxId));
      return [
        { path: "INBOX", use: null, uidValidity: 1, uidNext },
        { path: "Sent", use: "\\Sent", uidValidity: 1, uidNext },
      ];
    },
    list: (folder, fromUid) => inTeam((db) => store.listEntries(db, teamId, mailboxId, folder, fromUid)),
    async get(_folder, uid) {
      const raw = (await inTeam((db) => store.findRaw(db, teamId, mailboxId, uid)))?.raw ?? null;
      const fault = raw && (await imapFault(app, teamId));
      return fault ? readBadly(raw, fault.settings) : raw;
    },
    async append(folder, raw, flags, at) {
      const mail = await read(raw);
      const place = folder === "INBOX" ? "INBOX" : "Sent";
      const kept = {
        id: newId(),
        mailboxId,
        folder: place,
        at: at ?? app.now(),
        fromAddress: "",
        toAddress: "",
      } as const;
      const uid = await inTeam((db) => store.insertCaught(db, teamId, { ...mail, ...kept, flags }));
      app.catcher.tell(mailboxId, place);
      return uid;
    },
    flag: async (_folder, uid, flags) => {
      await inTeam((db) => store.setFlags(db, teamId, mailboxId, uid, flags));
    },
    remove: async (_folder, uids) => {
      await inTeam((db) => store.deleteUids(db, teamId, mailboxId, uids));
    },
  };
}

// A mailbox opened for sending: its server with the secrets in the clear, and a mail as the bytes that go out.

import type { App } from "../../app.ts";
import { linkBase } from "../../domain/contacts/tracking-domains.ts";
import { plusAddressed } from "../../domain/templates/dressing.ts";
import { openMailbox } from "../../features/mailboxes/mailboxes/open-mailbox.ts";
import { findSealedMailboxes, type Mailbox } from "../../features/mailboxes/mailboxes/store.ts";
import { openKeys } from "../../features/mailboxes/sending-domains/commands.ts";
import { keysFor, type SealedKey } from "../../features/mailboxes/sending-domains/store.ts";
import type { ClaimedOutgoingMail } from "../../features/sending/outbox/claiming.ts";
import { dressed } from "../../features/sending/outbox/composing.ts";
import { attachmentsOf } from "../../features/sequences/attachments/store.ts";
import type { DkimKey } from "../../mail/dkim.ts";
import { isByApi } from "../../mail/door.ts";
import type { SendOutcome } from "../../mail/outcome.ts";
import { type Attachment, type MailParts, prepareMail } from "../../mail/prepared-mail.ts";
import type { Hooks } from "../../mail/transmit.ts";
import { InjectedError } from "../../seams.ts";

/** As many as there are connections to a mailbox's server (mail/connections.ts). */
const AT_ONCE = 5;
/**
 * Where no Sent folder can prove what became of a mail, all that are at their dots when we are killed stay in doubt. A mailbox
 * with a limit is as fast with two; one without any is there for many mails, and keeps all its connections.
 */
const AT_ONCE_UNPROVED = 2;
/** Microsoft lets one application ask for four things at a time in a mailbox, and Google for few; it is read meanwhile. */
const AT_ONCE_BY_API = 2;

export type OpenSender = {
  signsInWith: Buffer | null;
  /** How many mails may be on their way from it at the same time. */
  atOnce: number;
  send(claimed: ClaimedOutgoingMail, hooks: Hooks): Promise<SendOutcome>;
};

/** What stands of a mailbox in the database, with its secrets still encrypted. */
export type ReadMailbox = { mailbox: Mailbox | null; keys: readonly SealedKey[] };

export async function readMailboxes(
  app: App,
  teamId: string,
  ids: readonly string[],
): Promise<ReadMailbox[]> {
  const [mailboxes, keys] = await app.db.inTeam(
    teamId,
    (db) => Promise.all([findSealedMailboxes(db, teamId, ids), keysFor(db, teamId, ids)]),
    "once",
  );
  return ids.map((id) => ({
    mailbox: mailboxes.find((mailbox) => mailbox.id === id) ?? null,
    keys: keys.filter(({ mailboxId }) => mailboxId === id),
  }));
}

export async function openSender(
  app: App,
  teamId: string,
  mailboxId: string,
  read?: ReadMailbox,
): Promise<OpenSender> {
  const { mailbox, keys: sealed } = read ?? (await readOne(app, teamId, mailboxId));
  const opened = await openMailbox(app, teamId, mailboxId, mailbox);
  if (opened.kind !== "open")
    return {
      signsInWith: null,
      atOnce: 1,
      send: async () => nowhere(opened.kind === "unreachable" ? opened.why : null),
    };
  const { signsInWith } = opened;
  const { smtp, imap } = opened.servers;
  const hasApi = smtp !== null && isByApi(smtp);
  const usual = imap === null && opened.isLimited ? AT_ONCE_UNPROVED : AT_ONCE;
  const atOnce = hasApi ? AT_ONCE_BY_API : usual;
  if (!smtp) return { signsInWith, atOnce, send: async () => nowhere(null) };
  const { plusAddressing } = opened.mailbox;
  // The provider writes an email anew, and signs what it has written.
  const keys = hasApi ? NO_KEYS : openKeys(app, teamId, sealed);
  const ways = { plusAddressing, hasApi, keys };
  const sender = { id: mailboxId, email: opened.mailbox.email, server: smtp };
  return {
    signsInWith,
    atOnce,
    async send(claimed, hooks) {
      try {
        const files = await filesOf(app, teamId, claimed.claim.attachmentIds);
        const { mail } = await prepareMail(partsOf(app, claimed, files, ways));
        return mail ? await app.mail.transmit(sender, mail, hooks) : UNSOUND;
      } catch (error) {
        // An error of ours before the dot: certainly not sent. After it, the door says so.
        if (!(error instanceof InjectedError)) app.log.error({ err: error }, "an email could not be sent");
        return { kind: "not_started", phase: "connect", why: "closed", detail: "an internal error" };
      }
    },
  };
}

async function readOne(app: App, teamId: string, id: string): Promise<ReadMailbox> {
  const [one] = await readMailboxes(app, teamId, [id]);
  return one ?? { mailbox: null, keys: [] };
}

type Ways = { keys: ReadonlyMap<string, DkimKey>; plusAddressing: boolean; hasApi: boolean };

const NO_KEYS: ReadonlyMap<string, DkimKey> = new Map();

function nowhere(detail: string | null): SendOutcome {
  return {
    kind: "not_started",
    phase: "connect",
    why: "name_not_found",
    detail: detail ?? "no mail server is configured",
  };
}

/** It cannot be written as a mail: an address, a file or a header is not what it should be. */
const UNSOUND: SendOutcome = {
  kind: "refused",
  phase: "rcpt",
  permanent: true,
  code: null,
  enhanced: null,
  serverSaid: "the email could not be composed",
};

async function filesOf(app: App, teamId: string, ids: readonly string[]): Promise<Attachment[]> {
  if (ids.length === 0) return [];
  const files = await app.db.inTeam(teamId, (db) => attachmentsOf(db, teamId, ids));
  return files.map((file) => ({ ...file, contentId: null }));
}

function partsOf(
  { config, now }: Pick<App, "config" | "now">,
  { claim, slot, sender }: ClaimedOutgoingMail,
  attachments: Attachment[],
  { keys, plusAddressing, hasApi }: Ways,
): MailParts {
  // By an API an email goes to the addresses that its header names: to one, as every transmission does.
  const isOfOriginal = slot.copyOf !== null && !hasApi;
  const to = isOfOriginal
    ? { name: slot.originalToName, address: slot.originalTo ?? "" }
    : { name: claim.toName, address: claim.toEmail ?? "" };
  const from = claim.fromEmail ?? "";
  const plus = plusAddressing ? from : null;
  const { html, text, unsubscribe } = dressed(claim, linkBase(config.publicUrl, sender.trackingDomain), plus);
  const answersTo = plusAddressed(plus, claim.token ?? "");
  return {
    recipient: claim.toEmail ?? "",
    from: { name: claim.fromName, address: from },
    replyTo: answersTo === null ? null : { name: claim.fromName, address: answersTo },
    to: [to],
    cc: hasApi ? [] : claim.ccEmails.map((address) => ({ name: null, address })),
    subject: claim.subject ?? "",
    html: html || null,
    text: text || null,
    messageId: claim.internetMessageId ?? "",
    date: claim.composedAt ?? now(),
    inReplyTo: claim.inReplyTo,
    references: claim.referenceIds,
    unsubscribe: slot.sequenceId ? unsubscribe : null,
    attachments,
    token: claim.token,
    dkim: keys.get(domainOf(from)) ?? null,
  };
}

function domainOf(address: string) {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}

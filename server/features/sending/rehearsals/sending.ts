// A test mail to the caller, as the contact would get it: from the same mailbox, with its files, counted links and ways to
// unsubscribe. It goes to no other person, belongs to no contact, and counts nowhere.

import type { Act, App, Caller } from "../../../app.ts";
import { mayPass } from "../../../domain/contacts/reserved-addresses.ts";
import { linkBase } from "../../../domain/contacts/tracking-domains.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import type { RehearsedMail } from "../../../domain/sending/rehearsal.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import { isByApi } from "../../../mail/door.ts";
import type { SendOutcome } from "../../../mail/outcome.ts";
import { prepareMail } from "../../../mail/prepared-mail.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { openMailbox } from "../../mailboxes/mailboxes/open-mailbox.ts";
import { findSenders } from "../../mailboxes/mailboxes/store.ts";
import { takeTrial } from "../../mailboxes/mailboxes/trials.ts";
import { dkimKeysOf } from "../../mailboxes/sending-domains/commands.ts";
import { refuseUnknownAttachments } from "../../sequences/attachments/commands.ts";
import { attachmentsOf } from "../../sequences/attachments/store.ts";
import { newToken } from "../outbox/claiming.ts";
import { dressTestMail } from "../test-links/commands.ts";
import { type RehearsalWish, rehearseMail } from "./commands.ts";

export type TestWish = RehearsalWish & { attachmentIds: readonly string[] };
export type TestSend = RehearsedMail & { to: string };

/** Composes it and, where they mean it, sends it. No transaction is open while it goes out. */
export async function sendTest(
  app: App,
  caller: Caller,
  wish: TestWish,
  isDryRun: boolean,
): Promise<TestSend> {
  const { test, mail, mailbox } = await app.db.inTeam(caller.teamId, (db) =>
    prepareTest({ app, db, caller, now: app.now() }, wish),
  );
  if (isDryRun) return test;
  takeTrial(caller.teamId, app.now());
  const opened = await openMailbox(app, caller.teamId, mailbox.id);
  const smtp = opened.kind === "open" ? opened.servers.smtp : null;
  if (opened.kind !== "open" || !smtp) throw new Refusal("mailboxes_inactive", { address: mailbox.email });
  const hasSample = mail.hasSample;
  if (!mayPass({ mailboxType: opened.mailbox.type, hasSample }, { email: test.to, isInvented: false }))
    throw new Refusal("test_mail_not_sent", {
      said: say("{to} is an invented address of the sample", { to: test.to }),
    });
  const prepared = await prepareMail({
    ...mail.parts,
    ...(await dressedAsSent(app, caller.teamId, mailbox.id, mail.composed)),
    from: { name: opened.mailbox.displayName, address: mailbox.email },
    date: app.now(),
    dkim: isByApi(smtp) ? null : await keyOf(app, caller.teamId, mailbox),
  });
  if (!prepared.mail)
    throw new Refusal("test_mail_not_sent", { said: say("it cannot be composed as an email") });
  const outcome = await app.mail.transmit({ ...mailbox, server: smtp }, prepared.mail, {
    mayRelease: async () => true,
  });
  if (outcome.kind !== "accepted") throw new Refusal("test_mail_not_sent", { said: whatWasSaid(outcome) });
  return test;
}

type Asking = Pick<Act, "app" | "db" | "caller" | "now">;

async function prepareTest(asking: Asking, wish: TestWish) {
  const { db, caller } = asking;
  const rehearsed = await rehearseMail(asking, wish);
  const { mailbox, composed } = rehearsed;
  if (!mailbox) throw new Refusal("test_mail_without_mailbox");
  if (composed.fault) throw new Refusal("test_mail_unreadable", { sentence: composed.fault.sentence });
  if (composed.mail.text.trim() === "") throw new Refusal("template_body_empty");
  if (heldBackIn(await readFence(db))) throw new Refusal("test_mail_held_back");
  await refuseUnknownAttachments(asking as Act, wish.attachmentIds);
  const [user, team, files] = await Promise.all([
    findUser(db, caller.teamId, caller.userId),
    findTeam(db, caller.teamId),
    attachmentsOf(db, caller.teamId, wish.attachmentIds),
  ]);
  if (!user) throw new Refusal("record_not_found");
  const name = [user.firstName, user.lastName].filter(Boolean).join(" ") || null;
  const parts = {
    recipient: user.email,
    replyTo: null,
    to: [{ name, address: user.email }],
    cc: [],
    subject: composed.mail.subject,
    messageId: `<test.${newId()}@${mailbox.email.split("@").at(-1)}>`,
    inReplyTo: null,
    references: [],
    token: null,
    attachments: files.map((file) => ({ ...file, contentId: null })),
  };
  const hasSample = (team?.samplePlantedAt ?? null) !== null;
  const { html, text } = composed.mail;
  const mail = { parts, composed: { html, text }, hasSample };
  return { test: { ...rehearsed, to: user.email }, mail, mailbox };
}

async function dressedAsSent(
  app: App,
  teamId: string,
  mailboxId: string,
  composed: { html: string; text: string },
) {
  return app.db.inTeam(teamId, async (db) => {
    const [sender] = await findSenders(db, teamId, [mailboxId]);
    if (!sender) throw new Refusal("test_mail_without_mailbox");
    const { html, text, unsubscribe } = await dressTestMail(
      { db, teamId, now: app.now() },
      {
        ...composed,
        token: newToken(),
        linksAt: linkBase(app.config.publicUrl, sender.trackingDomain),
        tracksOpens: sender.openTracking,
      },
      sender,
    );
    return { html, text, unsubscribe };
  });
}

async function keyOf(app: App, teamId: string, { id, email }: { id: string; email: string }) {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return (await dkimKeysOf(app, teamId, id)).get(domain) ?? null;
}

function whatWasSaid(outcome: Exclude<SendOutcome, { kind: "accepted" }>) {
  switch (outcome.kind) {
    case "refused":
      return outcome.serverSaid ?? say("the mail server rejected it");
    case "held_back":
      return say("sending is paused in this installation");
    default:
      return (
        outcome.detail ??
        say("the mail server could not be reached ({why})", { why: outcome.why.replaceAll("_", " ") })
      );
  }
}

export async function noteTest(act: Act, sequenceId: string, { to }: TestSend) {
  const subject = { type: "sequence" as const, id: sequenceId };
  await record(byCaller(act), { type: "sequence.test_sent", subject, data: { to } });
}

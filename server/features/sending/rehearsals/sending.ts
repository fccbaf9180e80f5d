// A test email of a step to the caller, as the contact would get it: from the same mailbox, with its files, counted links and ways
// to unsubscribe. It goes to no other person, belongs to no contact, and counts nowhere.

import type { Act, App, Caller } from "../../../app.ts";
import { linkBase } from "../../../domain/contacts/tracking-domains.ts";
import { heldBackIn } from "../../../domain/gate/clone-guard.ts";
import type { RehearsedMail } from "../../../domain/sending/rehearsal.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { readFence } from "../../gate/clone-guard/store.ts";
import { findTeam } from "../../identity/teams/store.ts";
import { findUser } from "../../identity/users/store.ts";
import { findSenders } from "../../mailboxes/mailboxes/store.ts";
import { refuseUnknownAttachments } from "../../sequences/attachments/commands.ts";
import { attachmentsOf } from "../../sequences/attachments/store.ts";
import { newToken } from "../outbox/claiming.ts";
import { dressTestMail } from "../test-links/commands.ts";
import { transmitTest } from "../test-mails/transmitting.ts";
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
  const { test, mail } = await app.db.inTeam(caller.teamId, (db) =>
    prepareTest({ app, db, caller, now: app.now() }, wish),
  );
  if (isDryRun) return test;
  const { id } = mail.mailbox;
  await transmitTest(app, caller.teamId, mail, () => dressedAsSent(app, caller.teamId, id, mail.composed));
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
  const mail = {
    mailbox,
    to: { name: [user.firstName, user.lastName].filter(Boolean).join(" ") || null, address: user.email },
    subject: composed.mail.subject,
    attachments: files.map((file) => ({ ...file, contentId: null })),
    hasSample: (team?.samplePlantedAt ?? null) !== null,
    composed: { html: composed.mail.html, text: composed.mail.text },
  };
  return { test: { ...rehearsed, to: user.email }, mail };
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

export async function noteTest(act: Act, sequenceId: string, { to }: TestSend) {
  const subject = { type: "sequence" as const, id: sequenceId };
  await record(byCaller(act), { type: "sequence.test_sent", subject, data: { to } });
}

// Sends the emails of placement tests. Each is written down as released before its last line leaves, so a killed engine leaves
// none that another would send again.

import type { App } from "../../app.ts";
import { linkBase } from "../../domain/contacts/tracking-domains.ts";
import type { By } from "../../features/events/events/store.ts";
import { type BatchMode, inParts } from "../../features/events/set-aside/commands.ts";
import { openMailbox } from "../../features/mailboxes/mailboxes/open-mailbox.ts";
import { findSenders } from "../../features/mailboxes/mailboxes/store.ts";
import { dkimKeysOf } from "../../features/mailboxes/sending-domains/commands.ts";
import { finishPlacementTests } from "../../features/sending/placement-tests/finding.ts";
import { recordTestMail, releaseTestMail } from "../../features/sending/placement-tests/releasing.ts";
import * as store from "../../features/sending/placement-tests/store.ts";
import { dressTestMail } from "../../features/sending/test-links/commands.ts";
import { attachmentsOf } from "../../features/sequences/attachments/store.ts";
import { findTouch } from "../../features/sequences/touches/store.ts";
import { newId } from "../../kernel/ids.ts";
import { isByApi } from "../../mail/door.ts";
import type { SendOutcome } from "../../mail/outcome.ts";
import { prepareMail } from "../../mail/prepared-mail.ts";
import { crashPoint } from "../../seams.ts";
import { alone, batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { byEngine, type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;
const LOOP = "send-placement-tests";
/** Longer than it may take from here to the release. An engine that is later is refused by its attempt. */
const SENDING = { minutes: 10 };

type Sending = Looping & Pick<Engine, "fence">;

export function startSendingTests(engine: Engine) {
  const what = "sending placement tests";
  return goRound(engine, { everyMs: EVERY_MS, what }, () => sendTestsOnce(engine));
}

/** Answers how many emails it tried. */
export async function sendTestsOnce({ fence, ...looping }: Sending) {
  const { app } = looping;
  if (!fence.isOpen) return 0;
  const teams = await app.db.inTransaction((db) => store.teamsWithPlacementsDue(db, app.now()));
  return eachTeam(looping, LOOP, teams, async (teamId) => {
    const mails = await batchOf(app, teamId, takeDue);
    const boxes = Map.groupBy(mails, ({ mailboxId }) => mailboxId);
    await Promise.all([...boxes.values()].map((own) => sendInTurn(app, fence, teamId, own)));
    return mails.length;
  });
}

async function takeDue(by: By, manner: BatchMode) {
  const { db, teamId, now } = by;
  const taken: store.MailToSend[] = [];
  const due = await store.lockToSend(db, teamId, now, LOOP);
  await inParts(by, { loop: LOOP, manner }, due, async (some) => {
    const ids = some.map(({ id }) => id);
    const attempt = { attemptId: newId(), until: now.add(SENDING) };
    taken.push(...(await store.takeToSend(db, teamId, ids, attempt)));
  });
  return taken;
}

async function sendInTurn(app: App, fence: Engine["fence"], teamId: string, mails: store.MailToSend[]) {
  for (const mail of mails)
    await alone(app, { teamId, loop: LOOP, id: mail.id }, async () => {
      const outcome = await transmit(app, fence, teamId, mail);
      await crashPoint("result-before-commit");
      await app.db.inTeam(teamId, async (db) => {
        const by = byEngine(app, db, teamId);
        await recordTestMail(by, mail, outcome);
        await finishPlacementTests(by, [mail.testId]);
      });
    });
}

async function transmit(
  app: App,
  fence: Engine["fence"],
  teamId: string,
  mail: store.MailToSend,
): Promise<SendOutcome> {
  const opened = await openMailbox(app, teamId, mail.mailboxId);
  const smtp = opened.kind === "open" ? opened.servers.smtp : null;
  if (opened.kind !== "open" || !smtp)
    return { kind: "not_started", phase: "connect", why: "closed", detail: "the mailbox is not connected" };
  const { id, email } = opened.mailbox;
  const parts = await partsOf(app, teamId, mail, opened.mailbox);
  const dkim = isByApi(smtp) ? null : await keyOf(app, teamId, id, email);
  const { mail: prepared } = await prepareMail({ ...parts, dkim });
  if (!prepared)
    return {
      kind: "refused",
      phase: "rcpt",
      permanent: true,
      code: null,
      enhanced: null,
      serverSaid: "the email could not be composed",
    };
  const sender = { id, email, server: smtp };
  return app.mail.transmit(sender, prepared, {
    mayRelease: async () => {
      const passes = await app.db.inTeam(teamId, (db) =>
        releaseTestMail(byEngine(app, db, teamId), mail, fence),
      );
      fence.hasSent ||= passes;
      await crashPoint("gate-after-commit");
      return passes;
    },
  });
}

type From = { id: string; email: string; displayName: string | null };

async function partsOf(app: App, teamId: string, mail: store.MailToSend, from: From) {
  const { html, text, unsubscribe, attachments } = await app.db.inTeam(teamId, (db) =>
    dressed(byEngine(app, db, teamId), mail, from, app.config.publicUrl),
  );
  return {
    recipient: mail.seedEmail,
    from: { name: from.displayName, address: from.email },
    replyTo: null,
    to: [{ name: null, address: mail.seedEmail }],
    cc: [],
    subject: mail.subject,
    html,
    text,
    messageId: mail.messageId, // the same at every try
    date: app.now(),
    inReplyTo: null,
    references: [],
    unsubscribe,
    attachments,
    token: mail.token,
  };
}

/** The email of a step as a contact would get it. A text of its own gets nothing. */
async function dressed({ db, teamId, now }: By, mail: store.MailToSend, { id }: From, publicUrl: string) {
  const { bodyHtml: html, bodyText: text, token, tracksOpens } = mail;
  const [sender] = await findSenders(db, teamId, [id]);
  if (!mail.isOfStep || !sender) return { html, text, unsubscribe: null, attachments: [] };
  const linksAt = linkBase(publicUrl, sender.trackingDomain);
  const whole = await dressTestMail({ db, teamId, now }, { html, text, token, linksAt, tracksOpens }, sender);
  const touch = mail.touchId === null ? null : await findTouch(db, teamId, mail.touchId);
  const files = await attachmentsOf(db, teamId, touch?.attachmentIds ?? []);
  return { ...whole, attachments: files.map((file) => ({ ...file, contentId: null })) };
}

async function keyOf(app: App, teamId: string, mailboxId: string, email: string) {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return (await dkimKeysOf(app, teamId, mailboxId)).get(domain) ?? null;
}

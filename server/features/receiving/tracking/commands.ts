// Opens and clicks, noted as they come: judged, counted, and for a person's followed by what the sequence says.

import type { App, Origin } from "../../../app.ts";
import { BURST, type Hit, judgeEngagement, type MachineSign } from "../../../domain/sending/engagement.ts";
import { trackable } from "../../../domain/templates/dressing.ts";
import { titleFor } from "../../../domain/work/task.ts";
import { newId } from "../../../kernel/ids.ts";
import { wakeAtBranches } from "../../enrollments/branching/store.ts";
import { moveByTriggers } from "../../enrollments/enrollments/apply-transition.ts";
import { happened } from "../../enrollments/enrollments/enrollment-events.ts";
import { type By, record } from "../../events/events/store.ts";
import { proveSent } from "../../sending/outbox/reconciliation.ts";
import * as store from "../../sending/tracked/store.ts";
import { findSequence } from "../../sequences/sequences/store.ts";
import { rulesOf } from "../../sequences/sequences/whole.ts";
import { insertStepTasks } from "../../work/tasks/store.ts";
import { findByToken, findTestLinks, isToken } from "../tokens-in-mails/store.ts";

/** What the program that came says of itself. */
export type TrackingClient = Pick<Hit, "method" | "userAgent" | "purpose">;

/** Kept per mail and kind. More opens than that are not one person's. */
const MOST_KEPT = { byPeople: 100, byMachines: 20 };

/** Answers whether there is such a mail. */
export async function noteOpen(app: App, origin: Origin, token: string, visitor: TrackingClient) {
  const found = await findMail(app, token);
  if (!found) return (await linksOfTest(app, token)) !== null;
  return inTeam(app, origin, found.teamId, async (by) => {
    const mail = await store.findMail(by.db, by.teamId, found.messageId);
    if (mail) await note(by, mail, { ...visitor, is: "open", link: null, at: by.now, letGoAt: mail.letGoAt });
    return mail !== null;
  });
}

/** Where the link leads. Null where there is no such mail, or no such link in it. */
export async function followLink(
  app: App,
  origin: Origin,
  { token, link }: { token: string; link: number },
  visitor: TrackingClient,
): Promise<string | null> {
  const found = await findMail(app, token);
  if (!found) return trackable((await linksOfTest(app, token))?.[link - 1] ?? "");
  return inTeam(app, origin, found.teamId, async (by) => {
    const { db, teamId, now } = by;
    const url = await store.findTarget(db, teamId, found.messageId, link);
    const target = url === null ? null : trackable(url); // what was kept is not trusted more than what is asked
    const mail = target === null ? null : await store.findMail(db, teamId, found.messageId);
    if (!mail) return null;
    await note(by, mail, { ...visitor, is: "click", link, at: now, letGoAt: mail.letGoAt });
    return target;
  });
}

async function findMail(app: App, token: string) {
  return isToken(token) ? app.db.inTransaction((db) => findByToken(db, token)) : null;
}

/** What is done in a test email counts for nobody. */
async function linksOfTest(app: App, token: string) {
  return isToken(token) ? app.db.inTransaction((db) => findTestLinks(db, token)) : null;
}

function inTeam<T>(app: App, origin: Origin, teamId: string, work: (by: By) => Promise<T>) {
  return app.db.inTeam(teamId, (db) =>
    work({ db, now: app.now(), origin, teamId, userId: null, apiKeyId: null }),
  );
}

async function note(by: By, mail: store.TrackedMail, hit: Hit) {
  // A client that fetches it, person or machine, has the mail.
  if (mail.delivery !== "sent") await proveSent(by, [mail.id], hit.is);
  const { sign: alone } = judgeEngagement(hit, []);
  const sign = alone ?? (await judgeTogether(by, mail, hit));
  if (sign) await keep(by, mail, hit, sign);
  else await count(by, mail, hit);
}

async function judgeTogether(by: By, mail: store.TrackedMail, hit: Hit): Promise<MachineSign | null> {
  const { db, teamId, now } = by;
  await store.lockReader(db, teamId, mail);
  const since = now.subtract({ seconds: BURST.seconds });
  const judged = judgeEngagement(hit, await store.earlierHits(db, teamId, mail.id, hit.is, since));
  if (judged.sign && judged.since)
    await store.retract(db, teamId, mail.id, hit.is, { since: judged.since, sign: judged.sign });
  return judged.sign;
}

/** What a machine did is kept and changes nothing. */
async function keep({ db, teamId }: By, mail: store.TrackedMail, hit: Hit, sign: MachineSign) {
  await store.keepHit(db, teamId, rowOf(mail, hit, sign), MOST_KEPT);
}

function rowOf({ id, contactId }: store.TrackedMail, hit: Hit, sign: MachineSign | null): store.NewHit {
  return {
    id: newId(),
    messageId: id,
    contactId,
    type: hit.is,
    at: hit.at,
    isMachine: sign !== null,
    userAgent: hit.userAgent?.slice(0, 300) ?? null,
    link: hit.link,
    detail: sign === null ? {} : { sign },
  };
}

/** The reader's row is locked. */
async function count(by: By, mail: store.TrackedMail, hit: Hit) {
  const { db, teamId, now } = by;
  const row = rowOf(mail, hit, null);
  if (!(await store.keepHit(db, teamId, row, MOST_KEPT))) return;
  const { contactId } = mail;
  const isReaders = contactId !== null && !mail.isCopy;
  if (isReaders) await store.noteOnContact(db, teamId, contactId, hit.is, now);
  if (isReaders) await wakeAtBranches(db, teamId, [contactId], now.add({ seconds: BURST.seconds }));
  const isNews = !(await store.wasThereToday(db, teamId, row));
  if (isNews) await tell(by, mail, hit);
  if (isReaders && isNews && hit.is === "click") await finishOnClick(by, mail);
  const total = await store.countHit(db, teamId, mail.id, hit.is, now);
  if (!isReaders || hit.is === "click") return;
  if (total === 1) await moveByTriggers(by, [{ ...idsOf(mail), event: "opened" }]);
  await openCallTask(by, mail, total);
}

function idsOf({ contactId, sequenceId }: store.TrackedMail) {
  return { contactId: contactId ?? "", sequenceId: sequenceId ?? "" };
}

/** Once a day for each mail and kind: a feed of every open would be too long to read. */
function tell(by: By, { id, contactId, sequenceId }: store.TrackedMail, { is, link }: Hit) {
  return record(by, {
    type: is === "open" ? "message.opened" : "message.clicked",
    subject: { type: "message", id },
    data: {
      ...(contactId !== null && { contact_id: contactId }),
      ...(sequenceId !== null && { sequence_id: sequenceId }),
      ...(link !== null && { link }),
    },
  });
}

async function finishOnClick(by: By, { enrollmentId }: store.TrackedMail) {
  if (enrollmentId !== null) await happened(by, [{ enrollmentId, what: { is: "clicked" } }]);
}

/** A contact who opens a mail again and again is worth a call: one for each contact and sequence. */
async function openCallTask(by: By, mail: store.TrackedMail, opens: number) {
  const { db, teamId, now } = by;
  const { contactId, sequenceId, ownerId } = mail;
  if (contactId === null || sequenceId === null || ownerId === null) return;
  const sequence = await findSequence(db, teamId, sequenceId);
  if (!sequence) return;
  const { createTaskIfEmailOpen, emailOpenTriggerTaskThreshold } = await rulesOf(db, teamId, sequence);
  if (createTaskIfEmailOpen.value !== true || opens < Number(emailOpenTriggerTaskThreshold.value)) return;
  if (await store.hasCallTask(db, teamId, contactId, sequenceId)) return;
  const id = newId();
  const done = { completedAt: null, completedBy: null, skippedAt: null };
  const about = { contactId, accountId: mail.accountId, dealId: null, sequenceId, messageId: mail.id };
  const words = {
    title: titleFor("call", mail.contactName),
    note: `Opened an email ${opens} times`,
    callScript: null,
  };
  await insertStepTasks(db, teamId, [
    {
      id,
      userId: ownerId,
      creatorId: ownerId,
      type: "call",
      status: "scheduled",
      priority: "high",
      ...about,
      ...words,
      ...done,
      relevantFields: null,
      createdFrom: "email_opens",
      dueAt: now,
      createdAt: now,
      stepId: null,
      enrollmentId: null, // finishing it advances no enrollment
    },
  ]);
  await record(by, {
    type: "task.created",
    subject: { type: "task", id },
    data: { type: "call", contact_id: contactId, sequence_id: sequenceId },
  });
}

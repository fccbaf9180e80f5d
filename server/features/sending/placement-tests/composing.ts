// What a placement test sends: the email of a step as it would leave, filled for an invented contact, or a text of its own.
// No contact is read for it, so a test holds no personal data.

import type { Act } from "../../../app.ts";
import { SAMPLE_RECIPIENT } from "../../../domain/sending/rehearsal.ts";
import { composeMail } from "../../../domain/templates/composing.ts";
import { cleanHtml } from "../../../kernel/html.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { gatherFacts } from "../../sequences/composing/store.ts";
import { getVisible } from "../../sequences/sequences/finding.ts";
import { findTemplates } from "../../sequences/templates/store.ts";
import { findTouch } from "../../sequences/touches/store.ts";
import type { PlacementText } from "./store.ts";

export type PlacementWish = {
  mailboxId: string | null;
  touchId: string | null;
  subject: string | null;
  bodyHtml: string | null;
  likeId: string | null;
  seedIds: readonly string[] | null;
};

type Sender = { id: string; openTracking: boolean };

export async function textOfTest(
  act: Act,
  { touchId, subject, bodyHtml }: Pick<PlacementWish, "touchId" | "subject" | "bodyHtml">,
  sender: Sender,
): Promise<PlacementText> {
  if (touchId !== null) return ofTouch(act, touchId, sender);
  if (subject === null) throw new Refusal("parameter_missing", { name: "subject" });
  const sequenceId = "";
  const mail = await composed(act, { subject, bodyHtml, sequenceId, isSigned: false }, sender);
  return { ...mail, touchId: null, isOfStep: false, tracksOpens: false };
}

async function ofTouch(act: Act, touchId: string, sender: Sender): Promise<PlacementText> {
  const { db, caller } = act;
  const touch = await findTouch(db, caller.teamId, touchId);
  if (!touch) throw new Refusal("record_not_found");
  await getVisible(act, touch.sequenceId);
  const [template] = await findTemplates(db, caller.teamId, [touch.templateId]);
  const { sequenceId, includeSignature: isSigned } = touch;
  const { subject = null, bodyHtml = null } = template ?? {};
  const mail = await composed(act, { subject, bodyHtml, sequenceId, isSigned }, sender);
  return { ...mail, touchId, isOfStep: true, tracksOpens: sender.openTracking };
}

type Written = { subject: string | null; bodyHtml: string | null; sequenceId: string; isSigned: boolean };

async function composed({ db, caller, now }: Act, written: Written, { id }: Sender) {
  const { sequenceId, subject } = written;
  const wanted = { contactIds: [], mailboxIds: [id], sequenceId };
  const { senders, sequence } = await gatherFacts(db, caller.teamId, wanted);
  const sender = senders.get(id);
  if (!sender) throw new Refusal("mail_sender_not_permitted");
  const signature = written.isSigned ? sender.signatureHtml : null;
  const { mail, fault } = composeMail({
    subject,
    bodyHtml: written.bodyHtml && cleanHtml(written.bodyHtml),
    facts: { ...SAMPLE_RECIPIENT, sender, sequence, opener: "" },
    now,
    zone: sequence?.zone ?? "UTC",
    drawnFor: { contactId: "", stepId: null },
    signatureHtml: signature && cleanHtml(signature),
  });
  if (fault) throw new Refusal("test_mail_unreadable", { sentence: fault.sentence });
  if (mail.text.trim() === "") throw new Refusal("template_body_empty");
  return { subject: mail.subject, bodyHtml: mail.html, bodyText: mail.text };
}

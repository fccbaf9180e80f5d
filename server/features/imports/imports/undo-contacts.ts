// Undoes what an import did to contacts. Contacts it created are deleted, unless they were used. Contacts it changed
// are put back, unless the same fields were changed since.

import type { Act } from "../../../app.ts";
import { type ContactDetails, changedFacts } from "../../../domain/contacts/contact-facts.ts";
import { checkFieldValues } from "../../../domain/contacts/custom-fields.ts";
import { type FieldSnapshot, flat } from "../../../domain/imports/import-undo.ts";
import { lockContacts, updateContacts } from "../../contacts/contact-rows/writing-store.ts";
import { fieldValuesOf, listFields, writeFieldValues } from "../../contacts/custom-fields/store.ts";
import { takeOff } from "../../contacts/labels/membership.ts";
import { findLabelsByName } from "../../contacts/labels/store.ts";
import { inheritPauses } from "../../contacts/pausing/following.ts";
import { followMarks } from "../../contacts/suppressions/claims-following.ts";
import { applyTransitions } from "../../enrollments/enrollments/apply-transition.ts";
import { lockLiveOf } from "../../enrollments/enrollments/locking-store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { listsOf, untouchedSince, usedContacts } from "../../prospecting/import-rows/records-store.ts";
import { deleteContacts } from "../../removal/contact-removal/deleting.ts";
import type { ImportInProgress, Traces } from "./kinds.ts";
import { lastTouch, ownOf, putAllBack, stillOn } from "./traces.ts";

type Told = { recordId: string; code: string };
type Side = { id: string; contact: ContactDetails; trace: Traces; used: string | null };

export async function undoContacts(
  act: Act,
  work: ImportInProgress,
  traces: readonly Traces[],
): Promise<Told[]> {
  const { db, caller } = act;
  const ids = traces.map(({ recordId }) => recordId);
  const sequenceId = work.options.joining?.sequenceId ?? null;
  const locked = new Map((await lockContacts(db, caller.teamId, ids)).map((one) => [one.id, one]));
  const used = new Map(
    (await usedContacts(db, caller.teamId, ids, sequenceId)).map(({ id, code }) => [id, code]),
  );
  const sides = traces.flatMap((trace): Side[] => {
    const contact = locked.get(trace.recordId);
    return contact ? [{ id: trace.recordId, contact, trace, used: used.get(trace.recordId) ?? null }] : [];
  });
  const made = sides.filter(({ trace }) => trace.rows[0]?.verdict === "created");
  const others = sides.filter(({ trace }) => trace.rows[0]?.verdict !== "created");
  const told = [...(await takeAway(act, made)), ...(await restore(act, others))];
  await leave(act, others, sequenceId);
  const there = new Set(told.map(({ recordId }) => recordId));
  return [
    ...told,
    ...ids.filter((id) => !there.has(id)).map((recordId) => ({ recordId, code: "gone_already" })),
  ];
}

async function takeAway(act: Act, made: readonly Side[]): Promise<Told[]> {
  const { db, caller } = act;
  const untouched = await untouchedSince(
    db,
    caller.teamId,
    "contacts",
    made.map(({ id, trace }) => ({ id, at: lastTouch(trace) })),
  );
  const told = made.map(({ id, used }) => ({
    recordId: id,
    code: used ?? (untouched.has(id) ? "undone" : "changed_since"),
  }));
  const going = told.flatMap(({ recordId, code }) => (code === "undone" ? [recordId] : []));
  if (going.length > 0) await deleteContacts(act, going);
  return told;
}

async function restore(act: Act, sides: readonly Side[]): Promise<Told[]> {
  const { db, now, caller } = act;
  const ids = sides.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [fields, lists] = await Promise.all([
    fieldValuesOf(db, caller.teamId, "contact", ids),
    listsOf(db, caller.teamId, "contacts", ids),
  ]);
  const told: Told[] = [];
  const back: { id: string; was: ContactDetails; facts: FieldSnapshot }[] = [];
  for (const { id, contact, trace } of sides) {
    const current = { ...flat(contact), ...ownOf(fields.get(id)), ...stillOn(trace, lists.get(id)) };
    const facts = putAllBack(current, trace);
    told.push({ recordId: id, code: facts === null ? "changed_since" : "undone" });
    if (facts && Object.keys(facts).length > 0) back.push({ id, was: contact, facts });
  }
  const writing = back.map(({ id, was, facts }) => ({ id, was, after: contactWith(was, facts) }));
  const changed = writing.filter(({ was, after }) => changedFacts(was, after).length > 0);
  if (changed.length > 0)
    await updateContacts(
      db,
      caller.teamId,
      changed.map(({ id, after }) => ({ id, ...after, hasOtherEmails: true, hasOtherPhones: true })),
      now,
    );
  await followMarks(
    act,
    changed.map(({ id, was: before, after }) => ({ id, before, after })),
  );
  // The contact may have asked for a pause under the address that is given back.
  const readdressed = back.filter(({ facts }) => "email" in facts || "emails" in facts);
  if (readdressed.length > 0) await inheritPauses(act, readdressed);
  await restoreFields(act, back);
  await takeOffLists(act, back, sides);
  if (back.length > 0)
    await record(
      byCaller(act),
      ...back.map(({ id, facts }) => ({
        type: "contact.updated" as const,
        subject: { type: "contact" as const, id },
        data: {
          changed: Object.keys(facts).map((key) => key.replace(/^field .*/, "typedCustomFields")),
          reason: "undone",
        },
      })),
    );
  return told;
}

function contactWith(was: ContactDetails, back: FieldSnapshot): ContactDetails {
  const { emails, phones, lists: _, ...rest } = back;
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("field ")));
  const { emailUnsubscribed, emailUnsubscribedAt } = was.facts;
  const optOut = emailUnsubscribed ? { emailUnsubscribed, emailUnsubscribedAt } : {}; // undoing lifts none
  const facts = { ...was.facts, ...own, ...optOut } as ContactDetails["facts"];
  return {
    facts,
    emails: (emails ?? was.emails) as ContactDetails["emails"],
    phones: (phones ?? was.phones) as ContactDetails["phones"],
  };
}

async function restoreFields({ db, caller }: Act, back: readonly { id: string; facts: FieldSnapshot }[]) {
  const own = back.map(({ id, facts }) => ({
    id,
    fields: Object.fromEntries(
      Object.entries(facts).flatMap(([key, value]) =>
        key.startsWith("field ") ? [[key.slice(6), value]] : [],
      ),
    ),
  }));
  if (own.every(({ fields }) => Object.keys(fields).length === 0)) return;
  const definitions = await listFields(db, caller.teamId, "contact");
  await writeFieldValues(
    db,
    caller.teamId,
    "contact",
    own.map(({ id, fields }) => ({ id, values: checkFieldValues(definitions, fields).values })),
  );
}

async function takeOffLists(act: Act, back: readonly { id: string }[], sides: readonly Side[]) {
  const { db, caller } = act;
  const traceOf = new Map(sides.map(({ id, trace }) => [id, trace]));
  const byName = new Map<string, string[]>();
  for (const { id } of back)
    for (const { difference } of traceOf.get(id)?.rows ?? [])
      for (const name of (difference?.after.lists as string[] | undefined) ?? [])
        byName.set(name, [...(byName.get(name) ?? []), id]);
  for (const [name, ids] of byName) {
    const labels = await findLabelsByName(db, caller.teamId, "contacts", [name]);
    await takeOff(
      act,
      "contacts",
      labels.map(({ id }) => id),
      ids,
    );
  }
}

/** Whom the import put into a sequence, and who has had no mail from there, is taken out again. */
async function leave(act: Act, sides: readonly Side[], sequenceId: string | null) {
  const ids = sides
    .filter(({ trace, used }) => used !== "mailed" && trace.rows.some((row) => row.enrollment === "enrolled"))
    .map(({ id }) => id);
  if (sequenceId === null || ids.length === 0) return;
  const rows = await lockLiveOf(act.db, act.caller.teamId, ids);
  await applyTransitions(
    byCaller(act),
    rows.filter((row) => row.sequenceId === sequenceId),
    { is: "remove" },
  );
}

// What an import has done about contacts, taken back: those it made go, where nobody has done anything with them; those it
// changed are put back, where nobody has changed the same since.

import type { Act } from "../../app.ts";
import { type Contact, changedFacts } from "../../domain/contact-facts.ts";
import { checkFieldValues } from "../../domain/custom-fields.ts";
import { type Facts, flat } from "../../domain/import-undo.ts";
import { followMarks } from "../address-claims/following.ts";
import { lockContacts, updateContacts } from "../contact-writing/store.ts";
import { deleteContacts } from "../contacts/commands.ts";
import { fieldValuesOf, listFields, writeFieldValues } from "../custom-fields/store.ts";
import { carryOut } from "../enrollments/carry-out.ts";
import { lockLiveOf } from "../enrollments/locking-store.ts";
import { byCaller, record } from "../events/store.ts";
import { takeOff } from "../labels/membership.ts";
import { findLabelsByName } from "../labels/store.ts";
import { inheritPauses } from "../pausing/following.ts";
import type { Traces, Work } from "./kinds.ts";
import { listsOf, untouchedSince, usedContacts } from "./records-store.ts";
import { lastTouch, ownOf, putAllBack, stillOn } from "./traces.ts";

type Told = { recordId: string; code: string };
type Side = { id: string; contact: Contact; trace: Traces; used: string | null };

export async function undoContacts(act: Act, work: Work, traces: readonly Traces[]): Promise<Told[]> {
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
  const back: { id: string; was: Contact; facts: Facts }[] = [];
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
  // Somebody may have asked for a pause under the address that is given back.
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

function contactWith(was: Contact, back: Facts): Contact {
  const { emails, phones, lists: _, ...rest } = back;
  const own = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("field ")));
  const { emailUnsubscribed, emailUnsubscribedAt } = was.facts;
  const optOut = emailUnsubscribed ? { emailUnsubscribed, emailUnsubscribedAt } : {}; // undoing lifts none
  const facts = { ...was.facts, ...own, ...optOut } as Contact["facts"];
  return {
    facts,
    emails: (emails ?? was.emails) as Contact["emails"],
    phones: (phones ?? was.phones) as Contact["phones"],
  };
}

async function restoreFields({ db, caller }: Act, back: readonly { id: string; facts: Facts }[]) {
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
  await carryOut(
    byCaller(act),
    rows.filter((row) => row.sequenceId === sequenceId),
    { is: "remove" },
  );
}

// Takes back what an import did to accounts: those it made are deleted, those it changed get their values back.

import type { Act } from "../../../app.ts";
import { type AccountFacts, isNamed } from "../../../domain/contacts/accounts.ts";
import { checkFieldValues } from "../../../domain/contacts/custom-fields.ts";
import type { FieldSnapshot } from "../../../domain/imports/import-undo.ts";
import { lockAccounts, updateAccounts } from "../../contacts/accounts/store.ts";
import { fieldValuesOf, listFields, writeFieldValues } from "../../contacts/custom-fields/store.ts";
import { takeOff } from "../../contacts/labels/membership.ts";
import { findLabelsByName } from "../../contacts/labels/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { listsOf, untouchedSince, usedAccounts } from "../../prospecting/import-rows/records-store.ts";
import { deleteAccounts } from "../../saving/accounts/commands.ts";
import type { ImportInProgress, Traces } from "./kinds.ts";
import { lastTouch, ownOf, putAllBack, stillOn } from "./traces.ts";

export async function undoAccounts(act: Act, _: ImportInProgress, traces: readonly Traces[]) {
  const { db, now, caller } = act;
  const ids = traces.map(({ recordId }) => recordId);
  const locked = new Map((await lockAccounts(db, caller.teamId, ids)).map(({ id, facts }) => [id, facts]));
  const isMade = ({ rows }: Traces) => rows[0]?.verdict === "created";
  const [used, untouched, fields, lists] = await Promise.all([
    usedAccounts(db, caller.teamId, ids, traces.flatMap(linkedBy)),
    untouchedSince(
      db,
      caller.teamId,
      "accounts",
      traces.map((trace) => ({ id: trace.recordId, at: lastTouch(trace) })),
    ),
    fieldValuesOf(db, caller.teamId, "account", ids),
    listsOf(db, caller.teamId, "accounts", ids),
  ]);
  const usedBy = new Map(used.map(({ id, code }) => [id, code]));
  const back: { id: string; facts: AccountFacts; given: FieldSnapshot; put: string[] }[] = [];
  const told = traces.map((trace) => {
    const { recordId } = trace;
    const facts = locked.get(recordId);
    if (!facts) return { recordId, code: "gone_already" };
    if (isMade(trace))
      return {
        recordId,
        code: usedBy.get(recordId) ?? (untouched.has(recordId) ? "undone" : "changed_since"),
      };
    const current = { ...facts, ...ownOf(fields.get(recordId)), ...stillOn(trace, lists.get(recordId)) };
    const given = putAllBack(current, trace);
    const next = { ...facts, ...ownFactsOf(given ?? {}) } as AccountFacts;
    if (given === null || !isNamed(next)) return { recordId, code: "changed_since" };
    if (Object.keys(given).length > 0) back.push({ id: recordId, facts: next, given, put: listsPut(trace) });
    return { recordId, code: "undone" };
  });
  const going = traces.filter(isMade).map(({ recordId }) => recordId);
  const gone = going.filter((id) => told.some((one) => one.recordId === id && one.code === "undone"));
  if (gone.length > 0) await deleteAccounts(act, gone);
  await restore(act, back);
  await takeOffLists(act, back);
  if (back.length > 0)
    await record(
      byCaller({ ...act, now }),
      ...back.map(({ id, given }) => ({
        type: "account.updated" as const,
        subject: { type: "account" as const, id },
        data: { changed: Object.keys(given), reason: "undone" },
      })),
    );
  return told;
}

/** List by list, for all records that the import has put on it. */
async function takeOffLists(act: Act, back: readonly { id: string; put: readonly string[] }[]) {
  const names = [...new Set(back.flatMap(({ put }) => put))];
  if (names.length === 0) return;
  for (const { id, name } of await findLabelsByName(act.db, act.caller.teamId, "accounts", names)) {
    const onIt = back.filter(({ put }) => put.some((one) => isOneList(one, name)));
    await takeOff(
      act,
      "accounts",
      [id],
      onIt.map((one) => one.id),
    );
  }
}

const isOneList = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** The contacts that came to it when it was made. */
function linkedBy({ rows }: Traces) {
  return rows.flatMap(({ difference }) => (difference?.after.linked as string[] | undefined) ?? []);
}

function listsPut({ rows }: Traces) {
  return rows.flatMap(({ difference }) => (difference?.after.lists as string[] | undefined) ?? []);
}

function ownFactsOf({ lists: _, ...facts }: FieldSnapshot) {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !key.startsWith("field ")));
}

async function restore(
  { db, now, caller }: Act,
  back: readonly { id: string; facts: AccountFacts; given: FieldSnapshot }[],
) {
  if (back.length === 0) return;
  await updateAccounts(db, caller.teamId, back, now);
  const definitions = await listFields(db, caller.teamId, "account");
  const rows = back.map(({ id, given }) => {
    const own = Object.entries(given).flatMap(([key, value]) =>
      key.startsWith("field ") ? [[key.slice(6), value] as const] : [],
    );
    return { id, values: checkFieldValues(definitions, Object.fromEntries(own)).values };
  });
  await writeFieldValues(db, caller.teamId, "account", rows);
}

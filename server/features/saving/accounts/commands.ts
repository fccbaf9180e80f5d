import type { Act } from "../../../app.ts";
import {
  type AccountWish,
  applyAccountWish,
  blankAccount,
  isNamed,
} from "../../../domain/contacts/accounts.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { absent, refuseUnknownReferences, shown } from "../../contacts/accounts/finding.ts";
import * as store from "../../contacts/accounts/store.ts";
import { type FieldsAsked, fillFields } from "../../contacts/custom-fields/commands.ts";
import { keepOnLists, putOnLists } from "../../contacts/labels/membership.ts";
import { firstStageId } from "../../contacts/stages/store.ts";
import { startProgress } from "../../events/progress/commands.ts";
import type { ItemOutcome } from "../../events/progress/store.ts";
import { linkLonelyContacts, matchesFor } from "./matching.ts";
import { recordAccountEvents, tellEach } from "./telling.ts";

export type AccountInput = AccountWish & {
  fields?: FieldsAsked | undefined;
  labelNames?: readonly string[] | undefined;
};

type Fresh = store.StoredAccount & { asked: AccountInput };

/** Makes an account, even where the same company is there already: so Apollo does. */
export async function createAccount(act: Act, asked: AccountInput) {
  const [fresh] = await prepare(act, [asked]);
  const errors = await add(act, [fresh as Fresh]);
  return {
    account: await shown(act, (fresh as Fresh).id),
    fieldErrors: errors.get((fresh as Fresh).id) ?? {},
  };
}

export type Bulk = { rows: readonly AccountInput[]; labelNames: readonly string[]; dedupe: boolean };

/** Those that are there already are left as they are, and get no lists either. */
export async function createAccounts(act: Act, { rows, labelNames, dedupe }: Bulk, source = "api") {
  const { db, caller } = act;
  const prepared = await prepare(act, rows, source);
  const matches = await matchesFor(
    act,
    prepared.map(({ facts }) => facts),
    dedupe,
  );

  const fresh = prepared.filter((_, at) => matches[at]?.kind === "new");
  const existing = new Set(matches.flatMap((match) => (match.kind === "known" ? [match.id] : [])));
  await add(
    act,
    fresh.map((one) => ({
      ...one,
      asked: { ...one.asked, labelNames: [...(one.asked.labelNames ?? []), ...labelNames] },
    })),
  );
  return {
    created: await store.findAccounts(
      db,
      caller.teamId,
      fresh.map(({ id }) => id),
      viewerIn(caller),
    ),
    existing: await store.findAccounts(db, caller.teamId, [...existing], viewerIn(caller)),
  };
}

/** New accounts, even where the same ones exist already. */
export async function makeAccounts(act: Act, rows: readonly AccountInput[], source: string) {
  if (rows.length === 0) return [];
  const fresh = await prepare(act, rows, source);
  const errors = await add(act, fresh);
  return fresh.map(({ id }) => ({ id, fieldErrors: errors.get(id) ?? {} }));
}

/** Which accounts are meant, until the transaction ends. */
export function matchesOf(act: Act, rows: readonly AccountInput[]) {
  return matchesFor(
    act,
    rows.map((asked) => applyAccountWish(blankAccount("api"), asked, act.now)),
    true,
  );
}

async function prepare(act: Act, rows: readonly AccountInput[], source = "api"): Promise<Fresh[]> {
  const { db, now, caller } = act;
  await refuseUnknownReferences(act, rows);
  const stageId = await firstStageId(db, caller.teamId, "account");
  const prepared = rows.map((asked) => {
    const defaults = { ...blankAccount(source), ownerId: caller.userId, accountStageId: stageId };
    const facts = applyAccountWish(defaults, withoutBlankLinks(asked), now);
    return { id: newId(), facts, asked };
  });
  if (!prepared.every(({ facts }) => isNamed(facts))) throw new Refusal("account_unnamed");
  return prepared;
}

// An account always starts in a stage; null and nothing mean the same of a new one.
function withoutBlankLinks(asked: AccountInput): AccountInput {
  const { accountStageId, ...rest } = asked;
  return accountStageId ? asked : rest;
}

async function add(act: Act, fresh: readonly Fresh[]) {
  const { db, now, caller } = act;
  if (fresh.length === 0) return new Map<string, Record<string, string>>();
  await store.insertAccounts(db, caller.teamId, fresh, now);
  const errors = await fillFields(
    act,
    "account",
    fresh.map(({ id, asked }) => ({ id, fields: asked.fields })),
  );
  await putOnLists(
    act,
    "accounts",
    fresh.map(({ id, asked }) => ({ id, labelNames: asked.labelNames ?? [] })),
  );
  await linkLonelyContacts(act, fresh);
  await recordAccountEvents(
    act,
    "account.created",
    fresh.map(({ id }) => id),
  );
  return errors;
}

export async function changeAccount(act: Act, id: string, asked: AccountInput) {
  const { db, now, caller } = act;
  const [account] = await store.lockAccounts(db, caller.teamId, [id]);
  if (!account) throw await absent(act, id, "account_deleted_for_update");
  await refuseUnknownReferences(act, [asked], id);
  const facts = applyAccountWish(account.facts, asked, now);
  if (!isNamed(facts)) throw new Refusal("account_unnamed");
  await store.updateAccounts(db, caller.teamId, [{ id, facts }], now);
  const errors = await fillFields(act, "account", [{ id, fields: asked.fields }]);
  if (asked.labelNames !== undefined) await keepOnLists(act, "accounts", id, asked.labelNames);
  if (facts.domain !== account.facts.domain || facts.name !== account.facts.name)
    await linkLonelyContacts(act, [{ id, facts }]);
  await recordAccountEvents(act, "account.updated", [id], { changed: saidIn(asked) });
  if (facts.accountStageId !== account.facts.accountStageId)
    await recordAccountEvents(act, "account.stage_changed", [id], {
      from: account.facts.accountStageId,
      to: facts.accountStageId,
    });
  return { account: await shown(act, id), fieldErrors: errors.get(id) ?? {} };
}

type AccountChange = { id: string; asked: AccountInput };

/** Ids that name no account are passed over; anything else that is wrong refuses the whole. */
export async function changeAccounts(act: Act, changes: readonly AccountChange[]) {
  const { db, now, caller } = act;
  const askedOf = new Map(changes.map(({ id, asked }) => [id, asked]));
  const locked = await store.lockAccounts(db, caller.teamId, [...askedOf.keys()]);
  await refuseUnknownReferences(act, [...askedOf.values()]);
  const next = locked.map(({ id, facts }) => ({
    id,
    facts: applyAccountWish(facts, askedOf.get(id) as AccountInput, now),
  }));
  if (!next.every(({ facts }) => isNamed(facts))) throw new Refusal("account_unnamed");
  await store.updateAccounts(db, caller.teamId, next, now);
  await fillFields(
    act,
    "account",
    next.map(({ id }) => ({ id, fields: askedOf.get(id)?.fields })),
  );
  const renamed = next.filter(({ facts }, at) => facts.name !== locked[at]?.facts.name);
  await linkLonelyContacts(act, renamed);
  await tellEach(
    act,
    "account.updated",
    next.map(({ id }) => ({ id, data: { changed: saidIn(askedOf.get(id) ?? {}) } })),
  );
  const stages = next.map(({ id, facts }, at) => ({
    id,
    data: { from: locked[at]?.facts.accountStageId ?? null, to: facts.accountStageId },
  }));
  await tellEach(
    act,
    "account.stage_changed",
    stages.filter(({ data }) => data.from !== data.to),
  );
  const found = new Set(next.map(({ id }) => id));
  const order = [...askedOf.keys()].filter((id) => found.has(id));
  return store.findAccounts(db, caller.teamId, order, viewerIn(caller));
}

/** The same change for many, put off: the engine does it batch by batch. */
export async function changeAccountsLater(act: Act, ids: readonly string[], asked: AccountInput) {
  await refuseUnknownReferences(act, [asked]);
  const instructions = { asked };
  return startProgress(act, { jobType: "account_bulk_update", entityIds: ids, params: {}, instructions });
}

export async function workOnAccounts(
  act: Act,
  instructions: Record<string, unknown>,
  ids: readonly string[],
): Promise<ItemOutcome[]> {
  const asked = instructions.asked as AccountInput;
  const changed = await changeAccounts(
    act,
    ids.map((id) => ({ id, asked })),
  );
  const done = new Set(changed.map(({ id }) => id));
  return ids.map((id) => ({ outcome: done.has(id) ? "updated" : "not_found" }));
}

/** Contacts, deals and calls stay; they have no account any more. */
export async function deleteAccount(act: Act, id: string) {
  const [account] = await store.lockAccounts(act.db, act.caller.teamId, [id]);
  if (!account) throw await absent(act, id, "account_deleted");
  await deleteAccounts(act, [id]);
}

/** Their rows must be locked. */
export async function deleteAccounts(act: Act, ids: readonly string[]) {
  await store.deleteAccounts(act.db, act.caller.teamId, ids, act.caller.userId, act.now);
  await recordAccountEvents(act, "account.deleted", ids);
}

// Only which fields, never what stands in them: events outlive the record.
function saidIn(asked: AccountInput) {
  return Object.keys(asked).filter((key) => asked[key as keyof AccountInput] !== undefined);
}

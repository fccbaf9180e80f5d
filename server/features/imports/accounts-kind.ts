// A row becomes an account: a new one, or the one that is meant by its CRM id, domain or name.

import type { Act } from "../../app.ts";
import { GoneMeanwhile } from "../../db/away.ts";
import { type AccountFacts, isNamed } from "../../domain/accounts.ts";
import { checkFieldValues } from "../../domain/custom-fields.ts";
import { ACCOUNT_TARGETS } from "../../domain/import-fields.ts";
import { heededAccount, type SetEarlier } from "../../domain/import-policy.ts";
import { type AccountRow, accountFrom } from "../../domain/import-rows.ts";
import { difference, type Facts } from "../../domain/import-undo.ts";
import { type Asked, changeAccounts, deleteAccounts, makeAccounts, matchesOf } from "../accounts/commands.ts";
import { lockAccounts, updateAccounts } from "../accounts/store.ts";
import { fieldValuesOf, listFields, writeFieldValues } from "../custom-fields/store.ts";
import { byCaller, record } from "../events/store.ts";
import { putOnLists, takeOff } from "../labels/membership.ts";
import { findLabelsByName } from "../labels/store.ts";
import type { Kind, Told, Traces, Work } from "./kinds.ts";
import { noteListsMade } from "./lists-made.ts";
import { listsOf, ownersNamed, stagesNamed, untouchedSince, usedAccounts } from "./records-store.ts";
import { earlierRows, type Outcome } from "./rows-store.ts";
import { lastTouch, ownOf, putAllBack, stillOn } from "./traces.ts";

export const accounts: Kind<AccountRow> = {
  jobType: "account_import",
  modality: "account",
  targets: ACCOUNT_TARGETS,
  knownBy: ["name", "domain", "website_url"],
  read: accountFrom,
  take: takeAccounts,
  undo: undoAccounts,
};

const NOTHING = {
  code: null,
  recordId: null,
  sameAs: null,
  enrollment: null,
  enrollmentCode: null,
  difference: null,
  leftOut: null,
};

type Group = { id: string | null; rows: Told<AccountRow>[]; asked: Asked };

async function takeAccounts(act: Act, work: Work, rows: readonly Told<AccountRow>[]): Promise<Outcome[]> {
  const { db, caller } = act;
  const known = {
    owners: await ownersNamed(
      db,
      caller.teamId,
      rows.map(({ said }) => said.owner),
    ),
    stages: await stagesNamed(
      db,
      caller.teamId,
      "account_stages",
      rows.map(({ said }) => said.stageName),
    ),
  };
  const wishes = rows.map(({ said }) => askedFrom(said, work, known));
  const matches = await matchesOf(act, wishes);
  const groups = new Map<string, Group>();
  for (const [at, row] of rows.entries()) {
    const match = matches[at];
    const asked = wishes[at] as Asked;
    const key =
      match?.kind === "known" ? match.id : match?.kind === "earlier" ? `row ${match.at}` : `row ${at}`;
    const group = groups.get(key);
    if (!group) groups.set(key, { id: match?.kind === "known" ? match.id : null, rows: [row], asked });
    else {
      group.rows.push(row);
      group.asked = withLater(group.asked, asked);
    }
  }
  const all = [...groups.values()];
  const outcomes = [
    ...(await make(
      act,
      all.filter(({ id }) => id === null),
    )),
    ...(await change(
      act,
      work,
      all.filter((group): group is Group & { id: string } => group.id !== null),
    )),
  ];
  await noteListsMade(act, work, "accounts", wishes);
  const byRow = new Map(outcomes.map((outcome) => [outcome.row, outcome]));
  return rows.map(({ row }) => byRow.get(row) as Outcome);
}

type Known = Record<"owners" | "stages", ReadonlyMap<string, string>>;

function askedFrom(said: AccountRow, { options }: Work, { owners, stages }: Known): Asked {
  const { leftOut, owner, stageName, labelNames = [], ...row } = said;
  const found = owner === undefined ? undefined : owners.get(owner);
  if (owner !== undefined && found === undefined) leftOut.owner_email = "is nobody of the team";
  const stage = stageName === undefined ? undefined : stages.get(stageName.trim().toLowerCase());
  if (stageName !== undefined && stage === undefined) leftOut.account_stage_name = "is no stage of the team";
  const stageId = stage ?? options.stageId;
  const ownerId = found ?? options.ownerId ?? undefined;
  const lists = [...options.labelNames, ...labelNames];
  return {
    ...row,
    ...(ownerId !== undefined && { ownerId }),
    ...(stageId !== null && { accountStageId: stageId }),
    ...(lists.length > 0 && { labelNames: [...new Set(lists)] }),
  };
}

function withLater(earlier: Asked, later: Asked): Asked {
  const lists = [...(earlier.labelNames ?? []), ...(later.labelNames ?? [])];
  return {
    ...earlier,
    ...later,
    ...(lists.length > 0 && { labelNames: [...new Set(lists)] }),
    ...((earlier.fields || later.fields) && { fields: { ...earlier.fields, ...later.fields } }),
  };
}

async function make(act: Act, groups: readonly Group[]): Promise<Outcome[]> {
  const made = await makeAccounts(
    act,
    groups.map(({ asked }) => asked),
    "csv_import",
  );
  return groups.flatMap(({ rows }, at) => {
    const { id, fieldErrors } = made[at] as (typeof made)[number];
    return tellRows(rows, { recordId: id, verdict: "created", code: null, difference: null }, fieldErrors);
  });
}

/** What came of a record is told with its first row; the others say which that was. */
function tellRows(
  rows: readonly Told<AccountRow>[],
  what: Pick<Outcome, "recordId" | "verdict" | "code" | "difference">,
  fieldErrors: Record<string, string>,
  firstRow = rows[0]?.row ?? 0,
): Outcome[] {
  return rows.map(({ row, said }, turn) => {
    const leftOut = { ...said.leftOut, ...(turn === rows.length - 1 ? fieldErrors : {}) };
    const told: typeof what = turn === 0 ? what : { ...what, difference: null, verdict: again(what.verdict) };
    return {
      ...NOTHING,
      ...told,
      row,
      ...(row !== firstRow && { sameAs: firstRow, code: "same_as_earlier_row" }),
      leftOut: Object.keys(leftOut).length > 0 ? leftOut : null,
    };
  });
}

const again = (verdict: Outcome["verdict"]) => (verdict === "unchanged" ? verdict : "updated");

const UNCHANGED = { never: "already_there", fill: "nothing_to_fill", replace: "same_already" } as const;

async function change(
  act: Act,
  { id: importId, options }: Work,
  groups: readonly (Group & { id: string })[],
) {
  if (groups.length === 0) return [];
  const { db, caller } = act;
  const ids = groups.map(({ id }) => id);
  const look = async () => {
    const [rows, fields, lists] = await Promise.all([
      lockAccounts(db, caller.teamId, ids),
      fieldValuesOf(db, caller.teamId, "account", ids),
      listsOf(db, caller.teamId, "accounts", ids),
    ]);
    return new Map(
      rows.map(({ id, facts }) => [id, { facts, fields: fields.get(id) ?? {}, lists: lists.get(id) ?? [] }]),
    );
  };
  const before = await look();
  const earlier = new Map(
    (await earlierRows(db, caller.teamId, importId, ids)).map((one) => [one.recordId, one]),
  );
  const changes = groups.map(({ id, asked }) => {
    const was = before.get(id);
    const known = earlier.get(id);
    if (!was) throw new GoneMeanwhile("an account was deleted while it was looked at");
    const setEarlier: SetEarlier = known?.wasMade
      ? "all"
      : new Set((known?.differences ?? []).flatMap((one) => Object.keys(one?.after ?? {})));
    const { labelNames, ...rest } = heededAccount(asked, options.overwrite, { ...was, setEarlier });
    const there = new Set(was.lists.map((name) => name.toLowerCase()));
    return {
      id,
      asked: rest,
      lists: (labelNames ?? []).filter((name) => !there.has(name.trim().toLowerCase())),
    };
  });
  const real = changes.filter(({ asked }) => Object.keys(asked).length > 0);
  if (real.length > 0) await changeAccounts(act, real);
  await putOnLists(
    act,
    "accounts",
    changes.filter(({ lists }) => lists.length > 0).map(({ id, lists }) => ({ id, labelNames: lists })),
  );
  const definitions = await listFields(db, caller.teamId, "account");
  const after = await look();
  return groups.flatMap((group, at) => {
    const [was, is] = [before.get(group.id), after.get(group.id)];
    const { asked, lists } = changes[at] as (typeof changes)[number];
    const differing = difference(
      { ...was?.facts, ...ownOf(was?.fields) },
      { ...is?.facts, ...ownOf(is?.fields), ...(lists.length > 0 && { lists }) },
    );
    return tellRows(
      group.rows,
      {
        recordId: group.id,
        verdict: differing ? "updated" : "unchanged",
        code: differing ? null : UNCHANGED[options.overwrite],
        difference: differing,
      },
      checkFieldValues(definitions, asked.fields ?? {}).errors,
      earlier.get(group.id)?.firstRow,
    );
  });
}

async function undoAccounts(act: Act, _: Work, traces: readonly Traces[]) {
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
  const back: { id: string; facts: AccountFacts; given: Facts }[] = [];
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
    if (Object.keys(given).length > 0) back.push({ id: recordId, facts: next, given });
    return { recordId, code: "undone" };
  });
  const going = traces.filter(isMade).map(({ recordId }) => recordId);
  const gone = going.filter((id) => told.some((one) => one.recordId === id && one.code === "undone"));
  if (gone.length > 0) await deleteAccounts(act, gone);
  await restore(act, back);
  for (const { id } of back) {
    const names = traces
      .filter(({ recordId }) => recordId === id)
      .flatMap(({ rows }) =>
        rows.flatMap((row) => (row.difference?.after.lists as string[] | undefined) ?? []),
      );
    const labels = await findLabelsByName(db, caller.teamId, "accounts", names);
    await takeOff(
      act,
      "accounts",
      labels.map((label) => label.id),
      [id],
    );
  }
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

/** The contacts that came to it when it was made. */
function linkedBy({ rows }: Traces) {
  return rows.flatMap(({ difference }) => (difference?.after.linked as string[] | undefined) ?? []);
}

function ownFactsOf({ lists: _, ...facts }: Facts) {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !key.startsWith("field ")));
}

async function restore(
  { db, now, caller }: Act,
  back: readonly { id: string; facts: AccountFacts; given: Facts }[],
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

// A row becomes an account: a new one, or the one that is meant by its CRM id, domain or name.

import type { Act } from "../../../app.ts";
import { GoneMeanwhile } from "../../../db/away.ts";
import { checkFieldValues } from "../../../domain/contacts/custom-fields.ts";
import { ACCOUNT_TARGETS } from "../../../domain/imports/import-fields.ts";
import { heededAccount, type SetEarlier } from "../../../domain/imports/import-policy.ts";
import type { ImportedAccount } from "../../../domain/imports/import-rows.ts";
import { difference } from "../../../domain/imports/import-undo.ts";
import { say } from "../../../kernel/say.ts";
import { lockAccounts } from "../../contacts/accounts/store.ts";
import { fieldValuesOf, listFields } from "../../contacts/custom-fields/store.ts";
import { putOnLists } from "../../contacts/labels/membership.ts";
import { listsOf, ownersNamed, stageIdsByName } from "../../prospecting/import-rows/records-store.ts";
import { earlierRows, type ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import {
  type AccountInput,
  changeAccounts,
  makeAccounts,
  matchesOf,
} from "../../saving/accounts/commands.ts";
import type { ImportDefinition, ImportInProgress, ParsedRow } from "./kinds.ts";
import { noteListsMade } from "./lists-made.ts";
import { NO_EFFECT, WHY_UNCHANGED } from "./no-effect.ts";
import { ownOf } from "./traces.ts";
import { undoAccounts } from "./undo-accounts.ts";

export const accounts: ImportDefinition<ImportedAccount> = {
  jobType: "account_import",
  modality: "account",
  targets: ACCOUNT_TARGETS,
  knownBy: ["name", "domain", "website_url"],
  take: takeAccounts,
  undo: undoAccounts,
};

type Group = { id: string | null; rows: ParsedRow<ImportedAccount>[]; asked: AccountInput };

async function takeAccounts(
  act: Act,
  work: ImportInProgress,
  rows: readonly ParsedRow<ImportedAccount>[],
): Promise<ImportRowOutcome[]> {
  const { db, caller } = act;
  const known = {
    owners: await ownersNamed(
      db,
      caller.teamId,
      rows.map(({ said }) => said.owner),
    ),
    stages: await stageIdsByName(
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
    const asked = wishes[at] as AccountInput;
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
  return rows.map(({ row }) => byRow.get(row) as ImportRowOutcome);
}

type Known = Record<"owners" | "stages", ReadonlyMap<string, string>>;

function askedFrom(
  said: ImportedAccount,
  { options }: ImportInProgress,
  { owners, stages }: Known,
): AccountInput {
  const { leftOut, owner, stageName, labelNames = [], ...row } = said;
  const found = owner === undefined ? undefined : owners.get(owner);
  if (owner !== undefined && found === undefined)
    leftOut.owner_email = say("is not an active user of your team");
  const stage = stageName === undefined ? undefined : stages.get(stageName.trim().toLowerCase());
  if (stageName !== undefined && stage === undefined)
    leftOut.account_stage_name = say("is not a stage of your team");
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

function withLater(earlier: AccountInput, later: AccountInput): AccountInput {
  const lists = [...(earlier.labelNames ?? []), ...(later.labelNames ?? [])];
  return {
    ...earlier,
    ...later,
    ...(lists.length > 0 && { labelNames: [...new Set(lists)] }),
    ...((earlier.fields || later.fields) && { fields: { ...earlier.fields, ...later.fields } }),
  };
}

async function make(act: Act, groups: readonly Group[]): Promise<ImportRowOutcome[]> {
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
  rows: readonly ParsedRow<ImportedAccount>[],
  what: Pick<ImportRowOutcome, "recordId" | "verdict" | "code" | "difference">,
  fieldErrors: Record<string, string>,
  firstRow = rows[0]?.row ?? 0,
): ImportRowOutcome[] {
  return rows.map(({ row, said }, turn) => {
    const leftOut = { ...said.leftOut, ...(turn === rows.length - 1 ? fieldErrors : {}) };
    const told: typeof what = turn === 0 ? what : { ...what, difference: null, verdict: again(what.verdict) };
    return {
      ...NO_EFFECT,
      ...told,
      row,
      ...(row !== firstRow && { sameAs: firstRow, code: "same_as_earlier_row" }),
      leftOut: Object.keys(leftOut).length > 0 ? leftOut : null,
    };
  });
}

const again = (verdict: ImportRowOutcome["verdict"]) => (verdict === "unchanged" ? verdict : "updated");

async function change(
  act: Act,
  { id: importId, options }: ImportInProgress,
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
        code: differing ? null : WHY_UNCHANGED[options.overwrite],
        difference: differing,
      },
      checkFieldValues(definitions, asked.fields ?? {}).errors,
      earlier.get(group.id)?.firstRow,
    );
  });
}

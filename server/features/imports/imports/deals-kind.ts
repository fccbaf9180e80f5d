// A row becomes a deal: a new one, or the one that is meant by its id, by the id of a CRM, or by its name at the same company.
// The same commands as everywhere write it, a whole batch at a time.

import type { Act } from "../../../app.ts";
import { GoneMeanwhile } from "../../../db/away.ts";
import { DEAL_TARGETS } from "../../../domain/imports/import-deal-fields.ts";
import type { DealSaid } from "../../../domain/imports/import-deal-rows.ts";
import { heededAccount } from "../../../domain/imports/import-policy.ts";
import { difference } from "../../../domain/imports/import-undo.ts";
import { say } from "../../../kernel/say.ts";
import type { ImportRowOutcome } from "../../prospecting/import-rows/rows-store.ts";
import { changeDeals, createDeals } from "../../work/deals/commands.ts";
import type { DealWish } from "../../work/deals/deal-wish.ts";
import { type DealFacts, dealFacts } from "./deal-facts.ts";
import { dealWishes } from "./deal-wishes.ts";
import { type DealGroup, dealGroups } from "./deals-meant.ts";
import type { ImportDefinition, ImportInProgress, ParsedRow } from "./kinds.ts";
import { NO_EFFECT, WHY_UNCHANGED } from "./no-effect.ts";
import { undoDeals } from "./undo-deals.ts";

export const deals: ImportDefinition<DealSaid> = {
  jobType: "opportunity_import",
  modality: "opportunity",
  targets: DEAL_TARGETS,
  knownBy: ["name"],
  take: takeDeals,
  undo: undoDeals,
};

async function takeDeals(
  act: Act,
  work: ImportInProgress,
  rows: readonly ParsedRow<DealSaid>[],
): Promise<ImportRowOutcome[]> {
  const wishes = await dealWishes(act, work, rows);
  const { groups, alike } = await dealGroups(act, work, rows, wishes);
  const outcomes = [
    ...alike.map((row) => ({ ...untold(row), verdict: "skipped" as const, code: "deals_alike" })),
    ...(await make(act, groups.filter(isNew))),
    ...(await change(act, work, groups.filter(isKnown))),
  ];
  const byRow = new Map(outcomes.map((outcome) => [outcome.row, outcome]));
  return rows.map(({ row }) => byRow.get(row) as ImportRowOutcome);
}

type KnownGroup = DealGroup & { id: string };

const isNew = ({ id }: DealGroup) => id === null;
const isKnown = (group: DealGroup): group is KnownGroup => group.id !== null;

async function make(act: Act, groups: readonly DealGroup[]): Promise<ImportRowOutcome[]> {
  const wishes = groups.map(({ wish }) => wish);
  const saved = await createDeals(act, wishes, "csv_import");
  return groups.flatMap((group, at) => {
    const { deal, fieldErrors } = saved[at] as (typeof saved)[number];
    for (const { said } of group.rows)
      if (said.id !== undefined) said.leftOut.id = say("is not the id of a deal of your team");
    const what = { recordId: deal.id, verdict: "created" as const, code: null, difference: null };
    return told(group, what, fieldErrors);
  });
}

async function change(
  act: Act,
  { options }: ImportInProgress,
  groups: readonly KnownGroup[],
): Promise<ImportRowOutcome[]> {
  const ids = groups.map(({ id }) => id);
  const before = await dealFacts(act, ids);
  const changes = groups.map((group) => {
    const was = before.get(group.id);
    if (!was) throw new GoneMeanwhile("a deal was deleted while it was looked at");
    return { id: group.id, wish: taking(group, options.overwrite, was) };
  });
  const real = changes.filter(({ wish }) => Object.keys(wish).length > 0);
  const saved = await changeDeals(act, real);
  const errors = new Map(saved.map(({ deal, fieldErrors }) => [deal.id, fieldErrors]));
  const after = await dealFacts(act, ids);
  return groups.flatMap((group) => {
    const differing = difference(before.get(group.id)?.whole ?? {}, after.get(group.id)?.whole ?? {});
    const what = {
      recordId: group.id,
      verdict: differing ? ("updated" as const) : ("unchanged" as const),
      code: differing ? null : WHY_UNCHANGED[options.overwrite],
      difference: differing,
    };
    return told(group, what, errors.get(group.id) ?? {});
  });
}

const untold = ({ row, said }: ParsedRow<DealSaid>) => ({
  ...NO_EFFECT,
  row,
  leftOut: Object.keys(said.leftOut).length > 0 ? said.leftOut : null,
});

/** What came of a deal is told with its first row; the others say which that was. */
function told(
  { rows, earlier }: DealGroup,
  what: Pick<ImportRowOutcome, "verdict" | "code" | "recordId" | "difference">,
  fieldErrors: Readonly<Record<string, string>>,
): ImportRowOutcome[] {
  const firstRow = earlier?.firstRow ?? rows[0]?.row ?? 0;
  const again = what.verdict === "unchanged" ? what.verdict : ("updated" as const);
  return rows.map((row, turn) => {
    const wrong = Object.entries(fieldErrors).filter(([field]) => row.said.fields?.[field] !== undefined);
    Object.assign(row.said.leftOut, Object.fromEntries(wrong));
    return {
      ...untold(row),
      ...(turn === 0 ? what : { ...what, verdict: again, difference: null }),
      ...(row.row !== firstRow && { sameAs: firstRow, code: "same_as_earlier_row" }),
    };
  });
}

/** An amount comes with its currency, and a day of closing with the closed stage. */
function taking(
  { wish: { customFields, ...wish }, earlier }: DealGroup,
  overwrite: Parameters<typeof heededAccount>[1],
  { facts, fields: standing }: DealFacts,
): DealWish {
  const asked = { ...wish, ...(customFields && { fields: customFields }) };
  const setEarlier = earlier?.setEarlier ?? new Set<string>();
  const known = { facts, fields: standing, setEarlier };
  const { fields, ...taken } = heededAccount<DealWish & { fields?: Record<string, unknown> }>(
    asked,
    overwrite,
    known,
  );
  if (taken.amount !== undefined && wish.currency !== undefined) taken.currency = wish.currency;
  return { ...taken, ...(fields && { customFields: fields }) };
}

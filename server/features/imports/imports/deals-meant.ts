// Which deal each row of a batch is about. Rows about one deal are a group, and it is written once.
//
// Easy to get wrong: what an earlier row of the same file made or changed is meant by an id alone. So a file may have
// two deals of one name, and makes two.

import type { Act } from "../../../app.ts";
import type { DealSaid } from "../../../domain/imports/import-deal-rows.ts";
import type { SetEarlier } from "../../../domain/imports/import-policy.ts";
import { earlierRows } from "../../prospecting/import-rows/rows-store.ts";
import type { DealWish } from "../../work/deals/deal-wish.ts";
import { dealsMeant, holdMatching, type KnownDeal } from "./deals-store.ts";
import type { ImportInProgress, ParsedRow } from "./kinds.ts";

/** What this import has done about a deal in earlier batches. */
type Earlier = { firstRow: number; setEarlier: SetEarlier };

/** `id`: null for a deal that is to be made. */
export type DealGroup = {
  id: string | null;
  earlier: Earlier | null;
  rows: ParsedRow<DealSaid>[];
  wish: DealWish;
};

/** The groups in the order of their first rows, and the rows whose name several deals have. */
export async function dealGroups(
  act: Act,
  work: ImportInProgress,
  rows: readonly ParsedRow<DealSaid>[],
  wishes: readonly DealWish[],
) {
  await holdMatching(act.db, act.caller.teamId);
  const known = await knownAmong(act, rows);
  const earlier = await earlierAmong(act, work, known);
  const { byKey, byName } = indexed(known, earlier);
  const groups: DealGroup[] = [];
  const ofDeal = new Map<string, DealGroup>();
  /** By a key that no deal had before this batch. */
  const ofKey = new Map<string, DealGroup>();
  const alike: ParsedRow<DealSaid>[] = [];

  const meantByKey = (keys: readonly string[]) => {
    for (const key of keys) {
      const deal = byKey.get(key);
      const group = deal ? ofDeal.get(deal.id) : ofKey.get(key);
      if (deal || group) return { deal, group };
    }
    return null;
  };
  const meantByName = (said: DealSaid, accountId: string | null | undefined) => {
    const named = byName.get(nameKey(said.name ?? "", accountId ?? null)) ?? [];
    const free = named.filter(({ id }) => !ofDeal.has(id));
    return free.length > 1 ? null : { deal: free[0], group: undefined };
  };

  for (const [at, row] of rows.entries()) {
    const wish = withoutBlanks(wishes[at] ?? {});
    const keys = keysOf(row.said);
    const meant = meantByKey(keys) ?? meantByName(row.said, wish.accountId);
    if (!meant) alike.push(row);
    else if (meant.group) addTo(meant.group, row, wish);
    else {
      const id = meant.deal?.id ?? null;
      const group: DealGroup = { id, earlier: earlier.get(id ?? "") ?? null, rows: [row], wish };
      groups.push(group);
      if (id !== null) ofDeal.set(id, group);
      for (const key of keysOf({ ...row.said, id: undefined })) if (!byKey.has(key)) ofKey.set(key, group);
    }
  }
  return { groups, alike };
}

function indexed(known: readonly KnownDeal[], earlier: ReadonlyMap<string, Earlier>) {
  const byKey = new Map<string, KnownDeal>();
  for (const deal of known) for (const key of keysOf(deal)) if (!byKey.has(key)) byKey.set(key, deal);
  const free = known.filter(({ id }) => !earlier.has(id));
  return { byKey, byName: Map.groupBy(free, ({ name, accountId }) => nameKey(name, accountId)) };
}

function knownAmong({ db, caller }: Act, rows: readonly ParsedRow<DealSaid>[]) {
  const ids = rows.flatMap(({ said: { id, salesforceId, crmId } }) =>
    [id, salesforceId, crmId].filter((one) => one !== undefined),
  );
  const names = rows.flatMap(({ said: { name } }) => name?.trim().toLowerCase() ?? []);
  return dealsMeant(db, caller.teamId, { ids, names });
}

async function earlierAmong({ db, caller }: Act, { id }: ImportInProgress, known: readonly KnownDeal[]) {
  const ids = known.map((deal) => deal.id);
  const told = await earlierRows(db, caller.teamId, id, ids);
  return new Map<string, Earlier>(
    told.map(({ recordId, firstRow, wasMade, differences }) => [
      recordId,
      {
        firstRow,
        setEarlier: wasMade ? "all" : new Set(differences.flatMap((one) => Object.keys(one?.after ?? {}))),
      },
    ]),
  );
}

/** By its own id first, then by those of a CRM. */
function keysOf({
  id,
  salesforceId,
  crmId,
}: { [key in "id" | "salesforceId" | "crmId"]?: string | null | undefined }) {
  return [id && `id ${id}`, salesforceId && `salesforce ${salesforceId}`, crmId && `crm ${crmId}`].filter(
    (key) => !!key,
  ) as string[];
}

const nameKey = (name: string, accountId: string | null) => `${accountId} ${name.trim().toLowerCase()}`;

/** Without what it does not say. */
function withoutBlanks(wish: DealWish): DealWish {
  return Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
}

/** Field by field, the later row counts. */
function addTo(group: DealGroup, row: ParsedRow<DealSaid>, later: DealWish) {
  const customFields = { ...group.wish.customFields, ...later.customFields };
  group.rows.push(row);
  group.wish = {
    ...group.wish,
    ...later,
    ...(Object.keys(customFields).length > 0 && { customFields }),
  };
}

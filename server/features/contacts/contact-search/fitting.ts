// Which contacts meet filters that were kept, as the person who keeps them would find them: a search, asked of some.

import type { Db } from "../../../db/connect.ts";
import { findUser } from "../../identity/users/store.ts";
import { questionOf } from "../contact-filters/store.ts";
import { planAsUsual, planForValues } from "../searching/store.ts";
import { type ContactSearchInput, namesSequences, readContactSearch, withAliases } from "./search-input.ts";

/** The body of a search for contacts, as it was sent. */
type KeptFilters = Readonly<Record<string, unknown>>;

export async function contactsQuestion(db: Db, teamId: string, userId: string, filters: KeptFilters) {
  const role = namesSequences(filters) ? (await findUser(db, teamId, userId))?.role : undefined;
  const caller = { teamId, userId, role: role ?? "member" };
  const filter = await readContactSearch({ db, caller }, withAliases(filters as ContactSearchInput));
  const params: unknown[] = [teamId];
  return { ...questionOf(filter, true, (value) => `$${params.push(value)}`), params };
}

export async function contactsFitting(
  db: Db,
  teamId: string,
  userId: string,
  filters: KeptFilters,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { known, paged, where, params } = await contactsQuestion(db, teamId, userId, filters);
  const named = `$${params.push(ids)}::text[]`;
  const [, rows] = await Promise.all([
    planForValues(db),
    db.rows<{ id: string }>(
      `select ${known.id} as id from ${paged} where ${where} and ${known.id} = any (${named})`,
      params,
    ),
    planAsUsual(db),
  ]);
  return new Set(rows.map(({ id }) => id));
}

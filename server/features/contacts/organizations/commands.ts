import type { Act } from "../../../app.ts";
import { mergeByMarks } from "../../../domain/basics/folding.ts";
import { normalizeDomain } from "../../../domain/contacts/companies.ts";
import type { OrganizationWish } from "../../../domain/prospecting/organization.ts";
import { newId } from "../../../kernel/ids.ts";
import { heedingOf, type Saved, type Taking } from "../known-facts/merge-policy.ts";
import * as store from "./store.ts";

export type { Saved } from "../known-facts/merge-policy.ts";

/**
 * Writes down what a source knows of companies, in two statements however many they are. One that is there already, by its
 * id, the source's own id, its domain, its profile or its name, learns what is said and forgets nothing, or as much of it
 * as `taking` lets it. Answers for each row, in the order given, which company it is.
 */
export async function saveOrganizations(
  act: Pick<Act, "db" | "now" | "caller">,
  source: string,
  wishes: readonly OrganizationWish[],
  taking?: Taking,
): Promise<Saved[]> {
  if (wishes.length === 0) return [];
  const { db, now, caller } = act;
  const { teamId } = caller;
  await store.lockWorld(db, teamId);
  const { merged, places } = mergeByMarks(wishes.map(tidy), marksOf);
  const found = await store.findOrganizationsBy(
    db,
    teamId,
    merged.map((wish) => ({ ...wish, source })),
  );
  const rows = merged.map((wish, i) => ({ ...wish, id: found[i] ?? newId(), isNew: found[i] === null }));
  const fresh = rows.filter(({ isNew }) => isNew);
  const known = lastOfEach(rows.filter(({ isNew }) => !isNew));
  if (fresh.length > 0) await store.insertOrganizations(db, teamId, fresh, source, now);
  const look = (ids: readonly string[]) => store.organizationFacts(db, teamId, ids);
  const heeding = await heedingOf(look, taking, known);
  if (heeding.rows.length > 0) await store.updateOrganizations(db, teamId, heeding.rows, source, now);
  const differences = await heeding.differences();
  const saved = rows.map(
    ({ id, isNew }): Saved => (isNew ? { id, outcome: "created" } : { id, ...differences(id) }),
  );
  taking?.note?.(saved);
  return places.map((place) => saved[place] as Saved);
}

/** Two rows that look different may yet mean one record that is there: what the later says holds. */
function lastOfEach<Row extends { id: string }>(rows: readonly Row[]) {
  return mergeByMarks(rows, ({ id }) => [id]).merged;
}

function tidy(wish: OrganizationWish): OrganizationWish {
  const domain = normalizeDomain(wish.domain) ?? normalizeDomain(wish.websiteUrl);
  return {
    ...wish,
    domain,
    technologyUids: wish.technologyUids ?? wish.technologies?.map(({ uid }) => uid),
  };
}

function marksOf({ id, externalId, domain, name }: OrganizationWish) {
  return [
    ...(id ? [`id ${id}`] : []),
    ...(externalId ? [`external ${externalId}`] : []),
    ...(domain ? [`domain ${domain}`] : name ? [`name ${name.trim().toLowerCase()}`] : []),
  ];
}

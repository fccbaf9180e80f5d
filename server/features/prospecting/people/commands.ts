import type { Act } from "../../../app.ts";
import { mergeByMarks } from "../../../domain/basics/folding.ts";
import { plainSpelling } from "../../../domain/contacts/address-spelling.ts";
import { isEmailAddress } from "../../../domain/contacts/contact-emails.ts";
import { departmentsOf, PERSON_EMAIL_STATUSES, seniorityOf } from "../../../domain/contacts/people.ts";
import type { PersonWish } from "../../../domain/prospecting/person.ts";
import { newId } from "../../../kernel/ids.ts";
import { linkContactsTo } from "../../contacts/known-contacts/store.ts";
import { heedingOf, type Saved, type Taking } from "../../contacts/known-facts/merge-policy.ts";
import { saveOrganizations } from "../../contacts/organizations/commands.ts";
import { findOrganizationsBy, lockWorld } from "../../contacts/organizations/store.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { forgetRows } from "../import-rows/rows-store.ts";
import * as store from "./store.ts";

/**
 * Writes down what a source knows of people, in a handful of statements however many they are. One who is there already,
 * by id, the source's own id, profile, address, or name at the same company, learns what is said and forgets nothing, or as
 * much of it as `taking` lets it. The company they work for is made where it is not there yet. Answers for each row, in the order given, who it is.
 */
export async function savePeople(
  act: Writing,
  source: string,
  wishes: readonly PersonWish[],
  taking?: Taking,
): Promise<Saved[]> {
  const saved = await writePeople(act, source, wishes, taking);
  const written = new Set(saved.flatMap(({ id, outcome }) => (outcome === "unchanged" ? [] : id)));
  if (written.size > 0) await linkContactsTo(act.db, act.caller.teamId, [...written]);
  return saved;
}

type Writing = Pick<Act, "db" | "now" | "caller">;

/**
 * The same, but the caller links contacts with the same addresses later. Paid answers must not be lost, so this never
 * waits for a contact that another transaction is changing.
 */
export async function writePeople(
  act: Writing,
  source: string,
  wishes: readonly PersonWish[],
  taking?: Taking,
): Promise<Saved[]> {
  if (wishes.length === 0) return [];
  const { db, now, caller } = act;
  const { teamId } = caller;
  await lockWorld(db, teamId);
  const { merged, places } = mergeByMarks(
    await withOrganizations(act, source, wishes.map(tidy), taking),
    marksOf,
  );
  const found = await store.findPeopleBy(
    db,
    teamId,
    merged.map((wish) => ({ ...wish, source, name: nameOf(wish) })),
  );
  const rows = merged.map((wish, i) => ({ ...wish, id: found[i] ?? newId(), isNew: found[i] === null }));
  const fresh = rows.filter(({ isNew }) => isNew).map(withRank);
  const known = mergeByMarks(
    rows.filter(({ isNew }) => !isNew),
    ({ id }) => [id],
  ).merged;
  if (fresh.length > 0) await store.insertPeople(db, teamId, fresh, source, now);
  const look = (ids: readonly string[]) => store.personFacts(db, teamId, ids);
  const heeding = await heedingOf(look, taking, known);
  if (heeding.rows.length > 0) {
    const ranked = heeding.rows.map((row) => (row.title ? withRank(row) : row));
    await store.updatePeople(db, teamId, ranked, source, now);
  }
  const differences = await heeding.differences();
  return places.map((place) => {
    const { id, isNew } = rows[place] as { id: string; isNew: boolean };
    return isNew ? { id, outcome: "created" } : { id, ...differences(id) };
  });
}

/** Deletes people who asked to be forgotten: only their number is kept. */
export async function deletePeople(act: Act, ids: readonly string[]) {
  const { db, caller } = act;
  const gone = await store.deletePeople(db, caller.teamId, ids);
  if (gone.length > 0) {
    await forgetRows(
      db,
      caller.teamId,
      gone.map(({ id }) => id),
    );
    await record(byCaller(act), {
      type: "people.deleted",
      subject: { type: "team", id: caller.teamId },
      data: { count: gone.length },
    });
  }
  return gone.map(({ id }) => id);
}

/** Each named company is written once. A company given by its id alone is accepted if it exists. */
async function withOrganizations(
  act: Pick<Act, "db" | "now" | "caller">,
  source: string,
  wishes: readonly PersonWish[],
  taking: Taking | undefined,
) {
  const told = wishes.flatMap(({ organization }) => organization ?? []);
  const saved = await saveOrganizations(act, source, told, taking?.ofCompanies);
  const named = [
    ...new Set(wishes.flatMap(({ organization, organizationId }) => (!organization && organizationId) || [])),
  ];
  const there = new Set(
    await findOrganizationsBy(
      act.db,
      act.caller.teamId,
      named.map((id) => ({ id })),
    ),
  );
  let next = 0;
  return wishes.map(({ organization, ...wish }): Omit<PersonWish, "organization"> => {
    if (!organization)
      return { ...wish, organizationId: there.has(wish.organizationId ?? "") ? wish.organizationId : null };
    const { id } = saved[next++] as Saved;
    return { ...wish, organizationId: id, organizationName: wish.organizationName ?? organization.name };
  });
}

function tidy(wish: PersonWish): PersonWish {
  const email = wish.email && plainSpelling(wish.email).toLowerCase();
  const isAddress = !!email && isEmailAddress(email);
  const status = wish.emailStatus?.trim().toLowerCase().replace(/_/g, " ");
  const isKnownStatus = (PERSON_EMAIL_STATUSES as readonly (string | undefined)[]).includes(status);
  return {
    ...wish,
    email: isAddress ? email : null,
    emailStatus: isKnownStatus ? status : isAddress ? "unverified" : null,
  };
}

/** Reads rank and department from a person's title, where the source does not give them. */
function withRank<Wish extends Omit<PersonWish, "organization">>(wish: Wish): Wish {
  const departments = wish.departments?.length ? wish.departments : departmentsOf(wish.title);
  return { ...wish, seniority: wish.seniority || seniorityOf(wish.title), departments };
}

function marksOf({ id, externalId, email, linkedinUrl }: PersonWish) {
  return [
    ...(id ? [`id ${id}`] : []),
    ...(externalId ? [`external ${externalId}`] : []),
    ...(linkedinUrl ? [`profile ${linkedinUrl.toLowerCase()}`] : []),
    ...(email ? [`email ${email}`] : []),
  ];
}

function nameOf({ firstName, lastName }: PersonWish) {
  return (
    [firstName, lastName]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(" ") || null
  );
}

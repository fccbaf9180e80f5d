// Plants the sample team: a company that sells sensors to plants, with a year of contacts and four months of sequences.
// One transaction: it is there whole or not at all, and a team that has contacts of its own is left alone.

import type { Act, App } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { actFor } from "../engine/running/act-for.ts";
import { hasContacts } from "../features/contacts/contact-rows/store.ts";
import { dropSample, noteSample } from "../features/identity/teams/store.ts";
import { hashPassword, saltOf } from "../kernel/passwords.ts";
import { newToken } from "../kernel/tokens.ts";
import { plantCandidates } from "./candidates.ts";
import { castPart, type SampleEnrollment } from "./casting.ts";
import { chanceFrom } from "./chance.ts";
import { invent, inventCompanies } from "./invent.ts";
import { CAUSE, plantHistory } from "./plant-history.ts";
import { plantAccounts, plantContacts } from "./plant-records.ts";
import { endSequences, plantSequences } from "./plant-sequences.ts";
import { plantColleagues, plantFields, plantLists, plantMailboxes, plantSuppressions } from "./plant-team.ts";
import { plantCalls, plantDeals, plantNotes, plantOwnTasks } from "./plant-work.ts";

const SEED = 20_260_301;
const COMPANIES = 300;
const PEOPLE = 2000;

/** False where the team has contacts already: then nothing is changed. */
export async function plantSample(app: App, seat: { teamId: string; userId: string }): Promise<boolean> {
  const passwordHash = await hashPassword(newToken("cdz"), saltOf(app.secrets, "colleagues")); // not kept
  return actFor(app, { ...seat, cause: CAUSE }, async (act) => {
    await holdPlanting(act.db, seat.teamId);
    if (await hasContacts(act.db, seat.teamId)) {
      await dropSample(act.db, seat.teamId);
      return false;
    }
    await plant({ ...act, caller: { ...act.caller, role: "admin" } }, passwordHash);
    return true;
  });
}

/** Of two at once, the later one waits and finds it done. */
function holdPlanting(db: Db, teamId: string) {
  return db.run("select pg_advisory_xact_lock(hashtextextended('sample ' || $1, 0))", [teamId]);
}

async function plant(act: Act, passwordHash: string) {
  const now = act.now.epochMilliseconds;
  const chance = chanceFrom(SEED);
  const companies = inventCompanies(chance, COMPANIES);
  const sellers = await plantColleagues(act, now, passwordHash);
  const invented = invent(chance, companies, PEOPLE, sellers.length);
  const parts = invented.map((person) => castPart(chance, person));
  const people = invented.map((person, n) => withRoomFor(parts[n] ?? null, person));

  const mailboxes = await plantMailboxes(act, now, sellers);
  const fields = await plantFields(act, now);
  await plantLists(act, now);
  const accountIds = await plantAccounts(act, now, { chance, companies, sellers, fields });
  const contacts = await plantContacts(act, now, { chance, people, accountIds, companies, sellers, fields });
  const barred = contacts.filter(({ stage }) => stage === "Do Not Contact");
  await plantSuppressions(act, now, barred.flatMap(({ email }) => email ?? []).slice(0, 8));

  await plantCandidates(act, now, contacts, parts);
  const sequences = await plantSequences(
    act,
    now,
    sellers.slice(1).map(({ userId }) => userId),
  );
  const scene = { chance, people: contacts, parts, companies, accountIds, sequences, sellers, mailboxes };
  const { tasks } = await plantHistory(act, now, scene);
  await endSequences(act, now, sequences);
  const dealIds = await plantDeals(act, now, scene);
  await plantCalls(act, scene, tasks);
  await plantNotes(act, now, scene, dealIds);
  await plantOwnTasks(act, now, scene);
  await noteSample(act.db, act.caller.teamId, act.now);
}

/** No contact is added on a day off, so it may have been some days before. */
const LONGEST_WEEKEND = 4;

/** A contact in a sequence was known before it began; one who could not be in any is still new. */
function withRoomFor<Person extends { stage: string; daysKnown: number }>(
  part: SampleEnrollment | null,
  person: Person,
): Person {
  if (part) return { ...person, daysKnown: Math.max(person.daysKnown, part.daysAgo + LONGEST_WEEKEND) };
  return person.stage === "Do Not Contact" ? person : { ...person, stage: "New" };
}

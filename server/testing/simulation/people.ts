// What a company does with its contacts: new ones, in and out of sequences, merged, renamed, opted out and back in.

import type { Chance } from "../../sample/chance.ts";
import type { Acting } from "./acts.ts";
import type { Company } from "./company.ts";

type Person = Company["known"]["people"][number];

/** Some share a company, some a sign of trouble in their address, and few have no address. */
function wish(company: Company, chance: Chance) {
  const n = ++company.known.made;
  const at = chance.happens(0.25) ? `shared${chance.whole(1, 5)}.example` : `company${n}.example`;
  return {
    first_name: `P${n}`,
    title: chance.pick(["CEO", "Engineer", "Buyer"]),
    label_names: [chance.pick(["Spring", "Autumn"])],
    ...(chance.happens(0.95) && { email: `p${n}@${at}` }),
    ...(chance.happens(0.3) && {
      time_zone: chance.pick(["America/New_York", "Asia/Tokyo", "Europe/Lisbon"]),
    }),
    email_status: chance.pick(["verified", "verified", "verified", "unverified"] as const),
  };
}

async function newPeople(company: Company, chance: Chance) {
  const wishes = Array.from({ length: chance.whole(1, 9) }, () => wish(company, chance));
  const { created_contacts } = await company.api.contacts.bulkCreate({ contact_attributes: wishes });
  const made = created_contacts.map(({ id, email }) => ({ id, email: email ?? "" }));
  company.known.people.push(...made);
  return made;
}

function some(company: Company, chance: Chance, most: number): Person[] {
  const { people } = company.known;
  return chance.shuffled(people).slice(0, chance.whole(1, most));
}

const ids = (people: readonly Person[]) => people.map(({ id }) => id);

async function add(company: Company, chance: Chance, people: readonly Person[]) {
  const { sequences, mailboxes } = company.known;
  const sequence = chance.pick(sequences);
  const terms = {
    sequence_unverified_email: chance.happens(0.5),
    sequence_active_in_other_campaigns: chance.happens(0.4),
    sequence_finished_in_other_campaigns: chance.happens(0.4),
    sequence_same_company_in_same_campaign: chance.happens(0.6),
    sequence_no_email: chance.happens(0.1),
    wait_for_other_campaigns: chance.happens(0.15),
    re_enroll: chance.happens(0.15),
    async: chance.happens(0.1),
  };
  const isPaused = chance.happens(0.08);
  const resumes = (await company.now()).add({ hours: chance.whole(1, 24 * 12) }).toString();
  await company.api.joining.addContacts({
    id: sequence,
    contact_ids: ids(people),
    send_email_from_email_account_id: chance.shuffled(mailboxes).slice(0, chance.whole(1, 3)),
    ...terms,
    ...(isPaused && { status: "paused" as const, auto_unpause_at: resumes }),
  });
}

/** A person decided that they may be written to again. */
async function lift(company: Company, people: readonly { email: string }[]) {
  const at = await company.now();
  for (const { email } of people) company.known.lifted.set(email.toLowerCase(), at);
}

/** Before the call: what it allows may go out in the moment that it is made. */
const goingOn =
  (call: "resume" | "retry" | "restart"): Acting["act"] =>
  async (company, chance) => {
    const people = some(company, chance, 4);
    await lift(company, people);
    const wished = { id: chance.pick(company.known.sequences), contact_ids: ids(people) };
    await company.api.enrollments[call](wished);
  };

const ending =
  (call: "finish" | "remove"): Acting["act"] =>
  (company, chance) =>
    company.api.enrollments[call]({
      id: chance.pick(company.known.sequences),
      contact_ids: ids(some(company, chance, 4)),
    });

async function everywhere(company: Company, chance: Chance) {
  const action = chance.pick(["pause", "resume", "finish", "remove"] as const);
  const people = some(company, chance, 3);
  if (action === "resume") await lift(company, people);
  await company.api.enrollments.manageEverywhere({ action, contact_ids: ids(people) });
}

async function pause(company: Company, chance: Chance) {
  const until = (await company.now()).add({ hours: chance.whole(1, 24 * 20) }).toString();
  await company.api.enrollments.pause({
    id: chance.pick(company.known.sequences),
    contact_ids: ids(some(company, chance, 5)),
    ...(chance.happens(0.5) && { auto_unpause_at: until }),
  });
}

async function move(company: Company, chance: Chance) {
  await company.api.enrollments.move({
    id: chance.pick(company.known.sequences),
    contact_ids: ids(some(company, chance, 3)),
    send_email_from_email_account_id: chance.pick(company.known.mailboxes),
  });
}

async function changeAddress(company: Company, chance: Chance) {
  const person = chance.pick(company.known.people);
  const email = `new${++company.known.made}@moved${chance.whole(1, 9)}.example`;
  await company.api.contacts.update({ id: person.id, email });
  person.email = email;
}

async function swapAddresses(company: Company, chance: Chance) {
  const [one, other] = chance.shuffled(company.known.people);
  if (!one?.email || !other?.email) return;
  await company.api.contacts.update({ id: one.id, email: other.email });
  one.email = other.email;
}

async function merge(company: Company, chance: Chance) {
  const [winner, loser] = chance.shuffled(company.known.people);
  if (!winner || !loser) return;
  await company.api.contacts.merge({ winner_id: winner.id, loser_ids: [loser.id] });
  forget(company, loser);
}

async function remove(company: Company, chance: Chance) {
  const person = chance.pick(company.known.people);
  await company.api.contacts.delete({ id: person.id });
  forget(company, person);
}

function forget({ known }: Company, person: Person) {
  known.people = known.people.filter(({ id }) => id !== person.id);
}

async function optOut(company: Company, chance: Chance) {
  const { id } = chance.pick(company.known.people);
  const field = chance.pick(["email_unsubscribed", "do_not_contact"] as const);
  await company.api.contacts.update({ id, [field]: true });
}

async function optIn(company: Company, chance: Chance) {
  const people = some(company, chance, 3);
  await lift(company, people);
  for (const { id } of people)
    await company.api.contacts.update({ id, email_unsubscribed: false, do_not_contact: false });
}

async function suppress(company: Company, chance: Chance) {
  const { email } = chance.pick(company.known.people);
  const { suppression } = await company.api.suppressions.create({ value: email });
  company.known.suppressions.push({ id: suppression.id, email });
}

async function unsuppress(company: Company, chance: Chance) {
  const { suppressions } = company.known;
  const one = suppressions.splice(chance.whole(0, suppressions.length - 1), 1)[0];
  if (!one) return;
  await lift(company, [one]);
  await company.api.suppressions.remove({ id: one.id });
}

async function putOnHold(company: Company, chance: Chance) {
  const until = (await company.now()).add({ hours: chance.whole(1, 24 * 15) }).toString();
  await company.api.contacts.update({ id: chance.pick(company.known.people).id, paused_until: until });
}

export const PEOPLE = {
  "add new people": {
    share: 12,
    act: async (company, chance) => add(company, chance, await newPeople(company, chance)),
  },
  "add known people": { share: 8, act: (company, chance) => add(company, chance, some(company, chance, 8)) },
  "pause people": { share: 3, act: pause },
  "resume people": { share: 3, act: goingOn("resume") },
  "retry people": { share: 2, act: goingOn("retry") },
  "start people over": { share: 1, act: goingOn("restart") },
  "finish people": { share: 2, act: ending("finish") },
  "remove people": { share: 3, act: ending("remove") },
  "move people to another mailbox": { share: 2, act: move },
  "act on people in all sequences": { share: 2, act: everywhere },
  "change an address": { share: 2, act: changeAddress },
  "give one person the address of another": { share: 1, act: swapAddresses },
  "merge two contacts": { share: 2, act: merge },
  "delete a contact": { share: 1, act: remove },
  "opt a person out": { share: 2, act: optOut },
  "opt people in again": { share: 1, act: optIn },
  "suppress an address": { share: 2, act: suppress },
  "take an address off the list": { share: 1, act: unsuppress },
  "put a contact on hold": { share: 1, act: putOnHold },
} satisfies Record<string, Acting>;

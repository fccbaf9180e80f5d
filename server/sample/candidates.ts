// The people a newcomer tries a sequence with: one of each character, so that everything that can happen is seen.

import type { Act } from "../app.ts";
import { addToLabels, createLabel } from "../features/contacts/labels/commands.ts";
import { answerTo, characterOf, type Prospect } from "../features/sending/catcher/prospects.ts";
import { asIf, DAY } from "./acting.ts";
import type { SampleEnrollment } from "./casting.ts";
import type { PlantedPerson } from "./plant-records.ts";
import { SEE_IT_WORK } from "./sequences.ts";

/** Each with the mail they answer, where they answer once. */
const WANTED: readonly (readonly [Prospect, number | null])[] = [
  ["interested", 1],
  ["interested", 2],
  ["asks", 1],
  ["declines", 1],
  ["away", 1],
  ["bounces", null],
  ["unsubscribes", 1],
  ["silent", null],
];

export async function plantCandidates(
  act: Act,
  now: number,
  people: readonly PlantedPerson[],
  parts: readonly (SampleEnrollment | null)[],
) {
  const then = asIf(act, now - DAY);
  await createLabel(then, { name: SEE_IT_WORK, modality: "contacts", bookOfBusiness: null });
  const chosen = chooseCandidates(people.filter((person, n) => !parts[n] && isFree(person)));
  const recordIds = chosen.map(({ id }) => id);
  await addToLabels(then, { modality: "contacts", recordIds, labelNames: [SEE_IT_WORK] });
}

/** Contacts whom every sequence takes, so that no add in the sample is refused. */
function isFree({ email, emailStatus, stage, changedJob, owner }: PlantedPerson) {
  return email !== null && emailStatus === "verified" && stage === "New" && !changedJob && owner === 0;
}

/** No two of a company: a sequence takes one. */
function chooseCandidates(people: readonly PlantedPerson[]) {
  const chosen: PlantedPerson[] = [];
  for (const [character, nth] of WANTED) {
    const one = people.find(
      ({ email, company }) =>
        email !== null &&
        characterOf(email) === character &&
        (nth === null || answerTo(email, nth) !== null) &&
        !chosen.some((other) => other.company === company),
    );
    if (one) chosen.push(one);
  }
  return chosen;
}

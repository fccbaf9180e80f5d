// Four months of sequences: every planned story is told, and its results are written in a few statements.

import type { Act } from "../app.ts";
import { followContactActivity } from "../features/contacts/accounts/store.ts";
import { noteActivity } from "../features/contacts/contact-rows/store.ts";
import { lockContacts, updateContacts } from "../features/contacts/contact-rows/writing-store.ts";
import { insertEnrollments } from "../features/enrollments/enrollments/store.ts";
import { type PastHappening, recordPast } from "../features/events/events/store.ts";
import { insertMessageEvents } from "../features/receiving/incoming/marks-store.ts";
import { insertIncoming } from "../features/receiving/incoming/store.ts";
import { insertMessages } from "../features/sending/messages/store.ts";
import { noteLastUses } from "../features/sequences/sequences/store.ts";
import { insertStepTasks } from "../features/work/tasks/store.ts";
import { DAY, instant } from "./acting.ts";
import { ENDED_DAYS_AGO, type SampleEnrollment } from "./casting.ts";
import type { Chance } from "./chance.ts";
import type { SampleCompany } from "./invent.ts";
import type { PlantedPerson } from "./plant-records.ts";
import type { PlantedSequence } from "./plant-sequences.ts";
import type { SampleMailbox, Seller } from "./plant-team.ts";
import { SEQUENCES } from "./sequences.ts";
import { type Cast, type Story, tellStory } from "./story.ts";

export const CAUSE = "sample";

export type SampleContext = {
  chance: Chance;
  people: readonly PlantedPerson[];
  parts: readonly (SampleEnrollment | null)[];
  companies: readonly SampleCompany[];
  accountIds: readonly string[];
  sequences: readonly PlantedSequence[];
  sellers: readonly Seller[];
  mailboxes: readonly SampleMailbox[];
};

export async function plantHistory(act: Act, now: number, scene: SampleContext) {
  const { db, caller } = act;
  const { teamId } = caller;
  const stories = scene.people.flatMap((person, n) => {
    const part = scene.parts[n];
    return part ? [{ person, part, story: tellStory(scene.chance, castFor(scene, person, part, now)) }] : [];
  });
  const told = stories.map(({ story }) => story);
  await insertEnrollments(
    db,
    teamId,
    told.map(({ enrollment }) => enrollment),
  );
  await insertMessages(
    db,
    teamId,
    told.flatMap(({ messages }) => messages),
  );
  await insertIncoming(
    db,
    teamId,
    told.flatMap(({ incoming }) => incoming),
  );
  await insertMessageEvents(
    db,
    teamId,
    told.flatMap(({ seen }) => seen),
  );
  const tasks = told.flatMap((story) => story.tasks);
  await insertStepTasks(db, teamId, tasks);
  const events = [...told.flatMap((story) => story.events), ...tasks.flatMap(taskEvents)];
  events.sort((a, b) => Temporal.Instant.compare(a.at, b.at)); // the feeds read them in the order they were written
  await recordPast(db, teamId, events, CAUSE);
  await noteOnContacts(act, stories);
  await noteLastUses(db, teamId);
  return { enrollments: told.length, messages: told.flatMap(({ messages }) => messages).length, tasks };
}

function castFor(scene: SampleContext, person: PlantedPerson, part: SampleEnrollment, now: number): Cast {
  const company = scene.companies[person.company] as SampleCompany;
  const which = person.owner % scene.mailboxes.length;
  const mailbox = scene.mailboxes[which] as SampleMailbox;
  const seller = scene.sellers[which + 1] as Seller; // mailboxes belong to the first colleagues
  return {
    contact: {
      id: person.id,
      name: `${person.firstName} ${person.lastName}`,
      firstName: person.firstName,
      email: person.email ?? "",
      company: company.name,
      city: company.place.city,
      accountId: scene.accountIds[person.company] ?? null,
    },
    sequence: scene.sequences[part.sequence] as PlantedSequence,
    sender: { userId: seller.userId, name: seller.name, mailboxId: mailbox.id, email: mailbox.email },
    ending: part.ending,
    addedAt: now - part.daysAgo * DAY,
    until: now - ENDED_DAYS_AGO[SEQUENCES[part.sequence]?.state ?? "active"] * DAY,
  };
}

function taskEvents({
  id,
  title,
  type,
  contactId,
  userId,
  createdAt,
  completedAt,
  skippedAt,
}: Story["tasks"][number]): PastHappening[] {
  const about = {
    subject: { type: "task", id } as const,
    userId,
    data: { title, type, contact_id: contactId },
  };
  return [
    { type: "task.created", at: createdAt, ...about },
    ...(completedAt ? [{ type: "task.completed" as const, at: completedAt, ...about }] : []),
    ...(skippedAt ? [{ type: "task.skipped" as const, at: skippedAt, ...about }] : []),
  ];
}

/** What a contact shows of its mails, and the score that is made of it. */
async function noteOnContacts(
  { db, caller, now }: Act,
  stories: readonly { person: PlantedPerson; part: SampleEnrollment; story: Story }[],
) {
  const { teamId } = caller;
  const of = new Map(stories.map((one) => [one.person.id, one]));
  const locked = await lockContacts(db, teamId, [...of.keys()]);
  const changed = locked.map((contact) => {
    const { part, story } = of.get(contact.id) as (typeof stories)[number];
    const endedAt = instant(story.endedAt);
    const isOut = part.ending.kind === "unsubscribes" && endedAt !== null;
    const isBounced = part.ending.kind === "bounces" && endedAt !== null;
    const facts = {
      ...contact.facts,
      emailLastOpenedAt: instant(story.openedAt),
      emailLastClickedAt: instant(story.clickedAt),
      stageUpdatedAt: endedAt ?? instant(story.lastAt),
      ...(isOut && { emailUnsubscribed: true, emailUnsubscribedAt: endedAt }),
      ...(isBounced && { emailStatus: "bounced", bouncedAt: endedAt }),
      ...(part.ending.kind === "changedJob" && { jobChangeDetectedAt: endedAt }),
    };
    return {
      ...contact,
      facts,
      hasOtherEmails: false,
      hasOtherPhones: false,
    };
  });
  await updateContacts(db, teamId, changed, now);
  const activity = stories.map(({ person, story }) => ({ contactId: person.id, at: instant(story.lastAt) }));
  await noteActivity(db, teamId, activity);
  await followContactActivity(db, teamId);
}

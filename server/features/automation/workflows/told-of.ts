// Which records events are about, as a workflow takes them: the running one, and the look back at what it would have done.

import type { Db } from "../../../db/connect.ts";
import { keyOfDate } from "../../../domain/automation/date-trigger.ts";
import type { DateTrigger, Entity } from "../../../domain/automation/workflow.ts";
import { mergedInto } from "../../contacts/contact-rows/merged-into-store.ts";
import { withinSight } from "../../events/feed/sight.ts";
import * as feed from "../../events/following/events-store.ts";
import { findUser } from "../../identity/users/store.ts";
import type { DatedRecord } from "./dated-store.ts";
import type { Thing } from "./judging.ts";

type ToldEvent = Omit<feed.SettingOff, "workflowId">;

/** A workflow reacts to what the person who has it may see, as their feed tells it. */
export async function seenByOwner<Told extends ToldEvent>(
  db: Db,
  teamId: string,
  { userId }: { userId: string },
  events: readonly Told[],
): Promise<Told[]> {
  const role = (await findUser(db, teamId, userId))?.role ?? "member";
  return withinSight({ db, caller: { teamId, userId, role } }, events);
}

/** Which records events are about: themselves, whom they name, or what they point to. */
export async function thingsOf(
  db: Db,
  teamId: string,
  entity: Entity,
  events: readonly ToldEvent[],
): Promise<Thing[]> {
  const pointing = events
    .filter((one) => !one.contactId && !ITSELF.has(one.subjectType))
    .map((one) => one.subjectId);
  const behind = await feed.chainsBehind(
    db,
    teamId,
    events.filter(({ chain }) => chain === null).map(({ eventId }) => eventId),
  );
  const records =
    pointing.length > 0 ? await feed.recordsOfSubjects(db, teamId, pointing) : new Map<string, Pointed[]>();
  const named = events.map((event) => ({ event, ...aboutOf(event, records.get(event.subjectId) ?? []) }));
  const about = await asMerged(db, teamId, named);
  const contacts = new Map(
    entity === "contact"
      ? []
      : await feed.accountsOfContacts(
          db,
          teamId,
          about.flatMap(({ contactIds }) => contactIds),
        ),
  );
  return about.flatMap(({ event, contactIds, accountIds, personIds }) => {
    const through = contactIds.flatMap((id) => contacts.get(id) ?? []);
    const ids = {
      contact: contactIds,
      account: [...accountIds, ...through.flatMap(({ accountId }) => accountId ?? [])],
      person: [...personIds, ...through.flatMap(({ personId }) => personId ?? [])],
    }[entity];
    const { eventId, chain } = event;
    return [...new Set(ids)].map((entityId): Thing => {
      return {
        entityId,
        triggerKey: `event:${eventId}`,
        eventId,
        payloadId: null,
        payloadHash: null,
        chain: chain ?? behind.get(eventId) ?? [],
      };
    });
  });
}

/** What is told of a record that was merged since is about the record that it is now. */
async function asMerged<Told extends { contactIds: string[]; accountIds: string[] }>(
  db: Db,
  teamId: string,
  about: readonly Told[],
): Promise<Told[]> {
  const [contacts, accounts] = [
    await mergedInto(
      db,
      teamId,
      "contact",
      about.flatMap(({ contactIds }) => contactIds),
    ),
    await mergedInto(
      db,
      teamId,
      "account",
      about.flatMap(({ accountIds }) => accountIds),
    ),
  ];
  if (contacts.size + accounts.size === 0) return [...about];
  return about.map((one) => ({
    ...one,
    contactIds: one.contactIds.map((id) => contacts.get(id) ?? id),
    accountIds: one.accountIds.map((id) => accounts.get(id) ?? id),
  }));
}

const ITSELF = new Set(["contact", "account", "person", "label"]);

type Pointed = { contactId: string | null; accountId: string | null };

function aboutOf(
  { subjectType, subjectId, contactId, recordIds, modality }: ToldEvent,
  pointed: readonly Pointed[],
) {
  const isOf = (type: string) => (subjectType === type ? [subjectId] : []);
  const listed = (kind: string) => (subjectType === "label" && modality === kind ? (recordIds ?? []) : []);
  return {
    contactIds: [
      ...isOf("contact"),
      ...listed("contacts"),
      ...(contactId && subjectType !== "contact" ? [contactId] : []),
      ...pointed.flatMap((one) => one.contactId ?? []),
    ],
    accountIds: [...isOf("account"), ...listed("accounts"), ...pointed.flatMap((one) => one.accountId ?? [])],
    personIds: isOf("person"),
  };
}

/** A record whose date has come. */
export function thingOfDate(trigger: DateTrigger, { entityId, date }: DatedRecord): Thing {
  const alone = { eventId: null, payloadId: null, payloadHash: null, chain: [] };
  return { ...alone, entityId, triggerKey: keyOfDate(trigger, date) };
}

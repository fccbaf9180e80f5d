import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { isStale } from "../../domain/enrichment.ts";
import { stored, storedOrNull } from "../../moments.ts";
import { presentContact } from "../contacts/present.ts";
import type { ContactRow } from "../contacts/reading-store.ts";
import { presentOrganization } from "../organizations/present.ts";
import type { OrganizationRow } from "../organizations/store.ts";
import type { PersonRow } from "../people/store.ts";
import { presentWholePerson } from "../people-search/present.ts";
import type { RequestRow } from "./store.ts";

type Matched = NonNullable<z.input<typeof contract.people.match.output>["person"]>;

type Around = {
  organizations: readonly OrganizationRow[];
  contacts: readonly ContactRow[];
  showsPersonalEmails: boolean;
  now: Temporal.Instant;
};

/** Whoever was paid for is shown whole. */
export function presentMatched(
  person: PersonRow,
  { organizations, contacts, showsPersonalEmails, now }: Around,
): Matched {
  const organization = organizations.find(({ id }) => id === person.organizationId);
  const contact = contacts.find(({ id }) => id === person.contactId);
  return {
    ...presentRevealed(person, organization),
    contact: contact ? presentContact(contact) : null,
    personal_emails: showsPersonalEmails ? [...(person.personalEmails ?? [])] : [],
    is_likely_to_engage: false,
    show_intent: false,
    stale: isStale(person.lastRefreshedAt, now),
  };
}

export function presentRevealed(person: PersonRow, organization: OrganizationRow | undefined) {
  return {
    ...presentWholePerson(person, organization),
    last_name: person.lastName,
    name: person.name,
    linkedin_url: person.linkedinUrl,
    email: person.email,
    revealed_for_current_team: true,
  };
}

type Looked = { id: string | null; isLost?: boolean };

/** A lookup that was lost is no miss: whoever asks is told, beside Apollo's words. */
export function presentLost(found: readonly Looked[]) {
  return isLost(found[0]) ? { lookup_lost: LOST } : {};
}

export function presentLostAmong(found: readonly Looked[]) {
  return presentPlaces(found.map(isLost));
}

function presentPlaces(lost: readonly boolean[]) {
  const places = lost.flatMap((isSo, place) => (isSo ? place : []));
  return places.length > 0 ? { lookup_lost: { ...LOST, places } } : {};
}

function isLost(one: Looked | undefined) {
  return one?.id === null && Boolean(one.isLost);
}

const LOST = {
  code: "lookup_lost" as const,
  message:
    "The server was stopped while a provider was asked. It may have been paid, so it is not asked again by itself: an admin can have it asked again in Settings, Data sources, or with ask_lost_again of the provider.",
};

export function presentLater(requestId: number | null, isWaterfall: boolean) {
  if (requestId === null) return {};
  return {
    ...(isWaterfall && {
      waterfall: { status: "accepted" as const, message: "The providers are being asked." },
    }),
    request_id: requestId,
  };
}

export function presentRequest(request: RequestRow) {
  return {
    request_id: request.id,
    webhook_status: request.status === "success" ? ("success" as const) : ("failed" as const),
    request_type: request.type,
    last_dispatched_at: storedOrNull(request.lastAttemptAt),
    failure_reason: request.failure,
    webhook_result: request.result ?? {},
  };
}

type Answered = { people: readonly (PersonRow | null)[]; found: readonly Looked[]; wantsPhone: boolean };

/**
 * What the callback is sent: Apollo's words for phones there. Whoever is known and has not what was asked for may have it
 * with the provider whose answer was lost.
 */
export function presentResult({ people, found, wantsPhone }: Answered) {
  const lacks = (person: PersonRow | null | undefined) =>
    !person || (wantsPhone ? (person.phones ?? []).length === 0 : !person.email);
  return {
    status: "success",
    total_requested_enrichments: people.length,
    unique_enriched_records: people.filter((person) => person !== null).length,
    missing_records: people.filter((person) => person === null).length,
    ...presentPlaces(found.map(({ isLost }, place) => Boolean(isLost) && lacks(people[place]))),
    people: people.flatMap((person) =>
      person === null
        ? []
        : [
            {
              id: person.id,
              status: "success",
              name: person.name,
              email: person.email,
              email_status: person.emailStatus,
              phone_numbers: (person.phones ?? []).map(({ number, type, status }) => ({
                raw_number: number,
                sanitized_number: number,
                type_cd: type ?? "other",
                status_cd: status ?? "no_status",
                confidence_cd: null,
                dnc_status_cd: null,
              })),
              last_refreshed_at: stored(person.lastRefreshedAt),
            },
          ],
    ),
  };
}

export { presentOrganization };

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { isStale } from "../../../domain/prospecting/enrichment.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { presentContact } from "../../contacts/contacts/present.ts";
import type { ContactRow } from "../../contacts/contacts/reading-store.ts";
import { presentOrganization } from "../../contacts/organizations/present.ts";
import type { OrganizationRow } from "../../contacts/organizations/store.ts";
import type { PersonRow } from "../people/store.ts";
import { presentWholePerson } from "../people-search/present.ts";
import type { RequestRow } from "./store.ts";

type Matched = NonNullable<z.input<typeof contract.people.match.output>["person"]>;

type ShownAccount = NonNullable<Matched["account"]>;

type Around = {
  organizations: readonly OrganizationRow[];
  contacts: readonly ContactRow[];
  accounts: ReadonlyMap<string, ShownAccount>;
  showsPersonalEmails: boolean;
  now: Temporal.Instant;
};

/** A person who was paid for is shown with every field. */
export function presentMatched(
  person: PersonRow,
  { organizations, contacts, accounts, showsPersonalEmails, now }: Around,
): Matched {
  const organization = organizations.find(({ id }) => id === person.organizationId);
  const contact = contacts.find(({ id }) => id === person.contactId);
  return {
    ...presentRevealed(person, organization),
    contact: contact ? presentContact(contact) : null,
    twitter_url: person.twitterUrl,
    github_url: person.githubUrl,
    facebook_url: person.facebookUrl,
    extrapolated_email_confidence: null,
    account_id: organization?.accountId ?? null,
    account: accounts.get(organization?.accountId ?? "") ?? null,
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

/** A lost lookup is no miss: the answer says so, beside Apollo's fields. */
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
    "The server was stopped while it asked a provider, so credits may have been spent. The lookup is not repeated automatically. An admin can repeat it in Settings, Data sources, or with ask_lost_again of the provider.",
};

export function presentLater(
  requestId: number | null,
  { waterfall: isWaterfall, phone: isPhone }: { waterfall: boolean; phone: boolean },
) {
  if (requestId === null) return {};
  return {
    ...(isWaterfall && {
      waterfall: {
        status: "accepted" as const,
        message: "The lookup is in progress.",
        unprocessed_attributes: [],
      },
    }),
    ...(isPhone && {
      phone_enrichment: {
        request_id: String(requestId),
        status: "accepted" as const,
        message: "The phone number arrives later.",
      },
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
 * What the callback is sent, with Apollo's words for phones there. For a known person without the wanted field, the
 * provider whose answer was lost may have it.
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

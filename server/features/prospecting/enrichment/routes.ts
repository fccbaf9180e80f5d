import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { route, routeWithBefore } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { readOrganizations } from "../../contacts/organizations/store.ts";
import { presentProgress } from "../../events/progress/present.ts";
import { readPeople } from "../people/store.ts";
import { presentWholePerson } from "../people-search/present.ts";
import { enrichAccount, lookForAccount } from "./accounts.ts";
import {
  type Later,
  lookForCompanies,
  lookForThese,
  readRequest,
  startLater,
  takeCompanies,
  takePeople,
} from "./commands.ts";
import { enrichContacts } from "./contacts.ts";
import { presentEnriched } from "./enriched.ts";
import {
  presentLater,
  presentLost,
  presentLostAmong,
  presentMatched,
  presentOrganization,
  presentRequest,
  presentRevealed,
} from "./present.ts";
import { readCompanies, readCompany, readPersonQuestion } from "./reading.ts";
import { listPaid } from "./store.ts";

const { people, organizations, webhookResults } = contract;

type Flags = Pick<
  z.output<typeof people.match.input>,
  "reveal_phone_number" | "run_waterfall_email" | "run_waterfall_phone" | "webhook_url"
>;

function readLater(input: Flags): Later {
  return {
    phone: input.reveal_phone_number || input.run_waterfall_phone,
    waterfall: input.run_waterfall_email || input.run_waterfall_phone,
    mustCall: input.reveal_phone_number,
    webhookUrl: input.webhook_url ?? null,
  };
}

/** One person, under each address that clients know. */
function matching(endpoint: typeof people.match | typeof people.enrich) {
  return routeWithBefore(
    endpoint,
    (scene) => lookForThese(scene, [readPersonQuestion(scene.input)], readLater(scene.input)),
    async ({ input, before, ...act }) => {
      const found = await takePeople(act, before);
      const later = readLater(input);
      const requestId = await startLater(act, [readPersonQuestion(input)], later);
      const [person] = found.people;
      const around = { ...found, showsPersonalEmails: input.reveal_personal_emails, now: act.now };
      return {
        person: person ? presentMatched(person, around) : null,
        ...presentLost(before),
        ...presentLater(requestId, later),
      };
    },
  );
}

export const routes = [
  routeWithBefore(
    contract.accounts.enrich,
    (scene) => lookForAccount(scene, scene.input.id),
    async ({ input, before, ...act }) => {
      const changed = await enrichAccount(act, input.id, before);
      return {
        found: changed !== null,
        ...presentLost(before),
        changed: (changed ?? []).map((fact) => fact.replace(/[A-Z]/g, (l) => `_${l.toLowerCase()}`)),
      };
    },
  ),

  route(contract.contacts.enrich, async ({ input, ...act }) =>
    presentProgress(await enrichContacts(act, input.contact_ids)),
  ),

  matching(people.match),
  matching(people.enrich),

  routeWithBefore(
    people.bulkMatch,
    (scene) => lookForThese(scene, scene.input.details.map(readPersonQuestion), readLater(scene.input)),
    async ({ input, before, ...act }) => {
      const found = await takePeople(act, before);
      const later = readLater(input);
      const requestId = await startLater(act, input.details.map(readPersonQuestion), later);
      const around = { ...found, showsPersonalEmails: input.reveal_personal_emails, now: act.now };
      const byId = new Map(found.people.map((person) => [person.id, presentMatched(person, around)]));
      const matches = before.map(({ id }) => (id === null ? null : (byId.get(id) ?? null)));
      return {
        status: "success" as const,
        error_code: null,
        error_message: null,
        total_requested_enrichments: before.length,
        unique_enriched_records: byId.size,
        missing_records: matches.filter((one) => one === null).length,
        credits_consumed: found.credits,
        matches,
        ...presentLostAmong(before),
        ...presentLater(requestId, later),
      };
    },
  ),

  route(people.show, async ({ input, db, caller }) => {
    const [person] = await readPeople(db, caller.teamId, [input.id]);
    if (!person) throw new Refusal("record_not_found");
    const [organization] = await readOrganizations(
      db,
      caller.teamId,
      person.organizationId ? [person.organizationId] : [],
    );
    const paid = await listPaid(db, caller.teamId, [person.id]);
    const show = paid.has(person.id) ? presentRevealed : presentWholePerson;
    return { person: show(person, organization) };
  }),

  routeWithBefore(
    organizations.enrich,
    (scene) => lookForCompanies(scene, [readCompany(scene.input)]),
    async ({ input: _, before, ...act }) => {
      const [organization] = await presentEnriched(act, (await takeCompanies(act, before)).organizations);
      return {
        organization: organization ?? null,
        ...presentLost(before),
      };
    },
  ),

  routeWithBefore(
    organizations.bulkEnrich,
    (scene) => lookForCompanies(scene, readCompanies(scene.input)),
    async ({ input, before, ...act }) => {
      const found = await takeCompanies(act, before);
      const enriched = await presentEnriched(act, found.organizations);
      const byId = new Map(enriched.map((one) => [one.id, one]));
      const shown = before.map(({ id }) => (id === null ? null : (byId.get(id) ?? null)));
      const isByDomain = input.details === undefined;
      const unique = new Set(readCompanies(input).map((one) => JSON.stringify(one))).size;
      return {
        status: "success" as const,
        error_code: null,
        error_message: null,
        total_requested_domains: isByDomain ? before.length : null,
        unique_domains: isByDomain ? unique : null,
        total_requested_records: isByDomain ? null : before.length,
        unique_records: isByDomain ? null : unique,
        unique_enriched_records: byId.size,
        missing_records: shown.filter((one) => one === null).length,
        credits_consumed: found.credits,
        organizations: shown,
        ...presentLostAmong(before),
      };
    },
  ),

  route(organizations.show, async ({ input, db, caller }) => {
    const [organization] = await readOrganizations(db, caller.teamId, [input.id]);
    if (!organization) throw new Refusal("record_not_found");
    return { organization: presentOrganization(organization) };
  }),

  route(webhookResults.show, async ({ input, ...act }) =>
    presentRequest(await readRequest(act, input.request_id)),
  ),
];

import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { readContactSearch, withAliases } from "../../contacts/contact-search/search-input.ts";
import { presentProgress } from "../../events/progress/present.ts";
import {
  changeSettings,
  guessFor,
  lookAtOne,
  noteAddressesChecked,
  readCheck,
  verifyContacts,
} from "./commands.ts";
import { presentCheck, presentVerificationSettings } from "./present.ts";
import { findSettings } from "./store.ts";

export const routes = [
  route(contract.emailVerifications.start, async ({ input, ...act }) => {
    const search = input.contact_filter && withAliases(input.contact_filter);
    const filter = search ? await readContactSearch(act, search) : null;
    const progress = await verifyContacts(act, {
      contactIds: input.contact_ids ?? [],
      filter,
      params: input.contact_filter ? { contact_filter: input.contact_filter } : {},
    });
    return presentProgress(progress);
  }),

  routeWithBefore(
    contract.emailVerifications.check,
    ({ app, caller, input, isDryRun }) => lookAtOne(app, caller.teamId, input.email, isDryRun),
    async ({ input, before, ...act }) => ({
      email_verification: presentCheck(await noteAddressesChecked(act, input.email, before)),
    }),
  ),

  route(contract.emailVerifications.show, async ({ input, ...act }) => {
    const check = await readCheck(act, input.id);
    return { email_verification: check && presentCheck(check) };
  }),

  route(contract.emailVerifications.settings, async ({ db, caller }) => ({
    settings: presentVerificationSettings(await findSettings(db, caller.teamId)),
  })),

  route(contract.emailVerifications.updateSettings, async ({ input, ...act }) => {
    const { probes, probe_from, probes_per_domain_per_hour: most } = input;
    const settings = await changeSettings(act, {
      ...(probes !== undefined && { probes }),
      ...(probe_from !== undefined && { probeFrom: probe_from }),
      ...(most !== undefined && { probesPerDomain: most }),
    });
    return { settings: presentVerificationSettings(settings) };
  }),

  route(contract.emailPatterns.guess, async ({ input, ...act }) => {
    const name = { firstName: input.first_name, lastName: input.last_name };
    const { domain, learntFrom, candidates } = await guessFor(act, name, input.domain);
    return {
      domain,
      learnt_from: learntFrom,
      candidates: candidates.map((one) => ({ ...one, email_status: "unverified" as const })),
    };
  }),
];

// Documented requests and answers. The schemas must parse them, the server must answer in
// their shape, OpenAPI shows them, and agents read them. All names in them are invented.

import type { Example } from "../endpoint.ts";
import { abTests } from "./ab-tests.ts";
import { access } from "./access.ts";
import { accounts } from "./accounts.ts";
import { apiKeys } from "./api-keys.ts";
import { brakes } from "./brakes.ts";
import { catcher } from "./catcher.ts";
import { contacts } from "./contacts.ts";
import { conversations } from "./conversations.ts";
import { copilots } from "./copilots.ts";
import { credits } from "./credits.ts";
import { customFields } from "./custom-fields.ts";
import { dataRetention } from "./data-retention.ts";
import { emailAccounts } from "./email-accounts.ts";
import { emailerMessages } from "./emailer-messages.ts";
import { enrollments } from "./enrollments.ts";
import { events } from "./events.ts";
import { explain } from "./explain.ts";
import { forecasts } from "./forecasts.ts";
import { goals } from "./goals.ts";
import { holidays } from "./holidays.ts";
import { imports } from "./imports.ts";
import { incomingMails } from "./incoming-mails.ts";
import { installation } from "./installation.ts";
import { labels } from "./labels.ts";
import { languageModel } from "./language-model.ts";
import { mixedPeople } from "./mixed-people.ts";
import { notes } from "./notes.ts";
import { opportunities } from "./opportunities.ts";
import { placementTests } from "./placement-tests.ts";
import { progress } from "./progress.ts";
import { promises } from "./promises.ts";
import { pushSubscriptions } from "./push-subscriptions.ts";
import { rehearsals } from "./rehearsals.ts";
import { reportSchedules } from "./report-schedules.ts";
import { reports } from "./reports.ts";
import { sandbox } from "./sandbox.ts";
import { scoreFormula } from "./score-formula.ts";
import { search } from "./search.ts";
import { sendingDomains } from "./sending-domains.ts";
import { sequenceFiles } from "./sequence-files.ts";
import { sequences } from "./sequences.ts";
import { signIn } from "./sign-in.ts";
import { sqlLogins } from "./sql-logins.ts";
import { stages } from "./stages.ts";
import { subteams } from "./subteams.ts";
import { suppressions } from "./suppressions.ts";
import { tableLayouts } from "./table-layouts.ts";
import { tasks } from "./tasks.ts";
import { teamMoves } from "./team-moves.ts";
import { today } from "./today.ts";
import { trackingDomains } from "./tracking-domains.ts";
import { trialRuns } from "./trial-runs.ts";
import { users } from "./users.ts";
import { verification } from "./verification.ts";
import { views } from "./views.ts";
import { webhooks } from "./webhooks.ts";
import { workflows } from "./workflows.ts";

export const examples: Record<string, readonly Example[]> = {
  ...access,
  ...apiKeys,
  ...forecasts,
  ...promises,
  ...brakes,
  ...goals,
  ...holidays,
  ...sendingDomains,
  ...trackingDomains,
  ...imports,
  ...incomingMails,
  ...catcher,
  ...sandbox,
  ...installation,
  ...labels,
  ...emailerMessages,
  ...enrollments,
  ...rehearsals,
  ...reports,
  ...pushSubscriptions,
  ...reportSchedules,
  ...sequences,
  ...sequenceFiles,
  ...sqlLogins,
  ...search,
  ...today,
  ...users,
  ...abTests,
  ...placementTests,
  ...dataRetention,
  ...emailAccounts,
  ...mixedPeople,
  ...notes,
  ...conversations,
  ...opportunities,
  ...suppressions,
  ...tasks,
  ...events,
  ...explain,
  ...progress,
  ...verification,
  ...scoreFormula,
  ...signIn,
  ...teamMoves,
  ...trialRuns,
  ...copilots,
  ...languageModel,
  ...tableLayouts,
  ...views,
  ...webhooks,
  ...workflows,
  ...accounts,
  ...contacts,
  ...credits,
  ...customFields,
  ...stages,
  ...subteams,
};

/** Those of one call, by its name in the SDK. */
export function examplesOf(name: string): readonly Example[] {
  return examples[name] ?? [];
}

// The whole table: what Cadenza can be asked.

import { accounts } from "./apollo/accounts.ts";
import { activities, calendarEvents } from "./apollo/activities.ts";
import { auth } from "./apollo/auth.ts";
import { contacts } from "./apollo/contacts.ts";
import { conversations } from "./apollo/conversations.ts";
import { customFields, typedCustomFields } from "./apollo/custom-fields.ts";
import { emailAccounts } from "./apollo/email-accounts.ts";
import { emailerMessages } from "./apollo/emailer-messages.ts";
import { enrollments } from "./apollo/enrollments.ts";
import { joining } from "./apollo/joining.ts";
import { labels } from "./apollo/labels.ts";
import { mixedCompanies, mixedPeople, newsArticles, organizations } from "./apollo/mixed-people.ts";
import { notes } from "./apollo/notes.ts";
import { opportunities, opportunityPipelines, opportunityStages } from "./apollo/opportunities.ts";
import { opportunityContactRoleTypes } from "./apollo/opportunity-roles.ts";
import { organizationEnrichment, people as persons, webhookResults } from "./apollo/people-enrichment.ts";
import { phoneCalls } from "./apollo/phone-calls.ts";
import { schedules } from "./apollo/schedules.ts";
import { sequenceLife } from "./apollo/sequence-life.ts";
import { sequences } from "./apollo/sequences.ts";
import { accountStages, contactStages } from "./apollo/stages.ts";
import { steps } from "./apollo/steps.ts";
import { syncReport } from "./apollo/sync-report.ts";
import { tasks } from "./apollo/tasks.ts";
import { templates } from "./apollo/templates.ts";
import { touches } from "./apollo/touches.ts";
import { usageStats } from "./apollo/usage-stats.ts";
import { users } from "./apollo/users.ts";
import type { Endpoint } from "./endpoint.ts";
import { readOf, taggedRecords } from "./etags.ts";
import { abTests } from "./extras/ab-tests.ts";
import { invitations, sessions, setup } from "./extras/access.ts";
import { accountEnrichment } from "./extras/account-enrichment.ts";
import { accountChanges } from "./extras/accounts.ts";
import { apiKeys } from "./extras/api-keys.ts";
import { attachments } from "./extras/attachments.ts";
import { auditLog } from "./extras/audit-log.ts";
import { brakes } from "./extras/brakes.ts";
import { callChoices } from "./extras/calls.ts";
import { catcher } from "./extras/catcher.ts";
import { changes } from "./extras/changes.ts";
import { contactEnrichment } from "./extras/contact-enrichment.ts";
import { contactExtras } from "./extras/contacts.ts";
import { conversationWriting } from "./extras/conversations.ts";
import { copilots } from "./extras/copilots.ts";
import { credits } from "./extras/credits.ts";
import { customFieldChanges } from "./extras/custom-fields.ts";
import { dataRetention } from "./extras/data-retention.ts";
import { opportunityStageChanges } from "./extras/deal-stages.ts";
import { dealExtras } from "./extras/deals.ts";
import { messageWriting } from "./extras/emailer-messages.ts";
import { enrollmentExtras } from "./extras/enrollments.ts";
import { events } from "./extras/events.ts";
import { explain } from "./extras/explain.ts";
import { folders } from "./extras/folders.ts";
import { forecasts } from "./extras/forecasts.ts";
import { goals } from "./extras/goals.ts";
import { holidays } from "./extras/holidays.ts";
import { imports } from "./extras/imports.ts";
import { incomingMails } from "./extras/incoming-mails.ts";
import { installation } from "./extras/installation.ts";
import { languageModel } from "./extras/language-model.ts";
import { mailboxStandings } from "./extras/mailbox-standings.ts";
import { mailboxes } from "./extras/mailboxes.ts";
import { manageEverywhere } from "./extras/manage-everywhere.ts";
import { noteWriting } from "./extras/notes.ts";
import { connectedApps, oauth, oauthApplications } from "./extras/oauth.ts";
import { people } from "./extras/people.ts";
import { placementTests } from "./extras/placement-tests.ts";
import { processingRecords } from "./extras/processing-record.ts";
import { progress } from "./extras/progress.ts";
import { promises } from "./extras/promises.ts";
import { inventedPeople, prospecting } from "./extras/prospecting.ts";
import { enrichmentProviders } from "./extras/providers.ts";
import { pushSubscriptions } from "./extras/push-subscriptions.ts";
import { rehearsals } from "./extras/rehearsals.ts";
import { replies } from "./extras/replies.ts";
import { reportSchedules } from "./extras/report-schedules.ts";
import { reports } from "./extras/reports.ts";
import { rulesets } from "./extras/rulesets.ts";
import { sandbox } from "./extras/sandbox.ts";
import { scoreFormula } from "./extras/score-formula.ts";
import { search } from "./extras/search.ts";
import { sendingDomains } from "./extras/sending-domains.ts";
import { sequenceActivity } from "./extras/sequence-activity.ts";
import { sequenceFiles } from "./extras/sequence-files.ts";
import { mailboxSignIn, signInClients } from "./extras/sign-in.ts";
import { sqlLogins } from "./extras/sql-logins.ts";
import { accountStageChanges, contactStageChanges } from "./extras/stages.ts";
import { stars } from "./extras/stars.ts";
import { subteams } from "./extras/subteams.ts";
import { suppressions } from "./extras/suppressions.ts";
import { tableLayouts } from "./extras/table-layouts.ts";
import { taskChanges } from "./extras/tasks.ts";
import { teamMoves } from "./extras/team-moves.ts";
import { teams } from "./extras/teams.ts";
import { enrollmentAsOf, mailboxAsOf } from "./extras/time-travel.ts";
import { today } from "./extras/today.ts";
import { trackingDomains } from "./extras/tracking-domains.ts";
import { trialRuns } from "./extras/trial-runs.ts";
import { emailPatterns, emailVerifications } from "./extras/verification.ts";
import { views } from "./extras/views.ts";
import { webhookSubscriptions } from "./extras/webhooks.ts";
import { workflowNotices } from "./extras/workflow-notices.ts";
import { workflowCandidates, workflowRuns } from "./extras/workflow-runs.ts";
import { workflowTrials } from "./extras/workflow-trials.ts";
import { workflows } from "./extras/workflows.ts";

export const contract = {
  auth,
  users: { ...users, ...people },
  usageStats,
  contacts: { ...contacts, ...contactExtras, ...contactEnrichment },
  customFields: { ...customFields, ...customFieldChanges },
  typedCustomFields,
  accounts: { ...accounts, ...accountEnrichment, ...accountChanges },
  activities,
  calendarEvents,
  joining,
  labels,
  contactStages: { ...contactStages, ...contactStageChanges },
  accountStages: { ...accountStages, ...accountStageChanges },
  apiKeys,
  catcher,
  sandbox,
  connectedApps,
  changes,
  enrichmentProviders,
  emailPatterns,
  emailVerifications,
  credits,
  enrollments: { ...enrollments, ...enrollmentExtras, asOf: enrollmentAsOf, manageEverywhere },
  imports,
  incomingMails,
  folders,
  brakes,
  abTests,
  placementTests,
  dataRetention,
  holidays,
  sendingDomains,
  trackingDomains,
  forecasts,
  processingRecords,
  promises,
  rehearsals,
  pushSubscriptions,
  reportSchedules,
  goals,
  reports: { ...reports, ...syncReport },
  rulesets,
  schedules,
  sequences: { ...sequences, ...sequenceLife, ...sequenceActivity, ...sequenceFiles },
  signInClients,
  sqlLogins,
  stars,
  steps,
  templates,
  touches,
  attachments,
  auditLog,
  emailAccounts: { ...emailAccounts, ...mailboxes, ...mailboxSignIn, ...mailboxStandings, asOf: mailboxAsOf },
  emailerMessages: { ...emailerMessages, ...messageWriting },
  oauth,
  oauthApplications,
  mixedCompanies,
  mixedPeople,
  prospecting,
  inventedPeople,
  newsArticles,
  organizations: { ...organizations, ...organizationEnrichment },
  people: persons,
  webhookResults,
  notes: { ...notes, ...noteWriting },
  conversations: { ...conversations, ...conversationWriting },
  opportunities: { ...opportunities, ...dealExtras },
  opportunityContactRoleTypes,
  opportunityPipelines,
  opportunityStages: { ...opportunityStages, ...opportunityStageChanges },
  phoneCalls: { ...phoneCalls, ...callChoices },
  events,
  explain,
  installation,
  invitations,
  progress,
  sessions,
  setup,
  subteams,
  replies,
  suppressions,
  tasks: { ...tasks, ...taskChanges },
  teamMoves,
  trialRuns,
  teams,
  scoreFormula,
  copilots,
  languageModel,
  tableLayouts,
  views,
  search,
  today,
  webhookSubscriptions,
  workflows,
  workflowRuns,
  workflowCandidates,
  workflowNotices,
  workflowTrials,
};

export type Contract = typeof contract;

export type Entry = { name: string; endpoint: Endpoint };

/** Every endpoint with the name the SDK gives it (`users.search`). Its examples are apart, in examples/: few ever need them. */
export const endpoints: readonly Entry[] = Object.entries(contract).flatMap(([noun, verbs]) =>
  Object.entries(verbs as Record<string, Endpoint>).map(([verb, endpoint]) => ({
    name: `${noun}.${verb}`,
    endpoint,
  })),
);

/** The etag field of each record that can be changed conditionally, with what the etag stands for. */
export const tagged = taggedRecords(endpoints.map(({ endpoint }) => endpoint));

/** The call that shows the record of a conditional change as it is, with its etag. */
export function shownBy(endpoint: Endpoint): Endpoint | undefined {
  return endpoint.ifMatch && readOf({ endpoint }, endpoints)?.endpoint;
}

/** As the SDK names it. */
export function callName(endpoint: Endpoint): string | undefined {
  return endpoints.find((one) => one.endpoint === endpoint)?.name;
}

export { REPORT_DIMENSIONS, REPORT_METRICS, REPORT_PERIODS } from "./apollo/sync-report.ts";
export { EMPTY_FACETS } from "./apollo/task-search.ts";
export { NO_SETTINGS } from "./apollo/user-settings.ts";
export type { Access, Endpoint, Example, Method } from "./endpoint.ts";
export { offersDryRun, pathParameters, scopeName, scopesOf } from "./endpoint.ts";
export {
  type ForbiddingCode,
  isForbidding,
  type RefusalCode,
  type RefusalEntry,
  refusals,
} from "./errors.ts";
export type { Cover } from "./etags.ts";
export { conditionInput } from "./extras/branch.ts";
export { GOAL_METRICS, GOAL_PERIODS } from "./extras/goals.ts";
export { type ColumnId, TABLE_COLUMNS, TABLES_WITH_FIELDS, type TableName } from "./extras/table-columns.ts";
export { workflowFilters } from "./extras/workflow.ts";
export { workflowAction } from "./extras/workflow-actions.ts";
export * as fields from "./fields.ts";
export { type FileSchema, fileSchema, fileSchemaNames } from "./files/schemas.ts";
export {
  type SequenceFile,
  type StepFile,
  sequenceFile,
  type VariantFile,
  waitFrom,
} from "./files/sequence-file.ts";
export { fieldFile, mailHead, rulesetFile, scheduleFile, templateHead } from "./files/shared-files.ts";
export { DEFAULT_OAUTH_SCOPES, type OAuthScope, oauthScopes } from "./oauth-scopes.ts";

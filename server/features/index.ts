// The list of all routes.

import type { Route, VisitRoute } from "../http/route.ts";
import { routes as backups } from "./administration/backups/routes.ts";
import { routes as installation } from "./administration/installation/routes.ts";
import { routes as processingRecords } from "./administration/processing-record/routes.ts";
import { routes as sandbox } from "./administration/sandbox/routes.ts";
import { routes as storage } from "./administration/storage/routes.ts";
import { routes as teamMoves } from "./administration/team-moves/routes.ts";
import { routes as teams } from "./administration/teams/routes.ts";
import { routes as users } from "./administration/users/routes.ts";
import { routes as copilots } from "./automation/copilots/routes.ts";
import { routes as workflowNotices } from "./automation/workflow-notices/routes.ts";
import { routes as workflowTrials } from "./automation/workflow-trials/routes.ts";
import { visits as workflowHooks, routes as workflows } from "./automation/workflows/routes.ts";
import { routes as accountSearch } from "./contacts/account-search/routes.ts";
import { routes as contactSearch } from "./contacts/contact-search/routes.ts";
import { routes as customFields } from "./contacts/custom-fields/routes.ts";
import { routes as labels } from "./contacts/labels/routes.ts";
import { routes as mentions } from "./contacts/mentions/routes.ts";
import { routes as notes } from "./contacts/notes/routes.ts";
import { routes as scoreFormulas } from "./contacts/score-formulas/routes.ts";
import { routes as stages } from "./contacts/stages/routes.ts";
import { routes as suppressions } from "./contacts/suppressions/routes.ts";
import { routes as accounts } from "./desk/accounts/routes.ts";
import { routes as calls } from "./desk/calls/routes.ts";
import { routes as contacts } from "./desk/contacts/routes.ts";
import { routes as conversations } from "./desk/conversations/routes.ts";
import { routes as drafts } from "./desk/drafts/routes.ts";
import { routes as meetingLinks } from "./desk/meeting-links/routes.ts";
import { routes as tasks } from "./desk/task-routes/routes.ts";
import { routes as holidays } from "./editing/holiday-editing/routes.ts";
import { routes as rulesets } from "./editing/ruleset-editing/routes.ts";
import { routes as schedules } from "./editing/schedule-editing/routes.ts";
import { routes as sequences } from "./editing/sequence-editing/routes.ts";
import { routes as sequenceFiles } from "./editing/sequence-files/routes.ts";
import { routes as steps } from "./editing/step-editing/steps-routes.ts";
import { routes as touches } from "./editing/step-editing/touches-routes.ts";
import { routes as templates } from "./editing/template-editing/routes.ts";
import { routes as changes } from "./enrollments/changes/routes.ts";
import { routes as joining } from "./enrollments/enrolling/routes.ts";
import { routes as enrollmentSearch } from "./enrollments/enrollment-search/routes.ts";
import { routes as managing } from "./enrollments/managing/routes.ts";
import { routes as managingEverywhere } from "./enrollments/managing-everywhere/routes.ts";
import { routes as verdicts } from "./enrollments/verdicts/routes.ts";
import { routes as events } from "./events/feed/routes.ts";
import { routes as progress } from "./events/progress/routes.ts";
import { routes as webhooks } from "./events/webhooks/routes.ts";
import { routes as brakes } from "./gate/brakes/routes.ts";
import { routes as fence } from "./gate/clone-guard/routes.ts";
import { routes as apiKeys } from "./identity/api-keys/routes.ts";
import { routes as credits } from "./identity/credits/routes.ts";
import { routes as invitations } from "./identity/invitations/routes.ts";
import { routes as oauthApplications } from "./identity/oauth-applications/routes.ts";
import { routes as oauthGrants } from "./identity/oauth-grants/routes.ts";
import { routes as sandboxProfiles } from "./identity/sandbox-profiles/routes.ts";
import { routes as sessions } from "./identity/sessions/routes.ts";
import { routes as sqlLogins } from "./identity/sql-logins/routes.ts";
import { routes as subteams } from "./identity/subteams/routes.ts";
import { routes as tableLayouts } from "./identity/table-layouts/routes.ts";
import type { Counter } from "./identity/usage/counter.ts";
import { usageRoutes } from "./identity/usage/routes.ts";
import { routes as imports } from "./imports/imports/routes.ts";
import { routes as abTests } from "./insight/ab-tests/routes.ts";
import { routes as activityFeed } from "./insight/activity-feed/routes.ts";
import { routes as explaining } from "./insight/explaining/routes.ts";
import { routes as forecasts } from "./insight/forecasts/routes.ts";
import { routes as goals } from "./insight/goals/routes.ts";
import { routes as health } from "./insight/health/routes.ts";
import { routes as installationChecks } from "./insight/installation/routes.ts";
import { routes as personalData } from "./insight/personal-data/routes.ts";
import { routes as promises } from "./insight/promises/routes.ts";
import { routes as pushSubscriptions } from "./insight/push-subscriptions/routes.ts";
import { routes as recordSearch } from "./insight/record-search/routes.ts";
import { routes as reportSchedules } from "./insight/report-schedules/routes.ts";
import { routes as reports } from "./insight/reports/routes.ts";
import { routes as sandboxTimeline } from "./insight/sandbox-timeline/routes.ts";
import { routes as sequenceReports } from "./insight/sequence-reports/routes.ts";
import { routes as timeTravel } from "./insight/time-travel/routes.ts";
import { routes as timeline } from "./insight/timeline/routes.ts";
import { routes as today } from "./insight/today/routes.ts";
import { routes as touchLimits } from "./insight/touch-limits/routes.ts";
import { routes as trialRuns } from "./insight/trial-runs/routes.ts";
import { routes as views } from "./insight/views/routes.ts";
import { routes as dmarcReports } from "./mailboxes/dmarc-reports/routes.ts";
import { routes as mailboxes } from "./mailboxes/mailboxes/routes.ts";
import { routes as sendingDomains } from "./mailboxes/sending-domains/routes.ts";
import { routes as signInClients } from "./mailboxes/sign-in-clients/routes.ts";
import { routes as signIns } from "./mailboxes/sign-ins/routes.ts";
import {
  routes as trackingDomains,
  visits as trackingDomainVisits,
} from "./mailboxes/tracking-domains/routes.ts";
import { routes as companySearch } from "./prospecting/company-search/routes.ts";
import { routes as enrichment } from "./prospecting/enrichment/routes.ts";
import { routes as inventedPeople } from "./prospecting/invented-people/routes.ts";
import { routes as jobPostings } from "./prospecting/job-postings/routes.ts";
import { routes as news } from "./prospecting/news/routes.ts";
import { routes as peopleFacets } from "./prospecting/people-facets/routes.ts";
import { routes as peopleSearch } from "./prospecting/people-search/routes.ts";
import { routes as prospecting } from "./prospecting/prospecting/routes.ts";
import { routes as providers } from "./prospecting/providers/routes.ts";
import { routes as verification } from "./prospecting/verification/routes.ts";
import { routes as incoming } from "./receiving/incoming/routes.ts";
import { routes as languageModels } from "./receiving/language-model/routes.ts";
import { routes as replyExamples } from "./receiving/reply-examples/routes.ts";
import { visits as tracking } from "./receiving/tracking/routes.ts";
import { visits as unsubscribing } from "./receiving/unsubscribing/routes.ts";
import { routes as accountMerging } from "./removal/account-merging/routes.ts";
import { routes as contactRemoval } from "./removal/contact-removal/routes.ts";
import { routes as retention } from "./removal/retention/routes.ts";
import { routes as catcher } from "./sending/catcher/routes.ts";
import { routes as messageSearch } from "./sending/message-search/routes.ts";
import { routes as messages } from "./sending/messages/routes.ts";
import { routes as placementTests } from "./sending/placement-tests/routes.ts";
import { routes as prospectScripts } from "./sending/prospect-scripts/routes.ts";
import { routes as rehearsals } from "./sending/rehearsals/routes.ts";
import { routes as sandboxFaults } from "./sending/sandbox-faults/routes.ts";
import { routes as testMails } from "./sending/test-mails/routes.ts";
import { routes as attachments } from "./sequences/attachments/routes.ts";
import { routes as folders } from "./sequences/folders/routes.ts";
import { routes as dealStages } from "./work/deal-stages/routes.ts";
import { routes as deals } from "./work/deals/routes.ts";

export function allRoutes(counter: Counter): Route[] {
  return [
    ...accounts,
    ...accountMerging,
    ...accountSearch,
    ...activityFeed,
    ...apiKeys,
    ...attachments,
    ...brakes,
    ...calls,
    ...conversations,
    ...catcher,
    ...sandbox,
    ...prospectScripts,
    ...sandboxFaults,
    ...sandboxProfiles,
    ...sandboxTimeline,
    ...changes,
    ...companySearch,
    ...contacts,
    ...contactRemoval,
    ...retention,
    ...processingRecords,
    ...contactSearch,
    ...credits,
    ...customFields,
    ...dealStages,
    ...deals,
    ...drafts,
    ...meetingLinks,
    ...enrichment,
    ...enrollmentSearch,
    ...events,
    ...explaining,
    ...folders,
    ...scoreFormulas,
    ...copilots,
    ...languageModels,
    ...tableLayouts,
    ...views,
    ...forecasts,
    ...holidays,
    ...personalData,
    ...promises,
    ...signInClients,
    ...signIns,
    ...sqlLogins,
    ...pushSubscriptions,
    ...reportSchedules,
    ...goals,
    ...health,
    ...installationChecks,
    ...fence,
    ...backups,
    ...storage,
    ...installation,
    ...invitations,
    ...joining,
    ...inventedPeople,
    ...jobPostings,
    ...labels,
    ...mailboxes,
    ...dmarcReports,
    ...sendingDomains,
    ...trackingDomains,
    ...managing,
    ...managingEverywhere,
    ...messages,
    ...messageSearch,
    ...news,
    ...mentions,
    ...notes,
    ...oauthApplications,
    ...oauthGrants,
    ...peopleFacets,
    ...peopleSearch,
    ...prospecting,
    ...progress,
    ...providers,
    ...rehearsals,
    ...testMails,
    ...reports,
    ...sequenceReports,
    ...rulesets,
    ...schedules,
    ...sequences,
    ...sequenceFiles,
    ...sessions,
    ...stages,
    ...steps,
    ...subteams,
    ...imports,
    ...incoming,
    ...replyExamples,
    ...suppressions,
    ...tasks,
    ...teamMoves,
    ...trialRuns,
    ...teams,
    ...templates,
    ...timeline,
    ...timeTravel,
    ...recordSearch,
    ...today,
    ...touches,
    ...touchLimits,
    ...abTests,
    ...placementTests,
    ...usageRoutes(counter),
    ...users,
    ...verdicts,
    ...verification,
    ...webhooks,
    ...workflows,
    ...workflowNotices,
    ...workflowTrials,
  ];
}

/** What links in mails lead to, and where others send what sets a workflow off. */
export const allVisits: readonly VisitRoute[] = [
  ...unsubscribing,
  ...tracking,
  ...trackingDomainVisits,
  ...workflowHooks,
];

// The list of all routes.

import type { Route, VisitRoute } from "../http/route.ts";
import { routes as accountSearch } from "./account-search/routes.ts";
import { routes as accounts } from "./accounts/routes.ts";
import { routes as activityFeed } from "./activity-feed/routes.ts";
import { routes as apiKeys } from "./api-keys/routes.ts";
import { routes as attachments } from "./attachments/routes.ts";
import { routes as calls } from "./calls/routes.ts";
import { routes as catcher } from "./catcher/routes.ts";
import { routes as changes } from "./changes/routes.ts";
import { routes as companySearch } from "./company-search/routes.ts";
import { routes as contactSearch } from "./contact-search/routes.ts";
import { routes as contacts } from "./contacts/routes.ts";
import { routes as copilots } from "./copilots/routes.ts";
import { routes as credits } from "./credits/routes.ts";
import { routes as customFields } from "./custom-fields/routes.ts";
import { routes as dealStages } from "./deal-stages/routes.ts";
import { routes as deals } from "./deals/routes.ts";
import { routes as drafts } from "./drafts/routes.ts";
import { routes as enrichment } from "./enrichment/routes.ts";
import { routes as enrollmentSearch } from "./enrollment-search/routes.ts";
import { routes as events } from "./events/routes.ts";
import { routes as explaining } from "./explaining/routes.ts";
import { routes as fence } from "./fence/routes.ts";
import { routes as folders } from "./folders/routes.ts";
import { routes as forecasts } from "./forecasts/routes.ts";
import { routes as health } from "./health/routes.ts";
import { routes as holidays } from "./holidays/routes.ts";
import { routes as imports } from "./imports/routes.ts";
import { routes as incoming } from "./incoming/routes.ts";
import { routes as installation } from "./installation/routes.ts";
import { routes as inventedPeople } from "./invented-people/routes.ts";
import { routes as invitations } from "./invitations/routes.ts";
import { routes as jobPostings } from "./job-postings/routes.ts";
import { routes as joining } from "./joining/routes.ts";
import { routes as labels } from "./labels/routes.ts";
import { routes as languageModels } from "./language-model/routes.ts";
import { routes as mailboxes } from "./mailboxes/routes.ts";
import { routes as managing } from "./managing/routes.ts";
import { routes as messageSearch } from "./message-search/routes.ts";
import { routes as messages } from "./messages/routes.ts";
import { routes as news } from "./news/routes.ts";
import { routes as notes } from "./notes/routes.ts";
import { routes as oauthApplications } from "./oauth-applications/routes.ts";
import { routes as oauthGrants } from "./oauth-grants/routes.ts";
import { routes as peopleFacets } from "./people-facets/routes.ts";
import { routes as peopleSearch } from "./people-search/routes.ts";
import { routes as progress } from "./progress/routes.ts";
import { routes as promises } from "./promises/routes.ts";
import { routes as prospecting } from "./prospecting/routes.ts";
import { routes as providers } from "./providers/routes.ts";
import { routes as rehearsals } from "./rehearsals/routes.ts";
import { routes as replyExamples } from "./reply-examples/routes.ts";
import { routes as reportSchedules } from "./report-schedules/routes.ts";
import { routes as reports } from "./reports/routes.ts";
import { routes as rulesets } from "./rulesets/routes.ts";
import { routes as schedules } from "./schedules/routes.ts";
import { routes as scoreFormulas } from "./score-formulas/routes.ts";
import { routes as sequenceReports } from "./sequence-reports/routes.ts";
import { routes as sequences } from "./sequences/routes.ts";
import { routes as sessions } from "./sessions/routes.ts";
import { routes as sqlLogins } from "./sql-logins/routes.ts";
import { routes as stages } from "./stages/routes.ts";
import { routes as steps } from "./steps/routes.ts";
import { routes as subteams } from "./subteams/routes.ts";
import { routes as suppressions } from "./suppressions/routes.ts";
import { routes as tasks } from "./tasks/routes.ts";
import { routes as teams } from "./teams/routes.ts";
import { routes as templates } from "./templates/routes.ts";
import { routes as timeTravel } from "./time-travel/routes.ts";
import { routes as timeline } from "./timeline/routes.ts";
import { routes as today } from "./today/routes.ts";
import { routes as touchLimits } from "./touch-limits/routes.ts";
import { routes as touches } from "./touches/routes.ts";
import { visits as tracking } from "./tracking/routes.ts";
import { visits as unsubscribing } from "./unsubscribing/routes.ts";
import type { Counter } from "./usage/counter.ts";
import { usageRoutes } from "./usage/routes.ts";
import { routes as users } from "./users/routes.ts";
import { routes as verdicts } from "./verdicts/routes.ts";
import { routes as verification } from "./verification/routes.ts";
import { routes as views } from "./views/routes.ts";
import { routes as webhooks } from "./webhooks/routes.ts";
import { routes as workflowNotices } from "./workflow-notices/routes.ts";
import { visits as workflowHooks, routes as workflows } from "./workflows/routes.ts";

export function allRoutes(counter: Counter): Route[] {
  return [
    ...accounts,
    ...accountSearch,
    ...activityFeed,
    ...apiKeys,
    ...attachments,
    ...calls,
    ...catcher,
    ...changes,
    ...companySearch,
    ...contacts,
    ...contactSearch,
    ...credits,
    ...customFields,
    ...dealStages,
    ...deals,
    ...drafts,
    ...enrichment,
    ...enrollmentSearch,
    ...events,
    ...explaining,
    ...folders,
    ...scoreFormulas,
    ...copilots,
    ...languageModels,
    ...views,
    ...forecasts,
    ...holidays,
    ...promises,
    ...sqlLogins,
    ...reportSchedules,
    ...health,
    ...fence,
    ...installation,
    ...invitations,
    ...joining,
    ...inventedPeople,
    ...jobPostings,
    ...labels,
    ...mailboxes,
    ...managing,
    ...messages,
    ...messageSearch,
    ...news,
    ...notes,
    ...oauthApplications,
    ...oauthGrants,
    ...peopleFacets,
    ...peopleSearch,
    ...prospecting,
    ...progress,
    ...providers,
    ...rehearsals,
    ...reports,
    ...sequenceReports,
    ...rulesets,
    ...schedules,
    ...sequences,
    ...sessions,
    ...stages,
    ...steps,
    ...subteams,
    ...imports,
    ...incoming,
    ...replyExamples,
    ...suppressions,
    ...tasks,
    ...teams,
    ...templates,
    ...timeline,
    ...timeTravel,
    ...today,
    ...touches,
    ...touchLimits,
    ...usageRoutes(counter),
    ...users,
    ...verdicts,
    ...verification,
    ...webhooks,
    ...workflows,
    ...workflowNotices,
  ];
}

/** What links in mails lead to, and where others send what sets a workflow off. */
export const allVisits: readonly VisitRoute[] = [...unsubscribing, ...tracking, ...workflowHooks];

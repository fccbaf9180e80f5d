// What a key can be allowed, read off the contract. A group is what a developer looks for; the contract's nouns are finer.

import { endpoints, type Method, scopesOf } from "@cadenza/contract";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

type KeyCall = { method: Method; path: string };
type KeyScope = { name: string; summary: string; isRead: boolean; calls: readonly KeyCall[] };
export type ScopeGroup = { title: string; scopes: readonly KeyScope[] };

const TITLES = perLanguage((): readonly (readonly [title: string, nouns: readonly string[]])[] => [
  [t("Contacts"), ["contacts"]],
  [t("Companies (accounts)"), ["accounts"]],
  [t("Sequences"), ["sequences"]],
  [t("Adding contacts to sequences"), ["joining"]],
  [t("Contacts in sequences"), ["enrollments"]],
  [t("Sequence steps and email variants"), ["steps", "touches", "abTests"]],
  [t("Previews, forecasts and trial runs"), ["rehearsals", "forecasts", "promises", "trialRuns"]],
  [t("Rulesets and schedules"), ["rulesets", "schedules"]],
  [t("Mailboxes"), ["emailAccounts", "signInClients", "placementTests"]],
  [t("Emails"), ["emailerMessages", "attachments"]],
  [t("Email templates"), ["templates"]],
  [t("Replies and incoming emails"), ["incomingMails", "replies"]],
  [t("Do not email list"), ["suppressions"]],
  [t("Domains for sending and tracking"), ["sendingDomains", "trackingDomains"]],
  [t("Brakes"), ["brakes"]],
  [t("Tasks"), ["tasks"]],
  [t("Calls and meetings"), ["phoneCalls", "conversations", "calendarEvents"]],
  [
    t("Deals (opportunities)"),
    ["opportunities", "opportunityPipelines", "opportunityStages", "opportunityContactRoleTypes"],
  ],
  [t("Lists"), ["labels"]],
  [
    t("Fields, stages and score"),
    ["customFields", "typedCustomFields", "contactStages", "accountStages", "scoreFormula"],
  ],
  [t("Notes"), ["notes"]],
  [t("Imports"), ["imports"]],
  [
    t("People database and enrichment"),
    [
      "mixedPeople",
      "mixedCompanies",
      "people",
      "organizations",
      "newsArticles",
      "prospecting",
      "inventedPeople",
      "emailPatterns",
      "webhookResults",
    ],
  ],
  [t("Email verification"), ["emailVerifications"]],
  [t("Credits and API usage"), ["credits", "usageStats"]],
  [t("Reports and goals"), ["reports", "reportSchedules", "goals"]],
  [t("Explanations and history"), ["explain", "events", "activities"]],
  [t("Workflows"), ["workflows", "workflowRuns", "workflowCandidates", "workflowNotices", "workflowTrials"]],
  [t("Copilots"), ["copilots"]],
  [t("Background jobs and undo"), ["progress", "changes"]],
  [t("Team and users"), ["teams", "users", "subteams", "holidays"]],
  [t("Search, views and Home"), ["search", "views", "tableLayouts", "folders", "stars", "today"]],
  [t("Test inbox and sandbox"), ["catcher", "sandbox"]],
]);

const byNoun = scopesByNoun();

/** Calls for admins and the operator need a master key, so no scope stands for them. */
export const SCOPE_GROUPS = perLanguage((): readonly ScopeGroup[] => {
  const known = new Set(TITLES.flatMap(([, nouns]) => nouns));
  const rest = [...byNoun.keys()].filter((noun) => !known.has(noun));
  return [...TITLES, ...(rest.length > 0 ? [[t("Other calls"), rest] as const] : [])].map(
    ([title, nouns]) => ({
      title,
      scopes: nouns.flatMap((noun) => byNoun.get(noun) ?? []),
    }),
  );
});

/** A scope that several calls share is offered once, with all of them. */
function scopesByNoun() {
  const groups = new Map<string, KeyScope[]>();
  const known = new Map<string, { calls: KeyCall[] }>();
  for (const { name: call, endpoint } of endpoints) {
    if (endpoint.access !== "scoped") continue;
    const noun = call.split(".")[0] ?? "";
    const { method, path } = endpoint;
    for (const scope of scopesOf(endpoint)) {
      const before = known.get(scope.name);
      if (before) {
        before.calls.push({ method, path });
        continue;
      }
      const added = { ...scope, calls: [{ method, path }] };
      known.set(scope.name, added);
      groups.set(noun, [...(groups.get(noun) ?? []), added]);
    }
  }
  return groups;
}

// Every address there is. Pages load when they are gone to; inside the frame nobody is let in unless
// signed in, and comes back to where they were going afterwards.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { Frame } from "./frame/Frame.tsx";
import { Lost } from "./frame/Lost.tsx";
import { contactsSource } from "./pages/contacts/source.ts";
import { readAddress } from "./parts/address.ts";
import { firstPageOf } from "./parts/records/useWindowed.ts";
import { TroublePage } from "./parts/Trouble.tsx";
import { queries, sessionQuery } from "./session.ts";

const root = createRootRoute({
  component: Outlet,
  validateSearch: readAddress,
  notFoundComponent: Lost,
  errorComponent: ({ error }) => <TroublePage error={error} />,
});

const frame = createRoute({
  getParentRoute: () => root,
  id: "frame",
  component: Frame,
  beforeLoad: ({ location }) => askToSignIn(location.href),
});

async function askToSignIn(here: string) {
  if (await queries.ensureQueryData(sessionQuery)) return;
  throw redirect({ to: "/sign-in", search: { to: here === "/" ? undefined : here }, replace: true });
}

const home = createRoute({
  getParentRoute: () => frame,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/home/HomePage.tsx"), "HomePage"),
});

const sequences = createRoute({
  getParentRoute: () => frame,
  path: "/sequences",
  component: lazyRouteComponent(() => import("./pages/sequences/SequenceList.tsx"), "SequenceList"),
});

const sequence = createRoute({
  getParentRoute: () => frame,
  path: "/sequences/$id",
  component: lazyRouteComponent(() => import("./pages/sequences/SequencePage.tsx"), "SequencePage"),
});

const workflows = createRoute({
  getParentRoute: () => frame,
  path: "/workflows",
  component: lazyRouteComponent(() => import("./pages/workflows/WorkflowList.tsx"), "WorkflowList"),
});

const workflow = createRoute({
  getParentRoute: () => frame,
  path: "/workflows/$id",
  component: lazyRouteComponent(() => import("./pages/workflows/WorkflowPage.tsx"), "WorkflowPage"),
});

const prospects = createRoute({
  getParentRoute: () => frame,
  path: "/prospects",
  component: lazyRouteComponent(() => import("./pages/prospects/ProspectsPage.tsx"), "ProspectsPage"),
});

const prospectCompany = createRoute({
  getParentRoute: () => frame,
  path: "/prospects/companies/$id",
  component: lazyRouteComponent(() => import("./pages/prospects/OrganizationPage.tsx"), "OrganizationPage"),
});

const contacts = createRoute({
  getParentRoute: () => frame,
  path: "/contacts",
  // Asked while the page's code is on its way; before what its filters are about, which can wait.
  loader: ({ location }) => {
    if (Object.keys(location.search).length === 0)
      void queries.prefetchQuery(firstPageOf(contactsSource({}, null)));
  },
  component: lazyRouteComponent(() => import("./pages/contacts/ContactList.tsx"), "ContactList"),
});

const contact = createRoute({
  getParentRoute: () => frame,
  path: "/contacts/$id",
  component: lazyRouteComponent(() => import("./pages/contacts/ContactPage.tsx"), "ContactPage"),
});

const companies = createRoute({
  getParentRoute: () => frame,
  path: "/companies",
  component: lazyRouteComponent(() => import("./pages/companies/CompanyList.tsx"), "CompanyList"),
});

const company = createRoute({
  getParentRoute: () => frame,
  path: "/companies/$id",
  component: lazyRouteComponent(() => import("./pages/companies/CompanyPage.tsx"), "CompanyPage"),
});

const lists = createRoute({
  getParentRoute: () => frame,
  path: "/lists",
  component: lazyRouteComponent(() => import("./pages/lists/ListsPage.tsx"), "ListsPage"),
});

const list = createRoute({
  getParentRoute: () => frame,
  path: "/lists/$id",
  component: lazyRouteComponent(() => import("./pages/lists/ListPage.tsx"), "ListPage"),
});

const imports = createRoute({
  getParentRoute: () => frame,
  path: "/imports",
  component: lazyRouteComponent(() => import("./pages/imports/ImportPage.tsx"), "ImportPage"),
});

const imported = createRoute({
  getParentRoute: () => frame,
  path: "/imports/$id",
  component: lazyRouteComponent(() => import("./pages/imports/ImportedPage.tsx"), "ImportedPage"),
});

const tasks = createRoute({
  getParentRoute: () => frame,
  path: "/tasks",
  component: lazyRouteComponent(() => import("./pages/tasks/TasksPage.tsx"), "TasksPage"),
});

const inbox = createRoute({
  getParentRoute: () => frame,
  path: "/inbox",
  component: lazyRouteComponent(() => import("./pages/inbox/InboxPage.tsx"), "InboxPage"),
});

const outbox = createRoute({
  getParentRoute: () => frame,
  path: "/outbox",
  component: lazyRouteComponent(() => import("./pages/outbox/OutboxPage.tsx"), "OutboxPage"),
});

const forecast = createRoute({
  getParentRoute: () => frame,
  path: "/forecast",
  component: lazyRouteComponent(() => import("./pages/forecast/ForecastPage.tsx"), "ForecastPage"),
});

const reports = createRoute({
  getParentRoute: () => frame,
  path: "/reports",
  component: lazyRouteComponent(() => import("./pages/reports/ReportsPage.tsx"), "ReportsPage"),
});

const deals = createRoute({
  getParentRoute: () => frame,
  path: "/deals",
  component: lazyRouteComponent(() => import("./pages/deals/DealsPage.tsx"), "DealsPage"),
});

const settings = createRoute({
  getParentRoute: () => frame,
  path: "/settings",
  component: lazyRouteComponent(() => import("./pages/settings/SettingsPage.tsx"), "SettingsPage"),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/team", replace: true });
  },
});

const team = createRoute({
  getParentRoute: () => settings,
  path: "/team",
  component: lazyRouteComponent(() => import("./pages/team/TeamPage.tsx"), "TeamPage"),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: lazyRouteComponent(() => import("./pages/people/PeopleList.tsx"), "PeopleList"),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: "/keys",
  component: lazyRouteComponent(() => import("./pages/api-keys/KeyList.tsx"), "KeyList"),
});

const sqlLogins = createRoute({
  getParentRoute: () => settings,
  path: "/sql",
  component: lazyRouteComponent(() => import("./pages/sql-logins/SqlLogins.tsx"), "SqlLogins"),
});

const mailboxes = createRoute({
  getParentRoute: () => settings,
  path: "/mailboxes",
  component: lazyRouteComponent(() => import("./pages/mailboxes/MailboxList.tsx"), "MailboxList"),
});

const mailbox = createRoute({
  getParentRoute: () => settings,
  path: "/mailboxes/$id",
  component: lazyRouteComponent(() => import("./pages/mailboxes/MailboxPage.tsx"), "MailboxPage"),
});

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./pages/webhooks/WebhookList.tsx"), "WebhookList"),
});

const suppressions = createRoute({
  getParentRoute: () => settings,
  path: "/suppressions",
  component: lazyRouteComponent(() => import("./pages/suppressions/SuppressionList.tsx"), "SuppressionList"),
});

const stages = createRoute({
  getParentRoute: () => settings,
  path: "/stages",
  component: lazyRouteComponent(() => import("./pages/stages/StagesPage.tsx"), "StagesPage"),
});

const ownFields = createRoute({
  getParentRoute: () => settings,
  path: "/fields",
  component: lazyRouteComponent(() => import("./pages/fields/FieldList.tsx"), "FieldList"),
});

const copilots = createRoute({
  getParentRoute: () => frame,
  path: "/copilots",
  component: lazyRouteComponent(() => import("./pages/copilots/CopilotsPage.tsx"), "CopilotsPage"),
});

const score = createRoute({
  getParentRoute: () => settings,
  path: "/score",
  component: lazyRouteComponent(() => import("./pages/score/ScorePage.tsx"), "ScorePage"),
});

const usage = createRoute({
  getParentRoute: () => settings,
  path: "/usage",
  component: lazyRouteComponent(() => import("./pages/usage/UsagePage.tsx"), "UsagePage"),
});

const data = createRoute({
  getParentRoute: () => settings,
  path: "/data",
  component: lazyRouteComponent(() => import("./pages/data/DataPage.tsx"), "DataPage"),
});

const languageModel = createRoute({
  getParentRoute: () => settings,
  path: "/model",
  component: lazyRouteComponent(() => import("./pages/language-model/ModelPage.tsx"), "ModelPage"),
});

const schedules = createRoute({
  getParentRoute: () => settings,
  path: "/schedules",
  component: lazyRouteComponent(() => import("./pages/schedules/ScheduleList.tsx"), "ScheduleList"),
});

const rulesets = createRoute({
  getParentRoute: () => settings,
  path: "/rulesets",
  component: lazyRouteComponent(() => import("./pages/rulesets/RulesetList.tsx"), "RulesetList"),
});

const history = createRoute({
  getParentRoute: () => settings,
  path: "/history",
  component: lazyRouteComponent(() => import("./pages/audit-log/HistoryList.tsx"), "HistoryList"),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("./pages/profile/ProfilePage.tsx"), "ProfilePage"),
});

const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/appearance",
  component: lazyRouteComponent(() => import("./pages/appearance/AppearancePage.tsx"), "AppearancePage"),
});

const caught = createRoute({
  getParentRoute: () => settings,
  path: "/catcher",
  component: lazyRouteComponent(() => import("./pages/catcher/CaughtPage.tsx"), "CaughtPage"),
});

const apps = createRoute({
  getParentRoute: () => settings,
  path: "/apps",
  component: lazyRouteComponent(() => import("./pages/connected-apps/AppsPage.tsx"), "AppsPage"),
});

const authorize = createRoute({
  getParentRoute: () => root,
  path: "/oauth/authorize",
  beforeLoad: ({ location }) => askToSignIn(location.href),
  component: lazyRouteComponent(() => import("./pages/authorize/AuthorizePage.tsx"), "AuthorizePage"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  beforeLoad: async () => {
    if (await queries.ensureQueryData(sessionQuery)) throw redirect({ to: "/", replace: true });
  },
  component: lazyRouteComponent(() => import("./pages/sessions/SignInPage.tsx"), "SignInPage"),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./pages/setup/SetupPage.tsx"), "SetupPage"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation",
  component: lazyRouteComponent(() => import("./pages/invitations/InvitationPage.tsx"), "InvitationPage"),
});

const settingsPages = [
  settingsIndex,
  team,
  people,
  mailboxes,
  mailbox,
  sqlLogins,
  webhooks,
  suppressions,
  schedules,
  rulesets,
  stages,
  score,
  ownFields,
  usage,
  data,
  languageModel,
  caught,
  keys,
  apps,
  history,
  profile,
  appearance,
];

export const router = createRouter({
  routeTree: root.addChildren([
    frame.addChildren([
      home,
      sequences,
      sequence,
      workflows,
      workflow,
      prospects,
      prospectCompany,
      contacts,
      contact,
      companies,
      company,
      lists,
      list,
      imports,
      imported,
      tasks,
      inbox,
      deals,
      outbox,
      forecast,
      copilots,
      reports,
      settings.addChildren(settingsPages),
    ]),
    signIn,
    setup,
    invitation,
    authorize,
  ]),
  defaultPreload: "intent",
  defaultErrorComponent: ({ error }) => <TroublePage error={error} />,
  defaultNotFoundComponent: Lost,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

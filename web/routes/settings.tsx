// What is set once: the team's, and everybody's own.

import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { queries, sessionQuery } from "../session.ts";
import { frame } from "./root.tsx";

const settings = createRoute({
  getParentRoute: () => frame,
  path: "/settings",
  component: lazyRouteComponent(() => import("../pages/settings/settings/SettingsPage.tsx"), "SettingsPage"),
});

const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: async () => {
    const session = await queries.ensureQueryData(sessionQuery);
    const to = session?.user.role === "admin" ? "/settings/team" : "/settings/profile";
    throw redirect({ to, replace: true });
  },
});

const team = createRoute({
  getParentRoute: () => settings,
  path: "/team",
  component: lazyRouteComponent(() => import("../pages/settings/team/TeamPage.tsx"), "TeamPage"),
});

const people = createRoute({
  getParentRoute: () => settings,
  path: "/people",
  component: lazyRouteComponent(() => import("../pages/settings/people/PeopleList.tsx"), "PeopleList"),
});

const keys = createRoute({
  getParentRoute: () => settings,
  path: "/keys",
  component: lazyRouteComponent(() => import("../pages/settings/api-keys/KeyList.tsx"), "KeyList"),
});

const sqlLogins = createRoute({
  getParentRoute: () => settings,
  path: "/sql",
  component: lazyRouteComponent(() => import("../pages/settings/sql-logins/SqlLogins.tsx"), "SqlLogins"),
});

const mailboxes = createRoute({
  getParentRoute: () => settings,
  path: "/mailboxes",
  component: lazyRouteComponent(() => import("../pages/mail/mailboxes/MailboxList.tsx"), "MailboxList"),
});

const mailbox = createRoute({
  getParentRoute: () => settings,
  path: "/mailboxes/$id",
  component: lazyRouteComponent(() => import("../pages/mail/mailboxes/MailboxPage.tsx"), "MailboxPage"),
});

const mailboxSignedIn = createRoute({
  getParentRoute: () => settings,
  path: "/mailboxes/signed-in",
  component: lazyRouteComponent(
    () => import("../pages/mail/mailbox-sign-in/SignedInPage.tsx"),
    "SignedInPage",
  ),
});

const mailboxSignIn = createRoute({
  getParentRoute: () => settings,
  path: "/mailbox-sign-in",
  component: lazyRouteComponent(() => import("../pages/mail/mailbox-sign-in/ClientsPage.tsx"), "ClientsPage"),
});

const moving = createRoute({
  getParentRoute: () => settings,
  path: "/moving",
  component: lazyRouteComponent(() => import("../pages/settings/moving/MovePage.tsx"), "MovePage"),
});

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("../pages/settings/webhooks/WebhookList.tsx"), "WebhookList"),
});

const suppressions = createRoute({
  getParentRoute: () => settings,
  path: "/suppressions",
  component: lazyRouteComponent(
    () => import("../pages/settings/suppressions/SuppressionList.tsx"),
    "SuppressionList",
  ),
});

const stages = createRoute({
  getParentRoute: () => settings,
  path: "/stages",
  component: lazyRouteComponent(() => import("../pages/settings/stages/StagesPage.tsx"), "StagesPage"),
});

const ownFields = createRoute({
  getParentRoute: () => settings,
  path: "/fields",
  component: lazyRouteComponent(() => import("../pages/settings/fields/FieldList.tsx"), "FieldList"),
});

const score = createRoute({
  getParentRoute: () => settings,
  path: "/score",
  component: lazyRouteComponent(() => import("../pages/settings/score/ScorePage.tsx"), "ScorePage"),
});

const installation = createRoute({
  getParentRoute: () => settings,
  path: "/installation",
  component: lazyRouteComponent(
    () => import("../pages/settings/installation/InstallationPage.tsx"),
    "InstallationPage",
  ),
});

const usage = createRoute({
  getParentRoute: () => settings,
  path: "/usage",
  component: lazyRouteComponent(() => import("../pages/settings/usage/UsagePage.tsx"), "UsagePage"),
});

const data = createRoute({
  getParentRoute: () => settings,
  path: "/data",
  component: lazyRouteComponent(() => import("../pages/settings/data/DataPage.tsx"), "DataPage"),
});

const personalData = createRoute({
  getParentRoute: () => settings,
  path: "/personal-data",
  component: lazyRouteComponent(
    () => import("../pages/settings/personal-data/PersonalDataPage.tsx"),
    "PersonalDataPage",
  ),
});

const languageModel = createRoute({
  getParentRoute: () => settings,
  path: "/model",
  component: lazyRouteComponent(() => import("../pages/settings/language-model/ModelPage.tsx"), "ModelPage"),
});

const schedules = createRoute({
  getParentRoute: () => settings,
  path: "/schedules",
  component: lazyRouteComponent(() => import("../pages/settings/schedules/ScheduleList.tsx"), "ScheduleList"),
});

const rulesets = createRoute({
  getParentRoute: () => settings,
  path: "/rulesets",
  component: lazyRouteComponent(() => import("../pages/settings/rulesets/RulesetList.tsx"), "RulesetList"),
});

const templates = createRoute({
  getParentRoute: () => settings,
  path: "/templates",
  component: lazyRouteComponent(() => import("../pages/mail/templates/TemplatesPage.tsx"), "TemplatesPage"),
});

const history = createRoute({
  getParentRoute: () => settings,
  path: "/history",
  component: lazyRouteComponent(() => import("../pages/settings/audit-log/HistoryList.tsx"), "HistoryList"),
});

const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("../pages/account/profile/ProfilePage.tsx"), "ProfilePage"),
});

const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/appearance",
  component: lazyRouteComponent(
    () => import("../pages/account/appearance/AppearancePage.tsx"),
    "AppearancePage",
  ),
});

const caught = createRoute({
  getParentRoute: () => settings,
  path: "/catcher",
  component: lazyRouteComponent(() => import("../pages/mail/catcher/CaughtPage.tsx"), "CaughtPage"),
});

const sandbox = createRoute({
  getParentRoute: () => settings,
  path: "/sandbox",
  component: lazyRouteComponent(() => import("../pages/settings/sandbox/SandboxPage.tsx"), "SandboxPage"),
});

const sandboxRun = createRoute({
  getParentRoute: () => settings,
  path: "/sandbox/run",
  component: lazyRouteComponent(() => import("../pages/settings/sandbox/run/RunPage.tsx"), "RunPage"),
});

const apps = createRoute({
  getParentRoute: () => settings,
  path: "/apps",
  component: lazyRouteComponent(() => import("../pages/account/connected-apps/AppsPage.tsx"), "AppsPage"),
});

export const settingsPages = settings.addChildren([
  settingsIndex,
  team,
  people,
  mailboxes,
  mailbox,
  mailboxSignedIn,
  mailboxSignIn,
  sqlLogins,
  moving,
  webhooks,
  suppressions,
  schedules,
  rulesets,
  templates,
  stages,
  score,
  ownFields,
  usage,
  installation,
  data,
  languageModel,
  personalData,
  caught,
  sandbox,
  sandboxRun,
  keys,
  apps,
  history,
  profile,
  appearance,
]);

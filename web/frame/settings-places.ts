// What is set, by whose business it is: settings' own list, the palette and the keys are read off it.

import {
  IconAdjustments,
  IconArrowsSort,
  IconBan,
  IconBuilding,
  IconCalendarTime,
  IconDatabase,
  IconForms,
  IconGauge,
  IconGitBranch,
  IconHistory,
  IconKey,
  IconLogin2,
  IconMail,
  IconMailPause,
  IconMessageChatbot,
  IconPlugConnected,
  IconServer,
  IconShieldLock,
  IconTable,
  IconTargetArrow,
  IconTemplate,
  IconTruck,
  IconUser,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import type { NavigationEntry } from "./place.ts";

export type SettingsGroup = { name: string; places: readonly NavigationEntry[] };

export const SETTINGS_GROUPS: readonly SettingsGroup[] = perLanguage(() => [
  {
    name: t("You"),
    places: [
      {
        path: "/settings/profile",
        name: t("Your profile"),
        letter: "u",
        icon: IconUser,
        also: ["password", "sign out", "me"],
      },
      {
        path: "/settings/appearance",
        name: t("Appearance"),
        icon: IconAdjustments,
        also: ["dark", "light", "theme", "compact"],
      },
      {
        path: "/settings/apps",
        name: t("Connected apps"),
        icon: IconPlugConnected,
        also: ["oauth", "applications", "agents", "mcp", "disconnect"],
      },
    ],
  },
  {
    name: t("Team"),
    places: [
      {
        path: "/settings/team",
        name: t("Team"),
        letter: "e",
        icon: IconBuilding,
        also: ["name", "time zone", "days off"],
      },
      {
        path: "/settings/people",
        name: t("People"),
        letter: "p",
        icon: IconUsers,
        also: ["users", "colleagues", "invitations", "roles"],
      },
      {
        path: "/settings/usage",
        name: t("Usage"),
        icon: IconGauge,
        also: ["credits", "limits", "api calls"],
      },
      {
        path: "/settings/personal-data",
        name: t("Personal data"),
        icon: IconShieldLock,
        also: ["gdpr", "privacy", "retention", "lawful basis", "record of processing", "delete old data"],
        adminOnly: true,
      },
      {
        path: "/settings/history",
        name: t("History"),
        letter: "y",
        icon: IconHistory,
        also: ["audit log", "who did what"],
        adminOnly: true,
      },
      {
        path: "/settings/installation",
        name: t("Installation"),
        icon: IconServer,
        also: ["storage", "disk", "backups", "version", "database", "server"],
        adminOnly: true,
      },
    ],
  },
  {
    name: t("Sending"),
    places: [
      {
        path: "/settings/mailboxes",
        name: t("Mailboxes"),
        letter: "m",
        icon: IconMail,
        also: ["email accounts", "smtp", "imap", "senders", "limits"],
      },
      {
        path: "/settings/mailbox-sign-in",
        name: t("Mailbox sign-in"),
        icon: IconLogin2,
        also: ["google", "microsoft", "oauth", "client secret", "gmail", "outlook"],
        adminOnly: true,
      },
      {
        path: "/settings/schedules",
        name: t("Schedules"),
        icon: IconCalendarTime,
        also: ["sending hours", "windows", "time zones", "holidays"],
      },
      {
        path: "/settings/rulesets",
        name: t("Rulesets"),
        icon: IconGitBranch,
        also: ["rules", "finish on reply", "out of office", "same company"],
      },
      {
        path: "/settings/suppressions",
        name: t("Do not email list"),
        letter: "n",
        icon: IconBan,
        also: ["suppression list", "unsubscribed", "blocklist", "bounced"],
      },
      {
        path: "/settings/catcher",
        name: t("Test inbox"),
        icon: IconMailPause,
        also: ["catcher", "caught mail", "test mail", "reply as the prospect"],
      },
    ],
  },
  {
    name: t("Data"),
    places: [
      {
        path: "/settings/templates",
        name: t("Templates"),
        icon: IconTemplate,
        also: ["snippets", "saved texts", "email templates", "canned replies"],
      },
      {
        path: "/settings/stages",
        name: t("Stages"),
        icon: IconArrowsSort,
        also: ["contact stages", "company stages", "deal stages", "pipeline", "probability"],
      },
      {
        path: "/settings/fields",
        name: t("Fields"),
        icon: IconForms,
        also: ["custom fields", "picklists", "typed custom fields"],
      },
      {
        path: "/settings/score",
        name: t("Score"),
        icon: IconTargetArrow,
        also: ["prospect score", "lead scoring", "signals", "priority", "formula"],
      },
    ],
  },
  {
    name: t("Connections"),
    places: [
      {
        path: "/settings/data",
        name: t("Data sources"),
        icon: IconDatabase,
        also: ["enrichment", "providers", "verification", "email checks"],
        adminOnly: true,
      },
      {
        path: "/settings/moving",
        name: t("Move from Apollo"),
        icon: IconTruck,
        also: ["migrate", "migration", "import from apollo", "switch", "leave apollo"],
        adminOnly: true,
      },
      {
        path: "/settings/model",
        name: t("Language model"),
        icon: IconMessageChatbot,
        also: ["ai", "llm", "openai", "ollama", "openers", "copilot"],
        adminOnly: true,
      },
    ],
  },
  {
    name: t("Developers"),
    places: [
      {
        path: "/settings/keys",
        name: t("API keys"),
        letter: "k",
        icon: IconKey,
        also: ["tokens", "secrets", "scopes"],
        adminOnly: true,
      },
      {
        path: "/settings/sql",
        name: t("SQL logins"),
        icon: IconTable,
        also: ["database", "metabase", "grafana", "excel", "reporting views", "bi"],
        adminOnly: true,
      },
      {
        path: "/settings/webhooks",
        name: t("Webhooks"),
        letter: "w",
        icon: IconWebhook,
        also: ["events", "deliveries", "callbacks"],
        adminOnly: true,
      },
    ],
  },
]);

export const SETTINGS_PLACES: readonly NavigationEntry[] = perLanguage(() =>
  SETTINGS_GROUPS.flatMap(({ places }) => places),
);

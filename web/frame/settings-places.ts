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
  IconMail,
  IconMailPause,
  IconMessageChatbot,
  IconPlugConnected,
  IconTable,
  IconTargetArrow,
  IconUser,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import type { Place } from "./place.ts";

export type SettingsGroup = { name: string; places: readonly Place[] };

export const SETTINGS_GROUPS: readonly SettingsGroup[] = [
  {
    name: "You",
    places: [
      {
        path: "/settings/profile",
        name: "Your profile",
        letter: "u",
        icon: IconUser,
        also: ["password", "sign out", "me"],
      },
      {
        path: "/settings/appearance",
        name: "Appearance",
        icon: IconAdjustments,
        also: ["dark", "light", "theme", "compact"],
      },
      {
        path: "/settings/apps",
        name: "Connected apps",
        icon: IconPlugConnected,
        also: ["oauth", "applications", "agents", "mcp", "disconnect"],
      },
    ],
  },
  {
    name: "Team",
    places: [
      {
        path: "/settings/team",
        name: "Team",
        letter: "e",
        icon: IconBuilding,
        also: ["name", "time zone", "days off"],
      },
      {
        path: "/settings/people",
        name: "People",
        letter: "p",
        icon: IconUsers,
        also: ["users", "colleagues", "invitations", "roles"],
      },
      {
        path: "/settings/usage",
        name: "Usage",
        icon: IconGauge,
        also: ["credits", "limits", "api calls"],
      },
      {
        path: "/settings/history",
        name: "History",
        letter: "y",
        icon: IconHistory,
        also: ["audit log", "who did what"],
        adminOnly: true,
      },
    ],
  },
  {
    name: "Sending",
    places: [
      {
        path: "/settings/mailboxes",
        name: "Mailboxes",
        letter: "m",
        icon: IconMail,
        also: ["email accounts", "smtp", "imap", "senders", "limits"],
      },
      {
        path: "/settings/schedules",
        name: "Schedules",
        icon: IconCalendarTime,
        also: ["sending hours", "windows", "time zones", "holidays"],
      },
      {
        path: "/settings/rulesets",
        name: "Rulesets",
        icon: IconGitBranch,
        also: ["rules", "finish on reply", "out of office", "same company"],
      },
      {
        path: "/settings/suppressions",
        name: "Do not mail",
        letter: "n",
        icon: IconBan,
        also: ["suppression list", "unsubscribed", "blocklist", "bounced"],
      },
      {
        path: "/settings/catcher",
        name: "Caught mail",
        icon: IconMailPause,
        also: ["catcher", "test mail", "reply as the prospect"],
      },
    ],
  },
  {
    name: "Data",
    places: [
      {
        path: "/settings/stages",
        name: "Stages",
        icon: IconArrowsSort,
        also: ["contact stages", "company stages", "deal stages", "pipeline", "probability"],
      },
      {
        path: "/settings/fields",
        name: "Fields",
        icon: IconForms,
        also: ["custom fields", "picklists", "typed custom fields"],
      },
      {
        path: "/settings/score",
        name: "Score",
        icon: IconTargetArrow,
        also: ["prospect score", "lead scoring", "signals", "priority", "formula"],
      },
      {
        path: "/settings/data",
        name: "Data sources",
        icon: IconDatabase,
        also: ["enrichment", "providers", "verification", "email checks"],
        adminOnly: true,
      },
      {
        path: "/settings/model",
        name: "Language model",
        icon: IconMessageChatbot,
        also: ["ai", "llm", "openai", "ollama", "openers", "copilot"],
        adminOnly: true,
      },
    ],
  },
  {
    name: "Developers",
    places: [
      {
        path: "/settings/keys",
        name: "API keys",
        letter: "k",
        icon: IconKey,
        also: ["tokens", "secrets", "scopes"],
        adminOnly: true,
      },
      {
        path: "/settings/sql",
        name: "SQL logins",
        icon: IconTable,
        also: ["database", "metabase", "grafana", "excel", "reporting views", "bi"],
        adminOnly: true,
      },
      {
        path: "/settings/webhooks",
        name: "Webhooks",
        letter: "w",
        icon: IconWebhook,
        also: ["events", "deliveries", "callbacks"],
        adminOnly: true,
      },
    ],
  },
];

export const SETTINGS_PLACES: readonly Place[] = SETTINGS_GROUPS.flatMap(({ places }) => places);

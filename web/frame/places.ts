// Every place there is, as a table. Rail, bottom bar, palette, settings' own list and the keys after G
// are all read off it: a new noun's entry here is all the frame needs to know.

import {
  IconAdjustments,
  IconArrowsSort,
  IconBan,
  IconBuilding,
  IconBuildingFactory2,
  IconCalendarTime,
  IconChartBar,
  IconChartHistogram,
  IconChecklist,
  IconCoin,
  IconDatabase,
  IconForms,
  IconGauge,
  IconGitBranch,
  IconHistory,
  IconHome,
  IconInbox,
  IconKey,
  IconListDetails,
  IconMail,
  IconMailForward,
  IconMailPause,
  IconPlugConnected,
  IconRoute,
  IconSend,
  IconSettings,
  IconSparkles,
  IconTargetArrow,
  IconUser,
  IconUserSearch,
  IconUserSquareRounded,
  IconUsers,
  IconWebhook,
  type TablerIcon,
} from "@tabler/icons-react";

export type Place = {
  path:
    | "/"
    | "/sequences"
    | "/workflows"
    | "/contacts"
    | "/prospects"
    | "/companies"
    | "/lists"
    | "/tasks"
    | "/inbox"
    | "/deals"
    | "/outbox"
    | "/forecast"
    | "/copilots"
    | "/reports"
    | "/settings"
    | "/settings/team"
    | "/settings/people"
    | "/settings/mailboxes"
    | "/settings/catcher"
    | "/settings/schedules"
    | "/settings/rulesets"
    | "/settings/stages"
    | "/settings/fields"
    | "/settings/score"
    | "/settings/suppressions"
    | "/settings/keys"
    | "/settings/apps"
    | "/settings/webhooks"
    | "/settings/usage"
    | "/settings/data"
    | "/settings/history"
    | "/settings/profile"
    | "/settings/appearance";
  name: string;
  /** Pressed after G. */
  letter?: string;
  icon: TablerIcon;
  /** What else somebody might type to find it. */
  also?: readonly string[];
  adminOnly?: true;
  /** Among the few that a phone has room for at its foot. */
  onPhone?: true;
};

/** The rail, top to bottom. */
export const PLACES: readonly Place[] = [
  { path: "/", name: "Home", letter: "h", icon: IconHome, also: ["today", "getting started"], onPhone: true },
  {
    path: "/sequences",
    name: "Sequences",
    letter: "q",
    icon: IconSend,
    also: ["campaigns", "cadences", "steps"],
  },
  {
    path: "/workflows",
    name: "Workflows",
    letter: "a",
    icon: IconRoute,
    also: ["automation", "automations", "plays", "rules", "triggers"],
  },
  {
    path: "/prospects",
    name: "Prospects",
    letter: "f",
    icon: IconUserSearch,
    also: ["prospect searcher", "find people", "people search", "net new"],
  },
  {
    path: "/contacts",
    name: "Contacts",
    letter: "c",
    icon: IconUserSquareRounded,
    also: ["leads"],
  },
  {
    path: "/companies",
    name: "Companies",
    letter: "b",
    icon: IconBuildingFactory2,
    also: ["accounts", "organizations"],
  },
  { path: "/lists", name: "Lists", letter: "l", icon: IconListDetails, also: ["labels"] },
  {
    path: "/tasks",
    name: "Tasks",
    letter: "t",
    icon: IconChecklist,
    also: ["to do", "calls", "queue"],
    onPhone: true,
  },
  {
    path: "/inbox",
    name: "Inbox",
    letter: "i",
    icon: IconInbox,
    also: ["replies", "answers"],
    onPhone: true,
  },
  {
    path: "/deals",
    name: "Deals",
    letter: "d",
    icon: IconCoin,
    also: ["opportunities", "pipeline", "board"],
  },
  {
    path: "/outbox",
    name: "Outbox",
    letter: "o",
    icon: IconMailForward,
    also: ["scheduled", "failed", "drafts", "emails"],
  },
  {
    path: "/copilots",
    name: "Copilot",
    icon: IconSparkles,
    also: ["proposals", "who next", "prospecting", "more like these"],
  },
  {
    path: "/forecast",
    name: "Forecast",
    letter: "v",
    icon: IconChartHistogram,
    also: ["capacity", "what if", "when does it end", "look ahead"],
  },
  {
    path: "/reports",
    name: "Reports",
    letter: "r",
    icon: IconChartBar,
    also: ["statistics", "metrics", "analytics", "reply rate", "bounces", "A/B"],
  },
];

/** At the rail's foot. */
export const SETTINGS: Place = { path: "/settings", name: "Settings", letter: "s", icon: IconSettings };

export const SETTINGS_PLACES: readonly Place[] = [
  { path: "/settings/team", name: "Team", letter: "e", icon: IconBuilding, also: ["name", "time zone"] },
  {
    path: "/settings/people",
    name: "People",
    letter: "p",
    icon: IconUsers,
    also: ["users", "colleagues", "invitations", "roles"],
  },
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
    path: "/settings/stages",
    name: "Stages",
    icon: IconArrowsSort,
    also: ["contact stages", "company stages", "pipeline"],
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
    path: "/settings/suppressions",
    name: "Do not mail",
    letter: "n",
    icon: IconBan,
    also: ["suppression list", "unsubscribed", "blocklist", "bounced"],
  },
  {
    path: "/settings/keys",
    name: "API keys",
    letter: "k",
    icon: IconKey,
    also: ["tokens", "secrets", "scopes"],
    adminOnly: true,
  },
  {
    path: "/settings/apps",
    name: "Connected apps",
    icon: IconPlugConnected,
    also: ["oauth", "applications", "agents", "mcp", "disconnect"],
  },
  {
    path: "/settings/webhooks",
    name: "Webhooks",
    letter: "w",
    icon: IconWebhook,
    also: ["events", "deliveries", "callbacks"],
    adminOnly: true,
  },
  {
    path: "/settings/data",
    name: "Data",
    icon: IconDatabase,
    also: ["enrichment", "providers", "verification", "email checks"],
    adminOnly: true,
  },
  {
    path: "/settings/usage",
    name: "Usage",
    icon: IconGauge,
    also: ["credits", "limits", "api calls"],
  },
  {
    path: "/settings/catcher",
    name: "Caught mail",
    letter: "l",
    icon: IconMailPause,
    also: ["catcher", "test mail", "reply as the prospect"],
  },
  {
    path: "/settings/history",
    name: "History",
    letter: "y",
    icon: IconHistory,
    also: ["audit log", "who did what"],
    adminOnly: true,
  },
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
];

export const ALL_PLACES: readonly Place[] = [...PLACES, SETTINGS, ...SETTINGS_PLACES];

// Every place of the rail, as a table. Rail, bottom bar, palette and the keys after G are all read off it: a new noun's
// entry here is all the frame needs to know. Those of settings are in settings-places.ts.

import {
  IconBuildingFactory2,
  IconChartBar,
  IconChartHistogram,
  IconChecklist,
  IconCoin,
  IconHome,
  IconInbox,
  IconListDetails,
  IconMailForward,
  IconRoute,
  IconSend,
  IconSettings,
  IconSparkles,
  IconUserSearch,
  IconUserSquareRounded,
} from "@tabler/icons-react";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import type { NavigationEntry } from "./place.ts";

/** The rail, top to bottom. */
export const PLACES: readonly NavigationEntry[] = perLanguage(() => [
  {
    path: "/",
    name: t("Home"),
    letter: "h",
    icon: IconHome,
    also: ["today", "getting started"],
    onPhone: true,
  },
  {
    path: "/sequences",
    name: t("Sequences"),
    letter: "q",
    icon: IconSend,
    also: ["campaigns", "cadences", "steps"],
  },
  {
    path: "/workflows",
    name: t("Workflows"),
    letter: "a",
    icon: IconRoute,
    also: ["automation", "automations", "plays", "rules", "triggers"],
  },
  {
    path: "/prospects",
    name: t("Prospects"),
    letter: "f",
    icon: IconUserSearch,
    also: ["prospect searcher", "find people", "people search", "net new"],
  },
  {
    path: "/contacts",
    name: t("Contacts"),
    letter: "c",
    icon: IconUserSquareRounded,
    also: ["leads"],
  },
  {
    path: "/companies",
    name: t("Companies"),
    letter: "b",
    icon: IconBuildingFactory2,
    also: ["accounts", "organizations"],
  },
  { path: "/lists", name: t("Lists"), letter: "l", icon: IconListDetails, also: ["labels"] },
  {
    path: "/tasks",
    name: t("Tasks"),
    letter: "t",
    icon: IconChecklist,
    also: ["to do", "calls", "queue"],
    onPhone: true,
  },
  {
    path: "/inbox",
    name: t("Inbox"),
    letter: "i",
    icon: IconInbox,
    also: ["replies", "answers"],
    onPhone: true,
  },
  {
    path: "/deals",
    name: t("Deals"),
    letter: "d",
    icon: IconCoin,
    also: ["opportunities", "pipeline", "board"],
  },
  {
    path: "/outbox",
    name: t("Outbox"),
    letter: "o",
    icon: IconMailForward,
    also: ["scheduled", "failed", "drafts", "emails"],
  },
  {
    path: "/copilots",
    name: t("Copilot"),
    icon: IconSparkles,
    also: ["proposals", "who next", "prospecting", "more like these"],
  },
  {
    path: "/forecast",
    name: t("Forecast"),
    letter: "v",
    icon: IconChartHistogram,
    also: ["capacity", "what if", "when does it end", "look ahead"],
  },
  {
    path: "/reports",
    name: t("Reports"),
    letter: "r",
    icon: IconChartBar,
    also: ["statistics", "metrics", "analytics", "reply rate", "bounces", "A/B"],
  },
]);

/** At the rail's foot. */
export const SETTINGS: NavigationEntry = perLanguage(() => ({
  path: "/settings",
  name: t("Settings"),
  letter: "s",
  icon: IconSettings,
}));

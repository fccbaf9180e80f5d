// Every place there is, as a table. Rail, bottom bar, palette, settings' own list and the keys after G
// are all read off it: a new noun's entry here is all the frame needs to know.

import {
  IconAdjustments,
  IconBuilding,
  IconHistory,
  IconHome,
  IconKey,
  IconSettings,
  IconUser,
  IconUsers,
  type TablerIcon,
} from "@tabler/icons-react";

export type Place = {
  path: "/" | "/settings" | `/settings/${"team" | "people" | "keys" | "history" | "profile" | "appearance"}`;
  name: string;
  /** Pressed after G. */
  letter: string;
  icon: TablerIcon;
  /** What else somebody might type to find it. */
  also?: readonly string[];
  adminOnly?: true;
};

/** The rail, top to bottom. */
export const PLACES: readonly Place[] = [
  { path: "/", name: "Home", letter: "h", icon: IconHome, also: ["today", "getting started"] },
];

/** At the rail's foot. */
export const SETTINGS: Place = { path: "/settings", name: "Settings", letter: "s", icon: IconSettings };

export const SETTINGS_PLACES: readonly Place[] = [
  { path: "/settings/team", name: "Team", letter: "t", icon: IconBuilding, also: ["name", "time zone"] },
  {
    path: "/settings/people",
    name: "People",
    letter: "p",
    icon: IconUsers,
    also: ["users", "colleagues", "invitations", "roles"],
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
    letter: "a",
    icon: IconAdjustments,
    also: ["dark", "light", "theme", "compact"],
  },
];

export const ALL_PLACES: readonly Place[] = [...PLACES, SETTINGS, ...SETTINGS_PLACES];

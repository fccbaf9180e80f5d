// What can be done from anywhere, as a table: the palette shows it, and a new noun adds its lines here.

import type { MantineColorScheme } from "@mantine/core";
import {
  IconBook,
  IconBuildingFactory2,
  IconClipboard,
  IconDeviceDesktop,
  IconKey,
  IconKeyboard,
  IconLayoutSidebar,
  IconList,
  IconListDetails,
  IconLock,
  IconLogout,
  IconMail,
  IconMoon,
  IconRoute,
  IconSend,
  IconSun,
  IconUserPlus,
  type TablerIcon,
} from "@tabler/icons-react";
import { type Rows, setRows } from "../pages/appearance/rows.ts";
import { leave } from "../pages/sessions/leave.ts";
import type { Address } from "../parts/address.ts";
import { copyText } from "../parts/copy.ts";
import { toast } from "../parts/toast.tsx";
import type { Place } from "./place.ts";

/** What the frame can do for a verb. */
export type Hands = {
  go: (path: Place["path"], search?: Address) => void;
  color: (scheme: MantineColorScheme) => void;
  foldRail: () => void;
  showKeys: () => void;
};

export type Verb = {
  name: string;
  icon: TablerIcon;
  also?: readonly string[];
  adminOnly?: true;
  run: (hands: Hands) => void;
};

const lookLike = (scheme: MantineColorScheme) => (hands: Hands) => hands.color(scheme);
const rows = (size: Rows) => () => setRows(size);

export const VERBS: readonly Verb[] = [
  {
    name: "Add contacts to a sequence",
    icon: IconSend,
    also: ["enrol", "enroll", "start a sequence"],
    run: ({ go }) => go("/sequences", { do: "enrol" }),
  },
  {
    name: "Create a sequence",
    icon: IconSend,
    also: ["new sequence", "new campaign"],
    run: ({ go }) => go("/sequences", { do: "create" }),
  },
  {
    name: "Create a workflow",
    icon: IconRoute,
    also: ["new workflow", "automation", "automate"],
    run: ({ go }) => go("/workflows", { do: "create" }),
  },
  {
    name: "Invite a person",
    icon: IconUserPlus,
    also: ["add a colleague", "new user"],
    adminOnly: true,
    run: ({ go }) => go("/settings/people", { do: "invite" }),
  },
  {
    name: "Add a contact",
    icon: IconUserPlus,
    also: ["new contact", "new person", "new lead"],
    run: ({ go }) => go("/contacts", { do: "create" }),
  },
  {
    name: "Add a company",
    icon: IconBuildingFactory2,
    also: ["new company", "new account"],
    run: ({ go }) => go("/companies", { do: "create" }),
  },
  {
    name: "Make a list",
    icon: IconListDetails,
    also: ["new list", "label"],
    run: ({ go }) => go("/lists", { do: "create" }),
  },
  {
    name: "Connect a mailbox",
    icon: IconMail,
    also: ["add an email account", "smtp", "gmail", "outlook"],
    run: ({ go }) => go("/settings/mailboxes", { do: "connect" }),
  },
  {
    name: "Create an API key",
    icon: IconKey,
    also: ["new token", "new key"],
    adminOnly: true,
    run: ({ go }) => go("/settings/keys", { do: "create" }),
  },
  {
    name: "Change your password",
    icon: IconLock,
    run: ({ go }) => go("/settings/profile", { do: "password" }),
  },
  { name: "Copy the base URL", icon: IconClipboard, also: ["api address"], run: () => void copyBaseUrl() },
  {
    name: "Read the API reference",
    icon: IconBook,
    also: ["docs", "openapi"],
    run: () => location.assign("/docs"),
  },
  { name: "Use the light look", icon: IconSun, also: ["theme"], run: lookLike("light") },
  { name: "Use the dark look", icon: IconMoon, also: ["theme", "night"], run: lookLike("dark") },
  {
    name: "Follow the system's look",
    icon: IconDeviceDesktop,
    also: ["theme", "auto"],
    run: lookLike("auto"),
  },
  { name: "Compact rows", icon: IconList, also: ["density"], run: rows("compact") },
  { name: "Roomy rows", icon: IconList, also: ["density"], run: rows("roomy") },
  {
    name: "Fold or unfold the rail",
    icon: IconLayoutSidebar,
    also: ["sidebar"],
    run: ({ foldRail }) => foldRail(),
  },
  {
    name: "Show all keys",
    icon: IconKeyboard,
    also: ["shortcuts", "help"],
    run: ({ showKeys }) => showKeys(),
  },
  { name: "Sign out", icon: IconLogout, also: ["log out", "leave"], run: () => void leave() },
];

async function copyBaseUrl() {
  const isCopied = await copyText(location.origin);
  toast(isCopied ? "The base URL is on the clipboard." : `The base URL is ${location.origin}`);
}

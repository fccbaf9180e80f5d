// What can be done from anywhere, as a table: the palette shows it, and a new noun adds its lines here.

import type { MantineColorScheme } from "@mantine/core";
import {
  IconBook,
  IconBuildingFactory2,
  IconChecklist,
  IconClipboard,
  IconCoin,
  IconDeviceDesktop,
  IconHelp,
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
  IconUpload,
  IconUserPlus,
  type TablerIcon,
} from "@tabler/icons-react";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import { type RowDensity, setRows } from "../pages/account/appearance/rows.ts";
import { leave } from "../pages/account/sessions/leave.ts";
import type { Address } from "../parts/address.ts";
import { copyText } from "../parts/copy.ts";
import { toast } from "../parts/toast.tsx";
import type { NavigationEntry } from "./place.ts";

/** What the frame can do for a verb. */
export type Hands = {
  go: (path: NavigationEntry["path"], search?: Address) => void;
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
const rows = (size: RowDensity) => () => setRows(size);

export const VERBS: readonly Verb[] = perLanguage(() => [
  {
    name: t("Add contacts to sequence"),
    icon: IconSend,
    also: ["enrol", "enroll", "start a sequence"],
    run: ({ go }) => go("/sequences", { do: "enrol" }),
  },
  {
    name: t("Create sequence"),
    icon: IconSend,
    also: ["new sequence", "new campaign", t("New sequence")],
    run: ({ go }) => go("/sequences", { do: "create" }),
  },
  {
    name: t("Import sequences"),
    icon: IconUpload,
    also: ["yaml", "files", "sequences as code"],
    run: ({ go }) => go("/sequences/import"),
  },
  {
    name: t("Import contacts or companies"),
    icon: IconUpload,
    also: ["imports", "csv", "upload a file", "excel", "spreadsheet", t("Imports")],
    run: ({ go }) => go("/imports"),
  },
  {
    name: t("Create workflow"),
    icon: IconRoute,
    also: ["new workflow", "automation", "automate"],
    run: ({ go }) => go("/workflows/new"),
  },
  {
    name: t("Invite a teammate"),
    icon: IconUserPlus,
    also: ["add a colleague", "new user"],
    adminOnly: true,
    run: ({ go }) => go("/settings/people", { do: "invite" }),
  },
  {
    name: t("Add contact"),
    icon: IconUserPlus,
    also: ["new contact", "new person", "new lead"],
    run: ({ go }) => go("/contacts", { do: "create" }),
  },
  {
    name: t("Add company"),
    icon: IconBuildingFactory2,
    also: ["new company", "new account"],
    run: ({ go }) => go("/companies", { do: "create" }),
  },
  {
    name: t("New task"),
    icon: IconChecklist,
    also: ["create task", "add task", "to do", "reminder"],
    run: ({ go }) => go("/tasks", { do: "create" }),
  },
  {
    name: t("New deal"),
    icon: IconCoin,
    also: ["create deal", "add deal", "opportunity"],
    run: ({ go }) => go("/deals", { do: "create" }),
  },
  {
    name: t("Create list"),
    icon: IconListDetails,
    also: ["new list", "label"],
    run: ({ go }) => go("/lists", { do: "create" }),
  },
  {
    name: t("Connect mailbox"),
    icon: IconMail,
    also: ["add an email account", "smtp", "gmail", "outlook"],
    run: ({ go }) => go("/settings/mailboxes", { do: "connect" }),
  },
  {
    name: t("Create API key"),
    icon: IconKey,
    also: ["new token", "new key"],
    adminOnly: true,
    run: ({ go }) => go("/settings/keys", { do: "create" }),
  },
  {
    name: t("Change password"),
    icon: IconLock,
    run: ({ go }) => go("/settings/profile", { do: "password" }),
  },
  { name: t("Copy API base URL"), icon: IconClipboard, also: ["api address"], run: () => void copyBaseUrl() },
  {
    name: t("Open help"),
    icon: IconHelp,
    also: ["docs", "documentation", "manual", "how to"],
    run: () => location.assign("/help/"),
  },
  {
    name: t("Open API reference"),
    icon: IconBook,
    also: ["docs", "openapi"],
    run: () => location.assign("/docs"),
  },
  { name: t("Use light theme"), icon: IconSun, also: ["theme"], run: lookLike("light") },
  { name: t("Use dark theme"), icon: IconMoon, also: ["theme", "night"], run: lookLike("dark") },
  {
    name: t("Use system theme"),
    icon: IconDeviceDesktop,
    also: ["theme", "auto"],
    run: lookLike("auto"),
  },
  { name: t("Compact rows"), icon: IconList, also: ["density"], run: rows("compact") },
  { name: t("Comfortable rows"), icon: IconList, also: ["density"], run: rows("roomy") },
  {
    name: t("Collapse or expand sidebar"),
    icon: IconLayoutSidebar,
    also: ["rail", "fold"],
    run: ({ foldRail }) => foldRail(),
  },
  {
    name: t("Show keyboard shortcuts"),
    icon: IconKeyboard,
    also: ["keys", "help"],
    run: ({ showKeys }) => showKeys(),
  },
  { name: t("Sign out"), icon: IconLogout, also: ["log out", "leave"], run: () => void leave() },
]);

async function copyBaseUrl() {
  const isCopied = await copyText(location.origin);
  toast(
    isCopied ? t("API base URL copied.") : t("The API base URL is {origin}", { origin: location.origin }),
  );
}

// What can be done with a record that was found, without opening it.

import {
  IconArrowRight,
  IconChecklist,
  IconCoin,
  IconMail,
  IconPhone,
  IconPlayerPause,
  IconPlayerPlay,
  IconSend,
  IconToggleLeft,
  IconUserSquareRounded,
  type TablerIcon,
} from "@tabler/icons-react";
import { perLanguage } from "../../language/per-language.ts";
import { t } from "../../language/t.ts";
import { EVERYWHERE } from "../../pages/sequences/everywhere/words.ts";
import type { api } from "../../session.ts";

export type FoundRecord = Awaited<ReturnType<typeof api.search.records>>["results"][number];

const NAMES = [
  "open",
  "contact",
  "enrol",
  "pause",
  "resume",
  "switch",
  "mail",
  "write",
  "call",
  "task",
  "deal",
] as const;
export type ActName = (typeof NAMES)[number];

/** `write`: to a colleague, in the mail program of this computer. */
type ElsewhereAct = "open" | "contact" | "write";
export type RecordAct = { name: Exclude<ActName, ElsewhereAct>; record: FoundRecord };

export type ActEntry = { name: ActName; label: string; icon: TablerIcon };

const ACTS: Record<ActName, Omit<ActEntry, "name">> = perLanguage(() => ({
  open: { label: t("Open"), icon: IconArrowRight },
  contact: { label: t("Open contact"), icon: IconUserSquareRounded },
  enrol: { label: t("Add to sequence"), icon: IconSend },
  pause: { label: EVERYWHERE.pause.name, icon: IconPlayerPause },
  resume: { label: EVERYWHERE.resume.name, icon: IconPlayerPlay },
  switch: { label: t("Activate or deactivate"), icon: IconToggleLeft },
  mail: { label: t("Send email"), icon: IconMail },
  call: { label: t("Log a call"), icon: IconPhone },
  write: { label: t("Write email"), icon: IconMail },
  task: { label: t("New task"), icon: IconChecklist },
  deal: { label: t("New deal"), icon: IconCoin },
}));

/** For a sequence: there it is contacts that are added. */
const ADD_CONTACTS = perLanguage(() => ({ label: t("Add contacts"), icon: IconSend }));

export function actsFor(record: FoundRecord): ActEntry[] {
  const names = namesFor(record);
  return names.map((name) => ({
    name,
    ...(name === "enrol" && record.type === "sequence" ? ADD_CONTACTS : ACTS[name]),
  }));
}

function namesFor({ type, detail, contact_id }: FoundRecord): readonly ActName[] {
  switch (type) {
    case "contact":
      return ["open", "enrol", "pause", "resume", "mail", "call", "task", "deal"];
    case "account":
      return ["open", "enrol", "pause", "resume", "task", "deal"];
    case "sequence":
      return ["open", "enrol", "switch"];
    case "label":
      return detail === "contacts" ? ["open", "enrol"] : ["open"];
    case "deal":
      return contact_id ? ["open", "contact", "mail", "call", "task"] : ["open", "task"];
    case "message":
    case "incoming_mail":
      return contact_id ? ["open", "contact", "mail", "call", "task"] : ["open"];
    case "user":
      return ["open", "task", "write"];
  }
}

/** Acts that can be found by their names: then the record is searched for. */
export const NAMED_ACTS = ["pause", "resume", "switch", "mail", "call"] as const;
export type NamedAct = (typeof NAMED_ACTS)[number];

export const actNamed = (name: NamedAct): ActEntry & { name: NamedAct } => ({ name, ...ACTS[name] });

export const canDo = (record: FoundRecord, name: NamedAct) => namesFor(record).includes(name);

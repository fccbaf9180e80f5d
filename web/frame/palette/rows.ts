// What the search shows, in groups: pages and actions, records by their kind, or what can be done with one record.

import {
  IconBuildingFactory2,
  IconCoin,
  IconInbox,
  IconListDetails,
  IconMailForward,
  IconSend,
  IconUser,
  IconUserSquareRounded,
  type TablerIcon,
} from "@tabler/icons-react";
import { perLanguage } from "../../language/per-language.ts";
import { t } from "../../language/t.ts";
import { type ActEntry, actsFor, canDo, type FoundRecord, type NamedAct } from "./acts.ts";
import { fitting, type LocalEntry } from "./entries.ts";

export type Row = {
  key: string;
  name: string;
  detail: string | null;
  icon: TablerIcon;
  /** Pressed after G. */
  letter?: string | undefined;
} & ({ entry: LocalEntry } | { record: FoundRecord } | { act: ActEntry; of: FoundRecord });

export type Group = { name: string; rows: Row[] };

const KINDS: Record<FoundRecord["type"], { many: string; icon: TablerIcon; unnamed: string }> = perLanguage(
  () => ({
    contact: { many: t("Contacts"), icon: IconUserSquareRounded, unnamed: t("Unnamed contact") },
    account: { many: t("Companies"), icon: IconBuildingFactory2, unnamed: t("Unnamed company") },
    sequence: { many: t("Sequences"), icon: IconSend, unnamed: t("Sequence") },
    deal: { many: t("Deals"), icon: IconCoin, unnamed: t("Deal") },
    label: { many: t("Lists"), icon: IconListDetails, unnamed: t("List") },
    message: { many: t("Emails"), icon: IconMailForward, unnamed: t("No subject") },
    incoming_mail: { many: t("Received emails"), icon: IconInbox, unnamed: t("No subject") },
    user: { many: t("People in your team"), icon: IconUser, unnamed: t("User") },
  }),
);

export function groupsFor(
  typed: string,
  entries: readonly LocalEntry[],
  found: readonly FoundRecord[],
): Group[] {
  if (typed === "") return whole([opened(found), ...untyped(entries)]);
  const { sure, beside } = fitting(entries, typed);
  return whole([
    { name: t("Pages and actions"), rows: sure.map(rowOf) },
    ...byKind(found),
    { name: t("More pages and actions"), rows: beside.map(rowOf) },
  ]);
}

/** The records that an act can be done with. */
export function groupsForAct(name: NamedAct, typed: string, found: readonly FoundRecord[]): Group[] {
  const records = found.filter((record) => canDo(record, name));
  return whole(typed === "" ? [opened(records)] : byKind(records));
}

export function groupsOf(record: FoundRecord, typed: string): Group[] {
  const acts = actsFor(record).filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
  return whole([
    {
      name: nameOf(record),
      rows: acts.map((act) => {
        const { name: key, label: name, icon } = act;
        return { key, name, detail: null, icon, act, of: record };
      }),
    },
  ]);
}

const whole = (groups: readonly Group[]) => groups.filter(({ rows }) => rows.length > 0);

function opened(found: readonly FoundRecord[]): Group {
  return { name: t("Opened last"), rows: found.map(recordRow) };
}

function untyped(entries: readonly LocalEntry[]): Group[] {
  const of = (kind: LocalEntry["kind"]) => entries.filter((entry) => entry.kind === kind).map(rowOf);
  return [
    { name: t("Go to"), rows: of("place") },
    { name: t("Actions"), rows: of("verb") },
    { name: t("Settings"), rows: of("settings") },
  ];
}

/** The kind of the best match comes first. */
function byKind(found: readonly FoundRecord[]): Group[] {
  return [...Map.groupBy(found, ({ type }) => type)].map(([type, records]) => ({
    name: KINDS[type].many,
    rows: records.map(recordRow),
  }));
}

function rowOf(entry: LocalEntry): Row {
  const { key, name, detail, icon, letter } = entry;
  return { key, name, detail, icon, letter, entry };
}

export function nameOf({ type, name }: FoundRecord) {
  return name || KINDS[type].unnamed;
}

function recordRow(record: FoundRecord): Row {
  const { type, id } = record;
  return { key: id, name: nameOf(record), detail: detailOf(record), icon: KINDS[type].icon, record };
}

function detailOf({ type, detail }: FoundRecord) {
  if (type !== "label") return detail;
  return detail === "accounts" ? t("Companies") : t("Contacts");
}

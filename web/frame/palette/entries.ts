// The pages and actions that the search knows by itself, and which of them fit what was typed.

import type { TablerIcon } from "@tabler/icons-react";
import { t } from "../../language/t.ts";
import type { NavigationEntry } from "../place.ts";
import { PLACES, SETTINGS } from "../places.ts";
import { SETTINGS_GROUPS } from "../settings-places.ts";
import { type Hands, VERBS } from "../verbs.tsx";
import { type ActEntry, actNamed, NAMED_ACTS, type NamedAct } from "./acts.ts";

export type LocalEntry = {
  key: string;
  kind: "place" | "settings" | "verb";
  name: string;
  /** The group of settings that a page belongs to. */
  detail: string | null;
  letter?: string | undefined;
  icon: TablerIcon;
  also: readonly string[];
} & Deed;

/** `act`: the search goes on for the record that it is done with. */
type Deed = { run: (hands: Hands) => void } | { act: ActEntry & { name: NamedAct } };

const ACTS_ALSO: Record<NamedAct, { also: readonly string[] }> = {
  pause: { also: ["stop", "hold", "snooze a contact", "vacation"] },
  resume: { also: ["continue", "unpause", "go on"] },
  switch: { also: ["pause a sequence", "start a sequence", "stop a sequence", "turn on", "turn off"] },
  mail: { also: ["write", "compose", "new email"] },
  call: { also: ["phone", "dial"] },
};

export function localEntries(isAdmin: boolean): LocalEntry[] {
  const mayUse = ({ adminOnly }: { adminOnly?: true }) => isAdmin || !adminOnly;
  return [
    ...[...PLACES, SETTINGS].map((place) => placeEntry(place, "place")),
    ...VERBS.filter(mayUse).map(({ name, icon, also = [], run }) => ({
      key: `verb ${name}`,
      kind: "verb" as const,
      name,
      detail: null,
      icon,
      also,
      run,
    })),
    ...NAMED_ACTS.map((name) => {
      const act = actNamed(name);
      const { label, icon } = act;
      return {
        key: `act ${name}`,
        kind: "verb" as const,
        name: label,
        detail: null,
        icon,
        ...ACTS_ALSO[name],
        act,
      };
    }),
    ...SETTINGS_GROUPS.flatMap(({ name, places }) =>
      places.filter(mayUse).map((place) => placeEntry(place, "settings", name)),
    ),
  ];
}

function placeEntry(place: NavigationEntry, kind: "place" | "settings", group?: string): LocalEntry {
  const { path, name, letter, icon, also = [] } = place;
  const besides = group === undefined ? [] : [t("{name} settings {name2}", { name: group, name2: name })];
  return {
    key: path,
    kind,
    name,
    letter,
    icon,
    detail: group === undefined ? null : t("Settings: {name}", { name: group }),
    also: [...also, ...besides],
    run: ({ go }) => go(path),
  };
}

const MOST_SURE = 5;
const MOST_BESIDE = 5;

/** `sure`: each word begins a word of its name. `beside`: it occurs somewhere. */
export function fitting(entries: readonly LocalEntry[], typed: string) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const sure: LocalEntry[] = [];
  const beside: LocalEntry[] = [];
  for (const entry of entries) {
    const texts = [entry.name, ...entry.also].map((text) => text.toLowerCase());
    if (texts.some((text) => words.every((word) => begins(text, word)))) sure.push(entry);
    else if (texts.some((text) => words.every((word) => text.includes(word)))) beside.push(entry);
  }
  const byName = (one: LocalEntry) => (words.every((word) => begins(one.name.toLowerCase(), word)) ? 0 : 1);
  sure.sort((one, other) => byName(one) - byName(other)); // stable: otherwise in the order of the rail
  return {
    sure: sure.slice(0, MOST_SURE),
    beside: [...sure.slice(MOST_SURE), ...beside].slice(0, MOST_BESIDE),
  };
}

const begins = (text: string, word: string) => text.split(/[\s/,]+/).some((part) => part.startsWith(word));

// An SPF record with those that it includes, as receivers follow it: at most ten terms may need a look at the DNS, and what is
// included must exist. Otherwise they treat the whole as an error (RFC 7208, 4.6.4 and 5.2).

import type { TxtAnswer } from "./domain-facts.ts";

/** What was found under each included name, in lower case. A name that was not asked is not in it. */
export type SpfTree = Readonly<Record<string, TxtAnswer>>;

const MOST_LOOKUPS = 10;

const SPF = /^v=spf1(?:\s|$)/i;

export function spfRecordsOf(told: TxtAnswer) {
  return told.kind === "found" ? told.texts.filter((text) => SPF.test(text)) : [];
}

type Term = { kind: "include" | "redirect" | "other"; name: string };

/** The terms that need a look at the DNS. */
function lookupsIn(record: string): Term[] {
  return record.split(/\s+/).flatMap((word): Term[] => {
    const term = word.replace(/^[+?~-]/, "").toLowerCase();
    if (term.startsWith("include:")) return [{ kind: "include", name: term.slice(8) }];
    if (term.startsWith("redirect=")) return [{ kind: "redirect", name: term.slice(9) }];
    return /^(?:a|mx|ptr)(?:[:/]|$)|^exists:/.test(term) ? [{ kind: "other", name: term }] : [];
  });
}

/** The names of records that this one leads to. A macro is filled by each receiver, so it cannot be followed. */
export function includedIn(record: string) {
  return lookupsIn(record).flatMap(({ kind, name }) =>
    kind === "other" || name.includes("%") ? [] : [name],
  );
}

type Counted = {
  lookups: number;
  /** Included, and without an SPF record of its own. */
  broken: string | null;
  /** Each name that the record itself leads to, with what it costs. */
  costs: { name: string; lookups: number }[];
};

/** Far more than is allowed. Records that include each other would take for ever. */
const MOST_FOLLOWED = 100;

export function followSpf(record: string, tree: SpfTree): Counted {
  let lookups = 0;
  let broken: string | null = null;
  const follow = (text: string, above: readonly string[], each: (name: string, cost: number) => void) => {
    for (const { kind, name } of lookupsIn(text)) {
      if (lookups >= MOST_FOLLOWED) return;
      const before = lookups++;
      if (kind !== "other") enter(name, above);
      each(name, lookups - before);
    }
  };
  /** What did not answer costs at least the term itself. */
  const enter = (name: string, above: readonly string[]) => {
    const told = Object.hasOwn(tree, name) ? tree[name] : undefined;
    if (!told || told.kind === "failed") return;
    const [inner] = spfRecordsOf(told);
    if (inner === undefined) broken ??= name;
    else if (above.includes(name))
      lookups = MOST_FOLLOWED; // it leads back to itself
    else follow(inner, [...above, name], () => {});
  };
  const costs: Counted["costs"] = [];
  follow(record, [], (name, cost) => costs.push({ name, lookups: cost }));
  return { lookups, broken, costs };
}

export const needsTooMany = ({ lookups }: Counted) => lookups > MOST_LOOKUPS;

// Where the email of a placement test arrived, how often it is looked for, and what a whole test says.

import type { AuthResults } from "./auth-results.ts";

export type Place = "inbox" | "tab" | "spam" | "folder";
/** `unread`: the seed cannot be read; `unsent`: the email was not sent. */
export type PlaceEnd = Place | "missing" | "unread" | "unsent";

export type FoundIn = {
  path: string;
  isInbox: boolean;
  isJunk: boolean;
  /** Gmail's, in the folder of all emails. */
  labels: readonly string[];
  /** The tab of the inbox, where the provider has some; null: the first one. */
  tab: string | null;
};

export function placeOf({ path, isInbox, isJunk, labels, tab }: FoundIn): { place: Place; folder: string } {
  if (isJunk || labels.includes("\\Junk") || labels.includes("\\Spam"))
    return { place: "spam", folder: path };
  if (!isInbox && !labels.includes("\\Inbox")) return { place: "folder", folder: path };
  return tab === null ? { place: "inbox", folder: path } : { place: "tab", folder: tab };
}

export const LOOKED_FOR = { hours: 1 };
/** After so many failures in a row to sign in, a provider might lock the account. */
const MOST_REFUSALS = 3;

/** Often at first, since most emails arrive within seconds. Null: it is over. */
export function nextLook(releasedAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant | null {
  const seconds = now.since(releasedAt).total("seconds");
  if (seconds >= 3600) return null;
  const next = now.add({ seconds: seconds < 60 ? 5 : seconds < 600 ? 30 : 120 });
  const end = releasedAt.add(LOOKED_FOR);
  return Temporal.Instant.compare(next, end) < 0 ? next : end;
}

/** A seed that was disconnected, or whose password is wrong, is given up; other troubles may pass. */
export function isGivenUp(trouble: string, times: number) {
  return trouble === "closed" || (trouble === "auth_failed" && times >= MOST_REFUSALS);
}

const TRY_AGAIN_MINUTES = [1, 5, 15, 30];

/** After the nth failure to send; null: no more. */
export function nextTry(tries: number, now: Temporal.Instant) {
  const minutes = TRY_AGAIN_MINUTES[tries - 1];
  return minutes === undefined ? null : now.add({ minutes });
}

type SeedProvider = "google" | "microsoft" | "yahoo" | "apple" | "gmx" | "other";

const HOSTS: readonly [RegExp, SeedProvider][] = [
  [/(^|\.)(gmail|googlemail|google)\.com$/, "google"],
  [/(^|\.)(outlook|office365|office|hotmail|live|microsoft)\.com$/, "microsoft"],
  [/(^|\.)(yahoo|aol)\./, "yahoo"],
  [/(^|\.)(icloud|me|mac|mail\.me)\.com$/, "apple"],
  [/(^|\.)(gmx|web)\.(net|de|at|ch|com)$/, "gmx"],
];

/** By how it is connected, its mail server, and its address. */
export function providerOfSeed(seed: { type: string; imapHost: string | null; email: string }): SeedProvider {
  if (seed.type === "gmail") return "google";
  if (seed.type === "microsoft") return "microsoft";
  const names = [seed.imapHost ?? "", seed.email.slice(seed.email.lastIndexOf("@") + 1)];
  const known = names.flatMap((name) => HOSTS.find(([shape]) => shape.test(name.toLowerCase()))?.[1] ?? []);
  return known[0] ?? "other";
}

export type JudgedSeed = AuthResults & { provider: SeedProvider; place: PlaceEnd | null };

export type PlacementCounts = Record<PlaceEnd | "open", number>;

export function countPlaces(seeds: readonly Pick<JudgedSeed, "place">[]): PlacementCounts {
  const counts = { inbox: 0, tab: 0, spam: 0, folder: 0, missing: 0, unread: 0, unsent: 0, open: 0 };
  for (const { place } of seeds) counts[place ?? "open"] += 1;
  return counts;
}

/** Null while no place is known. */
export function inboxPercent({ inbox, tab, spam, folder, missing }: PlacementCounts) {
  const known = inbox + tab + spam + folder + missing;
  return known === 0 ? null : Math.round((100 * inbox) / known);
}

type PlacementAdvice = {
  code: "auth" | "spam" | "spam_everywhere" | "tab" | "missing" | "unread" | "good";
  providers: SeedProvider[];
  /** Which of SPF, DKIM and DMARC failed. */
  checks: string[];
};

/** The most important first: without authentication nothing else helps. */
export function adviceOn(seeds: readonly JudgedSeed[]): PlacementAdvice[] {
  const known = seeds.filter(({ place }) => place !== null && place !== "unread" && place !== "unsent");
  const at = (wanted: (seed: JudgedSeed) => boolean) => [
    ...new Set(seeds.filter(wanted).map(({ provider }) => provider)),
  ];
  const failing = (["spf", "dkim", "dmarc"] as const).filter((check) =>
    seeds.some((seed) => isFailure(seed[check])),
  );
  const spam = known.filter(({ place }) => place === "spam");
  const isEverywhere = spam.length > 1 && spam.length === known.length;
  const of = (code: PlacementAdvice["code"], place: PlaceEnd) => {
    const providers = at((seed) => seed.place === place);
    return providers.length === 0 ? [] : [{ code, providers, checks: [] }];
  };
  const advice = [
    ...(failing.length === 0
      ? []
      : [
          {
            code: "auth" as const,
            providers: at((seed) => failing.some((check) => isFailure(seed[check]))),
            checks: [...failing],
          },
        ]),
    ...of(isEverywhere ? "spam_everywhere" : "spam", "spam"),
    ...of("tab", "tab"),
    ...of("missing", "missing"),
    ...of("unread", "unread"),
  ];
  const isGood = known.length > 0 && known.every(({ place }) => place === "inbox");
  return isGood ? [...advice, { code: "good", providers: [], checks: [] }] : advice;
}

/** A server that could not ask proves nothing. */
function isFailure(word: string | null) {
  return word === "fail" || word === "softfail" || word === "permerror";
}

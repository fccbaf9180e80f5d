// The order in which a copilot proposes contacts: the prospect score, plus points for being like the examples and the
// approved contacts, minus points for being like the rejected ones. Each part has a reason that users can read.
//
// Easy to get wrong: few decisions say little. A trait changes the order little until it was decided on several times.

import type { Fact } from "../contacts/score-fields.ts";

export const TRAITS = ["seniority", "industry", "country", "company_country", "company_size"] as const;
type TraitName = (typeof TRAITS)[number];
export type ContactTraits = Partial<Record<TraitName, string>>;

type CopilotCandidate = { id: string; score: number; traits: ContactTraits };
export type DecidedProposal = { traits: ContactTraits; isApproved: boolean };
/** What was learnt of one trait. */
export type Lesson = { trait: TraitName; value: string; approved: number; rejected: number; points: number };
export type RankingReason = { code: "score" | "like_examples" | "learned"; points: number; says: string };
export type Ranked = CopilotCandidate & { rank: number; reasons: RankingReason[] };

const SIZES: readonly [most: number, name: string][] = [
  [10, "1–10 people"],
  [50, "11–50 people"],
  [200, "51–200 people"],
  [1000, "201–1000 people"],
  [Number.POSITIVE_INFINITY, "more than 1000 people"],
];

/** Read off the facts that scores are made of. */
export function traitsOf(facts: Readonly<Record<string, Fact>>): ContactTraits {
  const size = facts.head_count;
  const traits: ContactTraits = {};
  for (const name of ["seniority", "industry", "country", "company_country"] as const)
    if (typeof facts[name] === "string") traits[name] = facts[name].toLowerCase();
  if (typeof size === "number") traits.company_size = SIZES.find(([most]) => size <= most)?.[1] as string;
  return traits;
}

const MOST_FOR_LIKENESS = 8;
const MOST_LEARNED = 15;
const DOUBT = 3;

/** The traits that were decided on, those that move most first. */
export function learn(decided: readonly DecidedProposal[]): Lesson[] {
  const counts = new Map<string, Lesson>();
  for (const { traits, isApproved } of decided)
    for (const [trait, value] of Object.entries(traits) as [TraitName, string][]) {
      const key = `${trait} ${value}`;
      const lesson = counts.get(key) ?? { trait, value, approved: 0, rejected: 0, points: 0 };
      counts.set(key, lesson);
      if (isApproved) lesson.approved += 1;
      else lesson.rejected += 1;
    }
  const lessons = [...counts.values()].map((lesson) => ({ ...lesson, points: pointsFor(lesson) }));
  return lessons
    .filter(({ points }) => points !== 0)
    .sort((one, other) => Math.abs(other.points) - Math.abs(one.points) || compare(one, other));
}

function compare(one: Lesson, other: Lesson) {
  return `${one.trait} ${one.value}`.localeCompare(`${other.trait} ${other.value}`);
}

function pointsFor({ approved, rejected }: Lesson) {
  return Math.round((MOST_LEARNED * (approved - rejected)) / (approved + rejected + DOUBT));
}

export function rankCandidates(
  candidates: readonly CopilotCandidate[],
  examples: readonly ContactTraits[],
  lessons: readonly Lesson[],
): Ranked[] {
  return candidates
    .map((candidate) => ranked(candidate, examples, lessons))
    .sort((one, other) => other.rank - one.rank || one.id.localeCompare(other.id));
}

function ranked(
  candidate: CopilotCandidate,
  examples: readonly ContactTraits[],
  lessons: readonly Lesson[],
): Ranked {
  const reasons: RankingReason[] = [
    { code: "score", points: candidate.score, says: `Score ${candidate.score}` },
    ...likeness(candidate.traits, examples),
    ...lessons
      .filter(({ trait, value }) => candidate.traits[trait] === value)
      .map(({ trait, value, points, approved, rejected }): RankingReason => {
        const said = `${approved} approved, ${rejected} rejected`;
        return { code: "learned", points, says: `${sayTrait(trait)} ${value}: ${said}` };
      }),
  ];
  return { ...candidate, reasons, rank: reasons.reduce((sum, { points }) => sum + points, 0) };
}

function likeness(traits: ContactTraits, examples: readonly ContactTraits[]): RankingReason[] {
  return (Object.entries(traits) as [TraitName, string][]).flatMap(([trait, value]): RankingReason[] => {
    const alike = examples.filter((example) => example[trait] === value).length;
    const points = examples.length === 0 ? 0 : Math.round((MOST_FOR_LIKENESS * alike) / examples.length);
    const said = `${sayTrait(trait)} ${value}, as ${alike} of ${examples.length} examples`;
    return points > 0 ? [{ code: "like_examples", points, says: said }] : [];
  });
}

const SAID: Record<TraitName, string> = {
  seniority: "Rank",
  industry: "Industry",
  country: "Country",
  company_country: "Company in",
  company_size: "Company of",
};

export function sayTrait(trait: TraitName) {
  return SAID[trait];
}

export type Room = { dailyLimit: number | null; sentLastDay: number; plannedNextDay: number };

/** How many more first mails the mailboxes can send within a day. Null: there is no limit. */
export function freeSlots(mailboxes: readonly Room[]): number | null {
  let free = 0;
  for (const { dailyLimit, sentLastDay, plannedNextDay } of mailboxes) {
    if (dailyLimit === null) return null;
    free += Math.max(0, dailyLimit - sentLastDay - plannedNextDay);
  }
  return free;
}

/** When the hour strikes next by the team's clock; on another day, where the day has had its proposals. */
export function nextProposal(
  hour: number,
  timeZone: string,
  now: Temporal.Instant,
  proposedOn: string | null,
): Temporal.Instant {
  const here = now.toZonedDateTimeISO(timeZone);
  const today = here.toPlainDate().toZonedDateTime({ timeZone, plainTime: { hour } });
  const isStillToCome =
    Temporal.ZonedDateTime.compare(today, here) > 0 && here.toPlainDate().toString() !== proposedOn;
  return (isStillToCome ? today : today.add({ days: 1 })).toInstant();
}

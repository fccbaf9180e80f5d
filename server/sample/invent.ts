// The people and companies of the sample team, from a seed: plain data, written down by plant.ts.

import type { Chance } from "./chance.ts";
import {
  COMPANY_FIRST,
  COMPANY_SECOND,
  FIRST_NAMES,
  INDUSTRY_OF,
  LAST_NAMES,
  LISTS,
  PLACES,
  TITLES,
} from "./words.ts";

export type SampleCompany = {
  name: string;
  domain: string;
  industry: string;
  employees: number;
  revenue: number;
  foundedYear: number;
  place: (typeof PLACES)[number];
  phone: string;
  /** How many of the team's contacts work there, relative to other companies. */
  weight: number;
};

export type SamplePerson = {
  firstName: string;
  lastName: string;
  title: string;
  company: number; // index into the companies
  email: string | null;
  emailStatus: "verified" | "unverified" | "likely to engage" | "bounced" | null;
  phone: string | null;
  stage: string;
  owner: number; // index into the team's people
  lists: string[];
  isUnsubscribed: boolean;
  changedJob: boolean;
  daysKnown: number;
};

export function inventCompanies(chance: Chance, count: number): SampleCompany[] {
  const names = chance
    .shuffled(COMPANY_FIRST.flatMap((first) => COMPANY_SECOND.map((second) => [first, second] as const)))
    .slice(0, count);
  return names.map(([first, second], index) => {
    const place = chance.pickEarly(PLACES);
    const employees = Math.round(10 ** (1.2 + chance.next() * 2.6));
    return {
      name: `${first} ${second}`,
      domain: `${first}-${second}.example`.toLowerCase(),
      industry: INDUSTRY_OF[second] ?? "machinery",
      employees,
      revenue: Math.round((employees * (120 + chance.whole(0, 160)) * 1000) / 1000) * 1000,
      foundedYear: chance.whole(1921, 2019),
      place,
      phone: phoneOf(chance, place.dial),
      weight: 1 / (index + 3),
    };
  });
}

export function invent(
  chance: Chance,
  companies: readonly SampleCompany[],
  count: number,
  owners: number,
): SamplePerson[] {
  const seats = seatsBy(companies, count);
  const taken = new Set<string>();
  return seats.map((company) =>
    inventPerson(chance, companies[company] as SampleCompany, company, owners, taken),
  );
}

/** Shares people among companies by weight: a handful know dozens, most know a few. */
function seatsBy(companies: readonly SampleCompany[], count: number) {
  const total = companies.reduce((sum, company) => sum + company.weight, 0);
  const seats = companies.flatMap((company, index) => {
    const many = Math.max(1, Math.round((company.weight / total) * count));
    return Array.from({ length: many }, () => index);
  });
  while (seats.length < count) seats.push(seats.length % companies.length);
  return seats.slice(0, count);
}

function inventPerson(
  chance: Chance,
  company: SampleCompany,
  index: number,
  owners: number,
  taken: Set<string>,
): SamplePerson {
  const [firstName, lastName] = nameNobodyHas(chance, company, taken);
  const hasEmail = chance.happens(0.93);
  const stage = stageOf(chance);
  return {
    firstName,
    lastName,
    title: chance.pickEarly(TITLES),
    company: index,
    email: hasEmail ? `${plain(firstName)}.${plain(lastName)}@${company.domain}` : null,
    emailStatus: hasEmail ? statusOf(chance, stage) : null,
    phone: chance.happens(0.55) ? phoneOf(chance, company.place.dial) : null,
    stage,
    owner: chance.whole(0, owners - 1),
    lists: LISTS.filter((_, position) => chance.happens(0.16 / (position * 0.25 + 1))),
    isUnsubscribed: stage === "Do Not Contact",
    changedJob: stage === "Changed Job" || chance.happens(0.01),
    daysKnown: chance.whole(2, 420),
  };
}

function nameNobodyHas(chance: Chance, company: SampleCompany, taken: Set<string>): [string, string] {
  for (;;) {
    const name: [string, string] = [chance.pick(FIRST_NAMES), chance.pick(LAST_NAMES)];
    const key = `${name.join(" ")} ${company.domain}`;
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

const STAGES = [
  ["New", 0.4],
  ["Approaching", 0.3],
  ["Replied", 0.035],
  ["Interested", 0.02],
  ["Not Interested", 0.025],
  ["Unresponsive", 0.17],
  ["Do Not Contact", 0.015],
  ["Bad Data", 0.02],
  ["Changed Job", 0.015],
] as const;

function stageOf(chance: Chance): string {
  let rest = chance.next();
  for (const [stage, share] of STAGES) {
    rest -= share;
    if (rest < 0) return stage;
  }
  return "New";
}

function statusOf(chance: Chance, stage: string): SamplePerson["emailStatus"] {
  if (stage === "Bad Data") return "bounced";
  if (chance.happens(0.82)) return "verified";
  return chance.happens(0.5) ? "unverified" : "likely to engage";
}

function phoneOf(chance: Chance, dial: string) {
  return `${dial}555${chance.whole(1000, 9999)}`;
}

/** Addresses are written without the signs that names have. */
function plain(name: string) {
  const letters: Record<string, string> = { ø: "o", æ: "ae", ł: "l", ß: "ss" };
  return name
    .toLowerCase()
    .replace(/[øæłß]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/[^a-z]/g, "");
}

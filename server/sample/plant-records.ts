// The sample's companies and people, made as an import would make them: some at a time, over a year and more.

import type { Act } from "../app.ts";
import { addToLabels } from "../features/contacts/labels/commands.ts";
import { listStages } from "../features/contacts/stages/store.ts";
import { createAccounts } from "../features/saving/accounts/commands.ts";
import { makeContacts } from "../features/saving/contact-writing/commands.ts";
import type { ContactWrite } from "../features/saving/contact-writing/contact-write.ts";
import { asIf, DAY } from "./acting.ts";
import type { Chance } from "./chance.ts";
import type { SampleCompany, SamplePerson } from "./invent.ts";
import type { plantFields, Seller } from "./plant-team.ts";
import { LISTS } from "./words.ts";

type Fields = Awaited<ReturnType<typeof plantFields>>;

export async function plantAccounts(
  act: Act,
  now: number,
  {
    chance,
    companies,
    sellers,
    fields,
  }: { chance: Chance; companies: readonly SampleCompany[]; sellers: readonly Seller[]; fields: Fields },
) {
  const stages = await listStages(act.db, act.caller.teamId, "account");
  const stage = (name: string) => stages.find((one) => one.name === name)?.id;
  const rows = companies.map((company, n) => ({
    name: company.name,
    domain: company.domain,
    websiteUrl: `https://www.${company.domain}`,
    industry: company.industry,
    estimatedNumEmployees: company.employees,
    annualRevenue: company.revenue,
    foundedYear: company.foundedYear,
    phone: company.phone,
    rawAddress: `${company.place.city}, ${company.place.country}`,
    ownerId: sellers[n % sellers.length]?.userId,
    accountStageId: stage(chance.pickEarly(ACCOUNT_STAGES)),
    labelNames: listsOf(chance, company),
    fields: { [fields.tier.id]: optionOf(fields.tier, n < 30 ? 0 : n < 120 ? 1 : 2) },
  }));
  const { created } = await createAccounts(asIf(act, now - 427 * DAY), {
    rows,
    labelNames: [],
    dedupe: false,
  });
  const idOf = new Map(created.map(({ domain, id }) => [domain, id]));
  return companies.map(({ domain }) => idOf.get(domain) as string);
}

// The likely first.
const ACCOUNT_STAGES = [
  "Review",
  "Active Opportunity",
  "Current Client",
  "Dead Opportunity",
  "Do Not Prospect",
];
const NORDIC = new Set(["Sweden", "Norway", "Denmark", "Finland"]);

function listsOf(chance: Chance, { employees, place }: SampleCompany) {
  return [
    ...(employees > 2000 ? ["Key accounts"] : []),
    ...(NORDIC.has(place.country) ? ["Nordics"] : []),
    ...(place.country === "Germany" || (place.country === "Poland" && chance.happens(0.8))
      ? ["Central Europe"]
      : []),
  ];
}

function optionOf(field: Fields["tier"], n: number) {
  return field.options[n % field.options.length]?.id;
}

export type PlantedPerson = SamplePerson & { id: string };

/** Days ago at which the team got people from somewhere. */
const ARRIVALS = [3, 12, 22, 36, 50, 66, 80, 95, 108, 122, 160, 200, 250, 300, 360, 425];

/** In the order of the people. No contact is created later than their own history begins. */
export async function plantContacts(
  act: Act,
  now: number,
  {
    chance,
    people,
    accountIds,
    companies,
    sellers,
    fields,
  }: {
    chance: Chance;
    people: readonly SamplePerson[];
    accountIds: readonly string[];
    companies: readonly SampleCompany[];
    sellers: readonly Seller[];
    fields: Fields;
  },
): Promise<PlantedPerson[]> {
  const planted: PlantedPerson[] = [];
  const arrivals = Map.groupBy(
    people.keys(),
    (n) => ARRIVALS.find((days) => days > (people[n]?.daysKnown ?? 0)) ?? 425,
  );
  for (const [days, group] of [...arrivals].sort(([a], [b]) => b - a)) {
    const wishes = group.map((n) => {
      const person = people[n] as SamplePerson;
      const place = (companies[person.company] as SampleCompany).place;
      return wishFor(chance, person, {
        accountId: accountIds[person.company] as string,
        ownerId: sellers[person.owner]?.userId,
        place,
        fields,
      });
    });
    const made = await makeContacts(asIf(act, now - days * DAY), wishes, "csv_import");
    for (const [at, n] of group.entries())
      planted[n] = { ...(people[n] as SamplePerson), id: made[at]?.id as string };
  }
  for (const name of LISTS) {
    const recordIds = planted.filter(({ lists }) => lists.includes(name)).map(({ id }) => id);
    await addToLabels(asIf(act, now - 2 * DAY), { modality: "contacts", recordIds, labelNames: [name] });
  }
  return planted;
}

function wishFor(
  chance: Chance,
  person: SamplePerson,
  at: { accountId: string; ownerId: string | undefined; place: SampleCompany["place"]; fields: Fields },
): ContactWrite {
  const { segment, machines, lastVisit } = at.fields;
  const visited = `2026-0${chance.whole(1, 6)}-${chance.whole(10, 28)}`;
  return {
    firstName: person.firstName,
    lastName: person.lastName,
    title: person.title,
    email: person.email,
    emailStatus: person.emailStatus,
    accountId: at.accountId,
    ownerId: at.ownerId,
    stageName: person.stage,
    presentRawAddress: `${at.place.city}, ${at.place.country}`,
    timeZone: at.place.zone,
    numbers: person.phone ? { [chance.happens(0.5) ? "mobile" : "work_direct"]: person.phone } : {},
    linkedinUrl: chance.happens(0.6)
      ? `https://social.example/in/${person.email?.split("@")[0] ?? person.lastName}`
      : null,
    doNotContact: person.stage === "Do Not Contact" ? true : undefined,
    jobChange: person.changedJob ? { company: "Hollin Turbines", title: person.title, at: null } : undefined,
    fields: {
      ...(chance.happens(0.7) && { [segment.id]: optionOf(segment, chance.whole(0, 3)) }),
      ...(chance.happens(0.4) && { [machines.id]: chance.whole(2, 180) }),
      ...(chance.happens(0.2) && { [lastVisit.id]: visited }),
    },
  };
}

// The people database of the parity report's team: people and companies with every field filled.

import { readPublished } from "@cadenza/contract/published";
import { plantCompanies, plantJobs, plantNews, plantPeople } from "../people.ts";
import type { Team, World } from "../world.ts";

/** Those that Apollo publishes. */
function departments() {
  const [enrich] = readPublished().filter(({ name }) => name === "GET /organizations/enrich");
  return (enrich?.answer ?? []).flatMap(
    ({ path }) => /departmental_head_count\.(\w+)$/.exec(path)?.[1] ?? [],
  );
}

const COMPANY = {
  name: "Kraft",
  domain: "kraft.example",
  industry: "information technology & services",
  estimatedNumEmployees: 240,
  annualRevenue: 31_000_000,
  totalFunding: 9_000_000,
  latestFundingAmount: 4_000_000,
  latestFundingRoundDate: "2025-05-01",
  latestFundingStage: "series_b",
  city: "Umeå",
  state: "Västerbotten",
  country: "Sweden",
  technologyUids: ["sap"],
  technologies: [{ uid: "sap", name: "SAP", category: "ERP" }],
  keywords: ["hydropower"],
  secondaryIndustries: ["utilities"],
  websiteUrl: "https://kraft.example",
  blogUrl: "https://blog.kraft.example",
  angellistUrl: "https://angel.example/kraft",
  linkedinUrl: "https://www.linkedin.com/company/kraft",
  linkedinUid: "77",
  twitterUrl: "https://twitter.com/kraft",
  facebookUrl: "https://facebook.com/kraft",
  crunchbaseUrl: "https://crunchbase.com/kraft",
  logoUrl: "https://pictures.example/kraft.png",
  phone: "+46 90 555 01 00",
  sanitizedPhone: "+46905550100",
  languages: ["Swedish"],
  alexaRanking: 5000,
  foundedYear: 1987,
  publiclyTradedSymbol: "KRFT",
  publiclyTradedExchange: "nasdaq",
  retailLocationCount: 3,
  rawAddress: "Storgatan 1, Umeå",
  streetAddress: "Storgatan 1",
  postalCode: "903 26",
  seoDescription: "Power from water",
  shortDescription: "Builds power plants",
  fundingEvents: [
    {
      id: "round-1",
      date: "2025-05-01",
      news_url: "https://news.example/kraft",
      type: "Series B",
      investors: "Norrland Capital",
      amount: 4_000_000,
      currency: "€",
    },
  ],
  departmentalHeadCount: Object.fromEntries(departments().map((name) => [name, 12])),
  headcountGrowth: { "6": 0.02, "12": 0.1, "24": 0.3 },
};

const PERSON = {
  firstName: "Ines",
  lastName: "Okafor",
  title: "Plant manager",
  organizationName: "Kraft",
  seniority: "manager",
  departments: ["master_operations"],
  subdepartments: ["operations"],
  functions: ["operations"],
  city: "Umeå",
  state: "Västerbotten",
  country: "Sweden",
  email: "ines@kraft.example",
  emailStatus: "verified",
  personalEmails: ["ines@home.example"],
  phones: [{ number: "+46705550103", type: "mobile", status: "valid_number" }],
  headline: "Runs plants",
  linkedinUrl: "https://www.linkedin.com/in/ines-okafor",
  twitterUrl: "https://twitter.com/ines",
  facebookUrl: "https://facebook.com/ines",
  githubUrl: "https://github.com/ines",
  photoUrl: "https://pictures.example/ines.png",
  timeZone: "Europe/Stockholm",
};

export async function plantOutside(world: World, team: Team) {
  const [owning = ""] = await plantCompanies(world, team, [
    { name: "Kraft Group", domain: "kraft-group.example", websiteUrl: "https://kraft-group.example" },
  ]);
  const [company = "", other = ""] = await plantCompanies(world, team, [
    { ...COMPANY, ownedByOrganizationId: owning },
    {
      ...COMPANY,
      ownedByOrganizationId: owning,
      name: "Borealis",
      domain: "borealis.example",
      linkedinUrl: "https://www.linkedin.com/company/borealis",
      linkedinUid: "78",
    },
  ]);
  const history = (isCurrent: boolean, organizationId: string) => ({
    organizationId,
    organizationName: "Kraft",
    title: "Plant manager",
    isCurrent,
    startDate: "2024-03-01",
    endDate: isCurrent ? null : "2025-03-01",
  });
  const [person = "", stranger = ""] = await plantPeople(world, team, [
    { ...PERSON, organizationId: company, employments: [history(true, company), history(false, other)] },
    {
      ...PERSON,
      organizationId: other,
      firstName: "Lars",
      lastName: "Halvorsen",
      email: "lars@borealis.example",
      linkedinUrl: "https://www.linkedin.com/in/lars-halvorsen",
      employments: [history(true, other)],
    },
    {
      ...PERSON,
      organizationId: owning,
      organizationName: "Kraft Group",
      firstName: "Ada",
      email: "ada@kraft-group.example",
      linkedinUrl: "https://www.linkedin.com/in/ada-okafor",
      employments: [history(true, owning)],
    },
  ]);
  const posted = world.running.app.now().subtract({ hours: 72 });
  for (const [n, organizationId] of [company, other].entries())
    await plantJobs(world, team, [
      {
        organizationId,
        externalId: `job-${n}`,
        title: "Maintenance engineer",
        url: "https://jobs.example/1",
        city: "Umeå",
        state: "Västerbotten",
        country: "Sweden",
        postedAt: posted,
      },
    ]);
  await plantNews(world, team, [
    {
      externalId: "news-1",
      organizationIds: [company],
      title: "Kraft hires",
      url: "https://news.example/1",
      domain: "news.example",
      snippet: "Kraft hires",
      publishedAt: posted,
      eventCategories: ["hires"],
    },
  ]);
  return { owning, company, other, person, stranger };
}

// What the people database keeps of a company. A source gives what it knows; other facts stay as they were.

/** Whatever a source may leave out. */
export type MaybeKnown<Facts> = { [key in keyof Facts]?: Facts[key] | null | undefined };

export type Technology = { uid: string; name: string | null; category: string | null };
export type FundingEvent = {
  id: string | null;
  date: string | null;
  news_url: string | null;
  type: string | null;
  investors: string | null;
  amount: number | null;
  currency: string | null;
};

export type OrganizationFacts = {
  name: string;
  /** Bare and in lower case. */
  domain: string;
  industry: string;
  estimatedNumEmployees: number;
  annualRevenue: number;
  totalFunding: number;
  latestFundingAmount: number;
  latestFundingRoundDate: string;
  latestFundingStage: string;
  city: string;
  state: string;
  country: string;
  technologyUids: readonly string[];
  technologies: readonly Technology[];
  keywords: readonly string[];
  secondaryIndustries: readonly string[];
  websiteUrl: string;
  blogUrl: string;
  angellistUrl: string;
  linkedinUrl: string;
  linkedinUid: string;
  twitterUrl: string;
  facebookUrl: string;
  crunchbaseUrl: string;
  logoUrl: string;
  phone: string;
  sanitizedPhone: string;
  languages: readonly string[];
  alexaRanking: number;
  foundedYear: number;
  publiclyTradedSymbol: string;
  publiclyTradedExchange: string;
  retailLocationCount: number;
  rawAddress: string;
  streetAddress: string;
  postalCode: string;
  ownedByOrganizationId: string;
  seoDescription: string;
  shortDescription: string;
  fundingEvents: readonly FundingEvent[];
  departmentalHeadCount: Readonly<Record<string, number>>;
  /** By months: `{"6": 0.02, "12": 0.1, "24": 0.3}`. */
  headcountGrowth: Readonly<Record<string, number>>;
};

export type OrganizationWish = MaybeKnown<OrganizationFacts> & {
  /** Of one that is there already, where that is known. */
  id?: string | null | undefined;
  externalId?: string | null | undefined;
};

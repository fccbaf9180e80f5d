// What the people database keeps of a person. A source gives what it knows; other facts stay as they were.

import type { MaybeKnown, OrganizationWish } from "./organization.ts";

type PersonPhone = { number: string; type: string | null; status: string | null };

export type PersonFacts = {
  organizationId: string;
  firstName: string;
  lastName: string;
  title: string;
  organizationName: string;
  seniority: string;
  departments: readonly string[];
  subdepartments: readonly string[];
  functions: readonly string[];
  city: string;
  state: string;
  country: string;
  email: string;
  emailStatus: string;
  personalEmails: readonly string[];
  phones: readonly PersonPhone[];
  headline: string;
  linkedinUrl: string;
  twitterUrl: string;
  facebookUrl: string;
  githubUrl: string;
  photoUrl: string;
  timeZone: string;
};

export type Employment = {
  organizationId: string | null;
  organizationName: string | null;
  title: string | null;
  isCurrent: boolean;
  /** `2024-03-01` */
  startDate: string | null;
  endDate: string | null;
};

export type PersonWish = MaybeKnown<PersonFacts> & {
  /** Of one that is there already, where that is known. */
  id?: string | null | undefined;
  externalId?: string | null | undefined;
  /** Replaces the history that was known; left out, it stays. */
  employments?: readonly Employment[] | null | undefined;
  /** The company they work for, made where it is not there yet. */
  organization?: OrganizationWish | null | undefined;
};

// Everything that people of a simulated company do, and what happens to them. How often: `share` of the sum of all.

import type { Chance } from "../../sample/chance.ts";
import { AUTOMATION } from "./automation.ts";
import type { Company } from "./company.ts";
import { PEOPLE } from "./people.ts";
import { RECEIVING } from "./receiving.ts";
import { SENDING } from "./sending.ts";
import { SEQUENCES } from "./sequences.ts";
import { WRITING } from "./writing.ts";

export type Acting = {
  share: number;
  /** What the product refuses is counted, and is no fault. */
  act(company: Company, chance: Chance): Promise<unknown>;
};

export const ACTS = { ...PEOPLE, ...SEQUENCES, ...SENDING, ...RECEIVING, ...WRITING, ...AUTOMATION };

export type ActName = keyof typeof ACTS;

/** Of each company, first and in this order. */
export const FOUNDING: readonly ActName[] = [
  "connect a mailbox",
  "connect a mailbox",
  "change what recipients do",
  "make a sequence",
  "make a sequence",
  "add new people",
  "add new people",
];

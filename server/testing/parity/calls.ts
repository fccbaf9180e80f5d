// How each published operation is asked: one or more sets of parameters, which together send every parameter that is published.

import type { Wish } from "./asking.ts";
import { accounts } from "./calls/accounts.ts";
import { contacts } from "./calls/contacts.ts";
import { fields } from "./calls/fields.ts";
import { people } from "./calls/people.ts";
import { sequences } from "./calls/sequences.ts";
import { work } from "./calls/work.ts";
import type { Scene } from "./scene.ts";

/** Told anew for each call that is really made, so that what a call spoils is made again. */
export type Calls = Readonly<Record<string, (scene: Scene) => readonly Wish[] | Promise<readonly Wish[]>>>;

export const CALLS: Calls = { ...people, ...accounts, ...contacts, ...fields, ...sequences, ...work };

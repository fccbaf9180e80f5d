// What people type into the search of records: two hundred questions of nine kinds, made from the contacts that the team has.

import type pg from "pg";

type Sampled = { first: string; last: string; email: string; company: string; domain: string };

/** Spread over the whole team, so that they are neither the newest ones nor neighbors in the table. */
export async function questionsFor(owner: pg.Client, teamId: string, many: number) {
  const { rows: sampled } = await owner.query<Sampled>(
    `select first_name as first, last_name as last, email, organization_name as company, company_domain as domain
       from contacts where team_id = $1 and id = any (
         select $2 || 'dd' || lpad(to_hex(1 + n * 7919::bigint * 31 % $3::bigint), 14, '0') from generate_series(1, 60) n)
      order by id`,
    [teamId, teamId.slice(0, 8), many],
  );
  const some = (from: number, count: number) => sampled.slice(from, from + count).map(lowered);
  return {
    "a name": [...some(0, 20).map(({ first, last }) => `${first} ${last}`), ...some(20, 10).map(lastOf)],
    "a name, as far as it is typed": [
      ...some(30, 6).flatMap(({ last }) => [2, 3, 4, 5].map((length) => last.slice(0, length))),
      ...some(36, 6).map(({ first, last }) => `${first} ${last.slice(0, 3)}`),
    ],
    "a part of a word": some(10, 15).map(({ last }) => last.slice(2, 6)),
    "a company": [
      ...some(0, 15).map(({ company }) => company),
      ...some(15, 10).map(({ company }) => company.replace(/ ab$/, "")),
    ],
    "an email address": [
      ...some(25, 10).map(({ email }) => email),
      ...some(35, 10).map(({ email }) => email.replace(/@.*/, "")),
      ...some(45, 5).map(({ domain }) => domain),
    ],
    "a word with a typing error": [
      ...ERRORS.flatMap((err, at) => some(at * 6, 6).map(({ last }) => err(last))),
      ...some(40, 6).map(({ first, last }) => `${swapped(first)} ${last}`),
      ...["procurment", "enginer", "operatons", "comapny 12", "maneger"],
    ],
    "a word that many have": ["maria", "ines", "co", "com", "company", "vp sales", "head of", "plant", "ab"],
    "a word that nobody has": [..."qx qxz zzqqxxyy xylophone".split(" "), ...NOBODY],
    "one letter": [..."abcemnqsz"],
  } satisfies Record<string, string[]>;
}

const lastOf = ({ last }: Sampled) => last;

const lowered = (one: Sampled) =>
  Object.fromEntries(Object.entries(one).map(([name, text]) => [name, text.toLowerCase()])) as Sampled;

const swapped = (word: string) => word.replace(/^(.)(.)(.)/, "$1$3$2");

/** Two letters in the wrong order, one left out, one twice, one that is wrong. */
const ERRORS = [
  swapped,
  (word: string) => word.slice(0, 3) + word.slice(4),
  (word: string) => word.slice(0, 3) + word.slice(2),
  (word: string) => `${word.slice(0, 2)}w${word.slice(3)}`,
];

const NOBODY = [
  "jane austen",
  "quarterly",
  "wxyz@nowhere.example",
  "ztx",
  "karomi qqwwxx",
  "470 999 111 222",
];

// Records of every kind, by their words. Each kind has one statement: its candidates by an index of letter groups, no more
// than a hundred, then what is shown of them. The table below has what the kinds differ in.

import type { Db } from "../../../db/connect.ts";
import type { Candidate, RecordType } from "../../../domain/insight/record-rank.ts";
import { seesIncoming, seesMessage, seesSequence } from "../../access/sharing/sight-store.ts";
import { patternOf } from "../../contacts/contact-filters/store.ts";

export type SearchedType = Exclude<RecordType, "message">;

type Source = {
  /** The relation that is searched, as x: where there may be many, a view that may use any index. */
  from: string;
  /** As its index knows it, in lower case. */
  words: string;
  name: string;
  detail: string;
  contact?: string;
  where?: string;
  sees?: (viewer: string) => string;
  /** Where there may be many: the order of an index, the newest first. Of the others a single letter may be searched. */
  newest?: string;
};

const userName = (u: string) =>
  `coalesce(nullif(concat_ws(' ', ${u}.first_name, ${u}.last_name), ''), ${u}.email)`;

const SOURCES: Record<SearchedType, Source> = {
  contact: {
    from: "team_contacts x",
    words: "x.words",
    name: "coalesce(x.name, x.email, '')",
    detail: "nullif(concat_ws(' · ', x.title, x.organization_name), '')",
    newest: "x.updated_at desc, x.id desc",
  },
  account: {
    from: "team_accounts x",
    words: "x.words",
    name: "coalesce(x.name, x.domain, '')",
    detail: "x.domain",
    newest: "x.updated_at desc, x.id desc",
  },
  sequence: {
    from: "sequences x",
    words: "lower(x.name)",
    name: "x.name",
    detail: `(select ${userName("u")} from users u where u.team_id = $1 and u.id = x.owner_id)`,
    sees: (viewer) => seesSequence(viewer, "x.id"),
  },
  deal: {
    from: "team_deals x",
    words: "lower(x.name)",
    name: "x.name",
    detail: "(select a.name from accounts a where a.team_id = $1 and a.id = x.account_id)",
    contact: `(select p.contact_id from deal_contacts p where p.team_id = $1 and p.deal_id = x.id
      order by p.is_primary desc, p.id limit 1)`,
    newest: "x.created_at desc, x.id desc",
  },
  label: {
    from: "labels x",
    words: "lower(x.name)",
    name: "x.name",
    detail: "x.modality",
    where: "x.modality in ('contacts', 'accounts')",
  },
  incoming_mail: {
    from: "team_incoming_mails x",
    words: "words_of_incoming(x.from_name, x.from_email, x.subject)",
    name: "coalesce(x.subject, '')",
    detail: "coalesce(x.from_name, x.from_email)",
    contact: "x.contact_id",
    newest: "x.received_at desc, x.id desc",
    where: "(x.contact_id is not null or x.message_id is not null)",
    sees: (viewer) => seesIncoming(viewer, "x"),
  },
  user: {
    from: "users x",
    words: "lower(concat_ws(' ', x.first_name, x.last_name, x.email))",
    name: userName("x"),
    detail: "x.email",
    where: "x.deactivated_at is null",
  },
};

const MOST_CANDIDATES = 100;
const MOST_SAME_NAME = 20;
const SHORTEST_PART = 3; // letter groups have three letters
const SHORTEST_SIMILAR = 4;

const LONGEST_SWAPPED = 16;

/**
 * Of the letter groups of a word. What is found is compared letter by letter afterwards. A word of six letters that shares only its
 * beginning and its end ("letter" with "Lars, manager") is not compared: a million contacts have 20,000 like that.
 */
const leastSimilarity = (words: readonly string[]) =>
  words.every(({ length }) => length < SHORTEST_SIMILAR || length >= 6) ? "0.45" : "0.4";

// A word that fits many records is met at once among the newest, where the index would first note all that it fits: of a
// million, 100 ms. A word that is rare is found by the index within a few.
const WALK = { exact: 2_000, swapped: 2_000, similar: 500 } as const;
const ENOUGH_MET = 40;

/** For this transaction. A planner that hopes to meet a hundred soon would read the whole table for a word that nobody has. */
export function searchByIndex(db: Db, words: readonly string[]) {
  return db.run(
    "select set_config('enable_seqscan', 'off', true), set_config('pg_trgm.word_similarity_threshold', $1, true)",
    [leastSimilarity(words)],
  );
}

export function searchAsUsual(db: Db) {
  return db.run("select set_config('enable_seqscan', 'on', true)");
}

/**
 * How a word is found: as it was typed; with two neighboring letters swapped, which is the commonest error and can leave
 * hardly a group of three letters as it was; or by the groups that it shares.
 */
export type Closeness = "exact" | "swapped" | "similar";

type RecordQuestion = {
  words: readonly string[];
  openedIds: readonly string[];
  viewerId: string | null;
  closeness: Closeness;
  /** Whether most contacts of the database are the team's: asking each whose it is then takes longer than finding it. */
  isLargest: boolean;
};

export type FoundRecord = Omit<Candidate, "similarity"> & { words: string };

type Keep = (value: unknown) => string;

/** Those that have every word, or one that shares letter groups with it. All kinds at once: one way to the database. */
export async function candidatesOf(
  db: Db,
  teamId: string,
  types: readonly SearchedType[],
  asked: RecordQuestion,
) {
  const params: unknown[] = [teamId, asked.viewerId, asked.openedIds];
  const keep = (value: unknown) => `$${params.push(value)}`;
  const words = asked.words.map((word) => partsOf(word, keep));
  const whole = () => `${keep(asked.words.join(" "))}::text`;
  const statements = types
    .filter((type) => isSearched(SOURCES[type], asked))
    .map((type) => statementFor(type, SOURCES[type], { ...asked, parts: words, whole }));
  if (statements.length === 0) return [];
  const used = "$2::text is null or $3::text[] is null or true";
  return db.rows<FoundRecord>(`select * from (${statements.join(" union all ")}) f where ${used}`, params);
}

function isSearched({ newest }: Source, { words, closeness }: RecordQuestion) {
  const longest = Math.max(0, ...words.map(({ length }) => length));
  if (closeness !== "exact") return longest >= SHORTEST_SIMILAR;
  return longest >= (newest ? 2 : 1);
}

type Stated = RecordQuestion & { parts: readonly Parts[]; whole: () => string };

function statementFor(type: SearchedType, source: Source, asked: Stated) {
  const { closeness, parts } = asked;
  const ways = waysToFit(source.words, parts, closeness);
  const words = `(${ways.map((way) => `(${way})`).join(" or ")})`;
  const rest = whereOf(source);
  const isOfMost = type === "contact" && asked.isLargest;
  const from = (way: string) =>
    isOfMost ? `contacts_of_most x where ${way}` : `${source.from} where ${way} and ${rest}`;
  const rare = ways.map(
    (way) => `select x.id from ${from(way)} and (select count(*) from met) < ${ENOUGH_MET}`,
  );
  const found = [
    `(select id from met limit ${MOST_CANDIDATES})`,
    `(select id from rare limit ${MOST_CANDIDATES})`,
    `(select x.id from ${source.from} where x.team_id = $1 and x.id = any ($3::text[]) and ${words} and ${rest})`,
    ...(type === "contact" && closeness === "exact" ? [sameName(asked.whole())] : []),
  ];
  return `(with met as materialized (${walkOf(source, words, rest, WALK[closeness])}),
      rare as materialized (${rare.join(" union all ")})
    select ${shown(type, source)}, ${source.words} as words
      from (${found.join(" union ")}) f join ${source.from} on x.team_id = $1 and x.id = f.id)`;
}

function walkOf({ from, newest }: Source, words: string, rest: string, length: number) {
  if (!newest) return "select null::ident as id where false";
  return `select x.id from (select * from ${from} where x.team_id = $1 order by ${newest} limit ${length}) x
      where ${words} and ${rest} limit ${MOST_CANDIDATES}`;
}

const whereOf = ({ where, sees }: Source) =>
  ["x.team_id = $1", ...(where ? [where] : []), ...(sees ? [sees("$2")] : [])].join(" and ");

/** Of many contacts with a common name in their words, those who have just this name are not missed. */
const sameName = (name: string) =>
  `(select x.id from team_contacts x where x.team_id = $1 and lower(coalesce(x.name, x.email, '')) = ${name} limit ${MOST_SAME_NAME})`;

/** A word in the forms that conditions ask for: each a parameter as soon as it is asked for. */
type Parts = { typed: string; length: number } & Record<
  "begins" | "begun" | "occurs" | "word" | "swaps",
  () => string
>;

function partsOf(word: string, keep: Keep): Parts {
  const begins = patternOf(word).slice(1);
  const once = (value: unknown, type = "text") => {
    let place: string | undefined;
    return () => {
      place ??= `${keep(value)}::${type}`;
      return place;
    };
  };
  return {
    typed: word,
    length: word.length,
    begins: once(begins),
    begun: once(`% ${begins}`),
    occurs: once(patternOf(word)),
    word: once(word),
    swaps: once([word, ...swapped(word)].map(patternOf), "text[]"),
  };
}

/**
 * A text fits in one of several ways, each of which the index is asked for. Of one or two letters it knows only where words begin,
 * and at the beginning of the text only where that is said. It is asked for them beside longer words too: otherwise each of a
 * million contacts that "company" fits is read for "company zz", which takes seconds.
 */
function waysToFit(text: string, parts: readonly Parts[], closeness: Closeness): string[] {
  const short = parts.filter(({ length }) => length < SHORTEST_PART);
  const longer = parts.filter(({ length }) => length >= SHORTEST_PART);
  const long = longer.map((part) => fits(text, part, closeness, longer.length === 1));
  const within = (one: Parts) => `${text} like ${one.begun()}`;
  const first = (one: Parts) => `${text} like ${one.begins()}`;
  // Several words with errors are found by their own groups of letters alone.
  if (long.length > 1 && closeness === "similar")
    return [[...long, ...short.map(({ begun }) => `(' ' || ${text}) like ${begun()}`)].join(" and ")];
  const ways = [
    short.map(within),
    ...short.map((one) => [
      first(one),
      ...short.filter(({ typed }) => !one.typed.startsWith(typed)).map(within),
    ]),
  ];
  return ways.map((way) => [...long, ...way].join(" and "));
}

function fits(text: string, part: Parts, closeness: Closeness, isAlone: boolean) {
  const { length, occurs, word, swaps } = part;
  if (closeness === "exact" || length < SHORTEST_SIMILAR) return `${text} like ${occurs()}`;
  if (closeness === "swapped") return `${text} like any (${swaps()})`;
  // A short word with swapped letters shares hardly a group with what was meant. Of several words each may have an error of its own.
  return isAlone ? `${word()} <% ${text}` : `(${text} like any (${swaps()}) or ${word()} <% ${text})`;
}

/** The word with two neighbors swapped, at each place. */
function swapped(word: string) {
  const letters = [...word].slice(0, LONGEST_SWAPPED);
  const rest = [...word].slice(LONGEST_SWAPPED).join("");
  return letters.slice(1).map(
    (letter, at) =>
      letters
        .with(at, letter)
        .with(at + 1, letters[at] ?? "")
        .join("") + rest,
  );
}

/** What is shown of records by their ids, as far as the viewer may see them. */
export function recordsById(
  db: Db,
  teamId: string,
  type: RecordType,
  ids: readonly string[],
  viewerId: string | null,
) {
  const source = type === "message" ? MESSAGES : SOURCES[type];
  return db.rows<Omit<Candidate, "similarity">>(
    `select ${shown(type, source)} from ${source.from}
      where ${whereOf(source)} and x.id = any ($3::text[]) and ($2::text is null or true)`,
    [teamId, viewerId, ids],
  );
}

const MESSAGES: Source = {
  from: "messages x",
  words: "",
  name: "coalesce(x.subject, '')",
  detail: `coalesce(x.to_name, (select c.name from contacts c where c.team_id = $1 and c.id = x.contact_id), x.to_email)`,
  contact: "x.contact_id",
  where: "x.status is not null and x.copy_of is null",
  sees: (viewer) => seesMessage(viewer, "x"),
};

const shown = (type: RecordType, { name, detail, contact }: Source) =>
  `'${type}' as type, x.id, ${name} as name, ${detail} as detail, ${contact ?? "null::text"} as contact_id`;

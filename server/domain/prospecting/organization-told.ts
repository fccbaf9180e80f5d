// What is told along with a company, in JSON: rounds of funding, people by department, open positions, news. Whatever says
// nothing that can be kept is left out.

import { day, type FieldsByName, isObject, lineOf, number, text, texts } from "../basics/told-lines.ts";
import type { FundingEvent } from "./organization.ts";

export type Posting = {
  externalId: string | null;
  title: string;
  url: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  /** `2026-03-01`; null where it is unknown. */
  postedOn: string | null;
};

export type Article = {
  externalId: string | null;
  title: string;
  url: string | null;
  domain: string | null;
  snippet: string | null;
  publishedOn: string | null;
  eventCategories: string[];
};

const MOST = 200;

const linesIn = (value: unknown): FieldsByName[] =>
  Array.isArray(value)
    ? value
        .slice(0, MOST)
        .filter(isObject)
        .map((one) => lineOf(Object.entries(one)))
    : [];

export function fundingOf(value: unknown): FundingEvent[] | null {
  const events = linesIn(value).map((line) => ({
    id: text(line, ["id"], 200),
    date: day(line.get("date")),
    news_url: text(line, ["news_url", "url"]),
    type: text(line, ["type", "stage"], 100),
    investors: text(line, ["investors"], 2_000) ?? texts(line, ["investors"])?.join(", ") ?? null,
    amount: number(line, ["amount"]) ?? printedAmount(text(line, ["amount"], 40)),
    currency: text(line, ["currency"], 10),
  }));
  return events.length > 0 ? events : null;
}

const SIZES: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9 };

/** Apollo prints `12.4M`, and so does Cadenza. */
function printedAmount(said: string | null) {
  const [, digits, letter = ""] = /^(\d{1,6}(?:\.\d{1,6})?) ?([KMB])$/i.exec(said ?? "") ?? [];
  return digits === undefined ? null : Math.round(Number(digits) * (SIZES[letter.toUpperCase()] ?? 1));
}

/** `{"sales": 12}`; with shares (`{"12": 0.1}`) below nothing, too. */
export function numbersOf(value: unknown, isShare = false): Record<string, number> | null {
  if (!isObject(value)) return null;
  const said = Object.entries(value).flatMap(([name, one]): [string, number][] => {
    const isSound = typeof one === "number" && Number.isFinite(one) && (isShare || one >= 0);
    return isSound ? [[name.replaceAll("\0", "").toWellFormed().slice(0, 100), one]] : [];
  });
  return said.length > 0 ? Object.fromEntries(said.slice(0, MOST)) : null;
}

export function postingsOf(value: unknown): Posting[] {
  return linesIn(value).flatMap((line): Posting[] => {
    const title = text(line, ["title", "job_title", "name"], 500);
    if (title === null) return [];
    const place = { city: text(line, ["city"], 200), state: text(line, ["state"], 200) };
    return [
      {
        externalId: text(line, ["external_id", "id"], 200),
        title,
        url: text(line, ["url"]),
        ...place,
        country: text(line, ["country"], 200),
        postedOn: day(line.get("posted_at") ?? line.get("posted_on") ?? line.get("date")),
      },
    ];
  });
}

export function articlesOf(value: unknown): Article[] {
  return linesIn(value).flatMap((line): Article[] => {
    const title = text(line, ["title", "headline"], 500);
    if (title === null) return [];
    return [
      {
        externalId: text(line, ["external_id", "id"], 200),
        title,
        url: text(line, ["url"]),
        domain: text(line, ["domain"], 253),
        snippet: text(line, ["snippet", "summary"], 2_000),
        publishedOn: day(line.get("published_at") ?? line.get("published_on") ?? line.get("date")),
        eventCategories: texts(line, ["event_categories", "categories"]) ?? [],
      },
    ];
  });
}

// Reading a source to its end, by calls that Apollo documents.
//
// Apollo shows the first 50,000 records of a search. A larger one is read from both ends, then once for each stage from both ends. A
// server that gives cursors, such as Cadenza, is read by them.

const PER_PAGE = 100;
const MOST_PAGES = 500;

type Asked = Record<string, unknown>;
type Answer = { pagination?: { total_entries?: number; total_pages?: number; next_cursor?: string | null } };
type Ask = (input: Asked) => Promise<unknown>;

export type Reading = {
  /** As it is told, such as `contacts.search`. */
  call: string;
  items: string;
  ask: Ask;
  /** What narrows the search, so that each part is small enough; tried only where the whole is too large. */
  slices?: readonly Asked[];
  /** By what it can be read from both ends. */
  sortBy?: string;
};

/** Page after page. `onCut` is told how many there are in a part whose rest cannot be read. */
export async function* pagesOf<Item extends { id: string }>(
  reading: Reading,
  onCut: (total: number) => void = () => {},
): AsyncGenerator<{ items: Item[]; total: number }> {
  // What is copied keeps its order.
  const oldestFirst = reading.sortBy ? sorted(reading.sortBy, true) : {};
  const first = await askPage<Item>(reading, oldestFirst, 1);
  if (first.cursor !== undefined) {
    yield* byCursor(reading, oldestFirst, first);
    return;
  }
  if (first.total <= MOST_PAGES * PER_PAGE) {
    yield* byNumber(reading, oldestFirst, first);
    return;
  }
  const seen = new Set<string>();
  for (const slice of [{}, ...(reading.slices ?? [])])
    for await (const page of fromBothEnds<Item>(reading, slice)) {
      const items = page.items.filter(({ id }) => !seen.has(id));
      for (const { id } of items) seen.add(id);
      yield { items, total: first.total };
    }
  if (seen.size < first.total) onCut(first.total - seen.size);
}

const sorted = (by: string, isAscending: boolean) => ({ sort_by_field: by, sort_ascending: isAscending });

async function* byCursor<Item>(
  reading: Reading,
  asked: Asked,
  first: Page<Item>,
): AsyncGenerator<Page<Item>> {
  let page = first;
  for (;;) {
    yield page;
    if (!page.cursor || page.items.length === 0) return;
    page = { ...(await askPage<Item>(reading, { ...asked, cursor: page.cursor }, null)), total: first.total };
  }
}

async function* byNumber<Item>(
  reading: Reading,
  asked: Asked,
  first?: Page<Item>,
): AsyncGenerator<Page<Item>> {
  for (let number = 1; number <= MOST_PAGES; number++) {
    const page = number === 1 && first ? first : await askPage<Item>(reading, asked, number);
    yield page;
    if (page.items.length < PER_PAGE || number * PER_PAGE >= page.total) return;
  }
}

async function* fromBothEnds<Item>(reading: Reading, slice: Asked): AsyncGenerator<Page<Item>> {
  const first = await askPage<Item>(reading, slice, 1);
  const isSmall = first.total <= MOST_PAGES * PER_PAGE;
  if (isSmall || !reading.sortBy) {
    yield* byNumber(reading, slice, first);
    return;
  }
  for (const ascending of [true, false])
    yield* byNumber<Item>(reading, { ...slice, ...sorted(reading.sortBy, ascending) });
}

type Page<Item> = { items: Item[]; total: number; cursor: string | null | undefined };

async function askPage<Item>(
  { call, items, ask }: Reading,
  asked: Asked,
  page: number | null,
): Promise<Page<Item>> {
  const wish = { ...asked, ...(page !== null && { page }), per_page: PER_PAGE };
  const answer = (await shown(call, () => ask(wish))) as Answer & Record<string, Item[]>;
  const list = answer?.[items];
  if (!Array.isArray(list)) throw nonsense(call, items);
  const { pagination } = answer;
  return { items: list, total: pagination?.total_entries ?? list.length, cursor: pagination?.next_cursor };
}

/** A list that comes whole. */
export async function listOf<Item>(
  call: string,
  items: string,
  ask: () => Promise<unknown>,
): Promise<Item[]> {
  const answer = await shown(call, ask);
  const list = items === "" ? answer : (answer as Record<string, unknown> | null)?.[items];
  if (!Array.isArray(list)) throw nonsense(call, items);
  return list as Item[];
}

/** The source answers something that is no answer of this API. */
export class SourceUnusable extends Error {
  readonly todo: string;

  constructor(sentence: string, todo: string) {
    super(sentence);
    this.todo = todo;
  }
}

/** What the source does not show to this key, or to accounts of this plan. The rest can be had all the same. */
export class NotShown extends Error {}

export async function shown<T>(call: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { Refused } = await import("../errors.ts");
    if (!(error instanceof Refused) || ![402, 403, 404, 422].includes(error.status)) throw error;
    throw new NotShown(`${call}: ${error.message}`, { cause: error });
  }
}

function nonsense(call: string, items: string) {
  return new SourceUnusable(
    `The source answered ${call} without a list of ${items || "records"}.`,
    "Check the address and the key of the source, then start again: it goes on where it stopped.",
  );
}

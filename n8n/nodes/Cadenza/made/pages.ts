// Made by npm run generate from sdk/pages.ts; not to be changed by hand.
// biome-ignore-all format: as there

// Lists, read to their end: page after page, or item after item. The next page is asked for when it is wanted, and not before.

type Page = Record<string, unknown>;
type Ask = (input: Record<string, unknown>) => Promise<unknown>;
export type Pages = { by: "page" | "cursor" | "since" | "before" | "skip" | "once"; items: string; most: number };

export async function* eachPage(
  ask: Ask,
  pages: Pages,
  input: Record<string, unknown>,
): AsyncGenerator<unknown, void> {
  let asked = withSize(pages, input);
  for (;;) {
    const page = await ask(asked);
    yield page;
    const next = nextOf(pages, asked, page as Page);
    if (!next) return;
    asked = { ...asked, ...next };
  }
}

export async function* eachItem(
  ask: Ask,
  pages: Pages,
  input: Record<string, unknown>,
): AsyncGenerator<unknown, void> {
  for await (const page of eachPage(ask, pages, input)) yield* itemsIn(pages, page);
}

function itemsIn({ items }: Pages, page: unknown): unknown[] {
  const list = items === "" ? page : (page as Page)[items];
  return Array.isArray(list) ? list : [];
}

/** A caller that reads to the end wants few, large pages. */
function withSize({ most, by }: Pages, input: Record<string, unknown>) {
  if (most === 0) return input;
  const size = by === "since" || by === "before" || by === "skip" || "limit" in input ? "limit" : "per_page";
  return { [size]: most, ...input };
}

/** What to ask beside, or null where the list has ended. */
function nextOf(pages: Pages, asked: Record<string, unknown>, page: Page): Record<string, unknown> | null {
  const count = itemsIn(pages, page).length;
  switch (pages.by) {
    case "once":
      return null;
    case "cursor":
      return nextByCursor(asked, page, count, pages.most);
    case "before":
      return page.next_before && count > 0 ? { before: page.next_before } : null;
    case "since":
      return page.next_since && count > 0 ? { since: page.next_since } : null;
    case "skip":
      return count < Number(asked.limit) ? null : { skip: Number(asked.skip ?? 0) + count };
    case "page":
      return nextByNumber(asked, page, count);
  }
}

/** Apollo gives no cursors: there, and wherever none comes, pages are counted. */
function nextByCursor(asked: Record<string, unknown>, page: Page, count: number, _most: number) {
  const given = "next_cursor" in page ? page : ((page.pagination ?? {}) as Page);
  if (!("next_cursor" in given)) return nextByNumber(asked, page, count);
  return given.next_cursor ? { cursor: given.next_cursor, page: undefined } : null;
}

function nextByNumber(asked: Record<string, unknown>, page: Page, count: number) {
  const number = Number(asked.page ?? 1);
  const total = (page.pagination as Page | undefined)?.total_pages;
  const isLast = typeof total === "number" ? number >= total : count < Number(asked.per_page ?? 25);
  return isLast || count === 0 ? null : { page: number + 1 };
}

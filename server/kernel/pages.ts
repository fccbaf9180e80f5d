// A page of a search: which rows to read, and what the answer says about the pages there are.

type PageWish = { page: number; per_page: number };

export function rowsOf({ page, per_page }: PageWish) {
  return { limit: per_page, offset: (page - 1) * per_page };
}

export function pagination({ page, per_page }: PageWish, total: number) {
  return { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) };
}

/** One row more than a page was asked for: whether there is another page is then known, and nothing need be counted. */
export function pageOf<Row>(rows: readonly Row[], limit: number): { rows: readonly Row[]; last: Row | null } {
  return rows.length > limit
    ? { rows: rows.slice(0, limit), last: rows[limit - 1] ?? null }
    : { rows, last: null };
}

/** Some of Apollo's calls give page and per_page back as text, and clients that compare types rely on it. */
export function paginationAsText(wish: PageWish, total: number) {
  return { ...pagination(wish, total), page: String(wish.page), per_page: String(wish.per_page) };
}

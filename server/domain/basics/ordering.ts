// Things with an order of their own: where a new one is put, and how the order is read.

type Placed = { id: string; position: number };

export function idsInOrder(things: readonly Placed[]) {
  return [...things].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1)).map(({ id }) => id);
}

/** With one of them, new or known, at a place; beyond the end is the end. */
export function placedAt(ids: readonly string[], id: string, position: number) {
  return ids.filter((one) => one !== id).toSpliced(position, 0, id);
}

// What comes first of all that was put in: a binary heap. What ranks equal comes by its turn, or in the order in which it was
// put in, so that the same run gives the same result.

export class Heap<Item> {
  readonly #ranks: number[] = [];
  readonly #turns: number[] = [];
  readonly #items: Item[] = [];
  #turn = 0;

  get size() {
    return this.#items.length;
  }

  /** What comes next, and its rank; null where nothing is left. */
  get firstRank(): number | null {
    return this.#ranks[0] ?? null;
  }

  push(rank: number, item: Item, turn = this.#turn++) {
    let at = this.#items.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(rank, turn, above)) break;
      this.#move(above, at);
      at = above;
    }
    this.#set(at, rank, turn, item);
  }

  pop(): Item | undefined {
    const first = this.#items[0];
    const [rank, turn, item] = [this.#ranks.pop(), this.#turns.pop(), this.#items.pop()];
    const size = this.#items.length;
    if (size === 0 || rank === undefined || turn === undefined) return first;
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && this.#isSmaller(below + 1, below)) below++;
      if (this.#isBefore(rank, turn, below)) break;
      this.#move(below, at);
      at = below;
    }
    this.#set(at, rank, turn, item as Item);
    return first;
  }

  #isBefore(rank: number, turn: number, other: number) {
    const theirs = this.#ranks[other] as number;
    return rank < theirs || (rank === theirs && turn < (this.#turns[other] as number));
  }

  #isSmaller(one: number, other: number) {
    return this.#isBefore(this.#ranks[one] as number, this.#turns[one] as number, other);
  }

  #move(from: number, to: number) {
    this.#set(to, this.#ranks[from] as number, this.#turns[from] as number, this.#items[from] as Item);
  }

  #set(at: number, rank: number, turn: number, item: Item) {
    this.#ranks[at] = rank;
    this.#turns[at] = turn;
    this.#items[at] = item;
  }
}

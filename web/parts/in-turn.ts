// More than one call takes, in as many calls as it needs: one after the other, so that a server with much to do is not asked for
// everything at once.

export function chunksOf<T>(all: readonly T[], size: number) {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}

export async function inTurn<Wish, Answer>(wishes: readonly Wish[], ask: (wish: Wish) => Promise<Answer>) {
  const answers: Answer[] = [];
  for (const wish of wishes) answers.push(await ask(wish));
  return answers;
}

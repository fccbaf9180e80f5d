// Statements that leave together, so that they cost one round trip, and are carried out one after the other: each begins when the one
// before it has ended. Each has a name, by which its answer is found: no answer depends on the place in a list.

export type Steps = Record<string, () => Promise<unknown>>;
type Answers<S extends Steps> = { [Name in keyof S]: Awaited<ReturnType<S[Name]>> };

/** In the order in which they are written down. */
export async function inOrder<S extends Steps>(steps: S): Promise<Answers<S>> {
  const begun = Object.entries(steps).map(async ([name, begin]) => [name, await begin()] as const);
  return Object.fromEntries(await Promise.all(begun)) as Answers<S>;
}

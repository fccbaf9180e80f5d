// A change that is made only if the record still is what the agent has read: a teammate may have changed it while they talked.

import { z } from "zod";

/** Fields as they were read, for the ones that are about to be changed or that the change relies on. */
export const expected = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .object(shape)
    .optional()
    .describe(
      "Fields as you read them. If one has another value now, nothing is changed and the answer shows the values of now",
    );

type Versioned = Record<string, unknown> & { etag?: string | undefined };

/** Reads it again: the values of now where they are others, or else the version that the change is made to. */
export async function asExpected<Record extends object>(
  fields: Record | undefined,
  read: () => Promise<object>,
): Promise<{ changed: Partial<Record> } | { ifMatch: string | undefined }> {
  if (!fields) return { ifMatch: undefined };
  const now = (await read()) as Versioned;
  const keys = Object.keys(fields) as (keyof Record & string)[];
  const others = keys.filter((key) => !isAlike(now[key], fields[key]));
  if (others.length === 0) return { ifMatch: now.etag };
  return { changed: Object.fromEntries(others.map((key) => [key, now[key] ?? null])) as Partial<Record> };
}

/** Nothing is shown of what is empty. */
const isAlike = (one: unknown, other: unknown) => String(one ?? "") === String(other ?? "");

/** What the agent is told where nothing was changed. */
export const toldChanged = (now: object) => ({
  changed_meanwhile: now,
  next: "Nothing was changed. Ask the user about these values, then call again with them as expected.",
});

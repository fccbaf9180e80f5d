// What becomes of a record when its file is applied.

import { isSameModel } from "./file-model.ts";

const IN_PARTS: readonly string[] = ["rules", "steps", "variants"];

export type FileVerdict = {
  verdict: "create" | "update" | "unchanged" | "held";
  heldBecause: "edited_in_app" | "never_applied" | null;
};

type Sides<Model> = {
  /** As it is; null where there is none of this key. */
  current: Model | null;
  /** As it was after the last apply; null where no file has written it. */
  applied: unknown;
  wanted: Model;
};

/** What was edited in the app is not overwritten unless the caller says so; nor is what only happens to have the same key. */
export function fileVerdict<Model>(
  { current, applied, wanted }: Sides<Model>,
  overwrites: boolean,
): FileVerdict {
  if (current === null) return { verdict: "create", heldBecause: null };
  if (isSameModel(current, wanted)) return { verdict: "unchanged", heldBecause: null };
  if (overwrites) return { verdict: "update", heldBecause: null };
  if (applied === null) return { verdict: "held", heldBecause: "never_applied" };
  if (isEdited(applied, current)) return { verdict: "held", heldBecause: "edited_in_app" };
  return { verdict: "update", heldBecause: null };
}

export function isEdited(applied: unknown, current: unknown) {
  return !isSameModel(applied, asFarAs(applied, current));
}

/** Of the model as it is what the applied one says too: a setting that a later release adds is no edit. */
function asFarAs(applied: unknown, current: unknown): unknown {
  if (Array.isArray(applied) && Array.isArray(current))
    return current.map((one: unknown, at) => asFarAs(applied[at], one));
  if (!(isRecord(applied) && isRecord(current))) return current;
  const said = Object.entries(current).filter(([name]) => Object.hasOwn(applied, name));
  return Object.fromEntries(
    said.map(([name, value]) => [name, IN_PARTS.includes(name) ? asFarAs(applied[name], value) : value]),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

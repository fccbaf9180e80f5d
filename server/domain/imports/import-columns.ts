// Matches a file's columns to fields. The name decides; where it says nothing, the column's values do. Each field gets
// one column only, the first that fits best; but every column that looks like an opt-out counts.
//
// Easy to get wrong: a column that fits no field is left out and never guessed. The known words come from address
// books, spreadsheets and other sales tools, in the languages they are used in.

export type ImportColumn = { name: string; samples: readonly string[] };
/** What a column's name and values look like: the thread that reads files says it, because both may be made to cost much. */
export type ColumnContent = {
  /** Its name as it is compared, whole and without the record that some tools begin it with. */
  plainNames: readonly string[];
  /** The fields that know it by its name, though no list could hold all such names. */
  isNamedFor: readonly string[];
  /** The fields whose values look like most of its own. */
  looksLike: readonly string[];
  /** The fields that bear its name, and that none of its values can be. */
  isWrongFor: readonly string[];
  /** What it might best become, if it becomes a field of the team's own. */
  type: ReturnType<typeof typeFor>;
};
type JudgedColumn = Omit<ColumnContent, "type">;
export type ColumnMatch = { field: string | null; by: "name" | "content" | null };

/** A field that a column can go to: its word on the wire, other names for it, and how its content looks, if it does. */
export type ImportField = {
  field: string;
  label: string;
  names: readonly string[];
  looks?: (text: string) => boolean;
  /** Other tools call something else so too: only a column in which this looks right is meant. */
  must?: (text: string) => boolean;
  /** Names that no list could hold. */
  isNamed?: (name: string) => boolean;
  /** Several columns may go here, and all of them count. */
  takesSeveral?: true;
};

type OwnField = { field: string; label: string };

/** Looks at a column's name and at every value that is shown of it, once. */
export function contentOf({ name, samples }: ImportColumn, targets: readonly ImportField[]): ColumnContent {
  const filled = samples.filter((text) => text.trim() !== "");
  const isWrong = ({ must }: ImportField) => must && !filled.some((text) => must(text.trim()));
  return {
    plainNames: [plainColumnName(name), plainColumnName(withoutRecord(name))],
    isNamedFor: fieldsOf(targets.filter(({ isNamed }) => isNamed?.(name))),
    looksLike:
      filled.length === 0 ? [] : fieldsOf(targets.filter(({ looks }) => looks && mostly(filled, looks))),
    isWrongFor: filled.length === 0 ? [] : fieldsOf(targets.filter(isWrong)),
    type: typeFor(samples),
  };
}

function fieldsOf(targets: readonly ImportField[]) {
  return targets.map(({ field }) => field);
}

export function placeColumns(
  columns: readonly JudgedColumn[],
  targets: readonly ImportField[],
  own: readonly OwnField[],
): ColumnMatch[] {
  const taken = new Set<string>();
  const several = new Set(targets.flatMap(({ field, takesSeveral }) => (takesSeveral ? [field] : [])));
  const placed: ColumnMatch[] = columns.map(() => ({ field: null, by: null }));
  const give = (at: number, field: string, by: "name" | "content") => {
    if (taken.has(field) && !several.has(field)) return;
    taken.add(field);
    placed[at] = { field, by };
  };
  const named = byNameIn(targets, own);
  for (const [at, column] of columns.entries()) {
    const field = named(column);
    if (field !== undefined) give(at, field, "name");
  }
  const isTarget = new Set(targets.map(({ field }) => field));
  for (const [at, { looksLike }] of columns.entries()) {
    if (placed[at]?.field) continue;
    const field = looksLike.find((one) => isTarget.has(one) && (!taken.has(one) || several.has(one)));
    if (field !== undefined) give(at, field, "content");
  }
  return placed;
}

function byNameIn(targets: readonly ImportField[], own: readonly OwnField[]) {
  const ownBy = new Map(own.map(({ field, label }) => [plainColumnName(label), field]));
  const byName = new Map<string, ImportField[]>();
  for (const target of targets)
    for (const name of new Set([target.field, target.label, ...target.names].map(plainColumnName)))
      byName.set(name, [target, ...(byName.get(name) ?? [])]);
  return ({ plainNames, isWrongFor, isNamedFor }: JudgedColumn): string | undefined => {
    const isRight = ({ field }: ImportField) => !isWrongFor.includes(field);
    for (const one of plainNames) {
      const found = byName.get(one)?.find(isRight)?.field ?? ownBy.get(one);
      if (found !== undefined) return found;
    }
    return targets.find(({ field }) => isNamedFor.includes(field))?.field;
  };
}

/** `Person - Name`: some tools begin with what the record is. */
function withoutRecord(name: string) {
  return name.replace(/^\s?(person|contact|lead|prospect)\s?-\s?/i, "");
}

function mostly(texts: readonly string[], looks: (text: string) => boolean) {
  return texts.filter((text) => looks(text.trim())).length >= texts.length * 0.8;
}

/** `E-Mail (work)` and `email work` are the same name. */
function plainColumnName(name: string) {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** Two columns of one name are told apart by their order; one without a name by its place. No name is given twice. */
export function columnNames(header: readonly string[]) {
  const names = header.map((cell, at) => cell.trim().slice(0, LONGEST_NAME) || `Column ${at + 1}`);
  const taken = new Set(names);
  const turns = new Map<string, number>();
  return names.map((name) => {
    let turn = (turns.get(name) ?? 0) + 1;
    while (turn > 1 && taken.has(numbered(name, turn))) turn++;
    turns.set(name, turn);
    if (turn === 1) return name;
    taken.add(numbered(name, turn));
    return numbered(name, turn);
  });
}

const numbered = (name: string, turn: number) => `${name} (${turn})`;

const LONGEST_NAME = 200;

/** What a column might best become, if it becomes a field of the team's own. */
function typeFor(samples: readonly string[]): "string" | "number" | "date" | "boolean" | "textarea" {
  const filled = samples.map((text) => text.trim()).filter((text) => text !== "");
  if (filled.length === 0) return "string";
  const all = (pattern: RegExp) => filled.every((text) => pattern.test(text));
  if (all(/^(true|false|yes|no)$/i)) return "boolean";
  if (all(/^[+-]?\d{1,15}(\.\d+)?$/) && !filled.some((text) => /^0\d/.test(text))) return "number";
  if (all(/^\d{4}-\d{2}-\d{2}$/)) return "date";
  return filled.some((text) => text.length > 250) ? "textarea" : "string";
}

// What an edit of a sequence has changed: each setting, step and email with its value before and after. The history tells it.

export type ChangeValue = string | number | boolean | null;

/** `what` is a field of the sequence, of a step or of one of its emails, or says that one of them was added, removed or moved. */
export type EditChange = {
  step: number | null;
  /** Of a step with several emails, counted from 1. */
  variant: number | null;
  what: string;
  from: ChangeValue;
  to: ChangeValue;
};

type Fields = Readonly<Record<string, unknown>>;

type EditedEmail = { id: string; fields: Fields };
export type EditedStep = { id: string; type: string; fields: Fields; emails: readonly EditedEmail[] };
export type EditedSequence = { settings: Fields; steps: readonly EditedStep[] };

/** So many are kept with an event; the rest is a number. */
const MOST = 12;

export function editChanges(before: EditedSequence, after: EditedSequence) {
  const all = [
    ...fieldChanges(before.settings, after.settings, { step: null, variant: null }),
    ...ofSteps(before, after),
  ];
  return { changes: all.slice(0, MOST), moreChanges: Math.max(0, all.length - MOST) };
}

type Where = Pick<EditChange, "step" | "variant">;

function ofSteps({ steps: old }: EditedSequence, { steps: now }: EditedSequence): EditChange[] {
  const pairs = pair(old, now);
  const gone = old.filter((step) => !pairs.some(([was]) => was === step));
  const stayed = pairs.flatMap(([was]) => (was ? [was] : []));
  const orderBefore = old.filter((step) => stayed.includes(step));
  return [
    ...gone.map((step) =>
      changed({ step: old.indexOf(step) + 1, variant: null }, "removed", step.type, null),
    ),
    ...pairs.flatMap(([was, is]): EditChange[] => {
      const where = { step: now.indexOf(is) + 1, variant: null };
      if (!was) return [changed(where, "added", null, is.type)];
      const isMoved = orderBefore.indexOf(was) !== stayed.indexOf(was);
      return [
        ...(isMoved ? [changed(where, "place", old.indexOf(was) + 1, where.step)] : []),
        ...fieldChanges(was.fields, is.fields, where),
        ...ofEmails(was, is, where.step),
      ];
    }),
  ];
}

function ofEmails({ emails: old }: EditedStep, { emails: now }: EditedStep, step: number): EditChange[] {
  const pairs = pair(old, now);
  const isOne = old.length <= 1 && now.length <= 1;
  const place = (all: readonly EditedEmail[], email: EditedEmail) => ({
    step,
    variant: isOne ? null : all.indexOf(email) + 1,
  });
  return [
    ...old
      .filter((email) => !pairs.some(([was]) => was === email))
      .map((email) => changed(place(old, email), "emailRemoved", shown(email.fields.subject), null)),
    ...pairs.flatMap(([was, is]) =>
      was
        ? fieldChanges(was.fields, is.fields, place(now, is))
        : [changed(place(now, is), "emailAdded", null, shown(is.fields.subject))],
    ),
  ];
}

/** Each one of `now` with what it was. Where none has its id, as in a copy of all of them, they go by their places. */
function pair<One extends { id: string }>(
  old: readonly One[],
  now: readonly One[],
): [One | undefined, One][] {
  const byId = new Map(old.map((one) => [one.id, one]));
  const isCopy = !now.some(({ id }) => byId.has(id));
  return now.map((one, place) => [isCopy ? old[place] : byId.get(one.id), one]);
}

function fieldChanges(before: Fields, after: Fields, where: Where): EditChange[] {
  return Object.keys(after).flatMap((name): EditChange[] => {
    const [was, is] = [before[name], after[name]];
    if (JSON.stringify(was ?? null) === JSON.stringify(is ?? null)) return [];
    const [from, to] = excerpts(shown(was), shown(is));
    return [changed(where, name, from, to)];
  });
}

function changed({ step, variant }: Where, what: string, from: ChangeValue, to: ChangeValue): EditChange {
  return { step, variant, what, from, to };
}

/** Null where a value is empty, or is made of parts that no line could show. */
function shown(value: unknown): ChangeValue {
  if (typeof value === "boolean" || typeof value === "number") return value;
  if (typeof value === "string") return value === "" ? null : value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value.join(", ") || null;
  return null;
}

const LONGEST = 60;
const BEFORE_IT = 16;

/** Of long texts the part where they differ. */
function excerpts(from: ChangeValue, to: ChangeValue): [ChangeValue, ChangeValue] {
  if (typeof from !== "string" || typeof to !== "string") return [cut(from, 0), cut(to, 0)];
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  const isLong = from.length > LONGEST || to.length > LONGEST;
  const begin = isLong && same > BEFORE_IT ? from.lastIndexOf(" ", same - BEFORE_IT) + 1 : 0;
  return [cut(from, begin), cut(to, begin)];
}

function cut(text: ChangeValue, begin: number): ChangeValue {
  if (typeof text !== "string") return text;
  const part = text.slice(begin, begin + LONGEST);
  return `${begin > 0 ? "…" : ""}${part}${begin + LONGEST < text.length ? "…" : ""}`;
}

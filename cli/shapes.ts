// The shape of an answer: which fields it has and of which kind, without what is in them. And where two shapes differ.

export type Shape = ReadonlyMap<string, ReadonlySet<string>>;

/** By path, as in `contacts[].account.name`. Records by id, such as custom fields, have one path for all ids. */
export function shapeOf(answers: readonly unknown[]): Shape {
  const shape = new Map<string, Set<string>>();
  for (const answer of answers) look(shape, answer, "");
  return shape;
}

function look(shape: Map<string, Set<string>>, value: unknown, path: string) {
  const kinds = shape.get(path) ?? new Set();
  shape.set(path, kinds.add(kindOf(value)));
  if (Array.isArray(value)) for (const one of value) look(shape, one, `${path}[]`);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      const step = AN_ID.test(key) ? "<id>" : key;
      look(shape, inner, path === "" ? step : `${path}.${step}`);
    }
}

const AN_ID = /^[0-9a-f]{24}$/;

function kindOf(value: unknown) {
  if (value === null) return "null";
  return Array.isArray(value) ? "list" : typeof value;
}

type Difference = { path: string; says: string };

/**
 * What the other one has and this one has not, or has of another kind. Null says nothing of a kind. `unseen`: fields that
 * would lie in something that is empty here, of which nothing can be said.
 */
export function differencesOf(here: Shape, there: Shape) {
  const filled = new Set([...here.keys()].map(aboveOf));
  const differences: Difference[] = [];
  const gone = new Set<string>();
  let unseen = 0;
  for (const [path, kinds] of there) {
    const ours = here.get(path);
    const above = aboveOf(path);
    if (ours) {
      const [one, other] = [told(ours), told(kinds)];
      if (one.length > 0 && other.length > 0 && !one.some((kind) => other.includes(kind)))
        differences.push({ path, says: `${one.join(" or ")} here, ${other.join(" or ")} there` });
    } else if (gone.has(above)) gone.add(path);
    else if (filled.has(above) && !path.endsWith("[]")) {
      differences.push({ path, says: "missing here" });
      gone.add(path);
    } else unseen += 1;
  }
  return { differences, unseen };
}

const told = (kinds: ReadonlySet<string>) => [...kinds].filter((kind) => kind !== "null");

/** `a[].b` lies in `a[]`, and `a[]` in `a`. */
function aboveOf(path: string) {
  return path.endsWith("[]") ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

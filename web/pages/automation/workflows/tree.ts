// The actions of a workflow while a user edits them: a tree of lists. A list goes by its path, "" for the outermost, "2.yes"
// and "3.paths.1" within; an action has a key of its own, so that it stays itself when it moves.

export type ActionNode = { readonly key: string; readonly type: string } & Readonly<Record<string, unknown>>;
export type Actions = readonly ActionNode[];
export type SplitPath = { weight: number; actions: Actions };
type Said = Readonly<Record<string, unknown>>;

let made = 0;

export function newKey() {
  return `a${++made}`;
}

/** As the server tells them, with keys. */
export function withKeys(said: readonly Said[]): Actions {
  return said.map((one) => keyed(one));
}

function keyed(said: Said): ActionNode {
  const inside = said as { yes?: Said[]; no?: Said[]; paths?: { weight?: number; actions: Said[] }[] };
  return {
    ...said,
    type: String(said.type),
    key: newKey(),
    ...(said.type === "branch" && { yes: withKeys(inside.yes ?? []), no: withKeys(inside.no ?? []) }),
    ...(inside.paths && {
      paths: inside.paths.map(({ weight = 1, actions }) => ({ weight, actions: withKeys(actions) })),
    }),
  };
}

/** As the server is told them. */
export function withoutKeys(actions: Actions): Record<string, unknown>[] {
  return actions.map(({ key: _, ...action }) => ({
    ...action,
    ...(action.type === "branch" && {
      yes: withoutKeys(wayOf(action, "yes")),
      no: withoutKeys(wayOf(action, "no")),
    }),
    ...(action.type === "split" && {
      paths: pathsOf(action).map(({ weight, actions: inside }) => ({ weight, actions: withoutKeys(inside) })),
    }),
  }));
}

export function pathsOf({ paths }: Said): readonly SplitPath[] {
  return Array.isArray(paths) ? (paths as SplitPath[]) : [];
}

export function wayOf(action: Said, way: "yes" | "no"): Actions {
  const inside = action[way];
  return Array.isArray(inside) ? (inside as Actions) : [];
}

type Change = (list: Actions) => Actions;

/** The tree with one of its lists changed. */
export function changeList(actions: Actions, path: string, change: Change): Actions {
  if (path === "") return change(actions);
  const [, place = "", way = "", rest = ""] = /^(\d+)\.(yes|no|paths\.\d+)(?:\.(.*))?$/.exec(path) ?? [];
  const action = actions[Number(place)];
  if (!action || way === "") return actions;
  return actions.with(
    Number(place),
    changeWay(action, way, (inside) => changeList(inside, rest, change)),
  );
}

function changeWay(action: ActionNode, way: string, change: Change): ActionNode {
  if (way === "yes" || way === "no") return { ...action, [way]: change(wayOf(action, way)) };
  const at = Number(way.slice("paths.".length));
  const paths = pathsOf(action).map((path, n) =>
    n === at ? { ...path, actions: change(path.actions) } : path,
  );
  return { ...action, paths };
}

export function moved(list: Actions, from: number, to: number): Actions {
  const one = list[from];
  if (!one || to < 0 || to >= list.length) return list;
  return list.toSpliced(from, 1).toSpliced(to, 0, one);
}

export function copyOf(action: ActionNode): ActionNode {
  return withKeys(withoutKeys([action]))[0] ?? action;
}

type PlacedAction = { action: ActionNode; path: string; at: number };

/** Every action there is, in the order in which they are read. */
export function everyAction(actions: Actions, path = ""): PlacedAction[] {
  return actions.flatMap((action, at) => {
    const here = stepAt(path, at);
    return [
      { action, path, at },
      ...everyAction(wayOf(action, "yes"), `${here}.yes`),
      ...everyAction(wayOf(action, "no"), `${here}.no`),
      ...pathsOf(action).flatMap((inside, n) => everyAction(inside.actions, `${here}.paths.${n}`)),
    ];
  });
}

/** The place of an action: "2", "2.yes.0", "2.paths.1.1". */
export function stepAt(path: string, at: number) {
  return path === "" ? String(at) : `${path}.${at}`;
}

/** "3", "3 yes 1", "3 B 2": a place as a person reads it. */
export function sayStep(step: string) {
  const parts = step.split(".");
  return parts
    .flatMap((part, n) => {
      if (part === "paths") return [];
      if (part === "yes" || part === "no") return part;
      return parts[n - 1] === "paths" ? letterOf(Number(part)) : String(Number(part) + 1);
    })
    .join(" ");
}

export function letterOf(place: number) {
  return String.fromCharCode(65 + place);
}

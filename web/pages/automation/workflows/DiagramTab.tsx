import { numberFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import classes from "../../../parts/flow/Flow.module.css";
import { DiagramCard } from "./DiagramCard.tsx";
import type { Entity } from "./queries.ts";
import { type ActionNode, type Actions, letterOf, pathsOf, stepAt, wayOf } from "./tree.ts";
import { sayTrigger } from "./trigger.ts";
import { useFilterNames } from "./useFilterNames.ts";
import { useNames } from "./useNames.ts";
import type { TabProps } from "./WorkflowPage.tsx";

const PERCENT = numberFormat({ style: "percent" });

/** The whole workflow from top to bottom, as it is edited: paths part at a branch or split, and join again behind it. */
export function DiagramTab({ workflow: { entity }, drafting: { draft } }: TabProps) {
  const nameOf = useNames(draft.actions);
  return (
    <section className={classes.map} aria-label={t("Diagram of the workflow")}>
      <p className={classes.terminal}>{sayTrigger(draft.trigger)}</p>
      <Conditions entity={entity} names={Object.keys(draft.filters)} />
      <Lane actions={draft.actions} path="" depth={0} nameOf={nameOf} />
      <p className={classes.terminal}>{t("Done")}</p>
    </section>
  );
}

function Conditions({ entity, names }: { entity: Entity; names: readonly string[] }) {
  const [, change] = useAddress();
  const nameOf = useFilterNames(entity);
  if (names.length === 0) return null;
  return (
    <>
      <p className={classes.wait} data-short />
      <button
        type="button"
        className={classes.card}
        onClick={() => change({ tab: "build", step: undefined })}
      >
        <span className={classes.type}>{t("Only if all conditions match")}</span>
        <span className={classes.gist}>{[...new Set(names.map(nameOf))].join(", ")}</span>
      </button>
    </>
  );
}

type LaneProps = { actions: Actions; path: string; depth: number; nameOf: ReturnType<typeof useNames> };

function Lane({ actions, path, depth, nameOf }: LaneProps) {
  return (
    <ol className={classes.lane}>
      {actions.map((action, at) => {
        const step = stepAt(path, at);
        return (
          <li key={action.key} className={classes.item}>
            <p className={classes.wait} data-short />
            <DiagramCard action={action} step={step} nameOf={nameOf} />
            <Fork action={action} step={step} depth={depth} nameOf={nameOf} />
          </li>
        );
      })}
    </ol>
  );
}

type ForkProps = Pick<LaneProps, "depth" | "nameOf"> & { action: ActionNode; step: string };

function Fork({ action, step, depth, nameOf }: ForkProps) {
  const ways = waysOf(action);
  if (ways.length === 0) return null;
  return (
    <ul className={classes.fork} data-depth={Math.min(depth, 2)}>
      {ways.map(({ name, way, actions }) => (
        <li key={way} className={classes.path} data-path={way}>
          <p className={classes.name}>
            <span>{name}</span>
          </p>
          {actions.length > 0 ? (
            <Lane actions={actions} path={`${step}.${way}`} depth={depth + 1} nameOf={nameOf} />
          ) : (
            <p className={classes.jump}>
              <span>{t("Nothing to do")}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function waysOf(action: ActionNode) {
  if (action.type === "branch")
    return [
      { way: "yes", name: t("Yes"), actions: wayOf(action, "yes") },
      { way: "no", name: t("No"), actions: wayOf(action, "no") },
    ];
  const paths = pathsOf(action);
  const total = paths.reduce((sum, { weight }) => sum + weight, 0);
  return paths.map(({ weight, actions }, n) => ({
    way: `paths.${n}`,
    name: `${letterOf(n)}, ${PERCENT.format(weight / total)}`,
    actions,
  }));
}

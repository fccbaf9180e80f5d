import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import classes from "../../../parts/flow/Flow.module.css";
import { isUnseen, kindOf, type NameLookup, sayAction } from "./kinds.ts";
import { type ActionNode, sayStep } from "./tree.ts";

type Props = { action: ActionNode; step: string; nameOf: NameLookup };

/** An action in the diagram, which leads to the action in the editor. */
export function DiagramCard({ action, step, nameOf }: Props) {
  const [, change] = useAddress();
  const kind = kindOf(action.type);
  const lacks = !isUnseen(action) && kind.lacks?.(action);
  const gist = sayAction(action, nameOf);
  return (
    <button type="button" className={classes.card} onClick={() => change({ tab: "build", step })}>
      <span className={classes.head}>
        <span className={classes.number}>{sayStep(step)}</span>
        <kind.icon size="1rem" stroke={1.75} aria-hidden />
        <span className={classes.type}>{kind.name}</span>
      </span>
      {gist && <span className={classes.gist}>{gist}</span>}
      {lacks && <span className={classes.facts}>{t("Needs {lacks}", { lacks })}</span>}
    </button>
  );
}

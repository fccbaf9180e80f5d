import { ActionIcon, Menu, NumberInput } from "@mantine/core";
import { IconDots, IconPlus, IconTrash } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { t } from "../../../language/t.ts";
import card from "../../../parts/Card.module.css";
import { MoveItems } from "../../../parts/MoveItems.tsx";
import { ActionFields } from "./ActionFields.tsx";
import type { Body } from "./kept-filters.ts";
import { isUnseen, kindOf, sayAction } from "./kinds.ts";
import { type ActionNode, letterOf, pathsOf, type SplitPath, sayStep, stepAt, wayOf } from "./tree.ts";
import { WorkflowFilters } from "./WorkflowFilters.tsx";
import classes from "./Workflows.module.css";
import type { Working } from "./working.ts";

type Props = {
  action: ActionNode;
  path: string;
  at: number;
  of: number;
  working: Working;
  onPut: (next: ActionNode) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onCopy: () => void;
};

/** One action: what it is in a line, and when it is opened, everything about it. Ways out of it are always to be seen. */
export function ActionCard(props: Props) {
  const { action, path, at, working, onPut } = props;
  const kind = kindOf(action.type);
  const step = stepAt(path, at);
  const isOpen = working.isOpen(action.key);
  const lacks = !isUnseen(action) && kind.lacks?.(action);
  const hasFields = action.type !== "enrich";
  return (
    <section
      className={card.card}
      data-open={isOpen || undefined}
      aria-label={t("Action {step}", { step: sayStep(step) })}
    >
      <header className={classes.cardTop}>
        <button
          type="button"
          className={card.toggle}
          aria-expanded={isOpen}
          data-walk
          onClick={() => working.toggle(action.key)}
          onKeyDown={(event) => pressed(event, props)}
        >
          <span className={card.place}>{at + 1}</span>
          <kind.icon size="1rem" stroke={1.75} aria-hidden />
          <span className={classes.name}>{kind.name}</span>
          <span className={classes.brief}>{sayAction(action, working.nameOf)}</span>
          {lacks && <span className={classes.lacks}>{t("Needs {lacks}", { lacks })}</span>}
        </button>
        {working.onChange && <CardMenu {...props} step={step} />}
      </header>
      {isOpen && (
        <fieldset className={classes.body} disabled={!working.onChange} aria-label={kind.name}>
          {hasFields ? (
            <ActionFields action={action} entity={working.entity} onPut={onPut} />
          ) : (
            <p className="soft small">{t("Fills empty fields with data from your team's providers.")}</p>
          )}
        </fieldset>
      )}
      {action.type === "branch" && <Branch action={action} step={step} working={working} onPut={onPut} />}
      {action.type === "split" && <Split action={action} step={step} working={working} onPut={onPut} />}
    </section>
  );
}

function pressed(event: KeyboardEvent, { working, onMove, onRemove }: Props) {
  if (!working.onChange) return;
  const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
  if (by && event.altKey) {
    event.preventDefault();
    onMove(by);
  }
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    onRemove();
  }
}

function CardMenu({ at, of, step, onMove, onRemove, onCopy }: Props & { step: string }) {
  return (
    <Menu width={208}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("More about action {step}", { step: sayStep(step) })}
        >
          <IconDots size="1rem" stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MoveItems at={at} of={of} onMove={onMove} onCopy={onCopy} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size="1rem" stroke={1.75} />} onClick={onRemove}>
          {t("Remove")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

type WayProps = { action: ActionNode; step: string; working: Working; onPut: (next: ActionNode) => void };

function Branch({ action, step, working, onPut }: WayProps) {
  return (
    <div className={classes.ways}>
      <div className={classes.asks}>
        <WorkflowFilters
          entity={working.entity}
          body={(action.filters as Body | undefined) ?? {}}
          warning={t("No filter set: all records take the Yes path.")}
          onChange={working.onChange && ((filters) => onPut({ ...action, filters }))}
        />
      </div>
      {(["yes", "no"] as const).map((way) => (
        <div key={way} className={classes.way}>
          <h3 className={classes.wayName}>{way === "yes" ? t("Yes: all filters match") : t("No")}</h3>
          {working.listAt(wayOf(action, way), `${step}.${way}`)}
        </div>
      ))}
    </div>
  );
}

const MOST_PATHS = 20;

/** Each goes one way, by weight, and the same one whenever it is asked. */
function Split({ action, step, working, onPut }: WayProps) {
  const paths = pathsOf(action);
  const total = paths.reduce((sum, { weight }) => sum + weight, 0);
  const put = (next: readonly SplitPath[]) => onPut({ ...action, paths: next });
  const { onChange } = working;
  return (
    <div className={classes.ways}>
      {paths.map((way, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a way is nothing but its place
        <div key={n} className={classes.way}>
          <div className={classes.wayTop}>
            <h3 className={classes.wayName}>
              {letterOf(n)}, {Math.round((100 * way.weight) / total)}%
            </h3>
            <NumberInput
              aria-label={t("Weight of {n}", { n: letterOf(n) })}
              size="xs"
              min={1}
              max={1000}
              allowDecimal={false}
              disabled={!onChange}
              value={way.weight}
              onChange={(weight) =>
                typeof weight === "number" && weight >= 1 && put(paths.with(n, { ...way, weight }))
              }
            />
            {onChange && paths.length > 2 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("Remove path {n}", { n: letterOf(n) })}
                onClick={() => put(paths.toSpliced(n, 1))}
              >
                <IconTrash size="1rem" stroke={1.75} />
              </ActionIcon>
            )}
          </div>
          {working.listAt(way.actions, `${step}.paths.${n}`)}
        </div>
      ))}
      {onChange && paths.length < MOST_PATHS && (
        <button
          type="button"
          className={classes.add}
          onClick={() => put([...paths, { weight: 1, actions: [] }])}
        >
          <IconPlus size="0.875rem" aria-hidden /> {t("Add path")}
        </button>
      )}
    </div>
  );
}

import type { DraggableProvidedDragHandleProps } from "@hello-pangea/dnd";
import { Switch } from "@mantine/core";
import { IconAlertTriangle, IconGripVertical } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { t } from "../../../language/t.ts";
import card from "../../../parts/Card.module.css";
import { useLate } from "../../../parts/late.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { changeStep, type DraftStep } from "./draft.ts";
import type { Problem } from "./problems.ts";
import { StepBrief } from "./StepBrief.tsx";
import classes from "./StepCard.module.css";
import { StepIcon } from "./StepIcon.tsx";
import { StepMenu } from "./StepMenu.tsx";
import { nameOf } from "./step-words.ts";
import type { Place } from "./tree.ts";
import type { Drafting } from "./use-draft.ts";

const StepBody = lazy(async () => ({ default: (await import("./StepBody.tsx")).StepBody }));

type Props = {
  whole: FullSequence;
  drafting: Drafting;
  step: DraftStep;
  index: number;
  mayEdit: boolean;
  isOpen: boolean;
  onToggle: () => void;
  problems: readonly Problem[];
  handle: DraggableProvidedDragHandleProps | null;
  onMove: (by: 1 | -1) => void;
  onPlace: (place: Place) => void;
  onLook: (contactId: string | undefined) => void;
};

/** One step: what it is in a line, and when it is opened, everything about it. */
export function StepCard(props: Props) {
  const {
    whole,
    drafting,
    step,
    index,
    mayEdit,
    isOpen,
    onToggle,
    problems,
    handle,
    onMove,
    onPlace,
    onLook,
  } = props;
  const name = nameOf(step.type);
  return (
    <section
      className={card.card}
      data-off={!step.isOn || undefined}
      data-open={isOpen || undefined}
      aria-label={t("Step {index}", { index: index + 1 })}
    >
      <header className={classes.top}>
        {mayEdit && (
          <button
            type="button"
            {...handle}
            className={classes.handle}
            aria-label={t("Drag step {index}", { index: index + 1 })}
          >
            <IconGripVertical size="1rem" stroke={1.75} aria-hidden />
          </button>
        )}
        <button
          type="button"
          className={card.toggle}
          aria-expanded={isOpen}
          data-walk
          onClick={onToggle}
          onKeyDown={(event) => {
            const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
            if (!by || !event.altKey || !mayEdit) return;
            event.preventDefault();
            const { currentTarget } = event;
            onMove(by);
            requestAnimationFrame(() => currentTarget.focus()); // it has moved, and the focus with it
          }}
        >
          <span className={card.place}>{index + 1}</span>
          <StepIcon type={step.type} />
          <span className={classes.name}>{name}</span>
          {!isOpen && <StepBrief step={step} draft={drafting.draft} whole={whole} />}
        </button>
        {mayEdit && (
          <Switch
            aria-label={t("Step {index} is on", { index: index + 1 })}
            checked={step.isOn}
            onChange={({ currentTarget: { checked } }) =>
              drafting.change((draft) => changeStep(draft, step.key, { isOn: checked }))
            }
            size="xs"
          />
        )}
        {mayEdit && (
          <StepMenu
            whole={whole}
            drafting={drafting}
            step={step}
            index={index}
            onMove={onMove}
            onPlace={onPlace}
          />
        )}
      </header>
      <Problems problems={problems} onLook={onLook} />
      {isOpen && (
        <Suspense fallback={<Waiting />}>
          <StepBody whole={whole} drafting={drafting} step={step} index={index} mayEdit={mayEdit} />
        </Suspense>
      )}
    </section>
  );
}

type ProblemsProps = {
  problems: readonly Problem[];
  /** The contact for whom dates and previews are shown. */
  onLook: (contactId: string | undefined) => void;
};

function Problems({ problems, onLook }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul className={classes.problems}>
      {problems.map(({ says, contactIds = [] }) => (
        <li key={says}>
          <IconAlertTriangle size="0.875rem" stroke={1.75} aria-hidden />
          <span>
            {says}{" "}
            {contactIds.length > 0 && (
              <button type="button" className={classes.look} onClick={() => onLook(contactIds[0])}>
                {t("Preview for one of them")}
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Waiting() {
  return <div className={classes.waiting} aria-busy={useLate(true)} />;
}

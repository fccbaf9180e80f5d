import { DragDropContext, Draggable, Droppable } from "@hello-pangea/dnd";
import type { CSSProperties } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { nonce } from "../../../parts/nonce.ts";
import type { api } from "../../../session.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { isSame, type StepsDraft, type StepType } from "./draft.ts";
import { PathMarks } from "./PathMarks.tsx";
import { problemsOf, type RehearsalProblems } from "./problems.ts";
import { StepCard } from "./StepCard.tsx";
import classes from "./Storyboard.module.css";
import { nameOf } from "./step-words.ts";
import { around, dropped, type Mark, marksOf, movedTo, nudged, type Place } from "./tree.ts";
import type { Drafting } from "./use-draft.ts";
import { Wait } from "./Wait.tsx";

export type Rehearsal = Awaited<ReturnType<typeof api.rehearsals.dates>>["rehearsal"];

type Props = {
  whole: FullSequence;
  drafting: Drafting;
  mayEdit: boolean;
  rehearsal: Rehearsal | undefined;
  found: RehearsalProblems | undefined;
  announce: (what: string) => void;
  onAdd: (type: StepType, place: Place) => void;
};

/** Card by card down the page, each with its wait above it. Dragged by its handle, or moved with ⌥↑ and ⌥↓. */
export function Storyboard({ whole, drafting, mayEdit, rehearsal, found, announce, onAdd }: Props) {
  const { draft, change } = drafting;
  const [address, go] = useAddress();
  const marks = marksOf(draft);
  const put = (key: string, next: StepsDraft) => {
    const to = next.findIndex((step) => step.key === key);
    const type = draft.find((step) => step.key === key)?.type;
    if (!type || isSame(next, draft)) return;
    change(() => next);
    announce(
      t("{type} is now step {to} of {draft}.", { type: nameOf(type), to: to + 1, draft: draft.length }),
    );
  };
  const marked = (some: readonly Mark[] = []) => (
    <PathMarks
      marks={some}
      draft={draft}
      saved={whole.emailer_steps}
      rehearsal={rehearsal}
      onAdd={mayEdit ? onAdd : null}
    />
  );
  return (
    <DragDropContext
      nonce={nonce}
      // An open card is taller than the window: it closes before it is carried.
      onBeforeCapture={() => address.step && go({ step: undefined })}
      onDragEnd={({ source, destination }) => {
        const step = draft[source.index];
        if (step && destination) put(step.key, dropped(draft, source.index, destination.index));
      }}
    >
      <Droppable droppableId="steps" isDropDisabled={!mayEdit}>
        {(list) => (
          <ol ref={list.innerRef} {...list.droppableProps} className={classes.board} aria-label={t("Steps")}>
            {draft.map((step, index) => (
              <Draggable
                key={step.key}
                draggableId={step.key}
                index={index}
                isDragDisabled={!mayEdit}
                disableInteractiveElementBlocking
              >
                {(item, state) => (
                  <li
                    ref={item.innerRef}
                    {...item.draggableProps}
                    className={classes.item}
                    data-step={step.key}
                    data-dragging={state.isDragging || undefined}
                  >
                    {marked(marks.before.get(step.key))}
                    <div
                      className={classes.step}
                      style={{ "--depth": around(draft, step).length } as CSSProperties}
                    >
                      <Wait
                        step={step}
                        index={index}
                        rehearsal={rehearsal}
                        isDated={whole.emailer_campaign.sequence_by_exact_daytime === true}
                        onChange={
                          mayEdit
                            ? (next) => change((steps) => steps.with(index, { ...step, ...next }))
                            : null
                        }
                      />
                      <StepCard
                        whole={whole}
                        drafting={drafting}
                        step={step}
                        index={index}
                        mayEdit={mayEdit}
                        isOpen={address.step === step.key}
                        onToggle={() => go({ step: address.step === step.key ? undefined : step.key })}
                        problems={problemsOf(step, index, draft, found)}
                        handle={item.dragHandleProps}
                        onMove={(by) => put(step.key, nudged(draft, step.key, by))}
                        onPlace={(place) => put(step.key, movedTo(draft, step.key, place))}
                        onLook={(contact) => go({ contact, step: step.key })}
                      />
                    </div>
                  </li>
                )}
              </Draggable>
            ))}
            {list.placeholder}
            {marks.behind.length > 0 && <li>{marked(marks.behind)}</li>}
          </ol>
        )}
      </Droppable>
    </DragDropContext>
  );
}

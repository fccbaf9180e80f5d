import { DragDropContext, Draggable, Droppable } from "@hello-pangea/dnd";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { nonce } from "../../../parts/nonce.ts";
import type { api } from "../../../session.ts";
import type { FullSequence } from "../sequences/queries.ts";
import { moveStep } from "./draft.ts";
import { problemsOf, type RehearsalProblems } from "./problems.ts";
import { StepCard } from "./StepCard.tsx";
import classes from "./Storyboard.module.css";
import { nameOf } from "./step-words.ts";
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
};

/** Card by card down the page, each with its wait above it. Dragged by its handle, or moved with ⌥↑ and ⌥↓. */
export function Storyboard({ whole, drafting, mayEdit, rehearsal, found, announce }: Props) {
  const { draft, change } = drafting;
  const [address, go] = useAddress();
  const move = (from: number, to: number) => {
    const step = draft[from];
    if (!step || to < 0 || to >= draft.length || from === to) return;
    change((steps) => moveStep(steps, from, to));
    announce(
      t("{type} is now step {to} of {draft}.", { type: nameOf(step.type), to: to + 1, draft: draft.length }),
    );
  };
  return (
    <DragDropContext
      nonce={nonce}
      // An open card is taller than the window: it closes before it is carried.
      onBeforeCapture={() => address.step && go({ step: undefined })}
      onDragEnd={({ source, destination }) => destination && move(source.index, destination.index)}
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
                    data-dragging={state.isDragging || undefined}
                  >
                    <Wait
                      step={step}
                      index={index}
                      rehearsal={rehearsal}
                      isDated={whole.emailer_campaign.sequence_by_exact_daytime === true}
                      onChange={
                        mayEdit ? (next) => change((steps) => steps.with(index, { ...step, ...next })) : null
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
                      onMove={(by) => move(index, index + by)}
                      onLook={(contact) => go({ contact, step: step.key })}
                    />
                  </li>
                )}
              </Draggable>
            ))}
            {list.placeholder}
          </ol>
        )}
      </Droppable>
    </DragDropContext>
  );
}

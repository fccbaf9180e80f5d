import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { inSentence } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { MoveItems } from "../../../parts/MoveItems.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import type { DraftStep } from "./draft.ts";
import { waitingAt } from "./impact.ts";
import { PathItems } from "./PathItems.tsx";
import { nameOf } from "./step-words.ts";
import { duplicated, type Place, removed, stepsAt, withPaths } from "./tree.ts";
import type { Drafting } from "./use-draft.ts";

type Props = {
  whole: FullSequence;
  drafting: Drafting;
  step: DraftStep;
  index: number;
  onMove: (by: 1 | -1) => void;
  onPlace: (place: Place) => void;
};

export function StepMenu({ whole, drafting, step, index, onMove, onPlace }: Props) {
  const { draft, change } = drafting;
  const [isDeleting, setIsDeleting] = useState(false);
  const [, go] = useAddress();
  const own = withPaths(draft, step.key);
  const remove = () => {
    change((steps) => removed(steps, step.key));
    go({ step: undefined });
  };
  const isOnly = draft.length === own.length && whole.emailer_steps.length > 0;
  const beside = stepsAt(draft, step);
  const counts = waitingAt(whole.emailer_steps);
  const waiting = own.reduce((sum, { id }) => sum + (counts.get(id ?? "") ?? 0), 0);
  const isAsked = waiting > 0 || own.length > 1;
  return (
    <>
      <Menu width={224}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("More about step {index}", { index: index + 1 })}
          >
            <IconDots size="1rem" stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MoveItems
            at={beside.indexOf(step)}
            of={beside.length}
            onMove={onMove}
            onCopy={() => change((steps) => duplicated(steps, step.key))}
          />
          <PathItems draft={draft} step={step} onMove={onPlace} />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size="1rem" stroke={1.75} />}
            disabled={isOnly}
            onClick={() => (isAsked ? setIsDeleting(true) : remove())}
          >
            {isAsked ? t("Delete …") : t("Delete")}
          </Menu.Item>
          {isOnly && <Menu.Label>{t("A sequence needs at least one step.")}</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <Confirm
          title={t("Delete step {index}, {type}?", {
            index: index + 1,
            type: inSentence(nameOf(step.type)),
          })}
          verb={t("Delete step")}
          isBusy={false}
          error={null}
          onConfirm={remove}
          onClose={() => setIsDeleting(false)}
        >
          {own.length > 1 && (
            <p>
              {t("The {steps, plural, one {# step} other {# steps}} on its paths will be deleted too.", {
                steps: own.length - 1,
              })}
            </p>
          )}
          {waiting > 0 && (
            <p>
              {t(
                "{waiting, plural, one {# contact waits} other {# contacts wait}} at this step. After you save, they will move to the next step, or finish after the last one.",
                { waiting },
              )}
            </p>
          )}
          <p className="soft">
            {t("Nothing changes until you save. Until then, Discard restores the step.")}
          </p>
        </Confirm>
      )}
    </>
  );
}

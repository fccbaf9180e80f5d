import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { inSentence } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { MoveItems } from "../../../parts/MoveItems.tsx";
import type { FullSequence } from "../sequences/queries.ts";
import { type DraftStep, duplicateStep } from "./draft.ts";
import { waitingAt } from "./impact.ts";
import { nameOf } from "./step-words.ts";
import type { Drafting } from "./use-draft.ts";

type Props = {
  whole: FullSequence;
  drafting: Drafting;
  step: DraftStep;
  index: number;
  onMove: (by: 1 | -1) => void;
};

export function StepMenu({ whole, drafting, step, index, onMove }: Props) {
  const { draft, change } = drafting;
  const [isDeleting, setIsDeleting] = useState(false);
  const [, go] = useAddress();
  const waiting = waitingAt(whole.emailer_steps).get(step.id ?? "") ?? 0;
  const remove = () => {
    change((steps) => steps.filter(({ key }) => key !== step.key));
    go({ step: undefined });
  };
  const isOnly = draft.length === 1 && whole.emailer_steps.length > 0;
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
            at={index}
            of={draft.length}
            onMove={onMove}
            onCopy={() => change((steps) => duplicateStep(steps, step.key))}
          />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconTrash size="1rem" stroke={1.75} />}
            disabled={isOnly}
            onClick={() => (waiting > 0 ? setIsDeleting(true) : remove())}
          >
            {waiting > 0 ? t("Delete …") : t("Delete")}
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
          <p>
            {t(
              "{waiting, plural, one {# contact waits} other {# contacts wait}} at this step. After you save, they will move to the next step, or finish after the last one.",
              { waiting },
            )}
          </p>
          <p className="soft">
            {t("Nothing changes until you save. Until then, Discard restores the step.")}
          </p>
        </Confirm>
      )}
    </>
  );
}

import { ActionIcon, Menu } from "@mantine/core";
import { IconDots, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { count } from "../../parts/figures.ts";
import { MoveItems } from "../../parts/MoveItems.tsx";
import type { Whole } from "../sequences/queries.ts";
import { type DraftStep, duplicateStep } from "./draft.ts";
import { waitingAt } from "./impact.ts";
import { nameOf } from "./step-words.ts";
import type { Drafting } from "./use-draft.ts";

type Props = {
  whole: Whole;
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
          <ActionIcon variant="subtle" color="gray" aria-label={`More about step ${index + 1}`}>
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
            {waiting > 0 ? "Delete …" : "Delete"}
          </Menu.Item>
          {isOnly && <Menu.Label>A sequence keeps one step.</Menu.Label>}
        </Menu.Dropdown>
      </Menu>
      {isDeleting && (
        <Confirm
          title={`Delete step ${index + 1}, ${nameOf(step.type).toLowerCase()}?`}
          verb="Delete the step"
          isBusy={false}
          error={null}
          onConfirm={remove}
          onClose={() => setIsDeleting(false)}
        >
          <p>
            {count(waiting, "contact waits", "contacts wait")} at this step. Once you save, they go on with
            the step behind it, or finish where there is none.
          </p>
          <p className="soft">Nothing happens before you save: until then, Discard brings it back.</p>
        </Confirm>
      )}
    </>
  );
}

import { Select } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { Confirm } from "../../parts/Confirm.tsx";
import { toast } from "../../parts/toast.tsx";

type Named = { id: string; name: string };
type Props = {
  stage: Named;
  others: readonly Named[];
  noun: { one: string; many: string };
  remove: UseMutationResult<unknown, Error, { id: string; to: string | null }>;
  onClose: () => void;
  onDone: () => void;
};

/** Asks where those in it go. */
export function DeleteStage({ stage, others, noun, remove, onClose, onDone }: Props) {
  const [to, setTo] = useState<string | null>(null);
  const confirm = () =>
    remove.mutate(
      { id: stage.id, to },
      {
        onSuccess: () => {
          toast(`The stage ${stage.name} is deleted.`);
          onDone();
        },
      },
    );
  return (
    <Confirm
      title={`Delete ${stage.name}?`}
      verb="Delete the stage"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>The stage itself does not come back. No {noun.one} is lost: say where those in it go.</p>
      <Select
        label={`Its ${noun.many} go to`}
        placeholder="No stage"
        clearable
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={to}
        onChange={setTo}
      />
    </Confirm>
  );
}

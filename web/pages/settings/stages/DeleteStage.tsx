import { Select } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";

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
          toast(t("Stage {name} deleted.", { name: stage.name }));
          onDone();
        },
      },
    );
  return (
    <Confirm
      title={t("Delete {name}?", { name: stage.name })}
      verb={t("Delete stage")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {t("You can't undo this. No {one} will be deleted. Choose the new stage of its {many}.", {
          one: noun.one,
          many: noun.many,
        })}
      </p>
      <Select
        label={t("Move its {many} to", { many: noun.many })}
        placeholder={t("No stage")}
        clearable
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={to}
        onChange={setTo}
      />
    </Confirm>
  );
}

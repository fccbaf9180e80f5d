import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Sequence, useArchive, useChangeSequence } from "./queries.ts";
import { underWay } from "./words.tsx";

type Props = { sequence: Sequence; onClose: () => void };

export function ArchiveDialog({ sequence, onClose }: Props) {
  const archive = useArchive();
  const change = useChangeSequence();
  const going = underWay(sequence);
  const { id, name, active } = sequence;
  const go = () =>
    archive.mutate(id, {
      onSuccess: () => {
        // Contacts who were finished by it stay finished.
        const undo = () =>
          change.mutateAsync({ id, archived: false, ifMatch: undefined, ...(active && { active }) });
        toast(t("“{name}” archived.", { name }), going === 0 ? { undo } : {});
        onClose();
      },
    });
  return (
    <Confirm
      title={t("Archive “{name}”?", { name })}
      verb={t("Archive")}
      isBusy={archive.isPending}
      error={archive.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        {going > 0
          ? t(
              "{going, plural, one {# contact} other {# contacts}} still in progress will finish at once and get no further email from it.",
              { going },
            )
          : t("No contacts are in progress, so no contact is affected.")}
      </p>
      <p className="soft">
        {t(
          "You can unarchive it later, but finished contacts stay finished. Its statistics and emails are kept.",
        )}
      </p>
    </Confirm>
  );
}

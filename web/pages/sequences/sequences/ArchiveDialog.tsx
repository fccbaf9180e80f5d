import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";
import { type Sequence, useArchive } from "./queries.ts";
import { underWay } from "./words.tsx";

type Props = { sequence: Sequence; onClose: () => void };

export function ArchiveDialog({ sequence, onClose }: Props) {
  const archive = useArchive();
  const going = underWay(sequence);
  const go = () =>
    archive.mutate(sequence.id, {
      onSuccess: () => {
        toast(t("“{name}” archived.", { name: sequence.name }));
        onClose();
      },
    });
  return (
    <Confirm
      title={t("Archive “{name}”?", { name: sequence.name })}
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

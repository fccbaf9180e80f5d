import { Confirm } from "../../parts/Confirm.tsx";
import { count } from "../../parts/figures.ts";
import { toast } from "../../parts/toast.tsx";
import { type Sequence, useArchive } from "./queries.ts";
import { underWay } from "./words.tsx";

type Props = { sequence: Sequence; onClose: () => void };

export function ArchiveDialog({ sequence, onClose }: Props) {
  const archive = useArchive();
  const going = underWay(sequence);
  const go = () =>
    archive.mutate(sequence.id, {
      onSuccess: () => {
        toast(`“${sequence.name}” is archived.`);
        onClose();
      },
    });
  return (
    <Confirm
      title={`Archive “${sequence.name}”?`}
      verb="Archive"
      isBusy={archive.isPending}
      error={archive.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>
        {going > 0
          ? `${count(going, "contact who is", "contacts who are")} still on the way in it finish at once, and get no further mail from it.`
          : "Nobody is on the way in it, so nobody is affected."}
      </p>
      <p className="soft">
        It can be taken out of the archive later, but whoever has finished stays finished. Its numbers and
        mails are kept.
      </p>
    </Confirm>
  );
}

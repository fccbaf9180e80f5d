import { Confirm } from "../../parts/Confirm.tsx";
import { Facts } from "../../parts/Facts.tsx";
import { Moment } from "../../parts/Moment.tsx";
import { toast } from "../../parts/toast.tsx";
import { usePeople } from "../people/queries.ts";
import { type Suppression, useBar, useLift } from "./queries.ts";
import { KINDS, SOURCES, wasAskedFor } from "./words.ts";

export function LiftDialog({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const { kind, value, reason } = suppression;
  const { data: people = [] } = usePeople();
  const lift = useLift();
  const bar = useBar();
  const by = people.find(({ id }) => id === suppression.created_by_user_id)?.name;
  const confirm = () =>
    lift.mutate(suppression.id, {
      onSuccess: () => {
        toast(`${value} may be mailed again.`, { undo: () => bar.mutateAsync({ kind, value, reason }) });
        onClose();
      },
    });
  return (
    <Confirm
      title={value}
      verb="Lift the bar"
      isBusy={lift.isPending}
      error={lift.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Facts
        facts={[
          ["Bars", KINDS[kind]],
          ["Why", SOURCES[suppression.source]],
          ["Reason", reason ?? "–"],
          ["By", by ?? "–"],
          ["Since", <Moment key="since" at={suppression.created_at} />],
        ]}
      />
      {wasAskedFor(suppression) && (
        <p role="note">
          They asked for this themselves. Mailing them again without their word is against the law in many
          countries.
        </p>
      )}
    </Confirm>
  );
}

import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useIsAdmin } from "../../../session.ts";
import { usePeople } from "../people/queries.ts";
import { type Suppression, useBar, useLift } from "./queries.ts";
import { isOptOut, KINDS, SOURCES, wasAskedFor } from "./words.ts";

export function LiftDialog({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const { kind, value, reason } = suppression;
  const { data: people = [] } = usePeople();
  const isAdmin = useIsAdmin();
  const lift = useLift();
  const bar = useBar();
  const by = people.find(({ id }) => id === suppression.created_by_user_id)?.name;
  const confirm = () =>
    lift.mutate(suppression.id, {
      onSuccess: () => {
        toast(t("{value} can be emailed again.", { value }), {
          undo: () => bar.mutateAsync({ kind, value, reason }),
        });
        onClose();
      },
    });
  const facts = (
    <Facts
      facts={[
        [t("Blocks"), KINDS[kind]],
        [t("Source"), SOURCES[suppression.source]],
        [t("Reason"), reason ?? "–"],
        [t("By"), by ?? "–"],
        [t("Since"), <Moment key="since" at={suppression.created_at} />],
      ]}
    />
  );
  if (isOptOut(suppression) && !isAdmin)
    return (
      <Dialog title={value} onClose={onClose}>
        <div className="stack">
          {facts}
          <p role="note">{t("The contact has opted out. Only an admin can remove an opt-out.")}</p>
        </div>
      </Dialog>
    );
  return (
    <Confirm
      title={value}
      verb={t("Remove from list")}
      isBusy={lift.isPending}
      error={lift.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {facts}
      {wasAskedFor(suppression) && (
        <p role="note">
          {t(
            "The contact asked for this. Emailing them again without their consent is illegal in many countries.",
          )}
        </p>
      )}
    </Confirm>
  );
}

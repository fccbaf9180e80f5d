import { t } from "../../../language/t.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { toast } from "../../../parts/toast.tsx";
import { useKeys } from "../api-keys/queries.ts";
import { type TeamMember, useDeactivate, useReactivate } from "./queries.ts";

type Props = { person: TeamMember; onClose: () => void; onDone: () => void };

export function DeactivateDialog({ person, onClose, onDone }: Props) {
  const deactivate = useDeactivate();
  const reactivate = useReactivate();
  const { data: keys = [] } = useKeys();
  const theirs = keys.filter(({ user_id, revoked_at }) => user_id === person.id && !revoked_at);
  const go = () =>
    deactivate.mutate(person.id, {
      onSuccess: () => {
        toast(t("{name} deactivated.", { name: person.name }), {
          undo: () => reactivate.mutateAsync(person.id),
        });
        onDone();
      },
    });
  return (
    <Confirm
      title={t("Deactivate {name}?", { name: person.name })}
      verb={t("Deactivate")}
      isBusy={deactivate.isPending}
      error={deactivate.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>{t("These will stop working at once:")}</p>
      <ul className="bullets">
        <li>{t("all sessions of {name}", { name: person.name })}</li>
        <li>{t("invitation and password links for {name}", { name: person.name })}</li>
        <li>{sayKeys(theirs.map(({ name }) => name))}</li>
      </ul>
      <p className="soft">
        {t(
          "Their actions stay in the history. If you reactivate them later, their sign-in and keys work again.",
        )}
      </p>
    </Confirm>
  );
}

function sayKeys(names: readonly string[]) {
  if (names.length === 0) return t("API keys that act as this user (none now)");
  return t("API keys that act as this user: {names}", { names: names.join(", ") });
}

import { Confirm } from "../../parts/Confirm.tsx";
import { toast } from "../../parts/toast.tsx";
import { useKeys } from "../api-keys/queries.ts";
import { type Person, useDeactivate, useReactivate } from "./queries.ts";

type Props = { person: Person; onClose: () => void; onDone: () => void };

export function DeactivateDialog({ person, onClose, onDone }: Props) {
  const deactivate = useDeactivate();
  const reactivate = useReactivate();
  const { data: keys = [] } = useKeys();
  const theirs = keys.filter(({ user_id, revoked_at }) => user_id === person.id && !revoked_at);
  const go = () =>
    deactivate.mutate(person.id, {
      onSuccess: () => {
        toast(`${person.name} is deactivated.`, { undo: () => reactivate.mutateAsync(person.id) });
        onDone();
      },
    });
  return (
    <Confirm
      title={`Deactivate ${person.name}?`}
      verb="Deactivate"
      isBusy={deactivate.isPending}
      error={deactivate.error}
      onConfirm={go}
      onClose={onClose}
    >
      <p>This ends at once, everywhere:</p>
      <ul className="bullets">
        <li>every place where {person.name} is signed in</li>
        <li>invitation and password links made for them</li>
        <li>{sayKeys(theirs.map(({ name }) => name))}</li>
      </ul>
      <p className="soft">
        What they did stays in the history. You can reactivate them later; then they sign in again, and their
        keys work again.
      </p>
    </Confirm>
  );
}

function sayKeys(names: readonly string[]) {
  if (names.length === 0) return "API keys that act as them; there are none just now";
  return `API keys that act as them: ${names.join(", ")}`;
}

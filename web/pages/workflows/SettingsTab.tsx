import { Button } from "@mantine/core";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { InlineField } from "../../parts/InlineField.tsx";
import { Section } from "../../parts/Page.tsx";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { useMe } from "../../session.ts";
import { usePeople } from "../people/queries.ts";
import { Owner } from "./columns.tsx";
import { type Secrets, useChange, useNewSecrets, type Workflow } from "./queries.ts";
import { SecretsDialog } from "./SecretsDialog.tsx";
import { triggerOf } from "./trigger.ts";
import type { TabProps } from "./WorkflowPage.tsx";
import classes from "./Workflows.module.css";

export function SettingsTab({ workflow, mayChange }: TabProps) {
  const [, change] = useAddress();
  return (
    <div className={`stack ${classes.first}`}>
      <Section title="About" note="It may do what its owner may, and writes in their name.">
        <Name workflow={workflow} mayChange={mayChange} />
        <GivenTo workflow={workflow} />
      </Section>
      {mayChange && <NewSecrets workflow={workflow} />}
      {mayChange && (
        <Section title="Delete" note="Its log goes with it.">
          <div>
            <Button variant="default" onClick={() => change({ do: "delete" })}>
              Delete the workflow …
            </Button>
          </div>
        </Section>
      )}
    </div>
  );
}

/** From one to the other by an admin alone: it acts with the rights of whoever has it. */
function GivenTo({ workflow: { id, user_id } }: { workflow: Workflow }) {
  const change = useChange();
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  if (user.role !== "admin")
    return (
      <p>
        <Owner id={user_id} />
      </p>
    );
  const save = (next: string) =>
    next &&
    change.mutate(
      { id, user_id: next },
      {
        onSuccess: () =>
          toast("The workflow has another owner.", {
            undo: () => change.mutateAsync({ id, user_id }),
          }),
        onError: (error) => toast(accountFor(error, "writing").happened),
      },
    );
  return (
    <dl>
      <InlineField
        label="Owner"
        kind="choice"
        value={user_id}
        choices={people
          .filter((one) => one.state === "active" || one.id === user_id)
          .map((one) => ({ value: one.id, label: one.name }))}
        onSave={save}
      />
    </dl>
  );
}

function Name({ workflow: { id, name }, mayChange }: { workflow: Workflow; mayChange: boolean }) {
  const change = useChange();
  if (!mayChange) return <p>{name}</p>;
  const save = (next: string) =>
    next.trim() &&
    change.mutate(
      { id, name: next.trim() },
      { onError: (error) => toast(accountFor(error, "writing").happened) },
    );
  return (
    <dl>
      <InlineField label="Name" value={name} onSave={save} />
    </dl>
  );
}

/** Neither is kept in a form that could be shown again, so what is lost is replaced. */
function NewSecrets({ workflow }: { workflow: Workflow }) {
  const [isAsking, setIsAsking] = useState(false);
  const [secrets, setSecrets] = useState<Secrets | null>(null);
  const renew = useNewSecrets();
  const hasAddress = triggerOf(workflow).type === "webhook";
  const what = hasAddress ? "address and secret" : "secret";
  return (
    <Section
      title={hasAddress ? "Address and secret" : "Secret"}
      note={
        hasAddress
          ? "Its address sets it off; its secret signs what it sends to webhooks. Each is shown once."
          : "It signs what the workflow sends to webhooks, and is shown once."
      }
    >
      <div>
        <Button variant="default" onClick={() => setIsAsking(true)}>
          Make another {what} …
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={`Make another ${what}?`}
          verb="Make another"
          isBusy={renew.isPending}
          error={renew.error}
          onConfirm={() =>
            renew.mutate(workflow.id, {
              onSuccess: (made) => {
                setIsAsking(false);
                setSecrets(made.secrets);
              },
            })
          }
          onClose={() => setIsAsking(false)}
        >
          <p>
            {hasAddress
              ? "The address and the secret until now stop working at once"
              : "The secret until now stops working at once"}
            : whoever uses them has to be given the new ones.
          </p>
        </Confirm>
      )}
      {secrets && <SecretsDialog secrets={secrets} onDone={() => setSecrets(null)} />}
    </Section>
  );
}

import { Button } from "@mantine/core";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { FactField } from "../../../parts/facts/FactField.tsx";
import { type Fact, wordsIn } from "../../../parts/facts/fact.ts";
import type { FactSource } from "../../../parts/facts/save-fact.ts";
import { Section } from "../../../parts/Page.tsx";
import { queries, useMe } from "../../../session.ts";
import { usePeople } from "../../settings/people/queries.ts";
import { Owner } from "./columns.tsx";
import { useChange, useNewSecrets, type Workflow, type WorkflowSecrets, workflowQuery } from "./queries.ts";
import { SecretsDialog } from "./SecretsDialog.tsx";
import { triggerOf } from "./trigger.ts";
import type { TabProps } from "./WorkflowPage.tsx";
import classes from "./Workflows.module.css";

export function SettingsTab({ workflow, mayChange }: TabProps) {
  const [, change] = useAddress();
  return (
    <div className={`stack ${classes.first}`}>
      <Section title={t("About")} note={t("The workflow acts with the rights and in the name of its owner.")}>
        <Name workflow={workflow} mayChange={mayChange} />
        <GivenTo workflow={workflow} />
      </Section>
      {mayChange && <NewSecrets workflow={workflow} />}
      {mayChange && (
        <Section title={t("Delete")} note={t("Its log will be deleted too.")}>
          <div>
            <Button variant="default" onClick={() => change({ do: "delete" })}>
              {t("Delete workflow …")}
            </Button>
          </div>
        </Section>
      )}
    </div>
  );
}

/** Only an admin gives a workflow to another user: it acts with the rights of its owner. */
function GivenTo({ workflow }: { workflow: Workflow }) {
  const source = useWorkflowSource(workflow);
  const { user } = useMe();
  const { data: people = [] } = usePeople();
  if (user.role !== "admin")
    return (
      <p>
        <Owner id={workflow.user_id} />
      </p>
    );
  const owner: Fact<Workflow, WorkflowValues> = {
    label: t("Owner"),
    input: ({ user_id }) => ({
      kind: "choice",
      value: user_id,
      choices: people
        .filter((one) => one.state === "active" || one.id === user_id)
        .map((one) => ({ value: one.id, label: one.name })),
    }),
    change: (value) => ({ user_id: wordsIn(value) }),
  };
  return (
    <dl>
      <FactField fact={owner} of={workflow} source={source} />
    </dl>
  );
}

const NAME = (): Fact<Workflow, WorkflowValues> => ({
  label: t("Name"),
  input: ({ name }) => ({ value: name }),
  change: (value) => ({ name: wordsIn(value) }),
});

function Name({ workflow, mayChange }: { workflow: Workflow; mayChange: boolean }) {
  const source = useWorkflowSource(workflow);
  if (!mayChange) return <p>{workflow.name}</p>;
  return (
    <dl>
      <FactField fact={NAME()} of={workflow} source={source} />
    </dl>
  );
}

type WorkflowValues = { name?: string; user_id?: string };

function useWorkflowSource({ id }: Workflow): FactSource<Workflow, WorkflowValues> {
  const change = useChange();
  return {
    read: () => queries.fetchQuery({ ...workflowQuery(id), staleTime: 0 }),
    write: async (values, given) => {
      await change.mutateAsync({ ...values, id, ...given });
      return {};
    },
  };
}

/** Neither is kept in a form that could be shown again, so what is lost is replaced. */
function NewSecrets({ workflow }: { workflow: Workflow }) {
  const [isAsking, setIsAsking] = useState(false);
  const [secrets, setSecrets] = useState<WorkflowSecrets | null>(null);
  const renew = useNewSecrets();
  const hasAddress = triggerOf(workflow).type === "webhook";
  const what = hasAddress ? t("URL and secret") : "secret";
  return (
    <Section
      title={hasAddress ? t("URL and secret") : t("Secret")}
      note={
        hasAddress
          ? t("The URL starts the workflow. The secret signs its webhook calls. Both are shown only once.")
          : t("The secret signs the workflow's webhook calls. It is shown only once.")
      }
    >
      <div>
        <Button variant="default" onClick={() => setIsAsking(true)}>
          {t("Create new {what} …", { what })}
        </Button>
      </div>
      {isAsking && (
        <Confirm
          title={t("Create new {what}?", { what })}
          verb={t("Create new")}
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
              ? t("The old URL and secret will stop working at once. Update every system that uses them.")
              : t("The old secret will stop working at once. Update every system that uses it.")}
          </p>
        </Confirm>
      )}
      {secrets && <SecretsDialog secrets={secrets} onDone={() => setSecrets(null)} />}
    </Section>
  );
}

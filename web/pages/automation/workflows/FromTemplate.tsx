import { Button, TextInput } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { t } from "../../../language/t.ts";
import { useKept } from "../../../parts/kept.ts";
import { Page } from "../../../parts/Page.tsx";
import { guessTimeZone } from "../../../parts/TimeZoneField.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { BuildTab } from "./BuildTab.tsx";
import { lackOf, spoken } from "./draft.ts";
import { type NewWorkflow, type TrialWish, useCreate } from "./queries.ts";
import { seedOf } from "./seed.ts";
import { TryOne } from "./TryOne.tsx";
import type { WorkflowTemplate } from "./templates/template.ts";
import { useDraft } from "./use-draft.ts";
import classes from "./Workflows.module.css";

type Props = { template: WorkflowTemplate; note?: ReactNode };

/** The editor before the workflow exists: it is created once its blanks are filled. */
export function FromTemplate({ template, note }: Props) {
  const navigate = useNavigate();
  const create = useCreate();
  const named = useKept(`new-name-${template.key}`, template.name);
  const name = named.value;
  const [seed] = useState(() => seedOf(template, guessTimeZone()));
  const drafting = useDraft(`new-${template.key}-${JSON.stringify(template.actions)}`, seed);
  const lack = name.trim() === "" ? t("Enter a name.") : lackOf(drafting.draft, drafting.saved);
  const go = () =>
    create.mutate({ ...spoken(drafting.draft), name: name.trim(), entity: seed.entity } as NewWorkflow, {
      onSuccess: ({ workflow: { id } }) => {
        drafting.discard();
        named.forget();
        toast(t("Workflow created. It stays off until you turn it on."));
        void navigate({ to: "/workflows/$id", params: { id } });
      },
    });
  return (
    <Page
      title={t("New workflow")}
      within={
        <>
          <Link to="/workflows">{t("Workflows")}</Link> / <Link to="/workflows/new">{t("Templates")}</Link>
        </>
      }
      state={template.says}
      action={
        <Button disabled={lack !== null} loading={create.isPending} onClick={go}>
          {t("Create workflow")}
        </Button>
      }
    >
      {note}
      <div className={classes.begin}>
        <TextInput
          label={t("Name")}
          maxLength={200}
          value={name}
          onChange={({ currentTarget: { value } }) => named.keep(() => value)}
        />
        <p className={lack === null ? "soft" : classes.notSaved} role="status">
          {lack ?? t("Nothing is left to fill in.")}
        </p>
        <Trouble error={create.error} doing="writing" />
      </div>
      <BuildTab workflow={seed} drafting={drafting} mayChange />
      {lack === null && (
        <TryOne entity={seed.entity} wish={{ ...spoken(drafting.draft), entity: seed.entity } as TrialWish} />
      )}
    </Page>
  );
}

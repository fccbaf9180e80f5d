import { Skeleton, Tabs } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { useLate } from "../../../parts/late.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { UnsavedBar } from "../../../parts/UnsavedBar.tsx";
import tabbed from "../../sequences/sequences/SequencePage.module.css";
import { changeOf, draftOf, lackOf } from "./draft.ts";
import { useChangeShown, useWorkflow, type Workflow } from "./queries.ts";
import { useMayChange } from "./right.ts";
import { type Drafting, isSameDraft, useDraft } from "./use-draft.ts";
import { WorkflowHeader } from "./WorkflowHeader.tsx";
import classes from "./Workflows.module.css";

export type TabProps = { workflow: Workflow; drafting: Drafting; mayChange: boolean };

const TABS = perLanguage(
  () =>
    [
      {
        name: "build",
        label: t("Build"),
        Page: lazy(async () => ({ default: (await import("./BuildTab.tsx")).BuildTab })),
      },
      {
        name: "diagram",
        label: t("Diagram"),
        Page: lazy(async () => ({ default: (await import("./DiagramTab.tsx")).DiagramTab })),
      },
      {
        name: "try",
        label: t("Preview"),
        Page: lazy(async () => ({ default: (await import("./TryTab.tsx")).TryTab })),
      },
      {
        name: "runs",
        label: t("Runs"),
        Page: lazy(async () => ({ default: (await import("./RunsTab.tsx")).RunsTab })),
      },
      {
        name: "settings",
        label: t("Settings"),
        Page: lazy(async () => ({ default: (await import("./SettingsTab.tsx")).SettingsTab })),
      },
    ] as const,
);

/** One workflow: what it is and its state, and below it one of its tabs. */
export function WorkflowPage() {
  const { id = "" } = useParams({ strict: false });
  const found = useWorkflow(id);
  if (found.error) return <Trouble error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  return <Framed key={id} workflow={found.data} />;
}

function Framed({ workflow }: { workflow: Workflow }) {
  useDocumentTitle(t("{name} · Cadenza", { name: workflow.name }));
  const [address, change] = useAddress();
  const drafting = useDraft(workflow.id, workflow);
  const mayChange = useMayChange(workflow);
  const tabs = workflow.archived ? TABS.filter(({ name }) => name !== "try") : TABS; // it runs in no way
  const open = tabs.find(({ name }) => name === address.tab) ?? TABS[0];
  return (
    <div className={tabbed.page}>
      <WorkflowHeader workflow={workflow} isDirty={drafting.isDirty} />
      <Tabs value={open.name} onChange={(tab) => tab && change({ ...LEFT_BEHIND, tab })}>
        <Tabs.List className={tabbed.tabs}>
          {tabs.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={open.name} className={tabbed.panel} tabIndex={-1}>
          <Suspense fallback={<Waiting />}>
            <open.Page workflow={workflow} drafting={drafting} mayChange={mayChange} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
      <SaveBar workflow={workflow} drafting={drafting} />
    </div>
  );
}

const LEFT_BEHIND = {
  status: undefined,
  open: undefined,
  step: undefined,
  contact: undefined,
  peek: undefined,
};

/** Who is on their way keeps the version they began with, so saving is asked about nothing more. */
function SaveBar({ workflow: { id, active }, drafting }: { workflow: Workflow; drafting: Drafting }) {
  const save = useChangeShown((now) => isSameDraft(draftOf(now), drafting.saved));
  const lack = lackOf(drafting.draft, drafting.saved);
  if (!drafting.isDirty) return null; // and stays, to say so once it is saved
  const sides = save.isPending ? null : drafting.sides; // what is being saved is one's own
  const onSuccess = () => {
    drafting.discard();
    toast(t("Saved."));
  };
  return (
    <UnsavedBar
      says={
        lack ??
        (sides
          ? t("Another user saved this workflow after you started. Save the version that you want to keep.")
          : active
            ? t("You have unsaved changes. Records already in a run keep the old version.")
            : t("You have unsaved changes."))
      }
      sides={sides}
      isBusy={save.isPending}
      error={save.error}
      onDiscard={drafting.discard}
      onSave={() => {
        if (sides?.shown === "theirs")
          drafting.discard(); // it is saved
        else if (lack === null) save.mutate(changeOf(id, drafting.draft, drafting.saved), { onSuccess });
      }}
    />
  );
}

function Waiting() {
  const isLate = useLate(true);
  return (
    <div className={classes.waiting} aria-busy="true">
      {isLate && ["a", "b", "c"].map((card) => <Skeleton key={card} height={72} radius="sm" />)}
    </div>
  );
}

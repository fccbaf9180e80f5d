import { ActionIcon, Button, Checkbox, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconRun,
  IconTrash,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Confirm } from "../../../parts/Confirm.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { LinesSkeleton } from "../../../parts/LinesSkeleton.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
import classes from "../../sequences/sequences/SequenceVerbs.module.css";
import { isEverybody } from "./kept-filters.ts";
import { sayLookBack } from "./look-back.ts";
import {
  lookBackQuery,
  type NewWorkflow,
  useArchive,
  useBringBack,
  useCreate,
  useDelete,
  useSwitchOff,
  useSwitchOn,
  type Workflow,
} from "./queries.ts";
import { triggerOf } from "./trigger.ts";
import { Warnings } from "./Warnings.tsx";

type Props = { workflow: Workflow; mayChange: boolean; isDirty: boolean };

/** What can be done with a workflow as a whole. What is not saved yet is not what would run. */
export function WorkflowVerbs({ workflow, mayChange, isDirty }: Props) {
  const [address, change] = useAddress();
  const close = () => change({ do: undefined });
  return (
    <div className={classes.verbs}>
      {!mayChange && <p className="soft small">{t("Only the owner and admins can edit this workflow.")}</p>}
      {mayChange &&
        (workflow.archived ? (
          <BringBack workflow={workflow} />
        ) : (
          <Switch workflow={workflow} isDirty={isDirty} />
        ))}
      <More workflow={workflow} mayChange={mayChange} />
      {address.do === "delete" && <DeleteDialog workflow={workflow} onClose={close} />}
      {address.do === "archive" && <ArchiveDialog workflow={workflow} onClose={close} />}
    </div>
  );
}

function Switch({ workflow, isDirty }: { workflow: Workflow; isDirty: boolean }) {
  const [isAsking, setIsAsking] = useState(false);
  const on = useSwitchOn();
  const off = useSwitchOff();
  const { id, active } = workflow;
  const switchOff = () =>
    off.mutate(id, {
      onSuccess: () =>
        toast(t("Turned off. Records in a run will wait until it is on again."), {
          undo: () => on.mutateAsync({ id, everybody: isEverybody(workflow.filters) }),
        }),
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return (
    <>
      {active ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size="0.875rem" aria-hidden />}
          loading={off.isPending}
          onClick={switchOff}
        >
          {t("Turn off")}
        </Button>
      ) : (
        <span data-main-action>
          <Button
            leftSection={<IconPlayerPlay size="0.875rem" aria-hidden />}
            disabled={isDirty}
            onClick={() => setIsAsking(true)}
          >
            {t("Turn on")}{" "}
          </Button>
        </span>
      )}
      {/* Beside both: it closes itself when it is on, and says so. */}
      {isAsking && <SwitchOnDialog workflow={workflow} onClose={() => setIsAsking(false)} />}
    </>
  );
}

/** What the user should know before. A schedule without filters takes all records, which must be confirmed; an event takes its own. */
function SwitchOnDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const on = useSwitchOn();
  const [everybody, setEverybody] = useState(false);
  const isAll = triggerOf(workflow).type === "schedule" && isEverybody(workflow.filters);
  return (
    <Dialog title={t("Turn on “{name}”?", { name: workflow.name })} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          on.mutate(
            { id: workflow.id, everybody },
            {
              onSuccess: () => {
                toast(t("Workflow turned on."));
                onClose();
              },
            },
          );
        }}
      >
        <p>{t("The workflow will run automatically. Turning it off later does not undo its actions.")}</p>
        <BeforeOn workflow={workflow} />
        <Warnings warnings={workflow.warnings} />
        {isAll && (
          <Checkbox
            label={t("Yes, include all records")}
            checked={everybody}
            onChange={({ currentTarget }) => setEverybody(currentTarget.checked)}
          />
        )}
        <Trouble error={on.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button type="submit" data-autofocus disabled={isAll && !everybody} loading={on.isPending}>
            {t("Turn on")}{" "}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What it would have done lately; the page below says it in full. */
function BeforeOn({ workflow }: { workflow: Workflow }) {
  const { data } = useQuery(lookBackQuery({ id: workflow.id }));
  if (!data) return <LinesSkeleton lines={1} />;
  return (
    <p className="soft" role="status">
      {sayLookBack(data, workflow.entity, triggerOf(workflow))}
    </p>
  );
}

function More({ workflow, mayChange }: Omit<Props, "isDirty">) {
  const [, change] = useAddress();
  const navigate = useNavigate();
  const create = useCreate();
  const copy = () =>
    create.mutate(copyOf(workflow), {
      onSuccess: ({ workflow: { id, name } }) => {
        toast(t("“{name}” created as a copy. It is off.", { name }));
        void navigate({ to: "/workflows/$id", params: { id } });
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return (
    <Menu width={232}>
      <Menu.Target>
        <ActionIcon variant="default" size="var(--control)" aria-label={t("More about this workflow")}>
          <IconDots size="1rem" stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayChange && !workflow.archived && (
          <Menu.Item
            leftSection={<IconRun size="1rem" stroke={1.75} />}
            onClick={() => change({ tab: "try" })}
          >
            {t("Preview and run …")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size="1rem" stroke={1.75} />} onClick={copy}>
          {t("Duplicate")}
        </Menu.Item>
        {mayChange && !workflow.archived && (
          <Menu.Item
            leftSection={<IconArchive size="1rem" stroke={1.75} />}
            onClick={() => change({ do: "archive" })}
          >
            {t("Archive …")}
          </Menu.Item>
        )}
        {mayChange && (
          <Menu.Item
            leftSection={<IconTrash size="1rem" stroke={1.75} />}
            onClick={() => change({ do: "delete" })}
          >
            {t("Delete …")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function copyOf({ name, entity, trigger, filters, net_new, reentry, actions, caps }: Workflow) {
  return {
    name: `${name} (copy)`.slice(0, 200),
    entity,
    trigger,
    filters,
    net_new,
    reentry,
    actions,
    caps,
  } as NewWorkflow;
}

function BringBack({ workflow: { id, name } }: { workflow: Workflow }) {
  const bringBack = useBringBack();
  const go = () =>
    bringBack.mutate(id, {
      onSuccess: () => toast(t("“{name}” unarchived. It is off.", { name })),
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconArchiveOff size="0.875rem" aria-hidden />}
      loading={bringBack.isPending}
      onClick={go}
    >
      {t("Unarchive")}
    </Button>
  );
}

function ArchiveDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const archive = useArchive();
  const bringBack = useBringBack();
  const { id, name, num_waiting, active } = workflow;
  // Records that wait in it stop for good, and one that was on would come back turned off.
  const isWhole = num_waiting === 0 && !active;
  return (
    <Confirm
      title={t("Archive “{name}”?", { name })}
      verb={t("Archive")}
      isBusy={archive.isPending}
      error={archive.error}
      onConfirm={() =>
        archive.mutate(id, {
          onSuccess: () => {
            toast(
              t("“{name}” archived.", { name }),
              isWhole ? { undo: () => bringBack.mutateAsync(id) } : {},
            );
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {sayWaiting(num_waiting)} {t("An archived workflow does not run, not even manually.")}
      </p>
      <p className="soft">{t("You can unarchive it later. Its runs and log are kept.")}</p>
    </Confirm>
  );
}

function DeleteDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useDelete();
  const { id, name, num_waiting } = workflow;
  return (
    <Confirm
      title={t("Delete “{name}”?", { name })}
      verb={t("Delete")}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            toast(t("“{name}” deleted.", { name }));
            void navigate({ to: "/workflows" });
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {sayWaiting(num_waiting)} {t("Its log will be deleted too.")}
      </p>
      <p className="soft">{t("You can't undo this. To keep the log, turn the workflow off instead.")}</p>
    </Confirm>
  );
}

function sayWaiting(waiting: number) {
  return waiting > 0
    ? t("{waiting, number} waiting in it will stop.", { waiting })
    : t("Nothing is waiting in it.");
}

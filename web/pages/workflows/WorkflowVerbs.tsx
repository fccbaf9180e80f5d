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
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { Dialog } from "../../parts/Dialog.tsx";
import { figure } from "../../parts/figures.ts";
import { Trouble } from "../../parts/Trouble.tsx";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import classes from "../sequences/SequenceVerbs.module.css";
import { isEverybody } from "./kept-filters.ts";
import {
  type NewWorkflow,
  useArchive,
  useBringBack,
  useCreate,
  useDelete,
  useSwitchOff,
  useSwitchOn,
  type Workflow,
} from "./queries.ts";
import { Warnings } from "./Warnings.tsx";

type Props = { workflow: Workflow; mayChange: boolean; isDirty: boolean };

/** What can be done with a workflow as a whole. What is not saved yet is not what would run. */
export function WorkflowVerbs({ workflow, mayChange, isDirty }: Props) {
  const [address, change] = useAddress();
  const close = () => change({ do: undefined });
  return (
    <div className={classes.verbs}>
      {!mayChange && <p className="soft small">Only its owner and admins change it.</p>}
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
        toast("Switched off. Whoever is on their way waits until it is on again.", {
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
          Switch off
        </Button>
      ) : (
        <span data-main-action>
          <Button
            leftSection={<IconPlayerPlay size="0.875rem" aria-hidden />}
            disabled={isDirty}
            onClick={() => setIsAsking(true)}
          >
            Switch on
          </Button>
        </span>
      )}
      {/* Beside both: it closes itself when it is on, and says so. */}
      {isAsking && <SwitchOnDialog workflow={workflow} onClose={() => setIsAsking(false)} />}
    </>
  );
}

/** What should be known before; that everybody is meant is said by whoever means it. */
function SwitchOnDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const on = useSwitchOn();
  const [everybody, setEverybody] = useState(false);
  const isAll = isEverybody(workflow.filters);
  return (
    <Dialog title={`Switch “${workflow.name}” on?`} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          on.mutate(
            { id: workflow.id, everybody },
            {
              onSuccess: () => {
                toast("It is on.");
                onClose();
              },
            },
          );
        }}
      >
        <p>From now on it acts by itself. What it has done stays done, also when it is switched off again.</p>
        <Warnings warnings={workflow.warnings} />
        {isAll && (
          <Checkbox
            label="I mean everybody there is"
            checked={everybody}
            onChange={({ currentTarget }) => setEverybody(currentTarget.checked)}
          />
        )}
        <Trouble error={on.error} doing="writing" />
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            Leave it off
          </Button>
          <Button type="submit" data-autofocus disabled={isAll && !everybody} loading={on.isPending}>
            Switch on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function More({ workflow, mayChange }: Omit<Props, "isDirty">) {
  const [, change] = useAddress();
  const navigate = useNavigate();
  const create = useCreate();
  const copy = () =>
    create.mutate(copyOf(workflow), {
      onSuccess: ({ workflow: { id, name } }) => {
        toast(`“${name}” is a copy, and off.`);
        void navigate({ to: "/workflows/$id", params: { id } });
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return (
    <Menu width={232}>
      <Menu.Target>
        <ActionIcon variant="default" size="var(--control)" aria-label="More about this workflow">
          <IconDots size="1rem" stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mayChange && !workflow.archived && (
          <Menu.Item
            leftSection={<IconRun size="1rem" stroke={1.75} />}
            onClick={() => change({ tab: "try" })}
          >
            Try it and run it now …
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size="1rem" stroke={1.75} />} onClick={copy}>
          Duplicate
        </Menu.Item>
        {mayChange && !workflow.archived && (
          <Menu.Item
            leftSection={<IconArchive size="1rem" stroke={1.75} />}
            onClick={() => change({ do: "archive" })}
          >
            Archive …
          </Menu.Item>
        )}
        {mayChange && (
          <Menu.Item
            leftSection={<IconTrash size="1rem" stroke={1.75} />}
            onClick={() => change({ do: "delete" })}
          >
            Delete …
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
      onSuccess: () => toast(`“${name}” is out of the archive, and off.`),
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  return (
    <Button
      variant="default"
      leftSection={<IconArchiveOff size="0.875rem" aria-hidden />}
      loading={bringBack.isPending}
      onClick={go}
    >
      Take out of the archive
    </Button>
  );
}

function ArchiveDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const archive = useArchive();
  const { id, name, num_waiting } = workflow;
  return (
    <Confirm
      title={`Archive “${name}”?`}
      verb="Archive"
      isBusy={archive.isPending}
      error={archive.error}
      onConfirm={() =>
        archive.mutate(id, {
          onSuccess: () => {
            toast(`“${name}” is archived.`);
            onClose();
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {num_waiting > 0
          ? `${figure(num_waiting)} on their way in it stop where they are.`
          : "Nobody is on the way in it."}{" "}
        It runs in no way, by itself or by hand.
      </p>
      <p className="soft">It can be taken out of the archive later. Its runs stay, and can be asked why.</p>
    </Confirm>
  );
}

function DeleteDialog({ workflow, onClose }: { workflow: Workflow; onClose: () => void }) {
  const navigate = useNavigate();
  const remove = useDelete();
  const { id, name, num_waiting } = workflow;
  return (
    <Confirm
      title={`Delete “${name}”?`}
      verb="Delete"
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(id, {
          onSuccess: () => {
            toast(`“${name}” is deleted.`);
            void navigate({ to: "/workflows" });
          },
        })
      }
      onClose={onClose}
    >
      <p>
        {num_waiting > 0
          ? `${figure(num_waiting)} on their way in it stop where they are.`
          : "Nobody is on the way in it."}{" "}
        Its log goes with it: why somebody was taken, or was not, can no longer be asked.
      </p>
      <p className="soft">This cannot be taken back. Switched off, it does nothing and keeps its log.</p>
    </Confirm>
  );
}

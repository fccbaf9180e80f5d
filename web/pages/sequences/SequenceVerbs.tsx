import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserPlus,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useAddress } from "../../parts/address.ts";
import { count } from "../../parts/figures.ts";
import { toast } from "../../parts/toast.tsx";
import { accountFor } from "../../parts/trouble.ts";
import { ApproveDialog } from "./ApproveDialog.tsx";
import { ArchiveDialog } from "./ArchiveDialog.tsx";
import { ASK_OWNER, useRights } from "./access.ts";
import { type Sequence, useAbort, useApprove, useChangeSequence, useClone } from "./queries.ts";
import classes from "./SequenceVerbs.module.css";

/** What can be done with a sequence as a whole. The one filled button is what it needs next. */
export function SequenceVerbs({ sequence }: { sequence: Sequence }) {
  const [address, change] = useAddress();
  const { mayEdit } = useRights(sequence);
  const close = () => change({ do: undefined });
  return (
    <div className={classes.verbs}>
      {!mayEdit && <p className="soft small">{ASK_OWNER.edit}</p>}
      {mayEdit && !sequence.archived && <Switch sequence={sequence} />}
      {mayEdit && !sequence.archived && (
        <span data-main-action={sequence.active || undefined}>
          <Button
            variant={sequence.active ? "filled" : "default"}
            leftSection={<IconUserPlus size="0.875rem" aria-hidden />}
            onClick={() => change({ do: "add-contacts" })}
          >
            Add contacts
          </Button>
        </span>
      )}
      <More sequence={sequence} onArchive={() => change({ do: "archive" })} />
      {address.do === "archive" && <ArchiveDialog sequence={sequence} onClose={close} />}
    </div>
  );
}

/** On or off. What goes on is said first; what is paused can be taken back. */
function Switch({ sequence }: { sequence: Sequence }) {
  const [isAsking, setIsAsking] = useState(false);
  const approve = useApprove();
  const abort = useAbort();
  const pause = () =>
    abort.mutate(sequence.id, {
      onSuccess: () =>
        toast(`Paused, with ${count(sequence.contact_statuses.active, "active contact")}.`, {
          undo: () => approve.mutateAsync(sequence.id),
        }),
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  if (sequence.active)
    return (
      <Button
        variant="default"
        leftSection={<IconPlayerPause size="0.875rem" aria-hidden />}
        loading={abort.isPending}
        onClick={pause}
      >
        Pause
      </Button>
    );
  return (
    <>
      <span data-main-action>
        <Button
          leftSection={<IconPlayerPlay size="0.875rem" aria-hidden />}
          onClick={() => setIsAsking(true)}
        >
          Approve
        </Button>
      </span>
      {isAsking && <ApproveDialog sequence={sequence} onClose={() => setIsAsking(false)} />}
    </>
  );
}

function More({ sequence, onArchive }: { sequence: Sequence; onArchive: () => void }) {
  const { mayManage } = useRights(sequence);
  const navigate = useNavigate();
  const clone = useClone();
  const change = useChangeSequence();
  const copy = () =>
    clone.mutate(sequence.id, {
      onSuccess: ({ emailer_campaign: { id, name } }) => {
        toast(`“${name}” is a copy with all steps, paused and without contacts.`);
        void navigate({ to: "/sequences/$id", params: { id } });
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  const takeOut = () =>
    change.mutate(
      { id: sequence.id, archived: false },
      { onSuccess: () => toast("Out of the archive, and paused. Whoever had finished stays finished.") },
    );
  return (
    <Menu width={232}>
      <Menu.Target>
        <ActionIcon variant="default" size="var(--control)" aria-label="More about this sequence">
          <IconDots size="1rem" stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size="1rem" stroke={1.75} />} onClick={copy}>
          Clone
        </Menu.Item>
        {sequence.archived ? (
          <Menu.Item
            leftSection={<IconArchiveOff size="1rem" stroke={1.75} />}
            disabled={!mayManage}
            onClick={takeOut}
          >
            Take out of the archive
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconArchive size="1rem" stroke={1.75} />}
            disabled={!mayManage}
            onClick={onArchive}
          >
            Archive …
          </Menu.Item>
        )}
        {!mayManage && <Menu.Label className={classes.why}>{ASK_OWNER.manage}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

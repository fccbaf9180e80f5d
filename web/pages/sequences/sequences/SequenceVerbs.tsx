import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArchive,
  IconArchiveOff,
  IconCopy,
  IconDots,
  IconFileExport,
  IconFlask,
  IconPlayerPause,
  IconPlayerPlay,
  IconUserPlus,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { toast } from "../../../parts/toast.tsx";
import { accountFor } from "../../../parts/trouble.ts";
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
            {t("Add contacts")}
          </Button>
        </span>
      )}
      <More
        sequence={sequence}
        onTry={() => change({ tab: "trial-runs", do: "try" })}
        onExport={() => change({ do: "export" })}
        onArchive={() => change({ do: "archive" })}
      />
      {address.do === "export" && (
        <Suspense>
          <ExportDialog sequence={sequence} onClose={close} />
        </Suspense>
      )}
      {address.do === "archive" && <ArchiveDialog sequence={sequence} onClose={close} />}
    </div>
  );
}

/** On or off. What goes on is said first; what is paused can be taken back. */
export function Switch({ sequence }: { sequence: Sequence }) {
  const [isAsking, setIsAsking] = useState(false);
  const approve = useApprove();
  const abort = useAbort();
  const pause = () =>
    abort.mutate(sequence.id, {
      onSuccess: () =>
        toast(
          t("Deactivated. {active, plural, one {# active contact} other {# active contacts}} will wait.", {
            active: sequence.contact_statuses.active,
          }),
          {
            undo: () => approve.mutateAsync(sequence.id),
          },
        ),
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
        {t("Deactivate")}
      </Button>
    );
  return (
    <>
      <span data-main-action>
        <Button
          leftSection={<IconPlayerPlay size="0.875rem" aria-hidden />}
          onClick={() => setIsAsking(true)}
        >
          {t("Activate")}
        </Button>
      </span>
      {isAsking && <ApproveDialog sequence={sequence} onClose={() => setIsAsking(false)} />}
    </>
  );
}

const ExportDialog = lazy(async () => ({
  default: (await import("../sequence-files/ExportDialog.tsx")).ExportDialog,
}));

type MoreProps = { sequence: Sequence; onTry: () => void; onExport: () => void; onArchive: () => void };

function More({ sequence, onTry, onExport, onArchive }: MoreProps) {
  const { mayEdit, mayManage } = useRights(sequence);
  const navigate = useNavigate();
  const clone = useClone();
  const change = useChangeSequence();
  const copy = () =>
    clone.mutate(sequence.id, {
      onSuccess: ({ emailer_campaign: { id, name } }) => {
        toast(t("“{name}” created: a copy with all steps, inactive and without contacts.", { name }));
        void navigate({ to: "/sequences/$id", params: { id } });
      },
      onError: (error) => toast(accountFor(error, "writing").happened),
    });
  const takeOut = () =>
    change.mutate(
      { id: sequence.id, archived: false, ifMatch: undefined },
      { onSuccess: () => toast(t("Sequence unarchived and inactive. Finished contacts stay finished.")) },
    );
  return (
    <Menu width={232}>
      <Menu.Target>
        <ActionIcon variant="default" size="var(--control)" aria-label={t("More about this sequence")}>
          <IconDots size="1rem" stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size="1rem" stroke={1.75} />} onClick={copy}>
          {t("Clone")}
        </Menu.Item>
        {!sequence.archived && (
          <Menu.Item
            leftSection={<IconFlask size="1rem" stroke={1.75} />}
            disabled={!mayEdit}
            onClick={onTry}
          >
            {t("Try it …")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconFileExport size="1rem" stroke={1.75} />} onClick={onExport}>
          {t("Export as files …")}
        </Menu.Item>
        {sequence.archived ? (
          <Menu.Item
            leftSection={<IconArchiveOff size="1rem" stroke={1.75} />}
            disabled={!mayManage}
            onClick={takeOut}
          >
            {t("Unarchive")}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconArchive size="1rem" stroke={1.75} />}
            disabled={!mayManage}
            onClick={onArchive}
          >
            {t("Archive …")}
          </Menu.Item>
        )}
        {!mayManage && <Menu.Label className={classes.why}>{ASK_OWNER.manage}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

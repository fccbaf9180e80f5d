import { Button, Menu } from "@mantine/core";
import { IconArchive, IconDownload, IconFolder, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { t } from "../../../language/t.ts";
import { SelectionBar } from "../../../parts/records/SelectionBar.tsx";
import type { Selection } from "../../../parts/records/useSelection.ts";
import type { WindowSource } from "../../../parts/records/useWindowed.ts";
import { Trouble } from "../../../parts/Trouble.tsx";
import { toast } from "../../../parts/toast.tsx";
import { api, useMe } from "../../../session.ts";
import { BulkDialog, type BulkVerb } from "./BulkDialog.tsx";
import { shelved, useFolders } from "./folder-queries.ts";
import { onEach, sayFailed } from "./on-each.ts";
import { allOf, type Sequence, useSequenceWrite } from "./queries.ts";
import { rightTo } from "./right.ts";

type Props = {
  selection: Selection<Sequence>;
  total: number | undefined;
  /** As the list has them now: what was chosen may have changed since. */
  rows: readonly (Sequence | undefined)[];
  source: WindowSource<Sequence>;
  onExport: (chosen: readonly Sequence[]) => void;
};

/** Each is a call of its own. */
export const MOST_AT_ONCE = 500;

/** What can be done with several sequences at once. What mails people or ends something is tried first. */
export function BulkVerbs({ selection, total, rows, source, onExport }: Props) {
  const [asking, setAsking] = useState<BulkVerb | null>(null);
  const { data: folders = [] } = useFolders();
  // All that match are more than the pages that were scrolled to.
  const all = useQuery({ ...allOf(source), enabled: selection.isAll });
  const chosen = selection.isAll
    ? (all.data ?? [])
    : [...selection.chosen].map(([id, row]) => rows.find((now) => now?.id === id) ?? row);
  const pause = usePause();
  const move = useMove();
  const me = useMe();
  const editable = chosen.filter((sequence) => rightTo(sequence, me) !== "can_view");
  const open = editable.filter(({ archived }) => !archived);
  const managed = open.filter((sequence) => rightTo(sequence, me) === "full_access");
  const others = chosen.filter((sequence) => rightTo(sequence, me) !== "full_access").length;
  return (
    <>
      <SelectionBar selection={selection} total={total} most={MOST_AT_ONCE} noun="sequence">
        <Trouble error={selection.isAll ? all.error : null} onRetry={() => void all.refetch()} />
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size="0.875rem" aria-hidden />}
          disabled={!open.some(({ active }) => !active)}
          onClick={() => setAsking("approve")}
        >
          {t("Activate …")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerPause size="0.875rem" aria-hidden />}
          disabled={!open.some(({ active }) => active)}
          loading={pause.isPending}
          onClick={() => pause.mutate(open.filter(({ active }) => active))}
        >
          {t("Deactivate")}
        </Button>
        <Menu position="top-end" width={240}>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconFolder size="0.875rem" aria-hidden />}
              disabled={editable.length === 0}
              loading={move.isPending}
            >
              {t("Move")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              onClick={() => move.mutate({ sequences: editable, folderId: null, name: t("“No folder”") })}
            >
              {t("No folder")}
            </Menu.Item>
            {shelved(folders).map(({ id, path }) => (
              <Menu.Item
                key={id}
                onClick={() => move.mutate({ sequences: editable, folderId: id, name: `“${path}”` })}
              >
                {path}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button
          variant="default"
          leftSection={<IconArchive size="0.875rem" aria-hidden />}
          disabled={managed.length === 0}
          onClick={() => setAsking("archive")}
        >
          {t("Archive …")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size="0.875rem" aria-hidden />}
          disabled={chosen.length === 0}
          onClick={() => onExport(chosen)}
        >
          {t("Export")}
        </Button>
        {me.user.role !== "admin" && others > 0 && (
          <p className="soft small">
            {t("Some of them belong to others. To change those, ask the owner or an admin.")}
          </p>
        )}
      </SelectionBar>
      {asking && (
        <BulkDialog
          verb={asking}
          sequences={asking === "approve" ? open.filter(({ active }) => !active) : managed}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            selection.clear();
          }}
        />
      )}
    </>
  );
}

function usePause() {
  const on = useSequenceWrite((ids: readonly string[]) => onEach(ids, (id) => api.sequences.approve({ id })));
  return useSequenceWrite(async (sequences: readonly Sequence[]) => {
    const ids = sequences.map(({ id }) => id);
    const { done, failed } = await onEach(ids, (id) => api.sequences.abort({ id }));
    toast(
      t("{done, plural, one {# sequence} other {# sequences}} deactivated.{failed}", {
        done: done.length,
        failed: sayFailed(failed),
      }),
      {
        ...(done.length > 0 && { undo: () => on.mutateAsync(done) }),
      },
    );
  });
}

type Move = { sequences: readonly Sequence[]; folderId: string | null; name: string };

function useMove() {
  const back = useSequenceWrite((before: readonly Sequence[]) => {
    const folders = new Map(before.map(({ id, folder_id }) => [id, folder_id]));
    return onEach([...folders.keys()], (id) =>
      api.sequences.change({ id, folder_id: folders.get(id) ?? null }),
    );
  });
  return useSequenceWrite(async ({ sequences, folderId, name }: Move) => {
    const ids = sequences.map(({ id }) => id);
    const { done, failed } = await onEach(ids, (id) => api.sequences.change({ id, folder_id: folderId }));
    toast(
      t("{done, plural, one {# sequence} other {# sequences}} moved to {name}.{failed}", {
        done: done.length,
        name,
        failed: sayFailed(failed),
      }),
      {
        ...(done.length > 0 && { undo: () => back.mutateAsync(sequences) }),
      },
    );
  });
}

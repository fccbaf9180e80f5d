import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Trans } from "../../../language/Trans.tsx";
import { t } from "../../../language/t.ts";
import { useAddress } from "../../../parts/address.ts";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Moment } from "../../../parts/Moment.tsx";
import { State } from "../../../parts/State.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import header from "../sequences/SequenceHeader.module.css";
import classes from "./Files.module.css";
import { appliedFileQuery, editsQuery } from "./queries.ts";
import { Changes } from "./TextDiff.tsx";

/** A word in the sequence's state where a file manages it; behind it what was edited here since. */
export function ManagedByFile({ sequenceId }: { sequenceId: string }) {
  const [address, change] = useAddress();
  const { data: applied } = useQuery(appliedFileQuery(sequenceId));
  if (!applied) return null;
  const isEdited = applied.drift.length > 0;
  return (
    <>
      <button type="button" className={header.why} onClick={() => change({ do: "file" })}>
        <State kind={isEdited ? "waiting" : "good"}>
          {isEdited ? t("Differs from its file") : t("Same as its file")}
        </State>
      </button>
      {address.do === "file" && (
        <DriftDialog
          sequenceId={sequenceId}
          applied={applied}
          onExport={() => change({ do: "export" })}
          onClose={() => change({ do: undefined })}
        />
      )}
    </>
  );
}

type AppliedFile = NonNullable<
  Awaited<ReturnType<NonNullable<ReturnType<typeof appliedFileQuery>["queryFn"]>>>
>;
type Props = { sequenceId: string; applied: AppliedFile; onExport: () => void; onClose: () => void };

function DriftDialog({ sequenceId, applied, onExport, onClose }: Props) {
  const { key, applied_at, drift } = applied;
  const isEdited = drift.length > 0;
  const edits = useQuery({ ...editsQuery(sequenceId, applied_at), enabled: isEdited });
  return (
    <Dialog title={t("Managed by a file")} size="lg" onClose={onClose}>
      <div className="stack">
        <p>
          <Trans
            text="The file with the key <code>{key}</code> was applied <when></when>."
            values={{ key }}
            tags={{ code: <code />, when: () => <Moment at={applied_at} /> }}
          />{" "}
          {isEdited
            ? t(
                "The sequence was edited here since then. The next import will leave it alone, unless it overwrites edits.",
              )
            : t("Nothing was edited here since then.")}
        </p>
        <Trouble error={edits.error} />
        {isEdited && (
          <>
            <ul className={classes.edits} aria-label={t("Who edited it")}>
              {edits.data?.map(({ at, sentence }) => (
                <li key={`${at} ${sentence}`}>
                  <span>{sentence}</span>
                  <span className="soft">
                    <Moment at={at} />
                  </span>
                </li>
              ))}
            </ul>
            <Changes changes={drift} label={t("Edited here since the file was applied")} />
            <p className="soft small">{t("To keep the edits, export the sequence and replace its files.")}</p>
          </>
        )}
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Close")}
          </Button>
          <Button onClick={onExport}>{isEdited ? t("Export again") : t("Export as files")}</Button>
        </div>
      </div>
    </Dialog>
  );
}

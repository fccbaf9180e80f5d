import { useAddress } from "../../../parts/address.ts";
import classes from "./ActivityTab.module.css";
import { Additions } from "./Additions.tsx";
import { Feed } from "./Feed.tsx";
import { ReportDialog } from "./ReportDialog.tsx";

/** What happened in a sequence: who was added, with the report of each time, and all that followed. */
export function ActivityTab({ sequenceId }: { sequenceId: string }) {
  const [address, change] = useAddress();
  return (
    <div className={classes.tab}>
      <Additions sequenceId={sequenceId} onOpen={(open) => change({ open })} />
      <Feed sequenceId={sequenceId} />
      {address.open && (
        <ReportDialog
          sequenceId={sequenceId}
          requestId={address.open}
          onClose={() => change({ open: undefined })}
        />
      )}
    </div>
  );
}

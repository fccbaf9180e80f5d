import { t } from "../../../language/t.ts";
import { CopyButton } from "../../../parts/CopyText.tsx";
import { Dialog } from "../../../parts/Dialog.tsx";
import { Facts } from "../../../parts/Facts.tsx";
import { exactly } from "../../../parts/when.ts";
import type { AuditLogEntry } from "./queries.ts";
import { By } from "./words.tsx";

/** One entry, with what only support needs in small print. */
export function EntryDialog({ entry, onClose }: { entry: AuditLogEntry; onClose: () => void }) {
  const { sentence, at, actor, request_id, type, data } = entry;
  const told = Object.entries(data).filter(([, value]) => value !== null && value !== "");
  return (
    <Dialog onClose={onClose} title={sentence} size="lg">
      <Facts
        facts={[
          [t("When"), exactly(at)],
          [t("By"), <By key="by" entry={entry} />],
          [t("IP address"), actor.address ?? "–"],
          ...told.map(([name, value]) => [inWords(name), say(value)] as const),
          [t("Event type"), <code key="kind">{type}</code>],
          ...(request_id ? [[t("Request"), <RequestId key="request" id={request_id} />] as const] : []),
        ]}
      />
    </Dialog>
  );
}

function RequestId({ id }: { id: string }) {
  return (
    <>
      <code>{id}</code> <CopyButton text={id} label={t("Copy request ID")} />
    </>
  );
}

function inWords(name: string) {
  const words = name
    .replaceAll(/([A-Z])/g, " $1")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function say(value: unknown) {
  if (Array.isArray(value)) return value.join(", ") || "–";
  if (typeof value === "boolean") return value ? t("Yes") : t("No");
  return typeof value === "string" ? value : JSON.stringify(value);
}

import { Tooltip } from "@mantine/core";
import { currentTime } from "./current-time.ts";
import { exactly, relativeTo } from "./when.ts";

/** A time in words, exact on hover. `none` is said where there is no time. */
export function Moment({ at, none = "–" }: { at: string | null; none?: string }) {
  if (!at) return <span className="soft">{none}</span>;
  return (
    <Tooltip label={exactly(at)}>
      <time dateTime={at}>{relativeTo(at, currentTime())}</time>
    </Tooltip>
  );
}

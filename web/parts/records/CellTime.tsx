import { useState } from "react";
import { currentTime } from "../current-time.ts";
import { exactly, relativeTo } from "../when.ts";

/** A time in a long table: as Moment, but its hover text is made only on hover. */
export function CellTime({ at }: { at: string | null }) {
  const [title, setTitle] = useState<string>();
  if (!at) return null;
  return (
    <time dateTime={at} title={title} onPointerEnter={() => setTitle(exactly(at))}>
      {relativeTo(at, currentTime())}
    </time>
  );
}

import { Tooltip } from "@mantine/core";
import { Fragment } from "react";
import { t } from "../language/t.ts";
import { currentTime } from "./current-time.ts";
import { clockOf, placeOf, takeApart } from "./told.ts";

/** A sentence of the server's, its times turned to the viewer's clock; the recipient's is a hover away. */
export function Told({ children }: { children: string }) {
  const now = currentTime();
  return takeApart(children).map(({ text, at, zone }, place) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change their order
    if (!at || !zone) return <Fragment key={place}>{text}</Fragment>;
    const mine = clockOf(at, undefined, now);
    const theirs = clockOf(at, zone, now);
    const label = t("{theirs} in {zone}", { theirs, zone: placeOf(zone) });
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <Tooltip key={place} label={label} disabled={theirs === mine}>
        <time dateTime={at.toISOString()}>{mine}</time>
      </Tooltip>
    );
  });
}

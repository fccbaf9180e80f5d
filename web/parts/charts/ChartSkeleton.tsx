import { Skeleton } from "@mantine/core";
import { useLate } from "../late.ts";

/** Keeps a chart's place until it can be drawn. What is quick does not flicker. */
export function ChartSkeleton({ height }: { height: number }) {
  const isLate = useLate(true);
  return (
    <div style={{ height }} aria-busy="true">
      {isLate && <Skeleton height={height} />}
    </div>
  );
}

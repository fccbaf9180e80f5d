import { type UseQueryOptions, useQueries } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { TableSkeleton } from "./TableSkeleton.tsx";

type Props = {
  /** What the sections ask for. */
  asks: readonly Pick<UseQueryOptions, "queryKey">[];
  children: ReactNode;
};

/**
 * Sections under each other, each with a question of its own: drawn in one go, once all are answered, since one that came
 * alone would push the next ones down under the reader's eyes. A question that failed is answered: its section says so.
 */
export function AllAtOnce({ asks, children }: Props) {
  const answers = useQueries({ queries: asks as UseQueryOptions[] });
  const isAnswered = answers.every(({ isPending }) => !isPending);
  // For good: what is asked again after a failure must not take away what somebody types in another section.
  const [isDrawn, setIsDrawn] = useState(isAnswered);
  useEffect(() => {
    if (!isAnswered || isDrawn) return;
    // Answers are told in turns. Where two come at once, the sections were made before this one's turn and know only the first.
    const timer = setTimeout(() => setIsDrawn(true));
    return () => clearTimeout(timer);
  }, [isAnswered, isDrawn]);
  return isDrawn ? children : <TableSkeleton columns={["heading", "body"]} isNarrow={false} />;
}

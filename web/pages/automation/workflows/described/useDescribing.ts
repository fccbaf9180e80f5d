// The words of all languages come when a sentence is there: the gallery is drawn without them.

import { useEffect, useState } from "react";

type Describing = typeof import("./describe.ts");

/** Null until they have come. */
export function useDescribing(isNeeded: boolean): Describing | null {
  const [describing, setDescribing] = useState<Describing | null>(null);
  useEffect(() => {
    if (!isNeeded) return;
    let isLeft = false;
    void import("./describe.ts").then((loaded) => {
      if (!isLeft) setDescribing(loaded);
    });
    return () => {
      isLeft = true;
    };
  }, [isNeeded]);
  return describing;
}

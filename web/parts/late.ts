import { useEffect, useState } from "react";

/** True once something has been going on for 150 ms: what is quicker than that should not flicker. */
export function useLate(isGoingOn: boolean, afterMs = 150) {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!isGoingOn) return setIsLate(false);
    const timer = window.setTimeout(() => setIsLate(true), afterMs);
    return () => window.clearTimeout(timer);
  }, [isGoingOn, afterMs]);
  return isGoingOn && isLate;
}

import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Address } from "../../../parts/address.ts";

type Props = { stepKey: string; className?: string | undefined; children: ReactNode };

/** From the calendar or the map to the step in the editor. */
export function StepLink({ stepKey, className, children }: Props) {
  return (
    <Link
      to="."
      search={(now: Address) => ({ ...now, view: undefined, step: stepKey })}
      resetScroll={false}
      className={className}
    >
      {children}
    </Link>
  );
}

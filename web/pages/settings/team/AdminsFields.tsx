import type { ReactNode } from "react";
import { useIsAdmin } from "../../../session.ts";

/** Rules that apply to everyone, so everyone reads them; only admins can change what is in it. */
export function AdminsFields({ children }: { children: ReactNode }) {
  return (
    <fieldset
      disabled={!useIsAdmin()}
      className="stack"
      style={{ gap: 24, border: 0, margin: 0, padding: 0, minWidth: 0 }}
    >
      {children}
    </fieldset>
  );
}

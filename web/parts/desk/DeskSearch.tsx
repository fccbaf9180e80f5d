import type { ReactNode } from "react";
import { useAddress } from "../address.ts";
import { SearchBox } from "../SearchBox.tsx";

/** Narrows a desk's list to what has the words; they stand in the address. */
export function DeskSearch({ label, children }: { label: string; children?: ReactNode }) {
  const [address, change] = useAddress();
  return (
    <div className="row" style={{ flexWrap: "nowrap" }}>
      <div style={{ flex: 1 }}>
        <SearchBox
          label={label}
          value={address.q ?? ""}
          onChange={(words) => change({ q: words || undefined, open: undefined })}
        />
      </div>
      {children}
    </div>
  );
}

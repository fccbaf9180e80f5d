import { t } from "../language/t.ts";
import type { Kept, Side, Sides } from "./kept.ts";
import { Segmented } from "./Segmented.tsx";

/** Where others saved something else while this was being written: both versions, and saving saves the one that is shown. */
export function OtherVersion({ kept: { sides } }: { kept: Pick<Kept<unknown>, "sides"> }) {
  if (!sides) return null;
  return (
    <div className="stack" role="status">
      <p className="small">
        {t("This was changed elsewhere after you began to write. Save the version that you want to keep.")}
      </p>
      <VersionChoice sides={sides} />
    </div>
  );
}

export function VersionChoice({ sides }: { sides: Sides }) {
  return (
    <Segmented
      aria-label={t("Version")}
      data={[
        { value: "mine", label: t("Your version") },
        { value: "theirs", label: t("Saved version") },
      ]}
      value={sides.shown}
      onChange={(side) => sides.show(side as Side)}
    />
  );
}

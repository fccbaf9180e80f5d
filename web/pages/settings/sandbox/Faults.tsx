import { Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { t } from "../../../language/t.ts";
import { Section } from "../../../parts/Page.tsx";
import { Trouble } from "../../../parts/Trouble.tsx";
import { faultsQuery, useSetFaults } from "./queries.ts";
import { isSameFault, READY_FAULTS, type ReadyFault } from "./words.ts";

/** What goes wrong, as switches. Faults that a program has set stay. */
export function Faults() {
  const { data: faults = [] } = useQuery(faultsQuery);
  const save = useSetFaults();
  const others = faults.filter((fault) => !READY_FAULTS.some((ready) => isSameFault(ready.fault, fault)));
  const flip = ({ fault }: ReadyFault, isOn: boolean) =>
    save.mutate(isOn ? [...faults, fault] : faults.filter((one) => !isSameFault(one, fault)));
  return (
    <Section
      title={t("Faults")}
      note={t("What goes wrong on purpose. Faults of calls are met by the web app too.")}
    >
      <div className="stack">
        {READY_FAULTS.map((ready) => (
          <Switch
            key={ready.label}
            label={ready.label}
            checked={faults.some((fault) => isSameFault(fault, ready.fault))}
            disabled={save.isPending}
            onChange={(event) => flip(ready, event.currentTarget.checked)}
          />
        ))}
        {others.length > 0 && (
          <p className="soft small">
            {t(
              "{n, plural, one {One more fault was set with the API. It stays.} other {# more faults were set with the API. They stay.}}",
              {
                n: others.length,
              },
            )}
          </p>
        )}
        <Trouble error={save.error} doing="writing" />
      </div>
    </Section>
  );
}

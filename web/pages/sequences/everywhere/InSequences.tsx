import { Button, Menu } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { t } from "../../../language/t.ts";
import type { FindPeople } from "./queries.ts";
import { EVERYWHERE, EVERYWHERE_VERBS, type EverywhereVerb } from "./words.ts";

const EverywhereDialog = lazy(async () => ({
  default: (await import("./EverywhereDialog.tsx")).EverywhereDialog,
}));

type Props = {
  /** A company or a contact; null where several were chosen. */
  name: string | null;
  find: FindPeople;
  onDone?: () => void;
};

/** From wherever people are: paused, resumed, finished or removed in all their sequences. */
export function InSequences({ name, find, onDone }: Props) {
  const [verb, setVerb] = useState<EverywhereVerb | null>(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size="0.875rem" aria-hidden />}>
            {t("In sequences")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {EVERYWHERE_VERBS.map((one) => (
            <Menu.Item key={one} onClick={() => setVerb(one)}>
              {EVERYWHERE[one].name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {verb && (
        <Suspense fallback={null}>
          <EverywhereDialog
            verb={verb}
            name={name}
            find={find}
            onDone={onDone}
            onClose={() => setVerb(null)}
          />
        </Suspense>
      )}
    </>
  );
}

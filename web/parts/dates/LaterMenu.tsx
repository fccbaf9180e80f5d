import { Button, Menu, type MenuProps } from "@mantine/core";
import { type ReactElement, useState } from "react";
import { t } from "../../language/t.ts";
import { currentTime, currentTimeMs } from "../current-time.ts";
import { Dialog } from "../Dialog.tsx";
import { morningIn, nextMonday } from "../when.ts";
import { MomentField } from "./MomentField.tsx";

type Props = Pick<MenuProps, "position"> & {
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  /** The button it opens under. */
  children: ReactElement;
  /** Of the dialog in which a date of one's own is chosen, and of its button. */
  title: string;
  verb: string;
  onChoose: (at: Date) => void;
};

const THREE_HOURS_MS = 3 * 3_600_000;

/** When something is to come back, or to leave: one of three usual times, or a date. */
export function LaterMenu({
  isOpen,
  onOpen,
  children,
  title,
  verb,
  onChoose,
  position = "bottom-start",
}: Props) {
  const [asksDate, setAsksDate] = useState(false);
  return (
    <>
      <Menu
        opened={isOpen}
        onChange={onOpen}
        position={position}
        width={220}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>{children}</Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onChoose(new Date(currentTimeMs() + THREE_HOURS_MS))}>
            {t("In 3 hours")}
          </Menu.Item>
          <Menu.Item onClick={() => onChoose(morningIn(1, currentTime()))}>{t("Tomorrow, 09:00")}</Menu.Item>
          <Menu.Item onClick={() => onChoose(nextMonday(currentTime()))}>{t("Next week")}</Menu.Item>
          <Menu.Item onClick={() => setAsksDate(true)}>{t("Custom date …")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asksDate && (
        <DateDialog
          title={title}
          verb={verb}
          onClose={() => setAsksDate(false)}
          onChoose={(at) => {
            setAsksDate(false);
            onChoose(at);
          }}
        />
      )}
    </>
  );
}

type DateProps = Pick<Props, "title" | "verb" | "onChoose"> & { onClose: () => void };

function DateDialog({ title, verb, onChoose, onClose }: DateProps) {
  const [at, setAt] = useState<Date | null>(morningIn(2, currentTime()));
  const isPast = at !== null && at.getTime() <= currentTimeMs();
  return (
    <Dialog title={title} onClose={onClose} size="md">
      <div className="stack">
        <MomentField label={t("Until")} data-autofocus value={at} from="today" onChange={setAt} />
        {isPast && <p className="soft small">{t("Choose a time in the future.")}</p>}
        <div className="row end">
          <Button variant="default" onClick={onClose}>
            {t("Cancel")}
          </Button>
          <Button disabled={!at || isPast} onClick={() => at && onChoose(at)}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

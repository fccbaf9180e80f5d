import { ActionIcon, CloseButton, Tooltip } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowsDiagonal } from "@tabler/icons-react";
import { type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { t } from "../language/t.ts";
import { Dialog } from "./Dialog.tsx";
import classes from "./SidePanel.module.css";
import { hasModifier, isMenuOpen } from "./typing.ts";

type Props = {
  /** What is shown, as its accessible name too. */
  title: string;
  /** One line under the title. */
  says?: ReactNode;
  onClose: () => void;
  /** Leads to the record's own page. */
  onOpen?: () => void;
  /** Where the panel is what one asked for, and not a look beside the list, the focus goes along. */
  takesFocus?: boolean;
  children: ReactNode;
};

/** Something beside the page, which stays usable: the list keeps its place and its keys. On a phone it is the page. */
export function SidePanel(props: Props) {
  const isNarrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  if (!isNarrow) return <Beside {...props} />;
  return (
    <Dialog onClose={props.onClose} title={props.title}>
      {props.says && <p className="soft">{props.says}</p>}
      {props.children}
    </Dialog>
  );
}

function Beside({ title, says, onClose, onOpen, takesFocus = false, children }: Props) {
  const panel = useRef<HTMLElement>(null);
  useClosing(onClose);
  useFocusOf(panel, takesFocus);
  return (
    <section ref={panel} aria-label={title} tabIndex={-1} className={classes.panel} data-beside>
      <header className={classes.top}>
        <div className={classes.words}>
          <h2 className={classes.title}>{title}</h2>
          {says && <p className="soft small">{says}</p>}
        </div>
        {onOpen && (
          <Tooltip label={t("Open full page")}>
            <ActionIcon variant="subtle" color="gray" aria-label={t("Open full page")} onClick={onOpen}>
              <IconArrowsDiagonal size="1rem" stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
        <CloseButton aria-label={t("Close")} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div className={classes.body} tabIndex={0}>
        {children}
      </div>
    </section>
  );
}

/**
 * Escape closes it, unless a dialog or a menu over it is what Escape is meant for. That is looked at before any other listener: a
 * dialog that closes is gone when the next one is asked.
 */
function useClosing(onClose: () => void) {
  const isMeant = useRef(false);
  const close = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || hasModifier(event) || !isMeant.current) return;
    event.preventDefault();
    onClose();
  });
  useEffect(() => {
    const look = () => {
      isMeant.current = !isSomethingOver();
    };
    const listen = (event: KeyboardEvent) => close(event);
    window.addEventListener("keydown", look, true);
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", look, true);
      window.removeEventListener("keydown", listen);
    };
  }, []);
}

function isSomethingOver() {
  const dialogs = [...document.querySelectorAll("[role=dialog]")];
  return isMenuOpen() || dialogs.some((element) => element.checkVisibility());
}

function useFocusOf(panel: React.RefObject<HTMLElement | null>, takesFocus: boolean) {
  useEffect(() => {
    if (!takesFocus) return;
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, [panel, takesFocus]);
}

import { useMantineColorScheme } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { Outlet, useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { WorkLines } from "../pages/progress/WorkLines.tsx";
import { BottomBar } from "./BottomBar.tsx";
import { EnrolHost } from "./EnrolHost.tsx";
import classes from "./Frame.module.css";
import { KeyHelp } from "./KeyHelp.tsx";
import { useKeys } from "./keys.ts";
import { Notices } from "./Notices.tsx";
import { openPalette, Palette } from "./Palette.tsx";
import { Rail } from "./Rail.tsx";
import type { Hands } from "./verbs.tsx";
import { WhyHost } from "./WhyHost.tsx";

/** What stands around every page of somebody who is signed in. */
export function Frame() {
  const [isFolded, setIsFolded] = useLocalStorage({
    key: "cadenza-rail-folded",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  const [showsKeys, setShowsKeys] = useState(false);
  const { setColorScheme } = useMantineColorScheme();
  const navigate = useNavigate();
  const hands: Hands = {
    go: (path, search = {}) => void navigate({ to: path, search }),
    color: setColorScheme,
    foldRail: () => setIsFolded((now) => !now),
    showKeys: () => setShowsKeys(true),
  };
  useKeys({ go: ({ path }) => hands.go(path), showKeys: hands.showKeys, foldRail: hands.foldRail });
  const main = useFocusOnArrival();

  return (
    <div className={classes.frame} data-folded={isFolded || undefined}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <Rail isFolded={isFolded} hands={hands} onSearch={openPalette} />
      <div className={classes.column}>
        <Notices />
        <main id="content" ref={main} tabIndex={-1} className={classes.main}>
          <div className={classes.content}>
            <Outlet />
          </div>
        </main>
        <WorkLines />
      </div>
      <BottomBar onSearch={openPalette} />
      <Palette hands={hands} />
      <WhyHost />
      <EnrolHost />
      {showsKeys && <KeyHelp onClose={() => setShowsKeys(false)} />}
    </div>
  );
}

/** Going somewhere takes the focus along, so that keys and screen readers start where the eye does. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return; // also at the first page, where the browser knows best
    last.current = pathname;
    main.current?.focus({ preventScroll: true });
    main.current?.scrollTo(0, 0);
  }, [pathname]);
  return main;
}

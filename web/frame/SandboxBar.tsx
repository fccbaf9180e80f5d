import { Button, Loader, Menu } from "@mantine/core";
import { IconFlask, IconPlayerPause, IconPlayerPlay, IconPlayerTrackNext } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { perLanguage } from "../language/per-language.ts";
import { t } from "../language/t.ts";
import { toast } from "../parts/toast.tsx";
import { dayAndTime } from "../parts/when.ts";
import { useIsAdmin } from "../session.ts";
import classes from "./SandboxBar.module.css";
import { type SandboxClock, useMoveSandbox, useSandboxClock } from "./sandbox-clock.ts";

const SPANS = perLanguage(() => [
  { label: t("1 hour"), span: { hours: 1 } },
  { label: t("1 day"), span: { days: 1 } },
  { label: t("1 week"), span: { days: 7 } },
]);

const SPEEDS = perLanguage(() => [
  { label: t("Real time"), speed: 1 },
  { label: t("1 hour a minute"), speed: 60 },
  { label: t("1 day a minute"), speed: 1440 },
]);

/** On every page of a sandbox: what time it is there, and what moves it. */
export function SandboxBar() {
  const clock = useSandboxClock();
  const isAdmin = useIsAdmin();
  if (!clock) return null;
  return (
    <section className={classes.bar} aria-label={t("Sandbox")}>
      <IconFlask size="1rem" stroke={1.75} aria-hidden className={classes.sign} />
      <p className={classes.says}>
        <strong>{t("Sandbox")}</strong> <time dateTime={clock.now}>{dayAndTime(clock.now, new Date(0))}</time>
        <span className="soft"> · {sayState(clock)}</span>
      </p>
      {isAdmin && (
        <>
          <Link to="/settings/sandbox/run" className={classes.setup}>
            {t("What happened")}
          </Link>
          <Link to="/settings/sandbox" className={classes.setup}>
            {t("Recipients and faults")}
          </Link>
        </>
      )}
      {isAdmin && <Movers clock={clock} />}
    </section>
  );
}

function sayState({ state, speed, goal }: SandboxClock) {
  if (state === "advancing" && goal) return t("moving to {time}", { time: dayAndTime(goal, new Date(0)) });
  if (state === "advancing") return t("moving to what happens next");
  if (state === "stopped") return t("time stopped");
  return SPEEDS.find((one) => one.speed === speed)?.label ?? t("{speed} times real time", { speed });
}

function Movers({ clock }: { clock: SandboxClock }) {
  const { advance, run } = useMoveSandbox();
  const tell = { onError: (error: Error) => toast(error.message) };
  if (clock.state === "advancing") return <Loader size="1rem" aria-label={t("The time is moving")} />;
  const isBusy = advance.isPending || run.isPending;
  return (
    <div className={classes.movers}>
      {SPANS.map(({ label, span }) => (
        <Button
          key={label}
          variant="default"
          size="compact-sm"
          disabled={isBusy}
          aria-label={t("Move the time forward by {label}", { label })}
          onClick={() => advance.mutate(span, tell)}
        >
          +{label}
        </Button>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        disabled={isBusy}
        leftSection={<IconPlayerTrackNext size="0.875rem" stroke={1.75} aria-hidden />}
        onClick={() => advance.mutate({ next: true }, tell)}
      >
        {t("Next event")}
      </Button>
      {clock.state === "running" ? (
        <Button
          variant="default"
          size="compact-sm"
          disabled={isBusy}
          leftSection={<IconPlayerPause size="0.875rem" stroke={1.75} aria-hidden />}
          onClick={() => run.mutate(0, tell)}
        >
          {t("Stop time")}
        </Button>
      ) : (
        <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button
              variant="default"
              size="compact-sm"
              disabled={isBusy}
              leftSection={<IconPlayerPlay size="0.875rem" stroke={1.75} aria-hidden />}
            >
              {t("Let time run")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {SPEEDS.map(({ label, speed }) => (
              <Menu.Item key={speed} onClick={() => run.mutate(speed, tell)}>
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

/** What follows when a task is done with, or that was taken back. */
export type Hands = { onLeave: () => void; onBack: () => void };

/** The form of the task that is open: Enter sends it. */
export const WORK = "task-work";

/** What Enter does, on the page and on the task's row: its form is sent, or its first button pressed. */
export function doOpenTask() {
  const form = document.getElementById(WORK);
  if (form instanceof HTMLFormElement) form.requestSubmit();
  else document.querySelector<HTMLElement>("[data-does]")?.click();
}

/** What follows when a task is done with, or that was taken back. */
export type Hands = { onLeave: () => void; onBack: () => void };

/** The form of the task that is open: Enter sends it. */
export const WORK = "task-work";

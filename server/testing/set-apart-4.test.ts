import { tryApart } from "./set-apart-trial.ts";

await tryApart("set-apart-4.txt", {
  set: "the fourth set",
  acted: 0.82,
  wrongClass: 0.14,
  falseOptOuts: 2,
  missed: 1,
  days: 4,
});

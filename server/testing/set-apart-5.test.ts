import { tryApart } from "./set-apart-trial.ts";

await tryApart("set-apart-5.txt", {
  set: "the fifth set",
  acted: 0.88,
  wrongClass: 0.14,
  falseOptOuts: 2,
  days: 4,
  wrongLeavers: 2,
});

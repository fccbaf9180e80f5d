import { tryApart } from "./set-apart-trial.ts";

await tryApart("set-apart-6.txt", {
  set: "the sixth set",
  acted: 0.85,
  wrongClass: 0,
  missed: 2,
  days: 7,
  wrongLeavers: 9,
});

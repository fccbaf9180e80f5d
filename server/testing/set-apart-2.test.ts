import { tryApart } from "./set-apart-trial.ts";

await tryApart("set-apart-2.txt", { set: "the second set", acted: 0.77, wrongClass: 0.2 });

// What every page gets better by. Each module looks whether the page has something for it.

import * as copying from "./copying.js";
import * as live from "./live.js";
import * as passages from "./passages.js";
import * as searching from "./searching.js";
import * as timeline from "./timeline.js";

function begin() {
  copying.start();
  timeline.start(begin);
  searching.start(begin);
}

live.start(begin);
passages.start();
begin();

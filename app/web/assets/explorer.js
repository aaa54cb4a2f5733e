// The scripts of all pages. Each module looks for the parts of the page that it serves.

import * as completing from "./completing.js";
import * as copying from "./copying.js";
import * as live from "./live.js";
import * as passages from "./passages.js";
import * as pictures from "./pictures.js";
import * as searching from "./searching.js";
import * as story from "./story.js";
import * as timeline from "./timeline.js";

function begin() {
  completing.start();
  copying.start();
  pictures.start();
  timeline.start(begin);
  story.start(begin);
  searching.start(begin);
}

live.start(begin);
passages.start();
begin();

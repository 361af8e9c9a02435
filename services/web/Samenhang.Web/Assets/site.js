// Every page works without this file; with it, less is lost and more goes by keyboard.
import { keepDrafts } from "./drafts.js";
import { listenToKeys } from "./keys.js";
import { stayLive } from "./live.js";
import { offerPrint } from "./print.js";
import { switchThemes } from "./theme.js";

switchThemes();
listenToKeys();
keepDrafts();
stayLive();
offerPrint();

// What went wrong is read first.
document.querySelector("[data-focus]")?.focus();

// A panel that folds out closes as a menu does.
for (const panel of document.querySelectorAll("details.account")) {
  document.addEventListener("click", event => { if (!panel.contains(event.target)) { panel.open = false; } });
  panel.addEventListener("keydown", event => {
    if (event.key === "Escape" && panel.open) {
      panel.open = false;
      panel.querySelector("summary").focus();
    }
  });
}

// The button that opens the print window; without a script the browser's own menu does.
export function offerPrint() {
  for (const print of document.querySelectorAll("[data-print]")) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

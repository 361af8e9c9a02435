// Shortcuts. Single letters can be switched off (WCAG 2.1.4), and never act while somebody types.
const setting = "samenhang:keys";

export function listenToKeys() {
  const dialog = document.getElementById("keys");
  const on = dialog.querySelector("[data-keys-on]");
  on.checked = read() !== "off";
  on.addEventListener("change", () => write(on.checked ? "on" : "off"));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  document.querySelector("[data-keys-open]")?.addEventListener("click", event => { event.preventDefault(); dialog.showModal(); });

  let going = false;
  document.addEventListener("keydown", event => {
    const form = event.target.closest?.("form");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.method === "post") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || dialog.open || !on.checked) {
      return;
    }
    if (going) {
      going = false;
      const link = document.querySelector(`[data-go="${CSS.escape(event.key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
      }
      return;
    }
    switch (event.key) {
      case "?": event.preventDefault(); dialog.showModal(); break;
      case "/": if (document.getElementById("seek")) { event.preventDefault(); document.getElementById("seek").focus(); } break;
      case "g": going = true; setTimeout(() => { going = false; }, 1500); break;
      case "j": step(1, event); break;
      case "k": step(-1, event); break;
    }
  });
}

// The rows of a list that can be walked through: each element with data-row, its first link or button takes the focus.
function step(by, event) {
  const rows = [...document.querySelectorAll("[data-row]")].map(row => row.matches("a, button, summary") ? row : row.querySelector("a, button, summary")).filter(Boolean);
  if (rows.length === 0) {
    return;
  }
  event.preventDefault();
  const at = rows.findIndex(row => row === document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))].focus();
}

function typing(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio|button|submit)$/.test(element.type);
}

function read() {
  try { return localStorage.getItem(setting); } catch { return null; }
}

function write(value) {
  try { localStorage.setItem(setting, value); } catch { /* A browser that keeps nothing: it holds for this page. */ }
}

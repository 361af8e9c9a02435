// Tells that the page has become old, and renews its parts when somebody asks: a form in which something is typed stays as it is.
import { keepDrafts, isUnsaved } from "./drafts.js";
import { message, toast } from "./messages.js";

export function stayLive() {
  for (const bar of document.querySelectorAll("[data-live]")) {
    let shown = newer(bar.dataset.stand, "0.0") ? bar.dataset.stand : "0.0";
    let lost;
    const source = new EventSource(bar.dataset.live);
    source.addEventListener("stand", event => {
      if (newer(event.data, shown)) {
        bar.dataset.newest = event.data;
        bar.hidden = false;
      }
    });
    source.addEventListener("error", () => { lost ??= setTimeout(() => toast(message("liveLost")), 10000); });
    source.addEventListener("open", () => { clearTimeout(lost); lost = undefined; });
    addEventListener("pagehide", () => source.close());
    bar.querySelector("[data-live-show]").addEventListener("click", async () => {
      if (await renew()) {
        shown = bar.dataset.newest;
        bar.hidden = true;
      }
    });
  }
}

// What stands first is the version of the plan, then that of the case.
function newer(one, other) {
  const [a, b] = [one, other].map(stand => stand.split(".").map(Number));
  return a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
}

async function renew() {
  let page;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) {
      location.reload();
      return false;
    }
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    toast(message("draftOffline"));
    return false;
  }

  const open = new Set([...document.querySelectorAll("main details[open]")].map(nameOf));
  const focus = document.activeElement?.id;
  let kept = false;
  for (const part of document.querySelectorAll("main [data-part][id]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || fresh.isEqualNode(part)) {
      continue;
    }
    if ([...part.querySelectorAll("form")].some(isUnsaved)) {
      kept = true;
      continue;
    }
    part.replaceWith(document.importNode(fresh, true));
  }
  for (const part of document.querySelectorAll("main details")) {
    part.open ||= open.has(nameOf(part));
  }
  if (focus && document.activeElement?.id !== focus) {
    document.getElementById(focus)?.focus({ preventScroll: true });
  }
  keepDrafts();
  document.dispatchEvent(new CustomEvent("samenhang:renewed"));
  toast(message(kept ? "liveKept" : "liveRenewed"));
  return true;
}

function nameOf(details) {
  return details.id || details.querySelector("summary")?.textContent.replace(/\s+/g, " ").trim();
}

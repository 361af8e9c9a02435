// What somebody types is kept in the browser until it is saved: a broken session, network or tab loses nothing. Drafts belong to one
// person, go at sign-out, and are gone after half a day. Fields with data-no-draft (a BSN) are never kept.
import { button, message, toast } from "./messages.js";

const prefix = "samenhang:draft:";
const longest = 12 * 60 * 60 * 1000;
const kept = new Map();
let opened;

// Whether something stands in a form that is not saved.
export const isUnsaved = form => kept.get(form)?.isUnsaved() ?? false;

// Begins to keep what is typed in the forms of the page. It may be called again when there are new forms.

addEventListener("beforeunload", event => {
  if ([...kept].some(([form, state]) => form.isConnected && state.isUnsaved())) {
    event.preventDefault();
  }
});

export function keepDrafts() {
  const store = (opened ??= openStore());
  sweep(store);
  for (const form of document.querySelectorAll("form[data-leaves]")) {
    form.addEventListener("submit", () => {
      sweep(store, true);
      kept.clear();
    });
  }

  const owner = document.body.dataset.person;
  if (!owner) {
    return;
  }

  const done = document.querySelector("[data-done]")?.dataset.done;
  if (done) {
    for (const key of keysOf(store).filter(key => key.startsWith(`${prefix}${owner}:${done}@`))) {
      store.removeItem(key);
    }
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (!kept.has(form)) {
      kept.set(form, keep(form, `${prefix}${owner}:${form.dataset.draft}`, store));
    }
  }
  sendOnce();
}

function keep(form, key, store) {
  const refused = form.querySelector(".notice.wrong, .notice.conflict") !== null;
  const initial = JSON.stringify(valuesOf(form));
  const status = document.createElement("p");
  status.className = "unsaved";
  status.hidden = !refused;
  status.textContent = message("draftUnsaved");
  form.append(status);
  let sending = false;
  let timer;

  const changed = () => JSON.stringify(valuesOf(form)) !== initial;
  const save = () => {
    if (changed() || refused) {
      store.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
      status.hidden = false;
    } else {
      store.removeItem(key);
      status.hidden = true;
    }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(save, 200); };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", event => {
    save();
    sending = !event.defaultPrevented;
  });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("pagehide", () => { if (changed() && !sending) { save(); } });

  const draft = readDraft(store, key);
  if (draft && JSON.stringify(draft.values) !== initial) {
    const bar = document.createElement("div");
    bar.className = "notice draft";
    bar.append(Object.assign(document.createElement("p"), { textContent: message("draftFound").replace("{0}", new Date(draft.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })) }));
    bar.append(
      button(message("draftRestore"), () => {
        fill(form, draft.values);
        bar.remove();
        save();
        openAround(form);
        toast(message("draftRestored"));
        form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
      }),
      button(message("draftDiscard"), () => { store.removeItem(key); bar.remove(); }));
    (form.closest("details:not([open])") ?? form).before(bar);
  }

  return { isUnsaved: () => !sending && changed() };
}

// A form is sent once, and not into nothing.
function sendOnce() {
  for (const form of document.querySelectorAll("form[method=post]:not([data-once])")) {
    form.dataset.once = "";
    let sent = false;
    form.addEventListener("submit", event => {
      if (!navigator.onLine) {
        event.preventDefault();
        toast(message("draftOffline"));
      } else if (sent) {
        event.preventDefault();
      } else {
        sent = true;
        form.setAttribute("aria-busy", "true");
      }
    }, { capture: true });
    window.addEventListener("pageshow", () => { sent = false; form.removeAttribute("aria-busy"); });
  }
}

function fieldsOf(form) {
  return [...form.elements].filter(field => field.name && !/^(hidden|password|file|submit|button)$/.test(field.type) && !field.closest("[data-no-draft]"));
}

function valuesOf(form) {
  return fieldsOf(form).map(field => [field.name, /^(checkbox|radio)$/.test(field.type) ? (field.checked ? field.value : null) : field.value]);
}

function fill(form, values) {
  fieldsOf(form).forEach((field, place) => {
    const [name, value] = values[place] ?? [];
    if (name !== field.name) {
      return;
    }
    if (/^(checkbox|radio)$/.test(field.type)) {
      field.checked = value !== null;
    } else {
      field.value = value;
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function openAround(form) {
  for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) {
    around.open = true;
  }
}

function readDraft(store, key) {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
}

function sweep(store, all = false) {
  for (const key of keysOf(store).filter(key => key.startsWith(prefix))) {
    const draft = readDraft(store, key);
    if (all || !draft || Date.now() - draft.at > longest) {
      store.removeItem(key);
    }
  }
}

function keysOf(store) {
  return Array.from({ length: store.length }, (_, place) => store.key(place));
}

// A browser that keeps nothing (a private window with storage off) still sends forms; drafts then live as long as the page.
function openStore() {
  try {
    localStorage.setItem(prefix, "");
    localStorage.removeItem(prefix);
    return localStorage;
  } catch {
    const map = new Map();
    return {
      get length() { return map.size; },
      key: place => [...map.keys()][place],
      getItem: key => map.get(key) ?? null,
      setItem: (key, value) => { map.set(key, value); },
      removeItem: key => { map.delete(key); },
    };
  }
}

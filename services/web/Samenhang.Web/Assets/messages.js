// What scripts say, in the language of the page; and a place to say it that a screen reader hears.
const spoken = document.getElementById("messages")?.dataset ?? {};

export const message = key => spoken[key] ?? key;

// Shows a line at the edge of the window. actions: [text, what it does].
export function toast(text, ...actions) {
  const place = document.getElementById("toasts");
  const line = document.createElement("div");
  line.className = "toast";
  line.append(Object.assign(document.createElement("span"), { textContent: text }));
  for (const [label, act] of actions) {
    line.append(button(label, () => { line.remove(); act(); }));
  }
  line.append(button(place.dataset.dismiss, () => line.remove()));
  place.append(line);
  return line;
}

export function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "secondary", textContent: text });
  made.addEventListener("click", act);
  return made;
}

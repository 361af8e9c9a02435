// The switch of the theme works as links; with a script it does not need to load the page again.
export function switchThemes() {
  const links = document.querySelectorAll("[data-theme-choice]");
  for (const link of links) {
    link.addEventListener("click", event => {
      event.preventDefault();
      const theme = link.dataset.themeChoice;
      document.documentElement.dataset.theme = theme;
      for (const other of links) {
        other.toggleAttribute("aria-current", false);
      }
      link.setAttribute("aria-current", "true");
      fetch(`/preferences?theme=${theme}`).catch(() => { /* Not remembered; it holds for this page. */ });
    });
  }
}

(() => {
  const root = document.documentElement, key = "scheme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");
  const read = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const write = (value) => { try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* private window */ } };
  const stored = read();
  if (stored === "light" || stored === "dark") root.dataset.scheme = stored;
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.scheme");
    if (!button) return;
    const now = () => root.dataset.scheme || system();
    const show = () => button.setAttribute("aria-pressed", String(now() === "dark"));
    button.hidden = false;
    show();
    dark.addEventListener("change", show);
    button.addEventListener("click", () => {
      const next = now() === "dark" ? "light" : "dark";
      if (next === system()) delete root.dataset.scheme; else root.dataset.scheme = next;
      write(next === system() ? null : next);
      show();
    });
  });
})();

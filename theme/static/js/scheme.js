(() => {
  const { dataset } = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");
  const now = () => dataset.scheme || system();
  const choose = (scheme) => { scheme === system() ? delete dataset.scheme : dataset.scheme = scheme; };
  const stored = (use) => { try { return use(localStorage); } catch { /* private window */ } };
  const kept = stored((store) => store.scheme);
  if (kept === "dark" || kept === "light") dataset.scheme = kept;
  addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button.scheme");
    if (!button) return;
    const show = () => { button.ariaPressed = now() === "dark"; };
    button.onclick = () => {
      choose(now() === "dark" ? "light" : "dark");
      stored((store) => { dataset.scheme ? store.scheme = now() : delete store.scheme; });
      show();
    };
    dark.onchange = show;
    show();
    button.hidden = false;
  });
})();

// The preview's part in every page: load it again when the site has been built anew.
(() => {
  "use strict";
  const { generation } = document.currentScript.dataset;
  let events = null;
  // A browser allows six connections to a server, so only the pages that are seen listen.
  const listen = () => {
    if (events || document.hidden) return;
    events = new EventSource("/.sitegen/events?" + generation);
    events.onmessage = () => {
      stop();
      location.reload();
    };
  };
  const stop = () => {
    if (events) events.close();
    events = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", listen);
  listen();
  // The list of mistakes can be put aside to see the last good page, and that of warnings is opened.
  const overlay = document.getElementById("sitegen-overlay");
  const notice = document.getElementById("sitegen-notice");
  if (notice) {
    notice.addEventListener("click", () => {
      overlay.hidden = false;
      overlay.querySelector("button").focus();
    });
  }
  if (overlay) {
    const aside = () => (overlay.hidden = true);
    overlay.querySelector("button").addEventListener("click", aside);
    addEventListener("keydown", (event) => event.key === "Escape" && aside());
  }
})();

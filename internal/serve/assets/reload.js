// The preview adds this script to every page. It loads the page again when the site has been made anew.
(() => {
  "use strict";
  const { generation } = document.currentScript.dataset;
  let events = null;
  // A browser allows only six connections to a server, so pages that nobody sees do not listen.
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
  // Mistakes: their list covers the page, and can be closed to see the last good page. Warnings: a button opens their list.
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

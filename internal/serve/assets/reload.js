// The preview adds this script to every page. It reloads the page when the preview has rebuilt the site.
(() => {
  "use strict";
  const { generation } = document.currentScript.dataset;
  let events = null;
  // A browser allows only six connections to a server, so hidden pages do not listen.
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
  // A list of mistakes covers the page; closing it shows the last good page. If there are only warnings, a button opens their
  // list.
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

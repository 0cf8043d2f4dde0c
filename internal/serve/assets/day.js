// With --date, the preview adds this script to every page. It changes the clock that the page reads: the day in Tokyo is that
// of --date, and the time of day stays real. It runs before the page's own scripts.
(() => {
  "use strict";
  const { day } = document.currentScript.dataset;
  const RealDate = Date;
  const inTokyo = 9 * 36e5, aDay = 864e5;
  const shift = RealDate.parse(day) - Math.floor((RealDate.now() + inTokyo) / aDay) * aDay;
  class Shifted extends RealDate {
    constructor(...given) {
      if (given.length) super(...given);
      else super(Shifted.now());
    }
    static now() {
      return RealDate.now() + shift;
    }
  }
  globalThis.Date = Shifted;
})();

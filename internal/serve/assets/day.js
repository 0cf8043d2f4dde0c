// With --date, the preview's part in every page: the clock that the page reads shows that day in Tokyo, with the time it
// really is. It runs before the page's own scripts.
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

// Mends what Streamlit leaves out for those who use a keyboard or a screen reader.
(() => {
  if (window.sediffMended) return;
  window.sediffMended = true;

  const WIDE =
    '.stTable > div, .stMainBlockContainer [class*="st-key-"], .stMainBlockContainer .stPlotlyChart';

  // Widths also change without a change of the document: columns, fonts, a chart that is drawn.
  const watched = new WeakSet();
  const sizes = new ResizeObserver(() => soon());
  const watch = (box) => {
    for (const one of [box, box.firstElementChild]) {
      if (!one || watched.has(one)) continue;
      watched.add(one);
      sizes.observe(one);
    }
  };

  const mend = () => {
    // A table or a sheet that is wider than its screen scrolls: the keyboard must reach it.
    document.querySelectorAll(WIDE).forEach((box) => {
      watch(box);
      const scrolls = /auto|scroll/.test(getComputedStyle(box).overflowX);
      if (scrolls && box.scrollWidth > box.clientWidth) {
        box.tabIndex = 0;
        box.dataset.mended = '';
      } else if ('mended' in box.dataset) {
        box.removeAttribute('tabindex');
        delete box.dataset.mended;
      }
    });
    // A name of its own and no role: a screen reader would not say what the files are for.
    document.querySelectorAll('section[data-testid="stFileUploaderDropzone"]').forEach((box) => {
      box.setAttribute('role', 'group');
    });
    // On a narrow screen the pages stand in lists whose items have boxes between them.
    document.querySelectorAll('[data-testid="stSidebarNavItems"]').forEach((list) => {
      const items = [...list.querySelectorAll('li')].filter((item) => item.parentElement !== list);
      if (items.length) list.setAttribute('role', 'group');
      items.forEach((item) => item.parentElement.setAttribute('role', 'list'));
      if (items.length) {
        [...list.children]
          .filter((item) => item.tagName === 'LI')
          .forEach((item) => item.setAttribute('role', 'none'));
      }
    });
  };

  // Not put off while the page goes on changing: a sweeping monitor never rests.
  let waiting = 0;
  const soon = () => {
    waiting ||= setTimeout(() => {
      waiting = 0;
      mend();
    }, 150);
  };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  addEventListener('resize', soon);
  mend();
})();
